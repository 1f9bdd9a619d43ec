/** What Lloyd's algorithm keeps about a table's rows, and how a row changes its centre. */

/** Rows of a chunk: small enough to share out evenly, large enough to be worth a claim. */
export const CHUNK_ROWS = 8192;
/** Label of a row that has not been looked at. */
export const NO_LABEL = 65_535;

/** Find every row's nearest centre. */
export const ASSIGN = 0;
/** The same, and note how clear it was; pays once the centres have come to rest, more or less. */
export const TRACK = 1;
/** Add up the squared distances. */
export const INERTIA = 2;

/** Everything in shared memory; n rows, d columns, k centres. */
export interface LloydData {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** [0]: what the chunk shall do. */
  readonly phase: Int32Array;
  /** d; taken off every row, so that distances keep their digits far from the origin. */
  readonly origin: Float64Array;
  /** k × d, relative to `origin`. */
  readonly centres: Float64Array;
  readonly labels: Uint16Array;
  /** n; while it exceeds `drift[label] + drift[k]` the row cannot have changed its centre. */
  readonly slack: Float32Array;
  /** k + 1; how far each centre has wandered in all, and last the farthest of every step. */
  readonly drift: Float64Array;
  /** chunks × k × d and chunks × k; kept up to date by differences. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** chunks; rows that changed their centre in this round. */
  readonly moved: Int32Array;
  /** chunks; Σ squared distance to the row's centre. */
  readonly inertia: Float64Array;
}

/** ½|c|² of every centre. */
export function halfNorms({ centres, k, d }: LloydData): Float64Array {
  const half = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += centres[c * d + j]! ** 2;
    half[c] = sum / 2;
  }
  return half;
}

/** A little less than the gap, for rounding; see {@link LloydData.slack}. */
export function gap(nearest: number, second: number, square: number, drifted: number): number {
  const far = Math.sqrt(Math.max(0, 2 * second + square));
  return far - Math.sqrt(Math.max(0, 2 * nearest + square)) + drifted - 1e-6 * (far + drifted);
}

/** Gives row `i` the centre `own`, and the sums of its chunk with it. */
export function relabel(data: LloydData, chunk: number, i: number, own: number): void {
  const { d, k, labels, counts } = data;
  const was = labels[i]!;
  const base = chunk * k;
  labels[i] = own;
  counts[base + own] = counts[base + own]! + 1;
  add(data, (base + own) * d, 1, i);
  if (was === NO_LABEL) return;
  counts[base + was] = counts[base + was]! - 1;
  add(data, (base + was) * d, -1, i);
}

/** Adds `sign` times row `i`, relative to the origin, to the sums at `to`. */
function add(data: LloydData, to: number, sign: number, i: number): void {
  const { x, d, origin, sums } = data;
  const at = i * d;
  for (let j = 0; j < d; j++) sums[to + j] = sums[to + j]! + sign * (x[at + j]! - origin[j]!);
}
