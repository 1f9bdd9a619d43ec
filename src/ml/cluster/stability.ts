/** Bootstrap stability: whether the same clusters come back when the rows are drawn again. */
import type { Matrix } from '../matrix.ts';
import { nearestCentroids } from './kmeans.ts';
import { runAll, sampleRows } from './kmeans-runs.ts';

export interface StabilityOptions {
  /** Default 20. */
  readonly bootstraps?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Rows a bootstrap draws at most, from a sample of twice as many, and rows that are compared. */
const DRAWN = 5000;
const COMPARED = 2000;

/**
 * Mean adjusted Rand index, over bootstrap resamples clustered from starts of their own, between
 * the clusters `centroids` give and those the resample gives, on common rows; 1 is perfectly stable,
 * 0 what chance gives. After Ben-Hur, Elisseeff, Guyon (2002), "A stability based method for
 * discovering structure in clustered data".
 */
export function bootstrapStability(
  x: Matrix,
  centroids: Matrix,
  { bootstraps = 20, seed = 1 }: StabilityOptions = {},
): number {
  const pool = sampleRows(x, 2 * DRAWN, seed);
  const compared = sampleRows(pool.x, COMPARED, seed + 1).x;
  const own = nearestCentroids(compared, centroids);
  const resampled = Math.min(DRAWN, pool.x.rows);
  const k = centroids.rows;
  const runs = Array.from({ length: bootstraps }, (_, b) => ({
    k,
    seed: seed + 7919 * b,
    resampled,
  }));
  const indices = runAll(pool.x, runs).map(({ centres }) =>
    adjustedRand(own, nearestCentroids(compared, { rows: k, cols: x.cols, data: centres })),
  );
  return indices.reduce((sum, index) => sum + index, 0) / bootstraps;
}

/**
 * Agreement of two labellings of the same rows, whatever the labels are called; 1 for the same
 * partition, 0 on average for random ones (Hubert, Arabie 1985, "Comparing partitions").
 */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const cells = new Map<string, number>();
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    const cell = `${a[i]}|${b[i]}`;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
    ofA.set(a[i]!, (ofA.get(a[i]!) ?? 0) + 1);
    ofB.set(b[i]!, (ofB.get(b[i]!) ?? 0) + 1);
  }
  const pairs = (counts: Map<unknown, number>): number =>
    [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const together = pairs(cells);
  const inA = pairs(ofA);
  const inB = pairs(ofB);
  const expected = a.length < 2 ? 0 : (inA * inB) / ((a.length * (a.length - 1)) / 2);
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}
