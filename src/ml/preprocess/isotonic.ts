/** Isotonic regression: the rising step curve closest to the outcomes, as a calibration. */
import { RapportError } from '../../core/errors.ts';

/** Plain data: a piecewise linear curve, `x` ascending, `y` rising. */
export interface Isotonic {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Pool-adjacent-violators (Ayer et al. 1955; as calibration: Zadrozny, Elkan 2002). Equal scores
 * share one value. Flat on a block, linear from one block to the next.
 * @param outcomes 0 or 1, or any number.
 * @throws RapportError not_enough_data without rows.
 */
export function fitIsotonic(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Isotonic {
  const n = scores.length;
  if (n === 0) throw new RapportError('not_enough_data', 'no rows to calibrate on');
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const mean: number[] = [];
  const weight: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < n; ) {
    const score = scores[order[i]!]!;
    let sum = 0;
    let count = 0;
    for (; i < n && scores[order[i]!]! === score; i++, count++) sum += outcomes[order[i]!]!;
    mean.push(sum / count);
    weight.push(count);
    from.push(score);
    to.push(score);
    for (let b = mean.length - 1; b > 0 && mean[b - 1]! >= mean[b]!; b--) {
      const total = weight[b - 1]! + weight[b]!;
      mean[b - 1] = (mean[b - 1]! * weight[b - 1]! + mean[b]! * weight[b]!) / total;
      weight[b - 1] = total;
      to[b - 1] = to[b]!;
      for (const list of [mean, weight, from, to]) list.pop();
    }
  }
  const x: number[] = [];
  const y: number[] = [];
  mean.forEach((value, b) => {
    x.push(from[b]!);
    y.push(value);
    if (to[b]! > from[b]!) {
      x.push(to[b]!);
      y.push(value);
    }
  });
  return { x, y };
}

/** The curve at one score; flat beyond its ends. */
export function applyIsotonic({ x, y }: Isotonic, score: number): number {
  let low = 0;
  let high = x.length - 1;
  if (score <= x[0]!) return y[0]!;
  if (score >= x[high]!) return y[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= score) low = middle;
    else high = middle;
  }
  const share = (score - x[low]!) / (x[high]! - x[low]!);
  return y[low]! + share * (y[high]! - y[low]!);
}
