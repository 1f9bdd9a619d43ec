/** Newton's method for linear two-class models whose loss depends on the margin. */
import { cholesky, choleskySolve } from '../matrix.ts';
import type { PackedRows } from './packed-rows.ts';

/** A convex loss of the margin m = ± score, positive where the row is right. */
export interface MarginLoss {
  value(m: number): number;
  /** Writes first and second derivative at entry `at`. */
  fill(m: number, at: number, slope: Float64Array, curvature: Float64Array): void;
}

/** Rows from which a share of them is enough to start from. */
const MANY_ROWS = 8000;

/**
 * Weights, the intercept last, that minimise Σ loss + ½·l2·Σ w² (the intercept is free). Step
 * halving (Nocedal, Wright 2006, ch. 3); dense in the columns.
 * @param codes class number per row; `positive` counts as +1, all others as −1.
 */
export function fitMargin(
  rows: PackedRows,
  codes: Int32Array,
  positive: number,
  loss: MarginLoss,
  l2: number,
): Float64Array {
  const n = rows.count;
  const sign = Float64Array.from(codes, (code) => (code === positive ? 1 : -1));
  const w = new Float64Array(rows.cols);
  // The first steps need no more than every eighth row to come close.
  if (n >= MANY_ROWS) {
    const some = sign.filter((_, i) => i % 8 === 0);
    minimise(rows.every(8), some, loss, l2 / 8, 1e-2, 1e-2, w);
  }
  minimise(rows, sign, loss, l2, 1e-9, 1e-15, w);
  return w;
}

/**
 * Improves `w` in place. Below a promised gain of `tolerance` the curvature stays as it is, and
 * cheap steps go on until the gain is below `exact`.
 */
function minimise(
  rows: PackedRows,
  sign: Float64Array,
  loss: MarginLoss,
  l2: number,
  tolerance: number,
  exact: number,
  w: Float64Array,
): void {
  const p = rows.cols;
  const n = rows.count;
  const score = new Float64Array(n);
  const objective = (weights: Float64Array): number => {
    rows.times(weights, score);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += loss.value(sign[i]! * score[i]!);
    for (let j = 0; j < p - 1; j++) sum += 0.5 * l2 * weights[j]! * weights[j]!;
    return sum;
  };
  let value = objective(w);
  const slope = new Float64Array(n);
  const curvature = new Float64Array(n);
  let factor: Float64Array | undefined;
  for (let iteration = 0; iteration < 50; iteration++) {
    for (let i = 0; i < n; i++) {
      loss.fill(sign[i]! * score[i]!, i, slope, curvature);
      slope[i] = -sign[i]! * slope[i]!;
    }
    const gradient = rows.transposedTimes(slope);
    for (let j = 0; j < p - 1; j++) gradient[j] = gradient[j]! - l2 * w[j]!;
    // The last curvature tells whether a new one, ten times the work of a gradient, is worth it.
    if (factor !== undefined) {
      const last = choleskySolve(factor, p, gradient);
      const gain = dot(last, gradient);
      if (gain < tolerance * (1 + value)) {
        for (let j = 0; j < p; j++) w[j] = w[j]! + last[j]!;
        if (gain < exact * (1 + value)) return;
        value = objective(w);
        continue;
      }
    }
    const hessian = rows.gram(curvature);
    for (let j = 0; j < p; j++) {
      // 1e-9 keeps separated data solvable for the intercept.
      hessian[j * p + j] = hessian[j * p + j]! + (j < p - 1 ? l2 : 1e-9) + 1e-12;
    }
    factor = cholesky(hessian, p);
    const move = choleskySolve(factor, p, gradient);
    if (dot(move, gradient) < 1e-14 * (1 + value)) return;
    let next = w;
    let nextValue = Number.POSITIVE_INFINITY;
    for (let scale = 1; scale > 1e-9 && !(nextValue <= value); scale /= 2) {
      next = w.map((weight, j) => weight + scale * move[j]!);
      nextValue = objective(next);
    }
    if (!(nextValue <= value)) break;
    w.set(next);
    value = nextValue;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
