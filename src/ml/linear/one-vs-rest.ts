/** One binary problem per class over the same rows, spread over threads; two classes need only one. */
import { type Kernel, openTeam, sharedDoubles, sharedInts, toShared } from '../parallel.ts';
import { createRandom } from '../random.ts';
import type { Csr } from '../sparse.ts';
import { logisticDual } from './dual-logistic.ts';
import { rowNorms, svmDual } from './dual-svm.ts';
import { logCountRatio, scaleColumns } from './nb-weights.ts';

export interface LinearOptions {
  /** Cost of an error; the penalty is ½‖w‖². Default 1. */
  readonly c?: number;
  /** `balanced` weighs a class by n / (2 · its rows); default none. */
  readonly classWeight?: 'none' | 'balanced';
  /** Factor of the cost of an error in each row, above 0; default 1 each. */
  readonly rowWeights?: Float64Array;
  /** Weigh features by their log-count ratio for the class (Wang and Manning 2012). Default false. */
  readonly nbWeights?: boolean;
  /** Largest violation of optimality left; default 0.1. */
  readonly tolerance?: number;
  /** Default 200. */
  readonly maxPasses?: number;
  /** Default 1. */
  readonly seed?: number;
}

const SOLVERS = { svm: svmDual, logistic: logisticDual };
export type Loss = keyof typeof SOLVERS;

interface Problem {
  readonly rows: number;
  readonly cols: number;
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  readonly norms: Float64Array;
  readonly y: Int32Array;
  /** Chunk k solves class `first + k` and writes here from k · (cols + 1). */
  readonly weights: Float64Array;
  readonly first: number;
  readonly loss: Loss;
  readonly c: number;
  readonly balanced: boolean;
  readonly rowWeights: Float64Array | null;
  readonly nbWeights: boolean;
  readonly tolerance: number;
  readonly maxPasses: number;
  readonly seed: number;
}

/** Solves one class against the rest; runs in any thread. */
export function solveClass(problem: Problem, chunk: number): void {
  const { rows, cols, y, c, nbWeights, norms } = problem;
  const signs = new Int8Array(rows);
  let here = 0;
  for (let i = 0; i < rows; i++) {
    signs[i] = y[i] === problem.first + chunk ? 1 : -1;
    if (signs[i]! > 0) here++;
  }
  const costs: [number, number] = problem.balanced
    ? [(c * rows) / (2 * Math.max(1, here)), (c * rows) / (2 * Math.max(1, rows - here))]
    : [c, c];
  const random = createRandom(problem.seed);
  const { tolerance, maxPasses } = problem;
  const settings = { costs, weights: problem.rowWeights, tolerance, maxPasses, random };
  const solve = SOLVERS[problem.loss];
  const ratio = nbWeights ? logCountRatio(problem, signs) : null;
  const x = ratio === null ? problem : scaleColumns(problem, ratio);
  const w = solve(x, signs, ratio === null ? norms : rowNorms(x), settings);
  if (ratio !== null) for (let j = 0; j < cols; j++) w[j] = w[j]! * ratio[j]!;
  problem.weights.set(w, chunk * (cols + 1));
}

const KERNEL: Kernel<Problem> = { module: import.meta.url, name: 'solveClass', run: solveClass };
/** Work (numbers × problems) below which a second thread costs more than it saves. */
const WORTH_THREADS = 2e6;

/**
 * Weights per class, the intercept last. Two classes get a mirrored pair, so that the difference
 * of their scores is the binary problem's.
 * @param y class number per row.
 */
export function fitOneVsRest(
  x: Csr,
  y: Int32Array,
  classes: number,
  loss: Loss,
  options: LinearOptions,
): Float64Array[] {
  const { c = 1, classWeight = 'none', nbWeights = false, tolerance = 0.1 } = options;
  const problems = classes === 2 ? 1 : classes;
  const threaded = problems > 1 && x.values.length * problems > WORTH_THREADS;
  const ints = (a: Int32Array): Int32Array => {
    if (!threaded || a.buffer instanceof SharedArrayBuffer) return a;
    const copy = sharedInts(a.length);
    copy.set(a);
    return copy;
  };
  const norms = rowNorms(x);
  const width = x.cols + 1;
  const problem: Problem = {
    rows: x.rows,
    cols: x.cols,
    indptr: ints(x.indptr),
    indices: ints(x.indices),
    values: threaded ? toShared(x.values) : x.values,
    norms: threaded ? toShared(norms) : norms,
    y: ints(y),
    weights: threaded ? sharedDoubles(problems * width) : new Float64Array(problems * width),
    first: classes === 2 ? 1 : 0,
    loss,
    c,
    balanced: classWeight === 'balanced',
    rowWeights:
      options.rowWeights === undefined || !threaded
        ? (options.rowWeights ?? null)
        : toShared(options.rowWeights),
    nbWeights,
    tolerance,
    maxPasses: options.maxPasses ?? 200,
    seed: options.seed ?? 1,
  };
  const team = openTeam(KERNEL, problem, threaded ? undefined : 1);
  try {
    team.round(problems);
  } finally {
    team.close();
  }
  if (classes === 2) {
    const half = problem.weights.map((v) => v / 2);
    return [half.map((v) => -v), half];
  }
  return Array.from({ length: classes }, (_, k) =>
    problem.weights.subarray(k * width, (k + 1) * width),
  );
}
