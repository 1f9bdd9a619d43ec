/** Losses of gradient boosting: logistic for two classes, softmax for more. */

/** Log-odds of the class shares, from which boosting starts. */
export function startScores(codes: Int32Array, rows: Int32Array, width: number): number[] {
  const counts = new Float64Array(Math.max(2, width));
  for (let i = 0; i < rows.length; i++) {
    const k = codes[rows[i]!]!;
    counts[k] = counts[k]! + 1;
  }
  const log = (k: number): number => Math.log(Math.max(0.5, counts[k]!));
  if (width === 1) return [log(1) - log(0)];
  return Array.from({ length: width }, (_, k) => log(k) - Math.log(rows.length));
}

/** First and second derivative of the logistic loss in the score. */
export function binaryGradients(
  score: Float64Array,
  codes: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let i = 0; i < score.length; i++) {
    const p = 1 / (1 + Math.exp(-score[i]!));
    gradients[i] = p - codes[i]!;
    hessians[i] = p * (1 - p);
  }
}

/** Row-major `rows × classes` probabilities from one array of scores per class. */
export function softmaxChances(scores: readonly Float64Array[], rows: number): Float64Array {
  const width = scores.length;
  const flat = new Float64Array(rows * width);
  for (let k = 0; k < width; k++) {
    const score = scores[k]!;
    for (let i = 0; i < rows; i++) flat[i * width + k] = score[i]!;
  }
  return softmaxRows(flat, width);
}

/** Softmax of every row, in place. */
export function softmaxRows(flat: Float64Array, width: number): Float64Array {
  for (let from = 0; from < flat.length; from += width) {
    let top = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < width; k++) top = Math.max(top, flat[from + k]!);
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const raised = Math.exp(flat[from + k]! - top);
      flat[from + k] = raised;
      sum += raised;
    }
    for (let k = 0; k < width; k++) flat[from + k] = flat[from + k]! / sum;
  }
  return flat;
}

/** The diagonal of the softmax hessian, times K / (K − 1) as in Friedman's multi-class step. */
export function classGradients(
  chances: Float64Array,
  k: number,
  width: number,
  codes: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const factor = width / (width - 1);
  for (let i = 0; i < codes.length; i++) {
    const p = chances[i * width + k]!;
    gradients[i] = p - (codes[i] === k ? 1 : 0);
    hessians[i] = Math.max(1e-16, factor * p * (1 - p));
  }
}

/** Mean −log probability of what happened, over the given rows. */
export function meanLoss(
  scores: readonly Float64Array[],
  codes: Int32Array,
  rows: Int32Array,
): number {
  let sum = 0;
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r]!;
    const truth = codes[i]!;
    if (scores.length === 1) {
      const s = scores[0]![i]!;
      sum += Math.log1p(Math.exp(truth === 1 ? -s : s));
      continue;
    }
    let total = 0;
    const own = scores[truth]![i]!;
    for (let k = 0; k < scores.length; k++) total += Math.exp(scores[k]![i]! - own);
    sum += Math.log(total);
  }
  return sum / Math.max(1, rows.length);
}
