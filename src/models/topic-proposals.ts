/** Topics that a portal's own messages suggest: LDA per language, named by their distinguishing words. */
import { createHash } from 'node:crypto';
import type { Topic } from '../core/topic.ts';
import { Lda } from '../ml/decompose/lda.ts';
import { topicWords } from '../ml/decompose/topic-words.ts';
import { vocabularyOf, wordColumns, wordCounts } from '../ml/decompose/word-counts.ts';
import { detectLanguage } from '../ml/text/language.ts';
import { topicOf } from './topics.ts';

export interface TopicMessage {
  readonly id: string;
  readonly text: string;
}

export interface TopicProposal extends Topic {
  readonly language: 'en' | 'zh';
  /** Messages mostly about it, of how many in its language. */
  readonly messages: number;
  readonly of: number;
  /** The topic of the list that most of them have already; `null` where the list has none. */
  readonly coveredBy: string | null;
  /** Ids of the three messages that show it best. */
  readonly examples: readonly string[];
}

/** Fewer messages in a language say nothing of topics. */
const LEAST_MESSAGES = 60;
const MOST_MESSAGES = 3_000;
const SWEEPS = 80;
/** A message belongs to a topic that has this share of it. */
const MOSTLY = 0.5;
const LEAST_OF_TOPIC = 8;
const WORDS = 8;
const NAMED = 3;
const EXAMPLES = 3;
/** Between how frequent a word is in the topic (1) and how much more than elsewhere (0). */
const RELEVANCE = 0.6;

/** Those the list does not cover first, the larger before the smaller. Same messages and seed, same proposals. */
export function proposeTopics(
  messages: readonly TopicMessage[],
  listed: readonly Topic[],
  seed: number,
): TopicProposal[] {
  const languages = messages.map(({ text }) => detectLanguage(text));
  const of = (wanted: 'en' | 'zh'): TopicMessage[] =>
    messages.filter((_, i) => {
      const found = languages[i] ?? 'other';
      return wanted === 'en' ? found === 'en' : /^zh|^mixed/.test(found);
    });
  return (['en', 'zh'] as const)
    .flatMap((language) => inLanguage(of(language), language, listed, seed))
    .sort(
      (a, b) =>
        Number(a.coveredBy !== null) - Number(b.coveredBy !== null) ||
        b.messages - a.messages ||
        (a.id < b.id ? -1 : 1),
    );
}

function inLanguage(
  messages: readonly TopicMessage[],
  language: 'en' | 'zh',
  listed: readonly Topic[],
  seed: number,
): TopicProposal[] {
  if (messages.length < LEAST_MESSAGES) return [];
  const step = Math.max(1, messages.length / MOST_MESSAGES);
  const read = Array.from(
    { length: Math.floor(messages.length / step) },
    (_, k) => messages[Math.floor(k * step)]!,
  );
  const words = read.map(({ text }) =>
    topicWords(text).filter((word) => /\p{Script=Han}/u.test(word) === (language === 'zh')),
  );
  const k = Math.min(12, Math.max(4, Math.round(Math.sqrt(read.length / 12))));
  const limits = { minTexts: 4, maxShare: 0.3, maxTerms: 3_000 };
  let vocabulary: string[];
  try {
    vocabulary = vocabularyOf(words, limits);
  } catch {
    return [];
  }
  if (vocabulary.length < 2 * k) return [];
  const columns = wordColumns(words, vocabulary);
  const model = new Lda({ topics: k, sweeps: SWEEPS, seed }).fit(
    wordCounts(columns, vocabulary),
    vocabulary,
  );
  const shares = columns.map((row) => (row.length === 0 ? null : model.infer(row)));
  const distinguishing = distinguishingWords(model.phi, model.share, vocabulary);
  return distinguishing.flatMap((own, t): TopicProposal[] => {
    const members = shares
      .flatMap((share, i) => {
        const part = share?.[t] ?? 0;
        return part >= MOSTLY ? [{ message: read[i]!, part }] : [];
      })
      .sort((a, b) => b.part - a.part);
    if (members.length < LEAST_OF_TOPIC || own.length < NAMED) return [];
    const name = nameOf(own, language);
    return [
      {
        id: `topic_${createHash('sha256').update(own.join(' ')).digest('hex').slice(0, 6)}`,
        name: { en: name, zh: name },
        words: { en: language === 'en' ? own : [], zh: language === 'zh' ? own : [] },
        language,
        messages: members.length,
        of: read.length,
        coveredBy: usualTopic(
          members.map((m) => m.message.text),
          listed,
        ),
        examples: members.slice(0, EXAMPLES).map((m) => m.message.id),
      },
    ];
  });
}

/** By relevance (Sievert, Shirley 2014): frequent here, and more so than elsewhere. */
function distinguishingWords(
  phi: readonly (readonly number[])[],
  share: readonly number[],
  vocabulary: readonly string[],
): string[][] {
  const overall = vocabulary.map((_, w) =>
    phi.reduce((sum, row, t) => sum + (share[t] ?? 0) * (row[w] ?? 0), 0),
  );
  return phi.map((row) =>
    vocabulary
      .map((word, w) => {
        const p = row[w] ?? 0;
        const lift = Math.log(p / (overall[w] || 1));
        return { word, lift, relevance: RELEVANCE * Math.log(p) + (1 - RELEVANCE) * lift };
      })
      .filter(({ lift }) => lift > 0)
      .sort((a, b) => b.relevance - a.relevance || (a.word < b.word ? -1 : 1))
      .slice(0, WORDS)
      .map(({ word }) => word),
  );
}

function nameOf(words: readonly string[], language: 'en' | 'zh'): string {
  const named = words.slice(0, NAMED);
  if (language === 'zh') return named.join('、');
  const text = `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The topic more than half of the texts have by the words of the list. */
function usualTopic(texts: readonly string[], listed: readonly Topic[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const id = topicOf(text, listed)?.id;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] > texts.length / 2 ? best[0] : null;
}
