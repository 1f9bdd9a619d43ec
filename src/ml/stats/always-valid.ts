/** Confidence intervals that stay valid however often one looks, so that stopping early is honest. */
import type { Interval } from './intervals.ts';

export interface AlwaysValidOptions {
  /** Largest chance of ever leaving the truth out; default 0.05. */
  readonly alpha?: number;
  /** Size of the effects that matter, as the standard deviation of the mixing normal; default 0.05. */
  readonly scale?: number;
}

/**
 * The mixture sequential probability ratio test turned into an interval (Robbins 1970, Annals of
 * Mathematical Statistics 41; Johari, Koomen, Pekelis, Walsh 2022, Operations Research 70, "Always
 * valid inference"): over all looks together, the truth is ever left out with chance ≤ α.
 * @param error standard error of the estimate, ≥ 0, from independent increments.
 */
export function alwaysValid(
  estimate: number,
  error: number,
  { alpha = 0.05, scale = 0.05 }: AlwaysValidOptions = {},
): Interval {
  if (!(error > 0)) return { estimate, low: estimate, high: estimate };
  if (!Number.isFinite(error))
    return { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const v = error * error;
  const t = scale * scale;
  const half = Math.sqrt(((v * (v + t)) / t) * (2 * Math.log(1 / alpha) + Math.log((v + t) / v)));
  return { estimate, low: estimate - half, high: estimate + half };
}
