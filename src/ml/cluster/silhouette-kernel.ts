/** The inner loop of the silhouette: distances of one block of rows to all rows after them. */
import type { Kernel } from '../parallel.ts';

/** In shared memory; n rows in d columns, sorted by cluster. */
export interface SilhouetteData {
  readonly points: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Cluster c holds the rows `[bounds[c], bounds[c + 1])`. */
  readonly bounds: Int32Array;
  /** Block b: rows `[blocks[2b], blocks[2b + 1])`, all of one cluster. */
  readonly blocks: Int32Array;
  /** n × k: Σ distance of each row to the rows of each cluster that are not before its block. */
  readonly ahead: Float64Array;
  /** blocks × n: Σ distance of the block's rows to each row after the block. */
  readonly behind: Float64Array;
}

export function silhouetteBlock(data: SilhouetteData, block: number): void {
  const { points, n, d, k, bounds, blocks, ahead, behind } = data;
  const from = blocks[2 * block]!;
  const to = blocks[2 * block + 1]!;
  const column = behind.subarray(block * n, (block + 1) * n);
  const a = new Float64Array(d);
  for (let i = from; i < to; i++) {
    for (let j = 0; j < d; j++) a[j] = points[i * d + j]!;
    for (let c = 0; c < k; c++) {
      // Rows of the own block are met twice, once from each side; later rows once.
      const inside = rowSum(points, d, a, Math.max(from, bounds[c]!), Math.min(to, bounds[c + 1]!));
      const later = Math.max(to, bounds[c]!);
      ahead[i * k + c] = inside + spread(points, d, a, later, bounds[c + 1]!, column);
    }
  }
}

export const SILHOUETTE: Kernel<SilhouetteData> = {
  module: import.meta.url,
  name: silhouetteBlock.name,
  run: silhouetteBlock,
};

function rowSum(points: Float64Array, d: number, a: Float64Array, from: number, to: number) {
  let total = 0;
  for (let i = from, at = from * d; i < to; i++) {
    let squares = 0;
    for (let j = 0; j < d; j++) {
      const off = a[j]! - points[at++]!;
      squares += off * off;
    }
    total += Math.sqrt(squares);
  }
  return total;
}

/** {@link rowSum} that also adds each distance to the other row's `column`. */
function spread(
  points: Float64Array,
  d: number,
  a: Float64Array,
  from: number,
  to: number,
  column: Float64Array,
): number {
  if (d === 8) return spreadEight(points, a, from, to, column);
  let total = 0;
  for (let i = from, at = from * d; i < to; i++) {
    let squares = 0;
    for (let j = 0; j < d; j++) {
      const off = a[j]! - points[at++]!;
      squares += off * off;
    }
    const distance = Math.sqrt(squares);
    total += distance;
    column[i] = column[i]! + distance;
  }
  return total;
}

/** {@link spread} with the row held in registers. */
function spreadEight(
  p: Float64Array,
  a: Float64Array,
  from: number,
  to: number,
  column: Float64Array,
): number {
  const [a0, a1, a2, a3] = [a[0]!, a[1]!, a[2]!, a[3]!];
  const [a4, a5, a6, a7] = [a[4]!, a[5]!, a[6]!, a[7]!];
  let total = 0;
  for (let i = from; i < to; i++) {
    const at = i * 8;
    const d0 = a0 - p[at]!;
    const d1 = a1 - p[at + 1]!;
    const d2 = a2 - p[at + 2]!;
    const d3 = a3 - p[at + 3]!;
    const d4 = a4 - p[at + 4]!;
    const d5 = a5 - p[at + 5]!;
    const d6 = a6 - p[at + 6]!;
    const d7 = a7 - p[at + 7]!;
    const left = d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
    const distance = Math.sqrt(left + (d4 * d4 + d5 * d5 + (d6 * d6 + d7 * d7)));
    total += distance;
    column[i] = column[i]! + distance;
  }
  return total;
}
