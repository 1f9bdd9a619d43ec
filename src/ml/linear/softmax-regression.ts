/** Multinomial logistic regression by bound optimisation with momentum. */
import { cholesky, choleskySolve } from '../matrix.ts';
import type { PackedRows } from './packed-rows.ts';

const MAX_STEPS = 1000;

/**
 * Weights per class (the intercept last) that minimise the softmax loss + ½·l2·Σ w². The curvature
 * ½ XᵀX bounds that of every class (Böhning 1992), so that one factorisation serves all steps;
 * Nesterov's momentum, restarted where the loss rises (O'Donoghue, Candès 2015).
 * @param start weights to start from, such as those of a neighbouring penalty; default zeros.
 * @param tolerance ends where a step promises less than this share of the loss.
 */
export function fitSoftmax(
  rows: PackedRows,
  codes: Int32Array,
  classes: number,
  l2: number,
  start?: readonly Float64Array[],
  tolerance = 1e-9,
): Float64Array[] {
  const p = rows.cols;
  const bound = rows.gram(new Float64Array(rows.count).fill(0.5));
  for (let j = 0; j < p; j++) bound[j * p + j] = bound[j * p + j]! + (j < p - 1 ? l2 : 1e-6);
  const factor = cholesky(bound, p);
  const eta = Array.from({ length: classes }, () => new Float64Array(rows.count));
  let w: Float64Array[] = Array.from({ length: classes }, (_, k) =>
    Float64Array.from(start?.[k] ?? new Float64Array(p)),
  );
  let ahead = w;
  let momentum = 1;
  let value = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { loss, residuals } = evaluate(rows, codes, ahead, eta, l2);
    const next: Float64Array[] = [];
    let promised = 0;
    for (let k = 0; k < classes; k++) {
      const gradient = rows.transposedTimes(residuals[k]!);
      for (let j = 0; j < p - 1; j++) gradient[j] = gradient[j]! - l2 * ahead[k]![j]!;
      const move = choleskySolve(factor, p, gradient);
      for (let j = 0; j < p; j++) promised += gradient[j]! * move[j]!;
      next.push(move.map((m, j) => ahead[k]![j]! + m));
    }
    const rising = loss > value;
    const following = rising ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const share = rising ? 0 : (momentum - 1) / following;
    const before = w;
    ahead = next.map((n, k) => n.map((v, j) => v + share * (v - before[k]![j]!)));
    w = next;
    momentum = following;
    value = loss;
    if (promised < tolerance * (1 + loss)) break;
  }
  return w;
}

function evaluate(
  rows: PackedRows,
  codes: Int32Array,
  w: readonly Float64Array[],
  eta: readonly Float64Array[],
  l2: number,
): { readonly loss: number; readonly residuals: readonly Float64Array[] } {
  const classes = w.length;
  let loss = 0;
  for (let k = 0; k < classes; k++) {
    rows.times(w[k]!, eta[k]!);
    for (let j = 0; j < rows.cols - 1; j++) loss += 0.5 * l2 * w[k]![j]! ** 2;
  }
  for (let i = 0; i < rows.count; i++) {
    let top = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) top = Math.max(top, eta[k]![i]!);
    const own = eta[codes[i]!]![i]!;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const raised = Math.exp(eta[k]![i]! - top);
      eta[k]![i] = raised;
      sum += raised;
    }
    loss += Math.log(sum) + top - own;
    for (let k = 0; k < classes; k++) {
      eta[k]![i] = (codes[i] === k ? 1 : 0) - eta[k]![i]! / sum;
    }
  }
  return { loss, residuals: eta };
}
