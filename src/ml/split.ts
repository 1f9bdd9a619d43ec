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

/**
 * A fold number in [0, folds) per row, every class spread evenly; rows of one group share a fold.
 * The largest groups are dealt first, each to the fold with the fewest rows of its classes.
 * @param groups group number per row; without it every row stands alone.
 */
export function stratifiedGroupFolds(
  y: ArrayLike<number>,
  folds: number,
  random: Random,
  groups?: ArrayLike<number>,
): Int32Array {
  const n = y.length;
  const members = new Map<number, number[]>();
  for (const i of random.permutation(n)) {
    const group = groups?.[i] ?? i;
    const known = members.get(group);
    if (known === undefined) members.set(group, [i]);
    else known.push(i);
  }
  const classes = 1 + Array.from(y).reduce((a, b) => Math.max(a, b), 0);
  const inFold = new Int32Array(folds * classes);
  const size = new Int32Array(folds);
  const fold = new Int32Array(n);
  for (const rows of [...members.values()].sort((a, b) => b.length - a.length)) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let f = 0; f < folds; f++) {
      let cost = size[f]! / (n + 1);
      for (const i of rows) cost += inFold[f * classes + y[i]!]!;
      if (cost < least) {
        least = cost;
        best = f;
      }
    }
    for (const i of rows) {
      fold[i] = best;
      const at = best * classes + y[i]!;
      inFold[at] = inFold[at]! + 1;
      size[best] = size[best]! + 1;
    }
  }
  return fold;
}

/**
 * Forward-chaining splits: the rows in order of time are cut into `folds + 1` blocks, and block
 * f + 1 is tested by what was learnt from all blocks before it. Equal moments are never parted.
 */
export function timeOrderedSplits(timesMs: readonly number[], folds: number): Split[] {
  const sorted = [...timesMs].sort((a, b) => a - b);
  return Array.from({ length: folds }, (_, f) => {
    const at = (block: number): number =>
      sorted[Math.floor((sorted.length * block) / (folds + 1))] ?? Number.POSITIVE_INFINITY;
    const cutMs = at(f + 1);
    const endMs = f + 1 === folds ? Number.POSITIVE_INFINITY : at(f + 2);
    const train: number[] = [];
    const test: number[] = [];
    timesMs.forEach((time, i) => {
      if (time < cutMs) train.push(i);
      else if (time < endMs) test.push(i);
    });
    return { train, test, cutMs };
  });
}
