/** The score of one row of a table under a linear model, and its parts. */
import type { Frame, TableExplanation } from '../frame.ts';

/** @param w weights, then the intercept. */
export function score(x: Frame, row: number, w: ArrayLike<number>): number {
  let sum = w[x.cols]!;
  const from = row * x.cols;
  for (let j = 0; j < x.cols; j++) sum += w[j]! * x.data[from + j]!;
  return sum;
}

/** Base is the intercept; every column that is not 0 moves the score by weight · value. */
export function explainLinear(
  x: Frame,
  row: number,
  w: ArrayLike<number>,
  sign: 1 | -1,
  unit: TableExplanation['unit'],
): TableExplanation {
  const base = sign * w[x.cols]!;
  let sum = base;
  const contributions: { column: string; effect: number }[] = [];
  for (let j = 0; j < x.cols; j++) {
    const effect = sign * w[j]! * x.data[row * x.cols + j]!;
    if (effect === 0) continue;
    sum += effect;
    contributions.push({ column: x.columns[j]!, effect });
  }
  return { score: sum, base, contributions, unit };
}
