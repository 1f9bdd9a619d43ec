/** TF-IDF vectors of English and Chinese text over one vocabulary. */
import { RapportError } from '../../core/errors.ts';
import type { SparseRow } from '../sparse.ts';
import { tokenizeEnglish } from './tokenize-en.ts';
import { characterGrams, hanRuns, tokenizeChinese } from './tokenize-zh.ts';

/** Plain data. */
export interface VectorizerState {
  readonly terms: readonly string[];
  readonly idf: readonly number[];
}

/** Texts are read up to this length; a longer thread is cut at its end. */
const MAX_CHARACTERS = 8000;

function withPairs(words: readonly string[], joint: string): string[] {
  const all = [...words];
  for (let i = 1; i < words.length; i++) all.push(`${words[i - 1]}${joint}${words[i]}`);
  return all;
}

/** Every term of a text, with repeats: words and word pairs, and character 1–3-grams of Chinese. */
export function termsOf(text: string): string[] {
  const cut = text.slice(0, MAX_CHARACTERS);
  const english = /[a-z]/i.test(cut) ? withPairs(tokenizeEnglish(cut), ' ') : [];
  const runs = hanRuns(cut);
  if (runs.length === 0) return english;
  return [
    ...english,
    ...withPairs(tokenizeChinese(runs), ' '),
    ...characterGrams(runs, 3).map((g) => `·${g}`),
  ];
}

/**
 * Learns the vocabulary: terms in at least `minTexts` texts, the most frequent `maxTerms` of them
 * (ties by the alphabet). idf = ln((1 + n) / (1 + df)) + 1.
 */
export function fitVectorizer(
  texts: readonly (readonly string[])[],
  minTexts = 2,
  maxTerms = 20_000,
): VectorizerState {
  const frequency = new Map<string, number>();
  for (const terms of texts) {
    for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  const kept = [...frequency]
    .filter(([, n]) => n >= minTexts)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, maxTerms);
  if (kept.length === 0) throw new RapportError('not_enough_data', 'no term occurs in two texts');
  return {
    terms: kept.map(([term]) => term),
    idf: kept.map(([, n]) => Math.log((1 + texts.length) / (1 + n)) + 1),
  };
}

/** term → column. */
export const indexTerms = (state: VectorizerState): ReadonlyMap<string, number> =>
  new Map(state.terms.map((term, column) => [term, column]));

/**
 * One text as a sparse row of length 1: (1 + ln tf) · idf over known terms (sublinear tf, Salton and
 * Buckley 1988). No known term gives an empty row.
 */
export function vectorize(
  terms: readonly string[],
  state: VectorizerState,
  index: ReadonlyMap<string, number>,
): SparseRow {
  const counts = new Map<number, number>();
  for (const term of terms) {
    const column = index.get(term);
    if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  const indices = [...counts.keys()].sort((a, b) => a - b);
  const raw = indices.map((j) => (1 + Math.log(counts.get(j) ?? 1)) * (state.idf[j] ?? 0));
  const norm = Math.sqrt(raw.reduce((sum, v) => sum + v * v, 0));
  return { indices, values: raw.map((v) => v / norm) };
}
