/** Logistic regression with intercept and L2 penalty, fitted by Newton's method (IRLS). */
import { RapportError } from '../../core/errors.ts';
import type { Classifier, Explanation, FittedClassifier, Json } from '../estimator.ts';
import { encodeSparse } from '../labels.ts';
import { cholesky, choleskySolve } from '../matrix.ts';
import { type Csr, csrDot } from '../sparse.ts';

/** log(1 + eˣ) without overflow. */
export const log1pExp = (x: number): number =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
export const sigmoid = (x: number): number =>
  x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
export const logit = (p: number): number => Math.log(p / (1 - p));

/** Adds `scale · row i · row iᵀ` to the lower triangle of a dense matrix of `x.cols` columns. */
export function addOuter(target: Float64Array, x: Csr, i: number, scale: number): void {
  const from = x.indptr[i]!;
  const to = x.indptr[i + 1]!;
  for (let a = from; a < to; a++) {
    const ca = x.indices[a]!;
    const va = scale * x.values[a]!;
    for (let b = from; b < to; b++) {
      const cb = x.indices[b]!;
      if (cb <= ca) target[ca * x.cols + cb] = target[ca * x.cols + cb]! + va * x.values[b]!;
    }
  }
}

/**
 * Weights that maximise Σ log Binomial(hits | trials, σ(xw)) − ½ Σ penalty·w².
 * @param hits successes per row, 0 … trials.
 * @param penalty one per column, > 0 for columns that may be constant or collinear.
 * Newton with step halving (Nocedal, Wright 2006, ch. 3); dense in the columns, so for a few
 * hundred columns at most.
 */
export function fitPenalised(
  x: Csr,
  hits: ArrayLike<number>,
  trials: ArrayLike<number>,
  penalty: ArrayLike<number>,
  maxIterations = 50,
  tolerance = 1e-10,
): Float64Array {
  const p = x.cols;
  let w: Float64Array = new Float64Array(p);
  const objective = (weights: Float64Array): number => {
    let sum = 0;
    for (let j = 0; j < p; j++) sum -= 0.5 * penalty[j]! * weights[j]! ** 2;
    for (let i = 0; i < x.rows; i++) {
      const eta = csrDot(x, i, weights);
      sum += hits[i]! * eta - trials[i]! * log1pExp(eta);
    }
    return sum;
  };
  let value = objective(w);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const hessian = new Float64Array(p * p);
    const gradient = new Float64Array(p);
    for (let j = 0; j < p; j++) {
      hessian[j * p + j] = penalty[j]!;
      gradient[j] = -penalty[j]! * w[j]!;
    }
    for (let i = 0; i < x.rows; i++) {
      const mu = sigmoid(csrDot(x, i, w));
      const residual = hits[i]! - trials[i]! * mu;
      for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
        const j = x.indices[k]!;
        gradient[j] = gradient[j]! + x.values[k]! * residual;
      }
      addOuter(hessian, x, i, trials[i]! * mu * (1 - mu));
    }
    const step = choleskySolve(cholesky(hessian, p), p, gradient);
    let scale = 1;
    let next = w;
    let nextValue = value;
    for (let halving = 0; halving < 30; halving++) {
      const s = scale;
      next = w.map((weight, j) => weight + s * step[j]!);
      nextValue = objective(next);
      if (nextValue >= value) break;
      scale /= 2;
    }
    const gain = nextValue - value;
    if (gain < 0) break;
    w = next;
    value = nextValue;
    if (gain <= tolerance * (1 + Math.abs(value))) break;
  }
  return w;
}

export interface LogisticOptions {
  /** Penalty ½·l2·w² on every weight but the intercept; default 1. */
  readonly l2?: number;
}

interface State {
  readonly columns: number;
  readonly classes: readonly string[];
  /** Per class (one for two classes): weights, then the intercept. */
  readonly weights: readonly (readonly number[])[];
}

/** One-vs-rest for more than two classes; for tables of at most a few hundred columns. */
export class LogisticRegression implements Classifier<FittedLogistic> {
  readonly #l2: number;

  constructor(options: LogisticOptions = {}) {
    this.#l2 = options.l2 ?? 1;
  }

  fit(x: Csr, y: readonly string[]): FittedLogistic {
    const { classes } = encodeSparse(x, y);
    const withIntercept = addIntercept(x);
    const penalty = new Float64Array(x.cols + 1).fill(this.#l2);
    penalty[x.cols] = 1e-9;
    const trials = new Float64Array(x.rows).fill(1);
    const targets = classes.length === 2 ? classes.slice(1) : classes;
    const weights = targets.map((target) => {
      const hits = Float64Array.from(y, (label) => (label === target ? 1 : 0));
      return Array.from(fitPenalised(withIntercept, hits, trials, penalty));
    });
    return new FittedLogistic({ columns: x.cols, classes, weights });
  }
}

/** A linear classifier: one weight vector per class, or one for two classes. */
export class FittedLogistic implements FittedClassifier {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get classes(): readonly string[] {
    return this.#state.classes;
  }

  predictProba(x: Csr): number[][] {
    checkWidth(x, this.#state.columns);
    return Array.from({ length: x.rows }, (_, i) => {
      if (this.#state.classes.length === 2) {
        const p = sigmoid(this.explain(x, i, this.#state.classes[1] ?? '').logit);
        return [1 - p, p];
      }
      const scores = this.#state.classes.map((c) => sigmoid(this.explain(x, i, c).logit));
      const total = scores.reduce((a, b) => a + b, 0);
      return scores.map((s) => s / total);
    });
  }

  explain(x: Csr, row: number, className: string): Explanation {
    checkWidth(x, this.#state.columns);
    const k = this.#state.classes.indexOf(className);
    if (k < 0) throw new RapportError('invalid_payload', `no class "${className}"`);
    const two = this.#state.classes.length === 2;
    const sign = two && k === 0 ? -1 : 1;
    const weights = this.#state.weights[two ? 0 : k] ?? [];
    const base = sign * (weights[this.#state.columns] ?? 0);
    let logitSum = base;
    const contributions: { column: number; effect: number }[] = [];
    for (let at = x.indptr[row]!; at < x.indptr[row + 1]!; at++) {
      const column = x.indices[at]!;
      const effect = sign * x.values[at]! * weights[column]!;
      logitSum += effect;
      contributions.push({ column, effect });
    }
    return { logit: logitSum, base, contributions };
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, classes, weights } = this.#state;
    return { columns, classes: [...classes], weights: weights.map((w) => [...w]) };
  }

  static fromJSON(state: State): FittedLogistic {
    return new FittedLogistic(state);
  }
}

function checkWidth(x: Csr, columns: number): void {
  if (x.cols !== columns) {
    throw new RapportError('invalid_payload', `${x.cols} columns where ${columns} were fitted`);
  }
}

/** The same rows with a last column of ones. */
export function addIntercept(x: Csr): Csr {
  const indptr = new Int32Array(x.rows + 1);
  const indices = new Int32Array(x.indices.length + x.rows);
  const values = new Float64Array(x.values.length + x.rows);
  for (let i = 0; i < x.rows; i++) {
    const from = x.indptr[i]!;
    const to = x.indptr[i + 1]!;
    indptr[i + 1] = to + i + 1;
    indices.set(x.indices.subarray(from, to), from + i);
    values.set(x.values.subarray(from, to), from + i);
    indices[to + i] = x.cols;
    values[to + i] = 1;
  }
  return { rows: x.rows, cols: x.cols + 1, indptr, indices, values };
}
