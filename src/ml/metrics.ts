/** How good predictions are: macro-F1, log-loss, Brier score, calibration error, AUC, deviance. */

const EPSILON = 1e-15;
const clip = (p: number): number => Math.min(1 - EPSILON, Math.max(EPSILON, p));

/** Mean −log p of what happened, in nats; 0 is perfect. Outcomes are 0 or 1. */
export function logLoss(outcomes: ArrayLike<number>, chances: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < outcomes.length; i++) {
    const p = clip(chances[i]!);
    sum -= outcomes[i]! * Math.log(p) + (1 - outcomes[i]!) * Math.log(1 - p);
  }
  return sum / outcomes.length;
}

/** Mean squared difference of outcome and probability, 0–1. */
export function brier(outcomes: ArrayLike<number>, chances: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < outcomes.length; i++) sum += (outcomes[i]! - chances[i]!) ** 2;
  return sum / outcomes.length;
}

/** Poisson deviance of every count against its expected value (> 0); 0 is perfect. */
export function poissonDeviance(counts: ArrayLike<number>, means: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: counts.length }, (_, i) => {
    const y = counts[i]!;
    const mean = Math.max(EPSILON, means[i]!);
    return 2 * ((y > 0 ? y * Math.log(y / mean) : 0) - (y - mean));
  });
}

/**
 * Expected calibration error: mean |share that happened − mean probability| over `bins` equally
 * wide bins, weighted by their size (Naeini, Cooper, Hauskrecht 2015). 0–1.
 */
export function ece(outcomes: ArrayLike<number>, chances: ArrayLike<number>, bins = 10): number {
  const happened = new Float64Array(bins);
  const said = new Float64Array(bins);
  for (let i = 0; i < outcomes.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(chances[i]! * bins));
    happened[bin] = happened[bin]! + outcomes[i]!;
    said[bin] = said[bin]! + chances[i]!;
  }
  let sum = 0;
  for (let b = 0; b < bins; b++) sum += Math.abs(happened[b]! - said[b]!);
  return sum / outcomes.length;
}

/** Chance that a random positive is ranked above a random negative, ties counting half. */
export function auc(outcomes: ArrayLike<number>, chances: ArrayLike<number>): number {
  const order = Array.from({ length: outcomes.length }, (_, i) => i);
  order.sort((a, b) => chances[a]! - chances[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && chances[order[end]!]! === chances[order[i]!]!) end++;
    for (let k = i; k < end; k++) {
      if (outcomes[order[k]!]! > 0) {
        positives++;
        rankSum += (i + 1 + end) / 2;
      }
    }
    i = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Unweighted mean of the F1 of every class that occurs in truth or prediction. */
export function macroF1(truth: readonly string[], predicted: readonly string[]): number {
  const classes = new Set([...truth, ...predicted]);
  let sum = 0;
  for (const c of classes) {
    let hit = 0;
    let claimed = 0;
    let there = 0;
    truth.forEach((t, i) => {
      if (t === c) there++;
      if (predicted[i] === c) claimed++;
      if (t === c && predicted[i] === c) hit++;
    });
    sum += (2 * hit) / (claimed + there);
  }
  return sum / classes.size;
}
