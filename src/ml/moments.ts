/** Mean and spread of a table's columns in one pass, which also finds values that are not numbers. */
import { requireFinite, requireShape } from './finite.ts';
import type { Matrix } from './matrix.ts';

export interface Moments {
  /** One per column. */
  readonly mean: Float64Array;
  /** Population variance, averaged over the columns. */
  readonly variance: number;
}

/**
 * Sums are taken from the first row on, so that digits survive far from the origin.
 * @throws RapportError as {@link requireFinite} does.
 */
export function requireMoments(x: Matrix, columns?: readonly string[]): Moments {
  requireShape(x);
  const { rows, cols, data } = x;
  const first = data.slice(0, cols);
  const sums = new Float64Array(cols);
  let squares = 0;
  for (let at = 0; at < data.length; at += cols) {
    for (let j = 0; j < cols; j++) {
      const off = data[at + j]! - first[j]!;
      sums[j] = sums[j]! + off;
      squares += off * off;
    }
  }
  if (!Number.isFinite(squares)) requireFinite(x, columns);
  for (let j = 0; j < cols; j++) squares -= sums[j]! ** 2 / rows;
  return {
    mean: sums.map((sum, j) => first[j]! + sum / rows),
    variance: Math.max(0, squares) / rows / cols,
  };
}
