/** The contract of every estimator: `fit` gives a fitted, serialisable model that can explain itself. */
import type { Csr } from './sparse.ts';

/** What a model can be written to and read back from without loss. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Why one row got its log-odds: `base + Σ contributions = logit`, exactly. */
export interface Explanation {
  readonly logit: number;
  readonly base: number;
  /** One entry per non-zero column of the row. */
  readonly contributions: readonly { readonly column: number; readonly effect: number }[];
}

export interface FittedClassifier {
  /** Sorted; the order of the columns of `predictProba`. */
  readonly classes: readonly string[];
  /** One row of probabilities (summing to 1) per row of `x`. */
  predictProba(x: Csr): number[][];
  /** The log-odds of `className` against the rest for row `row`, taken apart. */
  explain(x: Csr, row: number, className: string): Explanation;
  /** Plain data; `fromJSON` of the same estimator gives back a model with the same answers. */
  toJSON(): Json;
}

/**
 * Hyper-parameters go into the constructor. `fit` never changes its inputs, and the same input and
 * seed give the same model.
 * @throws RapportError not_enough_data from `fit` when fewer than two classes are present;
 *   invalid_payload when shapes differ or a value is not finite (the message names the column).
 */
export interface Classifier<M extends FittedClassifier> {
  fit(x: Csr, y: readonly string[]): M;
}
