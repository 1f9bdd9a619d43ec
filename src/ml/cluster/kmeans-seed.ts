/** Where K-means starts: k-means++ with a few candidates per centre. */
import type { Matrix } from '../matrix.ts';
import type { Random } from '../random.ts';

/** Rows the seeding looks at; more make no better start, only a later one. */
const SEED_ROWS = 50_000;

/**
 * k × d centres, each a row of `x`, drawn with a chance in proportion to the squared distance from
 * those already chosen; the best of 2 + ln k draws is kept (Arthur, Vassilvitskii 2007,
 * "k-means++: the advantages of careful seeding", SODA). A random sample of 50,000 rows stands for
 * a larger table.
 */
export function seedCentres(x: Matrix, k: number, random: Random): Float64Array {
  const { cols: d, data } = x;
  const n = Math.min(x.rows, SEED_ROWS);
  const rows = n < x.rows ? drawn(x.rows, n, random) : undefined;
  const at = (i: number): number => (rows === undefined ? i : rows[i]!) * d;
  const trials = 2 + Math.floor(Math.log(k));
  const centres = new Float64Array(k * d);
  const first = at(random.int(n));
  centres.set(data.subarray(first, first + d));
  let nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let total = shrink(data, d, n, at, first, nearest, nearest);
  let trial = new Float64Array(n);
  let best = new Float64Array(n);
  for (let c = 1; c < k; c++) {
    let bestTotal = Number.POSITIVE_INFINITY;
    let bestAt = first;
    for (let t = 0; t < trials; t++) {
      const candidate = at(weighted(nearest, total, random));
      const sum = shrink(data, d, n, at, candidate, nearest, trial);
      if (sum >= bestTotal) continue;
      bestTotal = sum;
      bestAt = candidate;
      [trial, best] = [best, trial];
    }
    [nearest, best] = [best, nearest];
    total = bestTotal;
    centres.set(data.subarray(bestAt, bestAt + d), c * d);
  }
  return centres;
}

/** `count` different row numbers below `rows`, ascending (Floyd's sampling). */
export function drawn(rows: number, count: number, random: Random): Int32Array {
  const chosen = new Set<number>();
  for (let last = rows - count; last < rows; last++) {
    const pick = random.int(last + 1);
    chosen.add(chosen.has(pick) ? last : pick);
  }
  return Int32Array.from(chosen).sort();
}

/** `into` = the smaller of `nearest` and the squared distance to the row at `to`; its sum. */
function shrink(
  data: Float64Array,
  d: number,
  n: number,
  at: (i: number) => number,
  to: number,
  nearest: Float64Array,
  into: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const row = at(i);
    let sum = 0;
    for (let j = 0; j < d; j++) {
      const off = data[row + j]! - data[to + j]!;
      sum += off * off;
    }
    const kept = Math.min(sum, nearest[i]!);
    into[i] = kept;
    total += kept;
  }
  return total;
}

function weighted(weights: Float64Array, total: number, random: Random): number {
  let left = random.next() * total;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return random.int(weights.length);
}
