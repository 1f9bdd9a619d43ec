/** One-vs-rest logistic regression for sparse text, by dual coordinate descent. */
import type { Classifier } from '../estimator.ts';
import { createRandom, type Random } from '../random.ts';
import type { Csr } from '../sparse.ts';
import { addIntercept, checkClasses, FittedLogistic } from './logistic-regression.ts';

export interface SparseLogisticOptions {
  /** Cost of an error; the penalty is ½‖w‖². Default 4. */
  readonly c?: number;
  /** Stop when no dual gradient exceeds this; default 0.01. */
  readonly tolerance?: number;
  /** Passes over the rows at most; default 60. */
  readonly maxPasses?: number;
  readonly seed?: number;
}

/**
 * Weights of one binary problem, bias as the last (penalised) column.
 * Yu, Huang, Lin (2011), "Dual coordinate descent methods for logistic regression and maximum
 * entropy models", Machine Learning 85, algorithm 5: each dual pair (α, C − α) is solved by a few
 * Newton steps on its one-variable problem.
 */
export function fitDual(
  x: Csr,
  positive: Uint8Array,
  c: number,
  tolerance: number,
  maxPasses: number,
  random: Random,
): Float64Array {
  const n = x.rows;
  const w = new Float64Array(x.cols);
  const alpha = new Float64Array(n).fill(Math.min(0.001 * c, 1e-8));
  const other = new Float64Array(n);
  const norms = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    other[i] = c - alpha[i]!;
    const y = positive[i] === 1 ? 1 : -1;
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
      const v = x.values[k]!;
      norms[i] = norms[i]! + v * v;
      const j = x.indices[k]!;
      w[j] = w[j]! + y * alpha[i]! * v;
    }
  }
  let inner = 1e-2;
  for (let pass = 0; pass < maxPasses; pass++) {
    const order = random.permutation(n);
    let worst = 0;
    let newtonSteps = 0;
    for (let s = 0; s < n; s++) {
      const i = order[s]!;
      const y = positive[i] === 1 ? 1 : -1;
      const a = norms[i]!;
      let b = 0;
      for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) b += w[x.indices[k]!]! * x.values[k]!;
      b *= y;
      // Work on the smaller of the pair, where the logarithm is steep.
      const flip = 0.5 * a * (other[i]! - alpha[i]!) + b < 0;
      const sign = flip ? -1 : 1;
      const old = flip ? other[i]! : alpha[i]!;
      let z = old;
      if (c - z < 0.5 * c) z *= 0.1;
      let gradient = a * (z - old) + sign * b + Math.log(z / (c - z));
      worst = Math.max(worst, Math.abs(gradient));
      let steps = 0;
      for (; steps < 100 && Math.abs(gradient) >= inner; steps++) {
        const curvature = a + c / (c - z) / z;
        const moved = z - gradient / curvature;
        z = moved <= 0 ? z * 0.1 : Math.min(moved, c - 1e-12 * c);
        gradient = a * (z - old) + sign * b + Math.log(z / (c - z));
      }
      if (steps === 0) continue;
      newtonSteps += steps;
      const before = alpha[i]!;
      alpha[i] = flip ? c - z : z;
      other[i] = flip ? z : c - z;
      const delta = y * (alpha[i]! - before);
      if (delta === 0) continue;
      for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
        const j = x.indices[k]!;
        w[j] = w[j]! + delta * x.values[k]!;
      }
    }
    if (worst < tolerance) break;
    if (newtonSteps <= n / 10) inner = Math.max(1e-8, 0.1 * inner);
  }
  return w;
}

export class SparseLogisticRegression implements Classifier<FittedLogistic> {
  readonly #options: Required<SparseLogisticOptions>;

  constructor(options: SparseLogisticOptions = {}) {
    this.#options = { c: 4, tolerance: 0.01, maxPasses: 60, seed: 1, ...options };
  }

  fit(x: Csr, y: readonly string[]): FittedLogistic {
    const classes = checkClasses(x, y);
    const { c, tolerance, maxPasses, seed } = this.#options;
    const withIntercept = addIntercept(x);
    const targets = classes.length === 2 ? classes.slice(1) : classes;
    const weights = targets.map((target) => {
      const positive = Uint8Array.from(y, (label) => (label === target ? 1 : 0));
      const random = createRandom(seed);
      return Array.from(fitDual(withIntercept, positive, c, tolerance, maxPasses, random));
    });
    return new FittedLogistic({ columns: x.cols, classes, weights });
  }
}
