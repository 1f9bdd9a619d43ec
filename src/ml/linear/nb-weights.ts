/** Naive Bayes log-count ratios as feature weights. */
import type { Csr } from '../sparse.ts';

/**
 * ln((p / ‖p‖₁) / (q / ‖q‖₁)) per column, p and q the column sums of the positive and the other
 * rows plus `smoothing`. Wang, Manning (2012), "Baselines and bigrams", ACL.
 */
export function logCountRatio(x: Csr, signs: Int8Array, smoothing = 1): Float64Array {
  const p = new Float64Array(x.cols).fill(smoothing);
  const q = new Float64Array(x.cols).fill(smoothing);
  for (let i = 0; i < x.rows; i++) {
    const sums = signs[i]! > 0 ? p : q;
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
      const j = x.indices[k]!;
      sums[j] = sums[j]! + x.values[k]!;
    }
  }
  let pSum = 0;
  let qSum = 0;
  for (let j = 0; j < x.cols; j++) {
    pSum += p[j]!;
    qSum += q[j]!;
  }
  const shift = Math.log(qSum / pSum);
  for (let j = 0; j < x.cols; j++) p[j] = Math.log(p[j]! / q[j]!) + shift;
  return p;
}

/** The matrix with column j times `scale[j]`. */
export function scaleColumns(x: Csr, scale: Float64Array): Csr {
  const values = new Float64Array(x.values.length);
  for (let k = 0; k < values.length; k++) values[k] = x.values[k]! * scale[x.indices[k]!]!;
  return { ...x, values };
}
