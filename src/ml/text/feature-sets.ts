/** What a text classifier may be built on: blocks of columns cut out of one count of all terms. */
import { createRandom } from '../random.ts';
import type { Csr } from '../sparse.ts';
import { TermCounter, type TermCounts } from './count-terms.ts';
import type { Lexicon } from './lexicon.ts';
import { chooseColumns, FittedTfidf, type Settled, settle, weigh } from './tfidf.ts';

/** For text in words: words and pairs with punctuation, n-grams inside words. */
const SPACED: Settled = settle({
  words: 2,
  wordLength: 1,
  marks: true,
  skips: true,
  grams: [2, 4],
});
/** For text that is mostly Chinese: jieba's words and pairs, and n-grams, which need no segmenter. */
const UNSPACED: Settled = settle({ words: 2, wordLength: 1, segment: true, grams: [1, 3] });

/** The blocks of columns a model may use; each block has length 1 in every row. */
export const FEATURE_SETS = ['words', 'characters', 'words and characters'] as const;
export type FeatureSet = (typeof FEATURE_SETS)[number];

/** Share of Han letters in a sample of the texts from which they count as Chinese. */
const MOSTLY_HAN = 0.3;
const SAMPLE = 500;

/** Whether a sample of the texts is mostly Chinese. */
export function mostlyHan(texts: readonly string[], seed: number): boolean {
  const random = createRandom(seed);
  let letters = 0;
  let han = 0;
  for (let s = 0; s < SAMPLE; s++) {
    const text = texts[random.int(texts.length)] ?? '';
    letters += text.match(/\p{L}/gu)?.length ?? 0;
    han += text.match(/\p{Script=Han}/gu)?.length ?? 0;
  }
  return han > MOSTLY_HAN * letters;
}

/** What to count in texts like these. */
export const featuresFor = (texts: readonly string[], seed: number): Settled =>
  mostlyHan(texts, seed) ? UNSPACED : SPACED;

/** Counted once; any training rows give their vocabulary and weights. */
export class CountedTexts {
  readonly #options: Settled;
  readonly #counts: TermCounts;
  readonly #lexicon: Lexicon;

  constructor(texts: readonly string[], options: Settled) {
    const counter = new TermCounter(options);
    this.#options = options;
    this.#counts = counter.count(texts);
    this.#lexicon = counter.lexicon;
  }

  /** Term occurrences counted. */
  get size(): number {
    return this.#counts.terms.length;
  }

  /** Vocabulary and idf from the training rows, TF-IDF of both. */
  split(train: readonly number[], test: readonly number[]): Blocks {
    const chosen = chooseColumns(this.#counts, this.#lexicon, this.#options, train);
    const of = (rows: readonly number[]): Csr =>
      weigh(this.#counts, chosen, this.#options.sublinear, chosen.columnOf, rows);
    return { x: of(train), held: of(test), isGram: chosen.isGram };
  }

  /** The vectorizer fitted on everything, and its rows. */
  all(): Blocks & { readonly vectorizer: FittedTfidf } {
    const chosen = chooseColumns(this.#counts, this.#lexicon, this.#options);
    const x = weigh(this.#counts, chosen, this.#options.sublinear, chosen.columnOf);
    const lexicon = this.#lexicon.keep(chosen.ids);
    const vectorizer = new FittedTfidf(this.#options, lexicon, chosen.idf);
    return { vectorizer, x, held: x, isGram: chosen.isGram };
  }
}

export interface Blocks {
  readonly x: Csr;
  readonly held: Csr;
  readonly isGram: Uint8Array;
}

/** The same rows and columns, the entries of other blocks left out. */
export function onlyBlock(x: Csr, isGram: Uint8Array, set: FeatureSet): Csr {
  if (set === 'words and characters') return x;
  const wanted = set === 'characters' ? 1 : 0;
  const indptr = new Int32Array(x.rows + 1);
  const indices = new Int32Array(x.indices.length);
  const values = new Float64Array(x.values.length);
  let at = 0;
  for (let i = 0; i < x.rows; i++) {
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
      if (isGram[x.indices[k]!] !== wanted) continue;
      indices[at] = x.indices[k]!;
      values[at++] = x.values[k]!;
    }
    indptr[i + 1] = at;
  }
  return { ...x, indptr, indices: indices.slice(0, at), values: values.slice(0, at) };
}
