/** The inner loops of PCA on a chunk of rows: sums for the covariance, and projection. */
import type { Kernel } from '../parallel.ts';

export const CHUNK_ROWS = 16_384;
/** Rows turned into columns at a time, so that they stay in the fastest cache. */
const TILE = 128;

/** In shared memory; n rows, d columns. */
export interface CovarianceData {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  /** d; taken off every row. */
  readonly origin: Float64Array;
  /** chunks × d: Σ x − origin. */
  readonly sums: Float64Array;
  /** chunks × d × d, lower triangle: Σ (x − origin)(x − origin)ᵀ. */
  readonly products: Float64Array;
}

export function covarianceChunk(data: CovarianceData, chunk: number): void {
  const { x, d, origin, sums, products } = data;
  const last = Math.min(data.n, (chunk + 1) * CHUNK_ROWS);
  const tile = new Float64Array(d * TILE);
  const sum = sums.subarray(chunk * d, (chunk + 1) * d);
  const product = products.subarray(chunk * d * d, (chunk + 1) * d * d);
  for (let from = chunk * CHUNK_ROWS; from < last; from += TILE) {
    const rows = Math.min(TILE, last - from);
    if (rows < TILE) tile.fill(0);
    for (let j = 0; j < d; j++) {
      const shift = origin[j]!;
      let total = 0;
      for (let r = 0, at = from * d + j; r < rows; r++, at += d) {
        const value = x[at]! - shift;
        tile[j * TILE + r] = value;
        total += value;
      }
      sum[j] = sum[j]! + total;
    }
    for (let a = 0; a < d; a++) {
      for (let b = 0; b <= a; b++) {
        const at = a * d + b;
        product[at] = product[at]! + dotTile(tile, a * TILE, b * TILE);
      }
    }
  }
}

function dotTile(tile: Float64Array, a: number, b: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let r = 0; r < TILE; r += 4) {
    s0 += tile[a + r]! * tile[b + r]!;
    s1 += tile[a + r + 1]! * tile[b + r + 1]!;
    s2 += tile[a + r + 2]! * tile[b + r + 2]!;
    s3 += tile[a + r + 3]! * tile[b + r + 3]!;
  }
  return s0 + s1 + (s2 + s3);
}

export const COVARIANCE: Kernel<CovarianceData> = {
  module: import.meta.url,
  name: covarianceChunk.name,
  run: covarianceChunk,
};

/** In shared memory; n rows, d columns, c components. */
export interface ProjectData {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly c: number;
  readonly mean: Float64Array;
  /** c × d, already scaled. */
  readonly components: Float64Array;
  /** n × c. */
  readonly out: Float64Array;
}

export function projectChunk(data: ProjectData, chunk: number): void {
  const { x, d, c, mean, components, out } = data;
  const last = Math.min(data.n, (chunk + 1) * CHUNK_ROWS);
  for (let i = chunk * CHUNK_ROWS; i < last; i++) {
    for (let k = 0; k < c; k++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (x[i * d + j]! - mean[j]!) * components[k * d + j]!;
      out[i * c + k] = sum;
    }
  }
}

export const PROJECT: Kernel<ProjectData> = {
  module: import.meta.url,
  name: projectChunk.name,
  run: projectChunk,
};
