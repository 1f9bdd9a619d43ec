/** An answer to a customer from what the tenant wrote before: its FAQ by rule and likeness, or a person. */
import type { TextLanguage } from '../core/record.ts';
import type { ServiceRules } from '../core/service.ts';
import { foldForLookup, readable } from '../ml/text/plain.ts';
import { TextIndex } from './case-index.ts';

export type ReplyLanguage = 'en' | 'zh';

export interface Answer {
  /** Equal for translations of one entry. */
  readonly id: string;
  readonly language: ReplyLanguage;
  readonly question: string;
  readonly answer: string;
  /** Alternatives divided by `;`, words that must all occur by `+`. */
  readonly keywords: string;
}

export interface Match {
  readonly entry: Answer;
  /** Chance that this is what was asked, 0–1. */
  readonly confidence: number;
  /** A rule of the tenant's fitted, or the question is like the one asked. */
  readonly by: 'rule' | 'likeness';
}

/** Why a person is needed. */
export type HandoverReason =
  | 'asked_for_person'
  | 'unsupported_language'
  | 'nothing_known'
  | 'not_sure';

export type Decision =
  | { readonly kind: 'answer'; readonly match: Match }
  | { readonly kind: 'ask'; readonly matches: readonly Match[] }
  | { readonly kind: 'handover'; readonly reason: HandoverReason };

const CONSIDERED = 8;
const ASKED = 3;
/** A rule was written by a person for exactly such messages. */
const RULE_CONFIDENCE = 0.95;
const WANTS_PERSON =
  /\b(?:(?:speak|talk|chat) (?:to|with) (?:a |an |some|your )?(?:human|person|someone|somebody|agent|manager|colleague)|(?:real|actual) (?:human|person)|human agent|call me back)\b|转人工|人工客服|找(?:个)?(?:真)?人|真人客服|轉人工|找你们经理/i;

/**
 * Chance that the likeliest entry is the right one, from its cosine and its lead over the next
 * entry: a logistic regression fitted by `scripts/train/reply-confidence.ts`.
 */
const CONFIDENCE = { base: -3.31, cosine: 4.69, lead: 3.7 } as const;

export function confidenceOf(cosine: number, lead: number): number {
  const { base, cosine: a, lead: b } = CONFIDENCE;
  return 1 / (1 + Math.exp(-(base + a * cosine + b * lead)));
}

/** The language to answer in; `null` for one we do not write. */
export function replyLanguage(language: TextLanguage, text: string): ReplyLanguage | null {
  if (language === 'other') return null;
  if (language !== 'mixed') return language === 'en' ? 'en' : 'zh';
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/[A-Za-z]+/g)?.length ?? 0;
  return han / 2 >= latin ? 'zh' : 'en';
}

export class AnswerBook {
  readonly #entries: readonly Answer[];
  readonly #rules: readonly { readonly entry: Answer; readonly needs: readonly string[] }[];
  readonly #indexes: ReadonlyMap<ReplyLanguage, TextIndex>;

  constructor(entries: readonly Answer[]) {
    this.#entries = entries;
    this.#rules = entries.flatMap((entry) =>
      entry.keywords
        .split(';')
        .map((one) =>
          one
            .split('+')
            .map(folded)
            .filter((word) => word !== ''),
        )
        .filter((needs) => needs.length > 0)
        .map((needs) => ({ entry, needs })),
    );
    this.#indexes = new Map(
      (['en', 'zh'] as const).map((language) => [
        language,
        new TextIndex(
          entries.flatMap((e, i) =>
            e.language === language ? [{ id: String(i), text: e.question }] : [],
          ),
          'grams',
        ),
      ]),
    );
  }

  /** Entries that may be meant, likeliest first, one per id, in the given language. */
  matches(text: string, language: ReplyLanguage): Match[] {
    const found = new Map<string, Match>();
    const offer = (match: Match): void => {
      const known = found.get(match.entry.id);
      if (known === undefined || known.confidence < match.confidence)
        found.set(match.entry.id, match);
    };
    const said = folded(text);
    for (const { entry, needs } of this.#rules) {
      if (!needs.every((word) => holds(said, word))) continue;
      // A rule written in one language points to the entry's answer in the customer's.
      const answer = this.#entries.find((e) => e.id === entry.id && e.language === language);
      if (answer !== undefined) offer({ entry: answer, confidence: RULE_CONFIDENCE, by: 'rule' });
    }
    const near = this.#indexes.get(language)?.similar(text, CONSIDERED) ?? [];
    const best = new Map<string, { entry: Answer; cosine: number }>();
    for (const { id, similarity } of near) {
      const entry = this.#entries[Number(id)];
      if (entry !== undefined && !best.has(entry.id))
        best.set(entry.id, { entry, cosine: similarity });
    }
    const ranked = [...best.values()];
    ranked.forEach(({ entry, cosine }, i) => {
      const rival = ranked[i === 0 ? 1 : 0]?.cosine ?? 0;
      offer({ entry, confidence: confidenceOf(cosine, cosine - rival), by: 'likeness' });
    });
    return [...found.values()].sort(
      (a, b) => b.confidence - a.confidence || (a.entry.id < b.entry.id ? -1 : 1),
    );
  }

  /** What to do with a message: answer it, ask which question is meant, or hand it to a person. */
  decide(text: string, language: ReplyLanguage | null, rules: ServiceRules['replies']): Decision {
    if (WANTS_PERSON.test(text.slice(0, 2_000)))
      return { kind: 'handover', reason: 'asked_for_person' };
    if (language === null) return { kind: 'handover', reason: 'unsupported_language' };
    const matches = this.matches(text, language);
    const [first, second] = matches;
    if (first === undefined) return { kind: 'handover', reason: 'nothing_known' };
    // Two rules that fit are two questions, however sure each of them is.
    const contested = second !== undefined && second.by === 'rule' && first.by === 'rule';
    if (first.confidence >= rules.gate && !contested) return { kind: 'answer', match: first };
    const likely = matches.filter((m) => m.confidence >= rules.askFrom).slice(0, ASKED);
    if (likely.length > 0) return { kind: 'ask', matches: likely };
    return { kind: 'handover', reason: 'not_sure' };
  }
}

const folded = (text: string): string => foldForLookup(readable(text)).trim();

/** Whole words for Latin script, anywhere for Chinese, where words have no blanks between them. */
function holds(text: string, word: string): boolean {
  if (/\p{Script=Han}/u.test(word)) return text.includes(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + word.length);
    if (!/[a-z0-9]/.test(before) && !/[a-z0-9]/.test(after)) return true;
  }
  return false;
}
