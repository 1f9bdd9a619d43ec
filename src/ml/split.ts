/** Splits of rows into training and test: by time, and into folds that keep groups together. */
import type { Random } from './random.ts';

export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** First moment of the test part; everything at or after it is test. */
  readonly cutMs: number;
}

/**
 * The last `testShare` (0–1) of the rows by time is the test. Rows of the cut moment all go to
 * the test, so nothing is trained on what happened at the same time or later.
 */
export function splitByTime(timesMs: readonly number[], testShare: number): Split {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const cutMs = sorted[Math.floor(sorted.length * (1 - testShare))] ?? Number.POSITIVE_INFINITY;
  const train: number[] = [];
  const test: number[] = [];
  timesMs.forEach((at, i) => {
    if (at < cutMs) train.push(i);
    else test.push(i);
  });
  return { train, test, cutMs };
}

/**
 * A fold number in [0, folds) per row; rows with an equal key share a fold, so that copies of one
 * text never stand on both sides.
 */
export function groupFolds(keys: readonly string[], folds: number, random: Random): number[] {
  const distinct = [...new Set(keys)];
  const order = random.permutation(distinct.length);
  const foldOf = new Map(distinct.map((key, i) => [key, (order[i] ?? 0) % folds]));
  return keys.map((key) => foldOf.get(key) ?? 0);
}
