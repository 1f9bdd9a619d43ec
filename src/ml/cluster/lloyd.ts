/** Lloyd's algorithm from given centres to its fixed point, over all threads when the table is large. */
import type { Matrix } from '../matrix.ts';
import type { Moments } from '../moments.ts';
import {
  openTeam,
  sharedDoubles,
  sharedFloats,
  sharedInts,
  sharedShorts,
  toShared,
} from '../parallel.ts';
import { LLOYD } from './lloyd-kernel.ts';
import { ASSIGN, CHUNK_ROWS, INERTIA, type LloydData, NO_LABEL, TRACK } from './lloyd-rows.ts';

export interface LloydRun {
  /** k × d, row-major, in the space of the input. */
  readonly centres: Float64Array;
  readonly labels: Uint16Array;
  /** Σ squared distance of every row to its centre. */
  readonly inertia: number;
  readonly iterations: number;
}

export interface LloydLimits {
  readonly maxIterations: number;
  /** Stops when the centres' squared movement is at most this share of the columns' mean variance. */
  readonly tolerance: number;
  /** Default: all there are, when the table is large. */
  readonly threads?: number;
}

/** Below this many multiplications per step a second thread costs more than it brings. */
const WORTH_SHARING = 2_000_000;

/** Below this share of the whole scatter the inertia is added up row by row, to keep its digits. */
const PRECISE = 1e-3;
/** Squared movement of the centres, as a share of the mean variance, from which on rows are tracked. */
const AT_REST = 0.25;

/**
 * Lloyd (1982), "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28(2). An empty
 * cluster takes the row farthest from its centre. The result does not depend on the number of
 * threads: sums are kept per chunk and added in order.
 * @param start k × d centres, left as they are.
 */
export function lloyd(
  x: Matrix,
  { mean, variance }: Moments,
  start: Float64Array,
  limits: LloydLimits,
): LloydRun {
  const { rows: n, cols: d } = x;
  const k = start.length / d;
  const chunks = Math.ceil(n / CHUNK_ROWS);
  const alone = limits.threads === 1 || n * d * k < WORTH_SHARING;
  const data: LloydData = {
    x: alone ? x.data : toShared(x.data),
    n,
    d,
    k,
    phase: sharedInts(1),
    origin: sharedDoubles(d),
    centres: sharedDoubles(k * d),
    labels: sharedShorts(n).fill(NO_LABEL),
    slack: sharedFloats(n),
    drift: sharedDoubles(k + 1),
    sums: sharedDoubles(chunks * k * d),
    counts: sharedDoubles(chunks * k),
    moved: sharedInts(chunks),
    inertia: sharedDoubles(chunks),
  };
  data.origin.set(mean);
  for (let i = 0; i < start.length; i++) data.centres[i] = start[i]! - mean[i % d]!;
  const team = openTeam(LLOYD, data, alone ? 1 : limits.threads);
  const still = limits.tolerance * variance;
  let iterations = 0;
  let inertia = 0;
  try {
    data.phase[0] = ASSIGN;
    for (let settled = false; !settled && iterations < limits.maxIterations; ) {
      iterations++;
      team.round(chunks);
      const changed = data.moved.reduce((sum, m) => sum + m, 0);
      const moved = moveCentres(data, chunks);
      settled = moved <= still || changed === 0;
      if (moved <= AT_REST * variance) data.phase[0] = TRACK;
    }
    team.round(chunks);
    inertia = inertiaFromSums(data, chunks, variance * n * d);
    if (inertia < PRECISE * variance * n * d) {
      data.phase[0] = INERTIA;
      team.round(chunks);
      inertia = data.inertia.reduce((sum, part) => sum + part, 0);
    }
  } finally {
    team.close();
  }
  return {
    centres: Float64Array.from(data.centres, (value, i) => value + mean[i % d]!),
    labels: data.labels,
    inertia,
    iterations,
  };
}

/** Moves every centre to the mean of its rows; the squared movement, Σ over centres. */
function moveCentres(data: LloydData, chunks: number): number {
  const { d, k, centres, drift } = data;
  const counts = new Float64Array(k);
  const sums = new Float64Array(k * d);
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (let c = 0; c < k; c++) counts[c] = counts[c]! + data.counts[chunk * k + c]!;
    for (let i = 0; i < k * d; i++) sums[i] = sums[i]! + data.sums[chunk * k * d + i]!;
  }
  const lonely = farthestRows(data, counts.filter((count) => count === 0).length);
  let total = 0;
  let widest = 0;
  for (let c = 0; c < k; c++) {
    const count = counts[c]!;
    const far = count === 0 ? lonely.pop() : undefined;
    let moved = 0;
    for (let j = 0; j < d; j++) {
      const at = c * d + j;
      let next = centres[at]!;
      if (count > 0) next = sums[at]! / count;
      else if (far !== undefined) next = data.x[far * d + j]! - data.origin[j]!;
      moved += (next - centres[at]!) ** 2;
      centres[at] = next;
    }
    total += moved;
    drift[c] = drift[c]! + Math.sqrt(moved);
    widest = Math.max(widest, Math.sqrt(moved));
  }
  drift[k] = drift[k]! + widest;
  return total;
}

/**
 * Σ|x|² − 2 Σ c·Σx + Σ n|c|² over the clusters, from the sums that are there anyway; `total` is
 * Σ|x|² about the mean.
 */
function inertiaFromSums(
  { d, k, centres, sums, counts }: LloydData,
  chunks: number,
  total: number,
) {
  let inertia = total;
  for (let i = 0; i < chunks * k * d; i++) inertia -= 2 * sums[i]! * centres[i % (k * d)]!;
  for (let i = 0; i < chunks * k; i++) {
    const c = (i % k) * d;
    for (let j = 0; j < d; j++) inertia += counts[i]! * centres[c + j]! ** 2;
  }
  return inertia;
}

/** The rows farthest from their centres, farthest last; none that lies on its centre. */
function farthestRows({ x, n, d, origin, centres, labels }: LloydData, wanted: number): number[] {
  const found: { row: number; distance: number }[] = [];
  if (wanted === 0) return [];
  for (let i = 0; i < n; i++) {
    let distance = 0;
    for (let j = 0; j < d; j++)
      distance += (x[i * d + j]! - origin[j]! - centres[labels[i]! * d + j]!) ** 2;
    if (distance <= 0 || (found.length === wanted && distance <= found[0]!.distance)) continue;
    if (found.length === wanted) found.shift();
    found.push({ row: i, distance });
    found.sort((a, b) => a.distance - b.distance);
  }
  return found.map((f) => f.row);
}
