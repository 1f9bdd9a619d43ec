/** How many clusters: K-means for every k, judged by silhouette and bootstrap stability. */
import { RapportError } from '../../core/errors.ts';
import type { Matrix } from '../matrix.ts';
import { requireMoments } from '../moments.ts';
import { fitted, type KMeansFit } from './kmeans.ts';
import { runAll, sampleRows } from './kmeans-runs.ts';
import { lloyd } from './lloyd.ts';
import { silhouette } from './silhouette.ts';
import { bootstrapStability } from './stability.ts';

export interface KSearchOptions {
  /** Default 2 … 10. */
  readonly minK?: number;
  readonly maxK?: number;
  /** Starts per k, on a sample of 10,000 rows; the best goes on over all rows. Default 10. */
  readonly starts?: number;
  /** Default 20. */
  readonly bootstraps?: number;
  /** Default 1. */
  readonly seed?: number;
  readonly onTried?: (tried: TriedK) => void;
}

export interface TriedK {
  readonly k: number;
  /** Over all rows. */
  readonly inertia: number;
  /** Of a sample of 5,000 rows. */
  readonly silhouette: number;
  readonly stability: number;
}

export interface KSearch extends KMeansFit {
  readonly best: TriedK;
  /** Whether `best` reaches {@link STABLE}; if not, no k did, and the clusters are a matter of luck. */
  readonly stable: boolean;
  /** Every k, losers included. */
  readonly tried: readonly TriedK[];
}

/** Stability from which on clusters are taken for real. */
export const STABLE = 0.8;

const START_ROWS = 10_000;
const SILHOUETTE_ROWS = 5000;

/**
 * The stable k of the greatest silhouette; when none is stable, the k of the greatest silhouette.
 * @param columns names for messages.
 * @throws RapportError not_enough_data with fewer different rows than `minK`; invalid_payload when
 *   a value is not finite.
 */
export function searchK(
  x: Matrix,
  options: KSearchOptions = {},
  columns?: readonly string[],
): KSearch {
  const { minK = 2, starts = 10, bootstraps = 20, seed = 1 } = options;
  const moments = requireMoments(x, columns);
  const sample = sampleRows(x, START_ROWS, seed).x;
  const maxK = Math.min(options.maxK ?? 10, distinctRows(sample, (options.maxK ?? 10) + 1));
  if (maxK < minK)
    throw new RapportError('not_enough_data', `${maxK} different rows for ${minK} clusters`);
  const looked = sampleRows(x, SILHOUETTE_ROWS, seed + 1);
  const limits = { maxIterations: 300, tolerance: 1e-4 };
  const results = Array.from({ length: maxK - minK + 1 }, (_, i) => {
    const k = minK + i;
    const runs = Array.from({ length: starts }, (_, s) => ({
      k,
      seed: seed + 104_729 * s,
      resampled: 0,
    }));
    const start = runAll(sample, runs).reduce((a, b) => (b.inertia < a.inertia ? b : a));
    const fit = fitted(lloyd(x, moments, start.centres, limits), k, x.cols);
    const tried: TriedK = {
      k,
      inertia: fit.model.inertia,
      silhouette: silhouette(
        looked.x,
        looked.rows.map((row) => fit.labels[row]!),
      ),
      stability: bootstrapStability(x, fit.model.centroids, { bootstraps, seed }),
    };
    options.onTried?.(tried);
    return { fit, tried };
  });
  const stable = results.filter(({ tried }) => tried.stability >= STABLE);
  const won = (stable.length > 0 ? stable : results).reduce((a, b) =>
    b.tried.silhouette > a.tried.silhouette ? b : a,
  );
  return {
    ...won.fit,
    best: won.tried,
    stable: stable.length > 0,
    tried: results.map(({ tried }) => tried),
  };
}

/** How many different rows there are, counted up to `enough`. */
function distinctRows({ rows, cols, data }: Matrix, enough: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < rows && seen.size < enough; i++)
    seen.add(data.subarray(i * cols, (i + 1) * cols).join('|'));
  return seen.size;
}
