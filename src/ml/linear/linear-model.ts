/** A fitted linear classifier: one weight vector per class, scores calibrated into probabilities. */
import { RapportError } from '../../core/errors.ts';
import type { Explanation, FittedClassifier, Json } from '../estimator.ts';
import { softmax } from '../preprocess/calibrate.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
import type { Csr } from '../sparse.ts';

export interface LinearState {
  readonly columns: number;
  readonly classes: readonly string[];
  /** Per class: a weight per column, then the intercept. */
  readonly weights: readonly ArrayLike<number>[];
  /** Probabilities are softmax(factor · score + shift); default 1 and zeros. */
  readonly factor?: number;
  readonly shift?: readonly number[];
  /** Added to the calibrated scores before the label is chosen (for macro-F1); default zeros. */
  readonly lean?: readonly number[];
}

const VERSION = 1;

export class FittedLinear implements FittedClassifier {
  readonly classes: readonly string[];
  readonly columns: number;
  readonly #state: LinearState;
  /** Column-major by row of the matrix: weights of column j for all classes stand together. */
  readonly #table: Float64Array;
  readonly #lean: Float64Array;

  constructor(state: LinearState) {
    const { classes, columns, weights } = state;
    this.#state = state;
    this.classes = classes;
    this.columns = columns;
    const k = classes.length;
    const factor = state.factor ?? 1;
    this.#table = new Float64Array((columns + 1) * k);
    weights.forEach((w, c) => {
      for (let j = 0; j <= columns; j++) this.#table[j * k + c] = w[j]! * factor;
      const base = columns * k + c;
      this.#table[base] = this.#table[base]! + (state.shift?.[c] ?? 0);
    });
    this.#lean = Float64Array.from(classes, (_, c) => state.lean?.[c] ?? 0);
  }

  /** Calibrated scores, rows × classes: the logarithms of the probabilities up to a constant. */
  scores(x: Csr): Float64Array {
    if (x.cols !== this.columns) {
      throw new RapportError(
        'invalid_payload',
        `${x.cols} columns where ${this.columns} were fitted`,
      );
    }
    const k = this.classes.length;
    const table = this.#table;
    const out = new Float64Array(x.rows * k);
    for (let i = 0; i < x.rows; i++) {
      const row = i * k;
      for (let c = 0; c < k; c++) out[row + c] = table[this.columns * k + c]!;
      for (let at = x.indptr[i]!; at < x.indptr[i + 1]!; at++) {
        const v = x.values[at]!;
        const j = x.indices[at]! * k;
        for (let c = 0; c < k; c++) out[row + c] = out[row + c]! + v * table[j + c]!;
      }
    }
    return out;
  }

  /** Number of the chosen class per row. */
  predict(x: Csr): Int32Array {
    const scores = this.scores(x);
    return pick(scores, this.classes.length, this.#lean);
  }

  predictProba(x: Csr): number[][] {
    const k = this.classes.length;
    const scores = this.scores(x);
    return Array.from({ length: x.rows }, (_, i) =>
      softmax(Array.from(scores.subarray(i * k, (i + 1) * k)), 1),
    );
  }

  /** The calibrated score of the class, taken apart. */
  explain(x: Csr, row: number, className: string): Explanation {
    if (x.cols !== this.columns) {
      throw new RapportError(
        'invalid_payload',
        `${x.cols} columns where ${this.columns} were fitted`,
      );
    }
    const c = this.classes.indexOf(className);
    if (c < 0) throw new RapportError('invalid_payload', `no class "${className}"`);
    const k = this.classes.length;
    const base = this.#table[this.columns * k + c]!;
    let logit = base;
    const contributions: { column: number; effect: number }[] = [];
    for (let at = x.indptr[row]!; at < x.indptr[row + 1]!; at++) {
      const column = x.indices[at]!;
      const effect = x.values[at]! * this.#table[column * k + c]!;
      logit += effect;
      contributions.push({ column, effect });
    }
    return { logit, base, contributions };
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, classes, weights, factor = 1, shift = [], lean = [] } = this.#state;
    return {
      version: VERSION,
      columns,
      classes: [...classes],
      weights: weights.map((w) => Array.from(w)),
      factor,
      shift: [...shift],
      lean: [...lean],
    };
  }

  /**
   * Models saved before they carried a version have the form of version 1.
   * @throws RapportError invalid_payload for another version.
   */
  static fromJSON(state: LinearState & Saved): FittedLinear {
    return new FittedLinear(
      requireVersion({ version: VERSION, ...state }, 'linear model', VERSION),
    );
  }
}

/** The class with the highest score + lean per row; the first of equals. */
export function pick(scores: Float64Array, classes: number, lean: ArrayLike<number>): Int32Array {
  const picks = new Int32Array(scores.length / classes);
  for (let i = 0; i < picks.length; i++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) {
      const score = scores[i * classes + c]! + lean[c]!;
      if (score > best) {
        best = score;
        picks[i] = c;
      }
    }
  }
  return picks;
}
