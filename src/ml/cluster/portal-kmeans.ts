/** K-means at the size of a portal: package ml-kmeans with seeded restarts, k chosen by silhouette. */
import { kmeans as run } from 'ml-kmeans';
import { RapportError } from '../../core/errors.ts';
import { matrixFromRows } from '../matrix.ts';
import type { Random } from '../random.ts';
import { silhouette } from './silhouette.ts';

export interface KMeansOptions {
  readonly minK: number;
  readonly maxK: number;
  readonly restarts: number;
  /** Rows the choice of k looks at. */
  readonly choiceRows: number;
  /** Rows the final centroids are fitted on. */
  readonly fitRows: number;
}

export const KMEANS_DEFAULTS: KMeansOptions = {
  minK: 3,
  maxK: 7,
  restarts: 5,
  choiceRows: 2000,
  fitRows: 20_000,
};

/** Plain data: centroids in the space of the input, and how k was chosen. */
export interface KMeansModel {
  readonly centroids: readonly (readonly number[])[];
  readonly inertia: number;
  readonly silhouette: number;
  /** Mean silhouette of every k that was tried, losers included. */
  readonly tried: readonly { readonly k: number; readonly silhouette: number }[];
}

function sample<T>(rows: readonly T[], size: number, random: Random): readonly T[] {
  if (rows.length <= size) return rows;
  const chosen = [...random.permutation(rows.length).subarray(0, size)].sort((a, b) => a - b);
  return chosen.flatMap((i) => {
    const row = rows[i];
    return row === undefined ? [] : [row];
  });
}

interface Run {
  readonly centroids: number[][];
  readonly clusters: number[];
  readonly inertia: number;
}

function bestOf(points: number[][], k: number, restarts: number, random: Random): Run {
  let best: Run | undefined;
  for (let r = 0; r < restarts; r++) {
    const { centroids, clusters } = run(points, k, { seed: random.int(2 ** 31 - 1) + 1 });
    let inertia = 0;
    for (let i = 0; i < points.length; i++) {
      inertia += squaredDistance(points[i]!, centroids[clusters[i]!]!);
    }
    if (best === undefined || inertia < best.inertia) best = { centroids, clusters, inertia };
  }
  if (best === undefined) throw new RapportError('not_enough_data', 'k-means needs a restart');
  return best;
}

export function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d]! - b[d]!) ** 2;
  return sum;
}

/**
 * Clusters points (rows of equal width, already on comparable scales).
 * @throws RapportError not_enough_data when fewer distinct points than `minK` are given;
 *   invalid_payload when a value is not finite.
 */
export function fitKMeans(
  points: readonly (readonly number[])[],
  random: Random,
  options: KMeansOptions = KMEANS_DEFAULTS,
): KMeansModel {
  const width = points[0]?.length ?? 0;
  points.forEach((row, i) => {
    const bad = row.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0 || row.length !== width) {
      throw new RapportError(
        'invalid_payload',
        `column ${Math.max(bad, 0)} of row ${i + 1} is not usable`,
      );
    }
  });
  const distinct = new Set(sample(points, 2000, random).map((row) => row.join('|'))).size;
  if (distinct < options.minK) {
    throw new RapportError(
      'not_enough_data',
      `${distinct} distinct rows for ${options.minK} groups`,
    );
  }
  const choice = sample(points, options.choiceRows, random).map((row) => [...row]);
  const table = matrixFromRows(
    choice,
    Array.from({ length: width }, (_, j) => String(j)),
  );
  const tried: { k: number; silhouette: number }[] = [];
  for (let k = options.minK; k <= Math.min(options.maxK, distinct); k++) {
    const { clusters } = bestOf(choice, k, 2, random);
    tried.push({ k, silhouette: silhouette(table, clusters) });
  }
  const winner = tried.reduce((a, b) => (b.silhouette > a.silhouette ? b : a));
  const rows = sample(points, options.fitRows, random).map((row) => [...row]);
  const { centroids, inertia } = bestOf(rows, winner.k, options.restarts, random);
  return { centroids, inertia, silhouette: winner.silhouette, tried };
}

/** Every cluster with its Euclidean distance from the point, nearest first. */
export function nearest(
  centroids: readonly (readonly number[])[],
  point: readonly number[],
): { readonly cluster: number; readonly distance: number }[] {
  return centroids
    .map((centroid, cluster) => ({
      cluster,
      distance: Math.sqrt(squaredDistance(centroid, point)),
    }))
    .sort((a, b) => a.distance - b.distance || a.cluster - b.cluster);
}
