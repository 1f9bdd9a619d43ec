/** A k-d tree over the rows of a table: leaves of neighbouring rows with their bounding boxes. */
import type { Matrix } from '../matrix.ts';
import { sharedDoubles, sharedInts } from '../parallel.ts';

/** In shared memory. Node i has the children 2i + 1 and 2i + 2; the last level are the leaves. */
export interface KdTree {
  readonly n: number;
  readonly d: number;
  /** Leaves, a power of two. Leaf l is node `leaves − 1 + l`. */
  readonly leaves: number;
  /** Leaf l holds the places `[bounds[l], bounds[l + 1])`. */
  readonly bounds: Int32Array;
  /** Place → row of the input. */
  readonly rows: Int32Array;
  /** n × d, in the order of places. */
  readonly points: Float64Array;
  /** nodes × d, smallest and largest value of each column. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const LEAF_ROWS = 128;

/** Bentley (1975), "Multidimensional binary search trees", CACM 18(9); splits the widest column at its median. */
export function buildKdTree({ rows: n, cols: d, data }: Matrix): KdTree {
  let leaves = 1;
  while (n / leaves > LEAF_ROWS) leaves *= 2;
  const nodes = 2 * leaves - 1;
  const rows = sharedInts(n);
  for (let i = 0; i < n; i++) rows[i] = i;
  const bounds = sharedInts(leaves + 1);
  const low = sharedDoubles(nodes * d).fill(Number.POSITIVE_INFINITY);
  const high = sharedDoubles(nodes * d).fill(Number.NEGATIVE_INFINITY);
  const keys = new Float64Array(n);
  const grow = (node: number, from: number, to: number): void => {
    let widest = 0;
    for (let j = 0; j < d; j++) {
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let p = from; p < to; p++) {
        const value = data[rows[p]! * d + j]!;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      low[node * d + j] = least;
      high[node * d + j] = most;
      if (most - least > high[node * d + widest]! - low[node * d + widest]!) widest = j;
    }
    if (node >= leaves - 1) {
      bounds[node - leaves + 2] = to;
      return;
    }
    for (let p = from; p < to; p++) keys[p] = data[rows[p]! * d + widest]!;
    const middle = (from + to) >> 1;
    selectNth(keys, rows, from, to - 1, middle);
    grow(2 * node + 1, from, middle);
    grow(2 * node + 2, middle, to);
  };
  grow(0, 0, n);
  const points = sharedDoubles(n * d);
  for (let p = 0; p < n; p++) {
    const at = rows[p]! * d;
    for (let j = 0; j < d; j++) points[p * d + j] = data[at + j]!;
  }
  return { n, d, leaves, bounds, rows, points, low, high };
}

/** Reorders `keys` (and `rows` with them) so that place `nth` holds what sorting would put there. */
function selectNth(
  keys: Float64Array,
  rows: Int32Array,
  from: number,
  to: number,
  nth: number,
): void {
  while (to > from) {
    const pivot = keys[(from + to) >> 1]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (keys[i]! < pivot) i++;
      while (keys[j]! > pivot) j--;
      if (i > j) break;
      const key = keys[i]!;
      const row = rows[i]!;
      keys[i] = keys[j]!;
      rows[i++] = rows[j]!;
      keys[j] = key;
      rows[j--] = row;
    }
    if (nth <= j) to = j;
    else if (nth >= i) from = i;
    else return;
  }
}

/** Squared distance between the boxes of two nodes. */
export function boxDistance(tree: KdTree, a: number, b: number): number {
  const { d, low, high } = tree;
  let sum = 0;
  for (let j = 0; j < d; j++) {
    const gap = Math.max(low[a * d + j]! - high[b * d + j]!, low[b * d + j]! - high[a * d + j]!);
    if (gap > 0) sum += gap * gap;
  }
  return sum;
}

/** The leaves whose box comes within `reach` (squared) of the box of leaf `leaf`, ascending. */
export function leavesNear(tree: KdTree, leaf: number, reach: number): number[] {
  const own = tree.leaves - 1 + leaf;
  const found: number[] = [];
  const stack = [0];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (boxDistance(tree, own, node) > reach) continue;
    if (node >= tree.leaves - 1) found.push(node - tree.leaves + 1);
    else stack.push(2 * node + 2, 2 * node + 1);
  }
  return found;
}
