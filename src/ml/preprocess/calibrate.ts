/** Temperature scaling: one factor that makes a multi-class model's probabilities honest. */

/** Probabilities from one row of scores: softmax of `factor · score`. */
export function softmax(scores: readonly number[], factor: number): number[] {
  const top = Math.max(...scores) * factor;
  const raised = scores.map((s) => Math.exp(s * factor - top));
  const total = raised.reduce((a, b) => a + b, 0);
  return raised.map((r) => r / total);
}

/**
 * Mean −log probability of the true class; `truth` holds column numbers. With `smoothing` > 0 the
 * true class is expected with probability 1 − smoothing only.
 */
export function scaledLogLoss(
  scores: readonly (readonly number[])[],
  truth: readonly number[],
  factor: number,
  smoothing = 0,
): number {
  let sum = 0;
  scores.forEach((row, i) => {
    softmax(row, factor).forEach((p, k) => {
      const share = k === truth[i] ? 1 - smoothing : smoothing / (row.length - 1);
      if (share > 0) sum -= share * Math.log(Math.max(1e-300, p));
    });
  });
  return sum / Math.max(1, scores.length);
}

/**
 * The factor (0.1 … 10) that minimises the log-loss of scores the model did not train on (Guo,
 * Pleiss, Sun, Weinberger 2017). Golden-section search; the loss is convex in the factor. The
 * truth is smoothed by 1 / (n + 2), as Platt (1999) does, so that a few rows without a mistake do
 * not make the model certain.
 */
export function fitTemperature(
  scores: readonly (readonly number[])[],
  truth: readonly number[],
): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  const smoothing = 1 / (scores.length + 2);
  const loss = (factor: number): number => scaledLogLoss(scores, truth, factor, smoothing);
  let low = 0.1;
  let high = 10;
  for (let step = 0; step < 40; step++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}
