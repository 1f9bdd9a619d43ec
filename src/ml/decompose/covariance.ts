/** Mean and covariance of a table in one pass, over all threads when it is large. */
import type { Matrix } from '../matrix.ts';
import { type Kernel, openTeam, sharedDoubles, toShared } from '../parallel.ts';
import { CHUNK_ROWS, COVARIANCE, type CovarianceData } from './pca-kernel.ts';

/** Below this many values a second thread costs more than it brings. */
const WORTH_SHARING = 1_000_000;

/** Column means and the sample covariance (n − 1; zero for one row). */
export function covarianceOf(x: Matrix): { mean: Float64Array; covariance: Float64Array } {
  const { rows: n, cols: d } = x;
  const chunks = Math.ceil(n / CHUNK_ROWS);
  const origin = sharedDoubles(d);
  const glance = Math.min(n, 1000);
  for (let i = 0; i < glance; i++)
    for (let j = 0; j < d; j++) origin[j] = origin[j]! + x.data[i * d + j]! / glance;
  const data: CovarianceData = {
    x: n * d < WORTH_SHARING ? x.data : toShared(x.data),
    n,
    d,
    origin,
    sums: sharedDoubles(chunks * d),
    products: sharedDoubles(chunks * d * d),
  };
  inChunks(COVARIANCE, data, n, n * d);
  const sum = new Float64Array(d);
  const covariance = new Float64Array(d * d);
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (let j = 0; j < d; j++) sum[j] = sum[j]! + data.sums[chunk * d + j]!;
    for (let i = 0; i < d * d; i++)
      covariance[i] = covariance[i]! + data.products[chunk * d * d + i]!;
  }
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      const value = (covariance[a * d + b]! - (sum[a]! * sum[b]!) / n) / Math.max(1, n - 1);
      covariance[a * d + b] = value;
      covariance[b * d + a] = value;
    }
  }
  return { mean: sum.map((s, j) => origin[j]! + s / n), covariance };
}

/** Runs a kernel over the chunks of `rows` rows that hold `values` values. */
export function inChunks<D extends object>(
  kernel: Kernel<D>,
  data: D,
  rows: number,
  values: number,
): void {
  const team = openTeam(kernel, data, values < WORTH_SHARING ? 1 : undefined);
  try {
    team.round(Math.ceil(rows / CHUNK_ROWS));
  } finally {
    team.close();
  }
}
