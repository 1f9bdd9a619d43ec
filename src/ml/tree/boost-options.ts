/** What every boosted model may be told, and which columns each of its trees may use. */
import type { Random } from '../random.ts';

export interface BoostOptions {
  /** Rounds at most (trees per class with more than two classes). Default 100. */
  readonly rounds?: number;
  /** Default 0.1. */
  readonly learningRate?: number;
  /** Default 31. */
  readonly maxLeaves?: number;
  /** Default 20. */
  readonly minLeafRows?: number;
  /** Ridge on leaf values; default 1. */
  readonly l2?: number;
  /**
   * Share of the columns each tree may use, 0–1. One-hot columns of one source stay together.
   * Default 1.
   */
  readonly columnShare?: number;
  readonly seed?: number;
}

/** Draws the column groups of the next tree, ascending; all of them where `share` leaves none out. */
export function groupDraw(groups: number, share: number, random: Random): () => Int32Array {
  const all = Int32Array.from({ length: groups }, (_, g) => g);
  const perTree = Math.max(1, Math.round(groups * share));
  return () => (perTree < groups ? random.permutation(groups).subarray(0, perTree).sort() : all);
}
