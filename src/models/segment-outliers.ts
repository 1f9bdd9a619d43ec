/** Contacts unlike everybody else: far from where others lie densely (DBSCAN's noise). */
import { Dbscan } from '../ml/cluster/dbscan.ts';
import { neighbourDistances } from '../ml/cluster/neighbour-distances.ts';
import type { Matrix } from '../ml/matrix.ts';
import { significant, significantAll } from './numbers.ts';

/** Plain data. A contact is an outlier when no core lies within `eps` of it. */
export interface Outliers {
  readonly eps: number;
  readonly minSamples: number;
  readonly cores: readonly (readonly number[])[];
  /** Share of the fitted contacts that are noise. */
  readonly share: number;
}

const MIN_SAMPLES = 5;
/** Tukey's far-out fence. */
const FENCE = 3;

/**
 * The radius is the far-out fence of the distances to the 5th neighbour (third quartile plus three
 * interquartile ranges; Tukey 1977): what is lonelier than that is noise. `null` when all lie alike.
 */
export function fitOutliers(points: Matrix): Outliers | null {
  const distances = neighbourDistances(points, MIN_SAMPLES - 1).sort();
  const at = (share: number): number => distances[Math.floor(share * (distances.length - 1))] ?? 0;
  const eps = significant(at(0.75) + FENCE * (at(0.75) - at(0.25)));
  if (!(eps > 0)) return null;
  const { labels, core } = new Dbscan({ eps, minSamples: MIN_SAMPLES }).fit(points);
  const rowOf = (i: number): Float64Array =>
    points.data.subarray(i * points.cols, (i + 1) * points.cols);
  const cores = Array.from(core, (is, i) => (is === 1 ? significantAll(rowOf(i), 5) : null));
  return {
    eps,
    minSamples: MIN_SAMPLES,
    cores: cores.filter((row) => row !== null),
    share: labels.filter((label) => label < 0).length / Math.max(1, points.rows),
  };
}

/** Whether no core lies within reach of the point. */
export function isOutlier({ eps, cores }: Outliers, point: readonly number[]): boolean {
  const reach = eps * eps;
  for (const core of cores) {
    let sum = 0;
    for (let j = 0; j < core.length && sum <= reach; j++) sum += (core[j]! - point[j]!) ** 2;
    if (sum <= reach) return false;
  }
  return true;
}
