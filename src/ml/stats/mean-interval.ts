/** Confidence interval of a mean of skewed values, such as importance-weighted rewards. */

import { tQuantile } from './distributions.ts';
import type { Interval } from './intervals.ts';

/**
 * `hall`: for values whose large weights all pull one way. `student`: for differences, whose large
 * weights pull both ways: their skewness is small, and what a sample shows of it is noise.
 */
export type IntervalForm = 'hall' | 'student';

/**
 * 95 % interval for the mean of independent values: Student's t, by default with Hall's cubic
 * correction for skewness (Hall 1992, JRSS B 54), which a few large weights call for. Fewer than 2
 * values give an interval without bounds.
 * @param effective how many rows the values are worth; fewer than there are when weights differ.
 */
export function meanInterval(
  values: Float64Array,
  effective = values.length,
  form: IntervalForm = 'hall',
): Interval {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const estimate = sum / n;
  if (n < 2) return { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  let second = 0;
  let third = 0;
  for (const value of values) {
    const d = value - estimate;
    second += d * d;
    third += d * d * d;
  }
  const variance = second / (n - 1);
  if (!(variance > 0)) return { estimate, low: estimate, high: estimate };
  const skewness = form === 'hall' ? third / n / (second / n) ** 1.5 : 0;
  const t = tQuantile(0.975, Math.max(1, Math.min(effective, n) - 1));
  const error = Math.sqrt(variance / n);
  return {
    estimate,
    low: estimate - error * unskewed(t, skewness, n),
    high: estimate - error * unskewed(-t, skewness, n),
  };
}

/**
 * The interval of the mean of rows that come in units (Liang, Zeger 1986): each unit's summed
 * deviation is one value, so that a unit of many like rows counts once.
 * @param unit unit number per row.
 */
export function clusterMeanInterval(
  values: Float64Array,
  unit: Int32Array | undefined,
  effective = values.length,
  form: IntervalForm = 'hall',
): Interval {
  if (unit === undefined) return meanInterval(values, effective, form);
  const n = values.length;
  let estimate = 0;
  for (const value of values) estimate += value / n;
  const deviation = new Map<number, number>();
  values.forEach((value, i) => {
    const u = unit[i]!;
    deviation.set(u, (deviation.get(u) ?? 0) + value - estimate);
  });
  const scale = deviation.size / n;
  const perUnit = Float64Array.from(deviation.values(), (sum) => estimate + sum * scale);
  return meanInterval(perUnit, Math.min(effective, perUnit.length), form);
}

/** Inverse of Hall's monotone map t + g t²/3 + g² t³/27 + g/6 with g = skewness / √n. */
function unskewed(z: number, skewness: number, n: number): number {
  const g = skewness / Math.sqrt(n);
  if (Math.abs(g) < 1e-8) return z;
  return (3 / g) * (Math.cbrt(1 + g * (z - g / 6)) - 1);
}
