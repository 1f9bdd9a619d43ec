/** How tight clusters are that have no centres of their own. */
import type { Matrix } from '../matrix.ts';

/** Σ squared distance of every row to the mean of its cluster; rows with a negative label are left out. */
export function inertiaAroundMeans(
  { rows, cols, data }: Matrix,
  labels: ArrayLike<number>,
  k: number,
): number {
  const means = new Float64Array(k * cols);
  const counts = new Float64Array(k);
  for (let i = 0; i < rows; i++) {
    const c = labels[i]!;
    if (c < 0) continue;
    // Welford's update keeps the digits of values far from 0.
    const count = counts[c]! + 1;
    counts[c] = count;
    for (let j = 0; j < cols; j++) {
      const at = c * cols + j;
      means[at] = means[at]! + (data[i * cols + j]! - means[at]!) / count;
    }
  }
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const c = labels[i]!;
    if (c < 0) continue;
    for (let j = 0; j < cols; j++) total += (data[i * cols + j]! - means[c * cols + j]!) ** 2;
  }
  return total;
}
