/** One binary linear SVM with squared hinge loss, by dual coordinate descent with shrinking. */
import type { Random } from '../random.ts';
import type { Csr } from '../sparse.ts';

export interface DualOptions {
  /** Cost of an error in a positive and in another row; the penalty is ½‖(w, b)‖². */
  readonly costs: readonly [positive: number, other: number];
  /** Factor of the cost of each row, above 0; default 1. */
  readonly weights?: Float64Array | null;
  /** Largest violation of optimality that is left. */
  readonly tolerance: number;
  /** Passes over the rows at most. */
  readonly maxPasses: number;
  readonly random: Random;
}

/** Rows without weight whose gradient exceeds this are left out until the rest has converged. */
const CLEAR = 0.05;

/** Σ v² of every row, the intercept's 1 included. */
export function rowNorms(x: Csr): Float64Array {
  const norms = new Float64Array(x.rows);
  for (let i = 0; i < x.rows; i++) {
    let sum = 1;
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) sum += x.values[k]! * x.values[k]!;
    norms[i] = sum;
  }
  return norms;
}

/**
 * Weights of one binary problem, the intercept last (`x.cols + 1` numbers).
 * Hsieh, Chang, Lin, Keerthi, Sundararajan (2008), "A dual coordinate descent method for large-scale
 * linear SVM", ICML, algorithm 3 for the L2 loss. Shrinking is bolder than theirs ({@link CLEAR});
 * the last pass always visits every row, so the optimum is the same.
 * @param signs +1 or −1 per row.
 */
export function svmDual(
  x: Csr,
  signs: Int8Array,
  norms: Float64Array,
  { costs, weights = null, tolerance, maxPasses, random }: DualOptions,
): Float64Array {
  const { rows: n, cols, indptr, indices, values } = x;
  const w = new Float64Array(cols + 1);
  const alpha = new Float64Array(n);
  const diagonals = [0.5 / costs[0], 0.5 / costs[1]] as const;
  const index = random.permutation(n);
  let bias = 0;
  let active = n;
  let clear = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < maxPasses; pass++) {
    const whole = active === n;
    let high = Number.NEGATIVE_INFINITY;
    let low = Number.POSITIVE_INFINITY;
    if (pass > 0) random.shuffle(index, active);
    for (let s = 0; s < active; s++) {
      const i = index[s]!;
      const from = indptr[i]!;
      const to = indptr[i + 1]!;
      const sign = signs[i]!;
      let margin = bias;
      for (let k = from; k < to; k++) margin += w[indices[k]!]! * values[k]!;
      const old = alpha[i]!;
      const even = sign > 0 ? diagonals[0] : diagonals[1];
      const diagonal = weights === null ? even : even / weights[i]!;
      const gradient = sign * margin - 1 + old * diagonal;
      let projected = gradient;
      if (old === 0) {
        if (gradient > clear) {
          active--;
          index[s] = index[active]!;
          index[active] = i;
          s--;
          continue;
        }
        if (gradient > 0) projected = 0;
      }
      if (projected > high) high = projected;
      if (projected < low) low = projected;
      if (projected > 1e-12 || projected < -1e-12) {
        const next = Math.max(0, old - gradient / (norms[i]! + diagonal));
        alpha[i] = next;
        const step = (next - old) * sign;
        bias += step;
        for (let k = from; k < to; k++) {
          const j = indices[k]!;
          w[j] = w[j]! + step * values[k]!;
        }
      }
    }
    if (high - low <= tolerance) {
      if (whole) break;
      active = n;
      clear = Number.POSITIVE_INFINITY;
    } else clear = high <= 0 ? Number.POSITIVE_INFINITY : Math.min(high, CLEAR);
  }
  w[cols] = bias;
  return w;
}
