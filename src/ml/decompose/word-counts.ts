/** Texts as rows of word counts over a vocabulary that leaves out the rare and the common. */
import { RapportError } from '../../core/errors.ts';
import { type Csr, csrFromRows } from '../sparse.ts';

export interface VocabularyLimits {
  /** Texts a word must be in at least. */
  readonly minTexts: number;
  /** Share of the texts a word may be in at most. */
  readonly maxShare: number;
  /** The most frequent words kept. */
  readonly maxTerms: number;
}

export const VOCABULARY: VocabularyLimits = { minTexts: 5, maxShare: 0.5, maxTerms: 5000 };

/**
 * The vocabulary in alphabetical order. @throws RapportError not_enough_data when no word qualifies.
 */
export function vocabularyOf(
  texts: readonly (readonly string[])[],
  { minTexts, maxShare, maxTerms }: VocabularyLimits = VOCABULARY,
): string[] {
  const inTexts = new Map<string, number>();
  const total = new Map<string, number>();
  for (const words of texts) {
    for (const word of words) total.set(word, (total.get(word) ?? 0) + 1);
    for (const word of new Set(words)) inTexts.set(word, (inTexts.get(word) ?? 0) + 1);
  }
  const most = maxShare * texts.length;
  const kept = [...inTexts].filter(([, n]) => n >= minTexts && n <= most).map(([word]) => word);
  if (kept.length === 0)
    throw new RapportError('not_enough_data', `no word is in ${minTexts} texts or more`);
  const count = (word: string): number => total.get(word) ?? 0;
  const byCount = kept.sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
  return byCount.slice(0, maxTerms).sort();
}

/** Columns of the known words of every text, in their order and with repeats. */
export function wordColumns(
  texts: readonly (readonly string[])[],
  vocabulary: readonly string[],
): Int32Array[] {
  const index = new Map(vocabulary.map((word, column) => [word, column]));
  return texts.map((words) => Int32Array.from(words.flatMap((word) => index.get(word) ?? [])));
}

/** texts × terms. */
export function wordCounts(columns: readonly Int32Array[], vocabulary: readonly string[]): Csr {
  const rows = columns.map((words) => {
    const counts = new Map<number, number>();
    for (const word of words.toSorted()) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { indices: [...counts.keys()], values: [...counts.values()] };
  });
  return csrFromRows(rows, vocabulary);
}
