/** Which of the portal's topics a text is about: how many of a topic's words it holds. */
import type { Topic } from '../core/topic.ts';
import { PhraseBook, unitsOf } from '../ml/text/phrase-book.ts';

export interface TopicChance {
  readonly id: string;
  /** Share of the text's topic words that are this topic's, 0–1. */
  readonly share: number;
  /** The words found. */
  readonly words: readonly string[];
}

const books = new WeakMap<readonly Topic[], PhraseBook>();

function bookOf(topics: readonly Topic[]): PhraseBook {
  const known = books.get(topics);
  if (known !== undefined) return known;
  const ids = new Map<string, string[]>();
  for (const { id, words } of topics)
    for (const word of [...words.en, ...words.zh]) ids.set(word, [...(ids.get(word) ?? []), id]);
  const made = new PhraseBook([...ids].map(([word, at]) => [word, 0, ...at] as const));
  books.set(topics, made);
  return made;
}

/** The topic with most words, the first of the list among equals; `null` where none speaks. */
export function topicOf(text: string, topics: readonly Topic[]): TopicChance | null {
  if (topics.length === 0) return null;
  const { found, all } = wordsFound(text, topics);
  const best = topics
    .map(({ id }) => ({ id, words: [...(found.get(id) ?? [])] }))
    .reduce((a, b) => (b.words.length > a.words.length ? b : a));
  return best.words.length === 0 ? null : { ...best, share: best.words.length / Math.max(1, all) };
}

/** Share of each of these topics in the words found, in the order given; all 0 where none is found. */
export function topicShares(
  text: string,
  topics: readonly Topic[],
  ids: readonly string[],
): number[] {
  const { found } = wordsFound(text, topics);
  const counts = ids.map((id) => found.get(id)?.size ?? 0);
  const sum = counts.reduce((a, b) => a + b, 0);
  return counts.map((n) => (sum === 0 ? 0 : n / sum));
}

/** Different words per topic, and how many places spoke for any. */
function wordsFound(
  text: string,
  topics: readonly Topic[],
): { readonly found: ReadonlyMap<string, ReadonlySet<string>>; readonly all: number } {
  const book = bookOf(topics);
  const units = unitsOf(text);
  const found = new Map<string, Set<string>>();
  let all = 0;
  for (let i = 0; i < units.length; ) {
    const match = book.at(units, i);
    if (match !== null) {
      const words = units.slice(i, i + match.units).map((u) => u.text);
      const word = words.join(units[i]?.kind === 'han' ? '' : ' ');
      all++;
      for (const id of match.phrase.cues) found.set(id, (found.get(id) ?? new Set()).add(word));
    }
    i += match?.units ?? 1;
  }
  return { found, all };
}
