/** One binary linear SVM with squared hinge loss, by dual coordinate descent with shrinking. */
import type { Random } from '../random.ts';
import { addEntries, type Csr, dotEntries } from '../sparse.ts';

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

/** A row that violates by less than this share of the pass before's range is left for a later pass. */
const SLIGHT = 0.05;
/** Once the range is this many times the tolerance, rows left out are looked at again, while they are few. */
const NEAR = 3;

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
 * linear SVM", ICML, algorithm 3 for the L2 loss. Shrinking is bolder than theirs ({@link CLEAR}),
 * slight violations wait ({@link SLIGHT}), and what was left out is looked at before the rest has
 * quite converged ({@link NEAR}); the last pass always visits every row, so the optimum is the same.
 * @param signs +1 or −1 per row.
 */
export function svmDual(
  x: Csr,
  signs: Int8Array,
  norms: Float64Array,
  { costs, weights = null, tolerance, maxPasses, random }: DualOptions,
): Float64Array {
  const { rows: n, cols, indptr, indices, values } = x;
  const diagonals = Float64Array.from(
    signs,
    (sign, i) => 0.5 / (costs[sign > 0 ? 0 : 1] * (weights?.[i] ?? 1)),
  );
  const w = new Float64Array(cols + 1);
  const alpha = new Float64Array(n);
  const index = random.permutation(n);
  const state = Float64Array.of(0, Number.POSITIVE_INFINITY, 0, 0);
  const fixed = { indptr, indices, values, signs, norms, diagonals };
  const problem = { ...fixed, w, alpha, index, state };
  let active = n;
  let looked = false;
  for (let pass = 0; pass < maxPasses; pass++) {
    if (pass > 0) random.shuffle(index, active);
    const before = active;
    active = sweep(problem, active);
    const high = state[HIGH]!;
    const range = high - state[LOW]!;
    const whole = before === n;
    state[SLIGHTEST] = SLIGHT * Math.min(range, 5 * tolerance);
    if (range <= tolerance && whole) break;
    const near: boolean = !looked && !whole && range <= NEAR * tolerance && active > n / 2;
    if (near || range <= tolerance) {
      looked ||= near;
      active = n;
      state[CLEARED] = Number.POSITIVE_INFINITY;
    } else state[CLEARED] = high <= 0 ? Number.POSITIVE_INFINITY : Math.min(high, CLEAR);
  }
  return w;
}

interface Dual extends Pick<Csr, 'indptr' | 'indices' | 'values'> {
  readonly signs: Int8Array;
  readonly norms: Float64Array;
  /** ½ / cost of each row. */
  readonly diagonals: Float64Array;
  /** A weight per column, the intercept last. */
  readonly w: Float64Array;
  readonly alpha: Float64Array;
  readonly index: Int32Array;
  /** Four numbers, each at its own place below. */
  readonly state: Float64Array;
}

/** The least violation worth a step, and the gradient from which rows without weight are left out. */
const SLIGHTEST = 0;
const CLEARED = 1;
/** The largest and the smallest projected gradient of the last pass. */
const HIGH = 2;
const LOW = 3;

/**
 * One pass over the first `active` rows of `index`; how many of them stay. A function of its own, so
 * that the engine has little to compile and a first fit is not half done before it has.
 */
function sweep(problem: Dual, active: number): number {
  const { indptr, indices, values, signs, norms, diagonals } = problem;
  const { w, alpha, index, state } = problem;
  const last = w.length - 1;
  const slight = state[SLIGHTEST]!;
  const clear = state[CLEARED]!;
  let bias = w[last]!;
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  let kept = active;
  for (let s = 0; s < kept; s++) {
    const i = index[s]!;
    const from = indptr[i]!;
    const to = indptr[i + 1]!;
    const sign = signs[i]!;
    const diagonal = diagonals[i]!;
    const old = alpha[i]!;
    const margin = bias + dotEntries(indices, values, from, to, w);
    const gradient = sign * margin - 1 + old * diagonal;
    let projected = gradient;
    if (old === 0) {
      if (gradient > clear) {
        kept--;
        index[s] = index[kept]!;
        index[kept] = i;
        s--;
        continue;
      }
      if (gradient > 0) projected = 0;
    }
    if (projected > high) high = projected;
    if (projected < low) low = projected;
    if (projected <= slight && projected >= -slight) continue;
    const next = Math.max(0, old - gradient / (norms[i]! + diagonal));
    alpha[i] = next;
    const step = (next - old) * sign;
    bias += step;
    addEntries(indices, values, from, to, step, w);
  }
  w[last] = bias;
  state[HIGH] = high;
  state[LOW] = low;
  return kept;
}
