/** One binary logistic regression by dual coordinate descent; made for sparse text. */
import type { Csr } from '../sparse.ts';
import type { DualOptions } from './dual-svm.ts';

/** Rows this many times in a row at their optimum are left out until the rest has converged. */
const SETTLED = 2;

/**
 * Weights of one binary problem, the intercept last (`x.cols + 1` numbers); it is penalised too.
 * Yu, Huang, Lin (2011), "Dual coordinate descent methods for logistic regression and maximum
 * entropy models", Machine Learning 85, algorithm 5. Two additions save most of the time: the
 * logarithm of a row's dual odds is kept until the row changes, and rows that stay at their optimum
 * are skipped until a last check over all rows.
 * @param signs +1 or −1 per row.
 */
export function logisticDual(
  x: Csr,
  signs: Int8Array,
  norms: Float64Array,
  { costs, weights = null, tolerance, maxPasses, random }: DualOptions,
): Float64Array {
  const { rows: n, cols, indptr, indices, values } = x;
  const w = new Float64Array(cols + 1);
  let bias = 0;
  const alpha = new Float64Array(n);
  /** C − α, kept beside α because either may be tiny. */
  const other = new Float64Array(n);
  const odds = new Float64Array(n);
  const calm = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const c = (signs[i]! > 0 ? costs[0] : costs[1]) * (weights === null ? 1 : weights[i]!);
    const start = Math.min(0.001 * c, 1e-8);
    alpha[i] = start;
    other[i] = c - start;
    odds[i] = Math.log(start / (c - start));
    const step = signs[i]! * start;
    bias += step;
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) {
      const j = indices[k]!;
      w[j] = w[j]! + step * values[k]!;
    }
  }
  const index = random.permutation(n);
  let active = n;
  let inner = Math.max(tolerance, 0.3);
  for (let pass = 0; pass < maxPasses; pass++) {
    if (pass > 0) random.shuffle(index, active);
    const whole = active === n;
    let worst = 0;
    for (let s = 0; s < active; s++) {
      const i = index[s]!;
      const from = indptr[i]!;
      const to = indptr[i + 1]!;
      const sign = signs[i]!;
      let b = bias;
      for (let k = from; k < to; k++) b += w[indices[k]!]! * values[k]!;
      b *= sign;
      const now = Math.abs(b + odds[i]!);
      if (now > worst) worst = now;
      if (now < inner) {
        if (++calm[i]! >= SETTLED) {
          calm[i] = 0;
          active--;
          index[s] = index[active]!;
          index[active] = i;
          s--;
        }
        continue;
      }
      calm[i] = 0;
      const c = (sign > 0 ? costs[0] : costs[1]) * (weights === null ? 1 : weights[i]!);
      const a = norms[i]!;
      // Work on the smaller of the pair, where the logarithm is steep.
      const flip = 0.5 * a * (other[i]! - alpha[i]!) + b < 0;
      const old = flip ? other[i]! : alpha[i]!;
      const linear = flip ? -b : b;
      let z = c - old < 0.5 * c ? 0.1 * old : old;
      let log = Math.log(z / (c - z));
      let gradient = a * (z - old) + linear + log;
      for (let step = 0; step < 100 && Math.abs(gradient) >= 0.1 * inner; step++) {
        const moved = z - gradient / (a + c / (c - z) / z);
        z = moved <= 0 ? z * 0.1 : Math.min(moved, c - 1e-12 * c);
        log = Math.log(z / (c - z));
        gradient = a * (z - old) + linear + log;
      }
      const before = alpha[i]!;
      alpha[i] = flip ? c - z : z;
      other[i] = flip ? z : c - z;
      odds[i] = flip ? -log : log;
      const delta = sign * (alpha[i]! - before);
      if (delta === 0) continue;
      bias += delta;
      for (let k = from; k < to; k++) {
        const j = indices[k]!;
        w[j] = w[j]! + delta * values[k]!;
      }
    }
    if (worst < inner || active === 0) {
      if (whole && worst <= tolerance) break;
      active = n;
      inner = Math.max(tolerance, inner * 0.3);
    }
  }
  w[cols] = bias;
  return w;
}
