/** The summed log-loss of a multinomial linear model on sparse rows, and its gradient. */
import type { Csr } from '../sparse.ts';

/**
 * `table` holds (cols + 1) × k weights, all classes of a column together, intercepts last. The
 * gradient of the sum is written over `gradient` when it is given.
 */
export function softmaxLoss(
  x: Csr,
  codes: Int32Array,
  k: number,
  table: Float64Array,
  gradient?: Float64Array,
): number {
  gradient?.fill(0);
  const scores = new Float64Array(k);
  const base = x.cols * k;
  let loss = 0;
  for (let i = 0; i < x.rows; i++) {
    const [from, to] = [x.indptr[i]!, x.indptr[i + 1]!];
    for (let c = 0; c < k; c++) scores[c] = table[base + c]!;
    for (let at = from; at < to; at++) {
      const column = x.indices[at]! * k;
      const v = x.values[at]!;
      for (let c = 0; c < k; c++) scores[c] = scores[c]! + v * table[column + c]!;
    }
    let top = scores[0]!;
    for (let c = 1; c < k; c++) top = Math.max(top, scores[c]!);
    let sum = 0;
    for (let c = 0; c < k; c++) sum += Math.exp(scores[c]! - top);
    const log = top + Math.log(sum);
    loss += log - scores[codes[i]!]!;
    if (gradient === undefined) continue;
    for (let c = 0; c < k; c++) {
      const residual = Math.exp(scores[c]! - log) - (c === codes[i] ? 1 : 0);
      scores[c] = residual;
      gradient[base + c] = gradient[base + c]! + residual;
    }
    for (let at = from; at < to; at++) {
      const column = x.indices[at]! * k;
      const v = x.values[at]!;
      for (let c = 0; c < k; c++) gradient[column + c] = gradient[column + c]! + v * scores[c]!;
    }
  }
  return loss;
}
