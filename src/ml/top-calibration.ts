/** How honest the probability of the most likely class is, and how honest chance alone lets it look. */
import { ece } from './metrics.ts';

export interface TopCalibration {
  /** Expected calibration error, ten bins (Guo, Pleiss, Sun, Weinberger 2017). */
  readonly ece: number;
  /**
   * The error a perfectly calibrated model of the same confidences would show on as many rows:
   * Σ over bins of E|hits − Σp| / n, normal approximation. An `ece` near it cannot be improved.
   */
  readonly floor: number;
}

const BINS = 10;

/** @param chances rows × classes. @param truth class number per row; one the model lacks is a miss. */
export function topCalibration(
  chances: Float64Array,
  truth: ArrayLike<number>,
  classes: number,
): TopCalibration {
  const n = truth.length;
  const top = new Float64Array(n);
  const hit = new Uint8Array(n);
  const variance = new Float64Array(BINS);
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if (chances[i * classes + c]! > chances[i * classes + best]!) best = c;
    const p = chances[i * classes + best]!;
    top[i] = p;
    hit[i] = best === truth[i] ? 1 : 0;
    const bin = Math.min(BINS - 1, Math.floor(p * BINS));
    variance[bin] = variance[bin]! + p * (1 - p);
  }
  const floor = variance.reduce((sum, v) => sum + Math.sqrt((2 / Math.PI) * v), 0) / n;
  return { ece: ece(hit, top, BINS), floor };
}
