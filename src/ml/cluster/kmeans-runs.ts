/** Many small K-means runs at once, one per chunk: the starts and bootstraps of the search for k. */
import type { Matrix } from '../matrix.ts';
import { requireMoments } from '../moments.ts';
import { type Kernel, openTeam, sharedDoubles, sharedInts } from '../parallel.ts';
import { createRandom } from '../random.ts';
import { drawn, seedCentres } from './kmeans-seed.ts';
import { lloyd } from './lloyd.ts';

export interface Run {
  readonly k: number;
  readonly seed: number;
  /** Rows drawn with replacement to run on; 0 for the table as it is. */
  readonly resampled: number;
}

/** Centres k × d of each run, and what they leave unexplained on the rows of the run. */
export interface RunResult {
  readonly centres: Float64Array;
  readonly inertia: number;
}

/** In shared memory. */
interface RunsData {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  /** runs × 3: k, seed, resampled. */
  readonly runs: Int32Array;
  readonly maxK: number;
  /** runs × maxK × d, and runs. */
  readonly centres: Float64Array;
  readonly inertia: Float64Array;
}

export function kmeansRun(data: RunsData, index: number): void {
  const { x, n, d, maxK } = data;
  const [k = 1, seed = 1, resampled = 0] = data.runs.subarray(3 * index, 3 * index + 3);
  const random = createRandom(seed);
  let table: Matrix = { rows: n, cols: d, data: x };
  if (resampled > 0) {
    const rows = Int32Array.from({ length: resampled }, () => random.int(n));
    table = rowsOf(table, rows, new Float64Array(resampled * d));
  }
  const limits = { maxIterations: 100, tolerance: 1e-3, threads: 1 };
  const run = lloyd(table, requireMoments(table), seedCentres(table, k, random), limits);
  data.centres.set(run.centres, index * maxK * d);
  data.inertia[index] = run.inertia;
}

const RUNS: Kernel<RunsData> = { module: import.meta.url, name: kmeansRun.name, run: kmeansRun };

/** @param x in shared memory if several threads shall work on it. */
export function runAll(x: Matrix, runs: readonly Run[]): RunResult[] {
  const d = x.cols;
  const maxK = Math.max(...runs.map((run) => run.k));
  const packed = sharedInts(3 * runs.length);
  packed.set(runs.flatMap(({ k, seed, resampled }) => [k, seed, resampled]));
  const data: RunsData = {
    x: x.data,
    n: x.rows,
    d,
    runs: packed,
    maxK,
    centres: sharedDoubles(runs.length * maxK * d),
    inertia: sharedDoubles(runs.length),
  };
  const team = openTeam(RUNS, data, x.rows * d * runs.length < 500_000 ? 1 : undefined);
  try {
    team.round(runs.length);
  } finally {
    team.close();
  }
  return runs.map(({ k }, i) => ({
    centres: data.centres.slice(i * maxK * d, i * maxK * d + k * d),
    inertia: data.inertia[i]!,
  }));
}

/** At most `rows` random rows of `x` in shared memory, with their row numbers, ascending. */
export function sampleRows(x: Matrix, rows: number, seed: number): { x: Matrix; rows: Int32Array } {
  const count = Math.min(rows, x.rows);
  const chosen =
    count < x.rows
      ? drawn(x.rows, count, createRandom(seed))
      : Int32Array.from({ length: count }, (_, i) => i);
  return { x: rowsOf(x, chosen, sharedDoubles(count * x.cols)), rows: chosen };
}

function rowsOf({ cols: d, data }: Matrix, rows: Int32Array, into: Float64Array): Matrix {
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i]! * d;
    for (let j = 0; j < d; j++) into[i * d + j] = data[at + j]!;
  }
  return { rows: rows.length, cols: d, data: into };
}
