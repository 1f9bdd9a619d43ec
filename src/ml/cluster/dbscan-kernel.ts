/** The inner loops of DBSCAN on one leaf of the k-d tree; run by any thread. */
import type { Kernel } from '../parallel.ts';
import { type KdTree, leavesNear } from './kd-tree.ts';

/** In shared memory. */
export interface DbscanData extends KdTree {
  /** Squared radius. */
  readonly reach: number;
  /** leaves × `room`: pairs of places (one, other) with other < one. */
  readonly pairs: Int32Array;
  readonly room: number;
  /** leaves; numbers written to `pairs`, −1 where the leaf's room was too small. */
  readonly written: Int32Array;
}

export function dbscanLeaf(data: DbscanData, leaf: number): void {
  const { pairs, room, written } = data;
  const start = leaf * room;
  const end = start + room;
  let at = start;
  eachPairOf(data, leaf, (one, other) => {
    if (at + 2 <= end) {
      pairs[at] = one;
      pairs[at + 1] = other;
    }
    at += 2;
  });
  written[leaf] = at > end ? -1 : at - start;
}

export const DBSCAN: Kernel<DbscanData> = {
  module: import.meta.url,
  name: dbscanLeaf.name,
  run: dbscanLeaf,
};

/** Calls `found` for every pair within the radius of a place of `leaf` and a place before it. */
export function eachPairOf(
  data: DbscanData,
  leaf: number,
  found: (one: number, other: number) => void,
): void {
  const { d, bounds, points, reach } = data;
  const near = leavesNear(data, leaf, reach).filter((other) => other <= leaf);
  for (let one = bounds[leaf]!; one < bounds[leaf + 1]!; one++) {
    const a = one * d;
    for (let l = 0; l < near.length; l++) {
      const other = near[l]!;
      if (other !== leaf && distanceToLeaf(data, a, other) > reach) continue;
      const to = other === leaf ? one : bounds[other + 1]!;
      for (let q = bounds[other]!; q < to; q++) {
        if (within(points, a, q * d, d, reach)) found(one, q);
      }
    }
  }
}

/** Squared distance from the place whose row begins at `a` to the box of a leaf. */
function distanceToLeaf(data: DbscanData, a: number, leaf: number): number {
  const { d, points, low, high, leaves } = data;
  const box = (leaves - 1 + leaf) * d;
  let away = 0;
  for (let j = 0; j < d; j++) {
    const value = points[a + j]!;
    const off = Math.max(low[box + j]! - value, value - high[box + j]!, 0);
    away += off * off;
  }
  return away;
}

/** Whether two rows are close; asks every four columns, since most are not. */
function within(points: Float64Array, a: number, b: number, d: number, reach: number): boolean {
  let sum = 0;
  let j = 0;
  for (; j + 4 <= d; j += 4) {
    const p = points[a + j]! - points[b + j]!;
    const q = points[a + j + 1]! - points[b + j + 1]!;
    const r = points[a + j + 2]! - points[b + j + 2]!;
    const s = points[a + j + 3]! - points[b + j + 3]!;
    sum += p * p + q * q + (r * r + s * s);
    if (sum > reach) return false;
  }
  for (; j < d; j++) sum += (points[a + j]! - points[b + j]!) ** 2;
  return sum <= reach;
}
