/** How far each row's k-th nearest neighbour lies. */
import type { Matrix } from '../matrix.ts';

/** Euclidean, exact, O(n²) time: sample tables beyond some thousand rows. `k` counts from 1. */
export function neighbourDistances({ rows: n, cols: d, data }: Matrix, k: number) {
  const nearest = Array.from({ length: n }, () =>
    new Float64Array(k).fill(Number.POSITIVE_INFINITY),
  );
  const offer = (list: Float64Array, value: number): void => {
    if (value >= list[k - 1]!) return;
    let at = k - 1;
    while (at > 0 && list[at - 1]! > value) list[at] = list[--at]!;
    list[at] = value;
  };
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += (data[i * d + c]! - data[j * d + c]!) ** 2;
      offer(nearest[i]!, sum);
      offer(nearest[j]!, sum);
    }
  }
  return Float64Array.from(nearest, (list) => Math.sqrt(list[k - 1]!)).filter(Number.isFinite);
}
