/** Customer text as rows a portal's classifiers learn from: the built-in reading, then the portal's own terms. */
import { type Csr, csrFromRows, type SparseRow } from '../ml/sparse.ts';
import { foldForLookup, readable } from '../ml/text/plain.ts';
import { FittedTfidf, fitTfidf, type TfidfOptions, type TfidfState } from '../ml/text/tfidf.ts';
import { type FeedbackModel, type FeedbackReading, HEADS } from './feedback-model.ts';

/** Words, marks and pairs, n-grams inside English words and inside Chinese: one table for both. */
const TERMS: TfidfOptions = {
  words: 2,
  wordLength: 1,
  marks: true,
  segment: true,
  grams: [3, 4],
  han: [1, 3],
  maxTerms: 20_000,
};
/** The built-in scores weigh more than one term of the portal, so that few labels do not undo them. */
const SCORE_SCALE = 0.5;
const CUE_SCALE = 0.3;

/** What one term of a text adds to a column; `term` is `null` where it is not for showing. */
export interface Part {
  readonly column: number;
  readonly value: number;
  readonly term: string | null;
}

/** A text as it is counted: of bounded length, widths folded, Chinese in simplified form. */
const folded = (text: string): string => foldForLookup(readable(text));

/** A term as a person may read it; n-grams of letters, ends of a text and lone marks are not shown. */
function shown(term: string): string | null {
  if (/^·\p{Script=Han}+$/u.test(term)) return term.slice(1);
  return /[·\u2402]/.test(term) || !/[\p{L}\p{N}!?]/u.test(term) ? null : term;
}

/** Columns: the built-in scores, its cues and forms one by one, then terms by TF-IDF. */
export class TextRows {
  /** Columns that come from the built-in model. */
  readonly builtIn: number;
  readonly columns: number;
  readonly #model: FeedbackModel;
  readonly #vectorizer: FittedTfidf;
  readonly #cueColumn: ReadonlyMap<string, number>;
  /** Rows made before: several questions are asked of the same texts. */
  readonly #made = new Map<string, SparseRow>();

  constructor(model: FeedbackModel, vectorizer: FittedTfidf) {
    const cues = model.state.features.filter((name) => !name.startsWith('w:'));
    this.#model = model;
    this.#vectorizer = vectorizer;
    this.#cueColumn = new Map(cues.map((name, k) => [name, HEADS.length + k]));
    this.builtIn = HEADS.length + cues.length;
    this.columns = this.builtIn + vectorizer.columns;
  }

  static fit(model: FeedbackModel, texts: readonly string[]): TextRows {
    return new TextRows(model, fitTfidf(texts.map(folded), TERMS).vectorizer);
  }

  static fromJSON(model: FeedbackModel, state: TfidfState): TextRows {
    return new TextRows(model, FittedTfidf.fromJSON(state));
  }

  toJSON(): TfidfState {
    const state = this.#vectorizer.toJSON();
    return { ...state, idf: state.idf.map((v) => Number(v.toPrecision(9))) };
  }

  /** Every part of one text; several may share a column, their sum is its value. */
  partsOf(text: string, reading: FeedbackReading): Part[] {
    const parts: Part[] = [];
    const spot = (start: number, end: number): string | null =>
      end > start ? foldForLookup(text.slice(start, end)).trim() : null;
    HEADS.forEach((head, column) => {
      const { base, effects } = reading.explain(head);
      parts.push({ column, value: SCORE_SCALE * base, term: null });
      for (const { effect, start, end } of effects)
        parts.push({ column, value: SCORE_SCALE * effect, term: spot(start, end) });
    });
    for (const { feature, value, start, end } of reading.features) {
      const column = this.#cueColumn.get(feature);
      if (column !== undefined)
        parts.push({ column, value: CUE_SCALE * value, term: spot(start, end) });
    }
    const row = this.#vectorizer.transform([folded(text)]);
    row.indices.forEach((j, k) => {
      parts.push({
        column: this.builtIn + j,
        value: row.values[k] ?? 0,
        term: shown(this.#vectorizer.term(j)),
      });
    });
    return parts;
  }

  /** One row per text. */
  matrix(texts: readonly string[]): Csr {
    const names = Array.from({ length: this.columns }, (_, j) => String(j));
    return csrFromRows(
      texts.map((text) => this.#rowOf(text)),
      names,
    );
  }

  #rowOf(text: string): SparseRow {
    const row = this.#made.get(text) ?? summed(this.partsOf(text, this.#model.read(text)));
    this.#made.set(text, row);
    return row;
  }
}

function summed(parts: readonly Part[]): SparseRow {
  const sums = new Map<number, number>();
  for (const { column, value } of parts) sums.set(column, (sums.get(column) ?? 0) + value);
  const sorted = [...sums].sort((a, b) => a[0] - b[0]);
  return { indices: sorted.map(([j]) => j), values: sorted.map(([, v]) => v) };
}
