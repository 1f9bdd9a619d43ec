/** K-means: the best of several k-means++ starts, or of one given start. */
import { RapportError } from '../../core/errors.ts';
import type { Json } from '../estimator.ts';
import { requireFinite, requireWidth } from '../finite.ts';
import type { Matrix } from '../matrix.ts';
import { requireMoments } from '../moments.ts';
import { createRandom } from '../random.ts';
import { seedCentres } from './kmeans-seed.ts';
import { type LloydRun, lloyd } from './lloyd.ts';

export interface KMeansOptions {
  /** Clusters, 1 … 65,534. */
  readonly k: number;
  /** Starts, of which the one with the least inertia is kept. Default 10; 1 with `start`. */
  readonly starts?: number;
  /** Default 1. */
  readonly seed?: number;
  /** k × d centres, row-major, instead of k-means++. */
  readonly start?: Float64Array;
  /** Default 300. */
  readonly maxIterations?: number;
  /** Share of the columns' mean variance the centres may still move by. Default 1e-4. */
  readonly tolerance?: number;
}

/** A serialisable model. `centroids` has k rows, in the space of the input. */
export class FittedKMeans {
  static readonly version = 1;
  readonly centroids: Matrix;
  readonly inertia: number;
  readonly iterations: number;

  constructor(centroids: Matrix, inertia: number, iterations: number) {
    this.centroids = centroids;
    this.inertia = inertia;
    this.iterations = iterations;
  }

  /** The nearest centroid of every row; the first of equals. */
  predict(x: Matrix): Int32Array {
    requireFinite(x);
    requireWidth(x, this.centroids.cols);
    return nearestCentroids(x, this.centroids);
  }

  toJSON(): Json {
    const { rows, cols, data } = this.centroids;
    const centroids = Array.from({ length: rows }, (_, c) => [
      ...data.subarray(c * cols, (c + 1) * cols),
    ]);
    const { inertia, iterations } = this;
    return { version: FittedKMeans.version, centroids, inertia, iterations };
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(json: Json): FittedKMeans {
    const saved = json as {
      version?: number;
      centroids?: number[][];
      inertia?: number;
      iterations?: number;
    } | null;
    if (saved?.version !== FittedKMeans.version || !saved.centroids)
      throw new RapportError('invalid_payload', 'this is no K-means model of version 1');
    const cols = saved.centroids[0]?.length ?? 0;
    const data = Float64Array.from(saved.centroids.flat());
    const centroids = { rows: saved.centroids.length, cols, data };
    return new FittedKMeans(centroids, saved.inertia ?? 0, saved.iterations ?? 0);
  }
}

export interface KMeansFit {
  readonly model: FittedKMeans;
  /** The cluster of every row of the fitted table. */
  readonly labels: Uint16Array;
}

/** The same input and seed give the same model on any number of threads. */
export class KMeans {
  readonly options: KMeansOptions;

  constructor(options: KMeansOptions) {
    this.options = options;
  }

  /**
   * Tables in shared memory ({@link sharedDoubles}) are read in place, large others copied once.
   * @param columns names for messages.
   * @throws RapportError not_enough_data with fewer rows than clusters; invalid_payload when a
   *   value is not finite or the start has another shape; config_invalid for an impossible k.
   */
  fit(x: Matrix, columns?: readonly string[]): KMeansFit {
    const { k, start } = this.options;
    const moments = requireMoments(x, columns);
    requireK(k, x.rows);
    if (start !== undefined && start.length !== k * x.cols)
      throw new RapportError('invalid_payload', `the start must be ${k} rows of ${x.cols} columns`);
    const random = createRandom(this.options.seed ?? 1);
    const { maxIterations = 300, tolerance = 1e-4 } = this.options;
    const limits = { maxIterations, tolerance };
    let best = lloyd(x, moments, start ?? seedCentres(x, k, random), limits);
    const starts = start === undefined ? (this.options.starts ?? 10) : 1;
    for (let s = 1; s < starts; s++) {
      const run = lloyd(x, moments, seedCentres(x, k, random), limits);
      if (run.inertia < best.inertia) best = run;
    }
    return fitted(best, k, x.cols);
  }
}

export const fitted = (run: LloydRun, k: number, cols: number): KMeansFit => ({
  model: new FittedKMeans({ rows: k, cols, data: run.centres }, run.inertia, run.iterations),
  labels: run.labels,
});

export function requireK(k: number, rows: number): void {
  if (!(Number.isInteger(k) && k >= 1 && k < 65_535))
    throw new RapportError('config_invalid', `k must be a whole number from 1 to 65,534, not ${k}`);
  if (rows < k) throw new RapportError('not_enough_data', `${rows} rows for ${k} clusters`);
}

/** Index of the nearest of `centroids` for every row of `x`; the first of equals. */
export function nearestCentroids(x: Matrix, centroids: Matrix): Int32Array {
  const { cols: d, data } = x;
  return Int32Array.from({ length: x.rows }, (_, i) => {
    let own = 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (let c = 0; c < centroids.rows; c++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (data[i * d + j]! - centroids.data[c * d + j]!) ** 2;
      if (sum < nearest) {
        nearest = sum;
        own = c;
      }
    }
    return own;
  });
}
