/** A dense table with named columns, and the contract of the classifiers that read one. */
import { RapportError } from '../core/errors.ts';
import type { Json } from './estimator.ts';
import { checkOnePerRow, type EncodedLabels, encodeLabels } from './labels.ts';
import type { Matrix } from './matrix.ts';

/** A row-major matrix whose columns have names. */
export interface Frame extends Matrix {
  readonly columns: readonly string[];
}

/** Why one row got its score: `base + Σ effects = score`, summed in this order exactly. */
export interface TableExplanation {
  readonly score: number;
  readonly base: number;
  readonly unit: 'log_odds' | 'probability' | 'margin';
  /** One entry per column that moved the score. */
  readonly contributions: readonly { readonly column: string; readonly effect: number }[];
}

export interface FittedTableClassifier {
  /** Sorted; the order of the columns of `predictProba`. */
  readonly classes: readonly string[];
  readonly columns: readonly string[];
  /** Row-major, `x.rows × classes.length`; every row sums to 1. */
  predictProba(x: Frame): Float64Array;
  /** The score of `className` (before calibration) for row `row`, taken apart. */
  explain(x: Frame, row: number, className: string): TableExplanation;
  /** Plain data, for `fromJSON` of the same estimator. */
  toJSON(): Json;
}

/**
 * Hyper-parameters go into the constructor; `fit` never changes its inputs; same input and seed,
 * same model.
 * @throws RapportError not_enough_data from `fit` when fewer than two classes are present;
 *   invalid_payload when shapes differ or a value is not finite (the message names the column).
 */
export interface TableClassifier<M extends FittedTableClassifier> {
  fit(x: Frame, y: readonly string[]): M;
}

/** Missing values are NaN; `allowMissing` lets them pass, infinities never do. */
export function checkFrame(x: Frame, allowMissing = false): void {
  if (x.columns.length !== x.cols || x.data.length !== x.rows * x.cols) {
    throw new RapportError(
      'invalid_payload',
      `${x.columns.length} column names and ${x.data.length} values for ${x.rows} × ${x.cols}`,
    );
  }
  const { data } = x;
  for (let k = 0; k < data.length; k++) {
    const value = data[k]!;
    // NaN − NaN and ∞ − ∞ are NaN: one comparison for every value that is not finite.
    if (value - value === 0 || (allowMissing && Number.isNaN(value))) continue;
    const column = x.columns[k % x.cols];
    throw new RapportError(
      'invalid_payload',
      `column "${column}" holds ${value} in row ${Math.floor(k / x.cols) + 1}; a finite number is needed`,
    );
  }
}

/** Refuses a table whose columns are not the fitted ones. */
export function checkSameColumns(x: Frame, columns: readonly string[], allowMissing = false): void {
  const wrong =
    x.cols === columns.length ? columns.findIndex((c, j) => x.columns[j] !== c) : x.cols;
  if (wrong >= 0) {
    throw new RapportError(
      'invalid_payload',
      `column ${wrong} is "${x.columns[wrong]}" where "${columns[wrong]}" was fitted`,
    );
  }
  checkFrame(x, allowMissing);
}

/**
 * What every fit on a table begins with: shapes and numbers checked, labels as class numbers.
 * @throws RapportError as `TableClassifier.fit` does.
 */
export function encodeTable(x: Frame, y: readonly string[], allowMissing = false): EncodedLabels {
  checkFrame(x, allowMissing);
  checkOnePerRow(x.rows, y);
  return encodeLabels(y);
}

/** What a model knows of the table it was fitted on. */
export interface TableState {
  readonly columns: readonly string[];
  readonly classes: readonly string[];
}

/** The frame of every fitted classifier for tables: its state, and the tables it accepts. */
export abstract class FittedOnTable<S extends TableState> {
  protected readonly state: S;
  readonly #allowMissing: boolean;

  constructor(state: S, allowMissing = false) {
    this.state = state;
    this.#allowMissing = allowMissing;
  }

  get classes(): readonly string[] {
    return this.state.classes;
  }

  get columns(): readonly string[] {
    return this.state.columns;
  }

  /** @throws RapportError invalid_payload when the table has other columns or a bad number. */
  protected check(x: Frame): void {
    checkSameColumns(x, this.state.columns, this.#allowMissing);
  }

  /** Checks the table and finds the column of `className` in `predictProba`. */
  protected checkClass(x: Frame, className: string): number {
    this.check(x);
    return classIndex(this.state.classes, className);
  }
}

/** The column of `predictProba` for a class. @throws RapportError invalid_payload when unknown. */
export function classIndex(classes: readonly string[], className: string): number {
  const k = classes.indexOf(className);
  if (k < 0) throw new RapportError('invalid_payload', `no class "${className}"`);
  return k;
}

/** The chosen rows, in the order given. */
export function frameRows(x: Frame, chosen: ArrayLike<number>): Frame {
  const data = new Float64Array(chosen.length * x.cols);
  for (let r = 0; r < chosen.length; r++) {
    const from = chosen[r]! * x.cols;
    data.set(x.data.subarray(from, from + x.cols), r * x.cols);
  }
  return { rows: chosen.length, cols: x.cols, data, columns: x.columns };
}
