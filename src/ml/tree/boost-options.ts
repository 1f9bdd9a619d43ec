/** What every boosted model may be told, and which columns each of its trees may use. */
import type { Random } from '../random.ts';

export interface BoostOptions {
  /** Rounds at most (trees per class with more than two classes). */
  readonly rounds?: number;
  readonly learningRate?: number;
  readonly maxLeaves?: number;
  readonly minLeafRows?: number;
  /** Ridge on leaf values. */
  readonly l2?: number;
  /** Share of the columns each tree may use, 0–1. One-hot columns of one source stay together. */
  readonly columnShare?: number;
  readonly seed?: number;
}

/** What holds where nothing was said. */
export const BOOST_DEFAULTS: Readonly<Required<BoostOptions>> = {
  rounds: 100,
  learningRate: 0.1,
  maxLeaves: 31,
  minLeafRows: 20,
  l2: 1,
  columnShare: 1,
  seed: 1,
};

/** Draws the column groups of the next tree, ascending; all of them where `share` leaves none out. */
export function groupDraw(groups: number, share: number, random: Random): () => Int32Array {
  const all = Int32Array.from({ length: groups }, (_, g) => g);
  const perTree = Math.max(1, Math.round(groups * share));
  return () => (perTree < groups ? random.permutation(groups).subarray(0, perTree).sort() : all);
}
