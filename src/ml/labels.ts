/** Class names as class numbers. */
import { RapportError } from '../core/errors.ts';
import type { Csr } from './sparse.ts';

export interface EncodedLabels {
  /** Sorted; a class's number is its place here. */
  readonly classes: readonly string[];
  /** Class number per row. */
  readonly codes: Int32Array;
}

/** @throws RapportError not_enough_data with fewer than two classes. */
export function encodeLabels(labels: readonly string[]): EncodedLabels {
  const classes = [...new Set(labels)].sort();
  if (classes.length < 2) {
    throw new RapportError('not_enough_data', `two classes are needed, found ${classes.length}`);
  }
  const numberOf = new Map(classes.map((name, c) => [name, c]));
  return { classes, codes: Int32Array.from(labels, (label) => numberOf.get(label) ?? 0) };
}

/** @throws RapportError invalid_payload when there is not one label per row. */
export function checkOnePerRow(rows: number, y: readonly string[]): void {
  if (rows !== y.length) {
    throw new RapportError('invalid_payload', `${rows} rows but ${y.length} labels (column "y")`);
  }
}

/**
 * The labels of sparse rows, after checking shapes and numbers.
 * @throws RapportError invalid_payload on a shape or a number that is not finite; not_enough_data
 *   with fewer than two classes.
 */
export function encodeSparse(x: Csr, y: readonly string[]): EncodedLabels {
  checkOnePerRow(x.rows, y);
  const bad = x.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RapportError('invalid_payload', `column ${x.indices[bad]} holds ${x.values[bad]}`);
  }
  return encodeLabels(y);
}
