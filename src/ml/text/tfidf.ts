/** TF-IDF rows of length 1 from texts: fast, and equal to scikit-learn's on the same options. */
import { RapportError } from '../../core/errors.ts';
import type { Csr } from '../sparse.ts';
import { TermCounter, type TermCounts, type TermOptions } from './count-terms.ts';
import { GRAM, Lexicon } from './lexicon.ts';

export interface TfidfOptions extends Partial<TermOptions> {
  /** 1 + ln tf instead of tf (Salton and Buckley 1988). Default true. */
  readonly sublinear?: boolean;
  /** Texts a term must occur in; default 2. */
  readonly minTexts?: number;
  /** The most frequent terms are kept; default all. */
  readonly maxTerms?: number;
}

export type Settled = Required<TfidfOptions>;

const DEFAULTS: Settled = {
  words: 2,
  skips: false,
  marks: false,
  segment: false,
  grams: null,
  han: null,
  wordLength: 2,
  sublinear: true,
  minTexts: 2,
  maxTerms: 0x7fffffff,
};

export const settle = (options: TfidfOptions): Settled => ({ ...DEFAULTS, ...options });

/** Which ids become columns, in ascending order of id, and their idf = ln((1 + n) / (1 + df)) + 1. */
export interface Columns {
  readonly ids: Int32Array;
  /** id → column, or −1. */
  readonly columnOf: Int32Array;
  readonly idf: Float64Array;
  /** 1 where the column is a character n-gram; words and grams are scaled to length 1 separately. */
  readonly isGram: Uint8Array;
}

/** Columns from the counts of some rows (all without `rows`), of ids with `allowed` 1 only. */
export function chooseColumns(
  counts: TermCounts,
  lexicon: Lexicon,
  options: Settled,
  rows?: ArrayLike<number>,
  allowed?: Uint8Array,
): Columns {
  const n = rows?.length ?? counts.rows;
  const df = new Int32Array(lexicon.size);
  const add = (i: number): void => {
    for (let k = counts.indptr[i]!; k < counts.indptr[i + 1]!; k++) {
      const id = counts.terms[k]!;
      df[id] = df[id]! + 1;
    }
  };
  for (let r = 0; r < n; r++) add(rows === undefined ? r : rows[r]!);
  if (allowed !== undefined)
    for (let id = 0; id < df.length; id++) if (allowed[id] === 0) df[id] = 0;
  let least = Math.max(1, options.minTexts);
  let many = 0;
  for (let id = 0; id < df.length; id++) if (df[id]! >= least) many++;
  if (many > options.maxTerms) {
    // The lowest frequency that keeps no more than maxTerms; ties at the cut are dropped together.
    const sorted = df.slice().sort();
    least = sorted[df.length - options.maxTerms - 1]! + 1;
    many = 0;
    for (let id = 0; id < df.length; id++) if (df[id]! >= least) many++;
  }
  if (many === 0) throw new RapportError('not_enough_data', 'no term occurs in two texts');
  const ids = new Int32Array(many);
  const columnOf = new Int32Array(df.length).fill(-1);
  const idf = new Float64Array(many);
  const isGram = new Uint8Array(many);
  for (let id = 0, column = 0; id < df.length; id++) {
    if (df[id]! < least) continue;
    ids[column] = id;
    columnOf[id] = column;
    idf[column] = Math.log((1 + n) / (1 + df[id]!)) + 1;
    isGram[column++] = lexicon.kinds[id] === GRAM ? 1 : 0;
  }
  return { ids, columnOf, idf, isGram };
}

const LOGS = Float64Array.from({ length: 256 }, (_, tf) => 1 + Math.log(Math.max(1, tf)));

/** The rows as TF-IDF; without `columnOf` the counted ids are columns already. */
export function weigh(
  counts: TermCounts,
  columns: { readonly idf: Float64Array; readonly isGram: Uint8Array },
  sublinear: boolean,
  columnOf?: Int32Array,
  rows?: ArrayLike<number>,
): Csr {
  const { idf, isGram } = columns;
  const n = rows?.length ?? counts.rows;
  const indptr = new Int32Array(n + 1);
  let most = 0;
  for (let r = 0; r < n; r++) {
    const i = rows === undefined ? r : rows[r]!;
    most += counts.indptr[i + 1]! - counts.indptr[i]!;
  }
  const indices = new Int32Array(most);
  const values = new Float64Array(most);
  let at = 0;
  for (let r = 0; r < n; r++) {
    const i = rows === undefined ? r : rows[r]!;
    const from = at;
    let words = 0;
    let grams = 0;
    for (let k = counts.indptr[i]!; k < counts.indptr[i + 1]!; k++) {
      const id = counts.terms[k]!;
      const column = columnOf === undefined ? id : columnOf[id]!;
      if (column < 0) continue;
      const tf = counts.counts[k]!;
      const value = (sublinear ? (tf < 256 ? LOGS[tf]! : 1 + Math.log(tf)) : tf) * idf[column]!;
      indices[at] = column;
      values[at++] = value;
      if (isGram[column]! === 1) grams += value * value;
      else words += value * value;
    }
    const byWords = words > 0 ? 1 / Math.sqrt(words) : 0;
    const byGrams = grams > 0 ? 1 / Math.sqrt(grams) : 0;
    for (let k = from; k < at; k++)
      values[k] = values[k]! * (isGram[indices[k]!]! === 1 ? byGrams : byWords);
    indptr[r + 1] = at;
  }
  return {
    rows: n,
    cols: idf.length,
    indptr,
    indices: at === most ? indices : indices.slice(0, at),
    values: at === most ? values : values.slice(0, at),
  };
}

/** Plain data. */
export type TfidfState = {
  readonly options: Settled;
  readonly terms: readonly string[];
  /** A 1 per term that is a character n-gram, else 0. */
  readonly grams: string;
  readonly idf: readonly number[];
};

/** A fitted vectorizer: known terms and their idf. */
export class FittedTfidf {
  readonly idf: Float64Array;
  readonly #options: Settled;
  readonly #lexicon: Lexicon;
  readonly #isGram: Uint8Array;
  readonly #counter: TermCounter;

  /** `lexicon` has the columns as its first ids. */
  constructor(options: Settled, lexicon: Lexicon, idf: Float64Array) {
    this.#options = options;
    this.#lexicon = lexicon;
    this.idf = idf;
    this.#isGram = Uint8Array.from(lexicon.kinds.subarray(0, idf.length), (k) =>
      k === GRAM ? 1 : 0,
    );
    this.#counter = new TermCounter(options, { lexicon, terms: idf.length });
  }

  get columns(): number {
    return this.idf.length;
  }

  /** The term of a column; a character n-gram starts with `·`. */
  term(column: number): string {
    const text = this.#lexicon.spell(column);
    return this.#isGram[column] === 1 ? `·${text}` : text;
  }

  /** rows × columns, each block (words, grams) of length 1; unknown terms are left out. */
  transform(texts: readonly string[]): Csr {
    const counts = this.#counter.count(texts);
    return weigh(counts, { idf: this.idf, isGram: this.#isGram }, this.#options.sublinear);
  }

  toJSON(): TfidfState {
    return {
      options: this.#options,
      terms: Array.from(this.idf, (_, column) => this.#lexicon.spell(column)),
      grams: Array.from(this.#isGram).join(''),
      idf: Array.from(this.idf),
    };
  }

  static fromJSON(state: TfidfState): FittedTfidf {
    return new FittedTfidf(
      state.options,
      Lexicon.ofTerms(state.terms, Array.from(state.grams, Number)),
      Float64Array.from(state.idf),
    );
  }
}

/** The vectorizer and the rows of the texts it was fitted on. */
export function fitTfidf(
  texts: readonly string[],
  options: TfidfOptions = {},
): { vectorizer: FittedTfidf; x: Csr } {
  const settled = settle(options);
  const counter = new TermCounter(settled);
  const counts = counter.count(texts);
  const columns = chooseColumns(counts, counter.lexicon, settled);
  return {
    vectorizer: new FittedTfidf(settled, counter.lexicon.keep(columns.ids), columns.idf),
    x: weigh(counts, columns, settled.sublinear, columns.columnOf),
  };
}
