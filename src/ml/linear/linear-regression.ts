/** Linear regression by least squares, with intervals, p-values, r² and variance inflation. */
import { RapportError } from '../../core/errors.ts';
import type { Json } from '../estimator.ts';
import { checkFrame, checkSameColumns, type Frame } from '../frame.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
import { logTTwoSided, tQuantile } from '../stats/distributions.ts';
import { invertUpper, leastSquares } from './least-squares.ts';

export interface Coefficient {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly t: number;
  readonly p: number;
  /** Natural logarithm of p, for what a double cannot hold. */
  readonly logP: number;
  /** Variance inflation: 1 / (1 − r² of this column on the others); 1 for the intercept. */
  readonly vif: number;
}

interface State {
  readonly columns: readonly string[];
  readonly intercept: Coefficient;
  readonly coefficients: readonly Coefficient[];
  readonly r2: number;
  readonly adjustedR2: number;
  /** Standard deviation of the residuals. */
  readonly residualSd: number;
  readonly degreesOfFreedom: number;
  readonly rows: number;
  /** Of the columns, for the intervals of predictions. */
  readonly means: readonly number[];
  /** (XᵀX)⁻¹ of the centred columns, row-major. */
  readonly inverse: readonly number[];
  readonly level: number;
}

export interface LinearRegressionOptions {
  /** Coverage of the intervals; default 0.95. */
  readonly level?: number;
}

export interface Prediction {
  readonly value: number;
  /** Interval of the mean answer. */
  readonly mean: readonly [number, number];
  /** Interval of a single new answer. */
  readonly single: readonly [number, number];
}

/**
 * Ordinary least squares on centred columns, by Householder QR (Golub, Van Loan 2013, ch. 5).
 * @throws RapportError not_enough_data without a row to spare; invalid_payload for a constant
 *   column, for one that the others determine (each named), or for a value that is not finite.
 */
export class LinearRegression {
  readonly #level: number;

  constructor(options: LinearRegressionOptions = {}) {
    this.#level = options.level ?? 0.95;
  }

  fit(x: Frame, y: ArrayLike<number>): FittedLinearRegression {
    checkFrame(x);
    const { rows: n, cols: p } = x;
    if (y.length !== n) {
      throw new RapportError('invalid_payload', `${n} rows but ${y.length} answers (column "y")`);
    }
    for (let i = 0; i < n; i++) {
      if (!Number.isFinite(y[i]!)) {
        throw new RapportError('invalid_payload', `column "y" holds ${y[i]} in row ${i + 1}`);
      }
    }
    const df = n - p - 1;
    if (df < 1) {
      throw new RapportError('not_enough_data', `${n} rows for ${p} columns and an intercept`);
    }
    const { means, squares, centred } = centre(x);
    const yMean = meanOf(y, n);
    const target = Float64Array.from({ length: n }, (_, i) => y[i]! - yMean);
    let totalSquares = 0;
    for (let i = 0; i < n; i++) totalSquares += target[i]! * target[i]!;
    const { beta, r, residualSquares } = leastSquares(centred, n, p, target, x.columns);
    const rInverse = invertUpper(r, p);
    const inverse = new Float64Array(p * p);
    for (let a = 0; a < p; a++) {
      for (let b = 0; b < p; b++) {
        let sum = 0;
        for (let k = Math.max(a, b); k < p; k++) sum += rInverse[a * p + k]! * rInverse[b * p + k]!;
        inverse[a * p + b] = sum;
      }
    }
    const variance = residualSquares / df;
    const quantile = tQuantile((1 + this.#level) / 2, df);
    const coefficient = (name: string, estimate: number, spread: number, vif: number) => {
      const standardError = Math.sqrt(variance * spread);
      const t = standardError === 0 ? Number.POSITIVE_INFINITY : estimate / standardError;
      const logP = estimate === 0 ? 0 : logTTwoSided(t, df);
      const half = quantile * standardError;
      const [low, high] = [estimate - half, estimate + half];
      return { name, estimate, standardError, low, high, t, p: Math.exp(logP), logP, vif };
    };
    let intercept = yMean;
    for (let j = 0; j < p; j++) intercept -= beta[j]! * means[j]!;
    const coefficients = x.columns.map((name, j) =>
      coefficient(name, beta[j]!, inverse[j * p + j]!, inverse[j * p + j]! * squares[j]!),
    );
    const r2 = totalSquares === 0 ? 0 : 1 - residualSquares / totalSquares;
    return new FittedLinearRegression({
      columns: [...x.columns],
      intercept: coefficient('intercept', intercept, 1 / n + quadratic(inverse, means), 1),
      coefficients,
      r2,
      adjustedR2: 1 - ((1 - r2) * (n - 1)) / df,
      residualSd: Math.sqrt(variance),
      degreesOfFreedom: df,
      rows: n,
      means: Array.from(means),
      inverse: Array.from(inverse),
      level: this.#level,
    });
  }
}

const VERSION = 1;

export class FittedLinearRegression {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get summary(): Omit<State, 'inverse' | 'means'> {
    const { inverse: _, means: __, ...summary } = this.#state;
    return summary;
  }

  predict(x: Frame): Float64Array {
    const { columns, coefficients, intercept } = this.#state;
    checkSameColumns(x, columns);
    const out = new Float64Array(x.rows).fill(intercept.estimate);
    for (let i = 0; i < x.rows; i++) {
      for (let j = 0; j < x.cols; j++) {
        out[i] = out[i]! + coefficients[j]!.estimate * x.data[i * x.cols + j]!;
      }
    }
    return out;
  }

  /** The answer for one row with its intervals. */
  predictInterval(x: Frame, row: number): Prediction {
    const { means, inverse, residualSd, degreesOfFreedom, rows, level } = this.#state;
    const value = this.predict(x)[row]!;
    const off = means.map((mean, j) => x.data[row * x.cols + j]! - mean);
    const leverage = 1 / rows + quadratic(inverse, off);
    const quantile = tQuantile((1 + level) / 2, degreesOfFreedom);
    const mean = quantile * residualSd * Math.sqrt(leverage);
    const single = quantile * residualSd * Math.sqrt(1 + leverage);
    return {
      value,
      mean: [value - mean, value + mean],
      single: [value - single, value + single],
    };
  }

  /** `base + Σ effects = answer`; base is the answer at the mean of every column. */
  explain(
    x: Frame,
    row: number,
  ): {
    readonly score: number;
    readonly base: number;
    readonly contributions: readonly { readonly column: string; readonly effect: number }[];
  } {
    const { columns, coefficients, intercept, means } = this.#state;
    checkSameColumns(x, columns);
    let base = intercept.estimate;
    coefficients.forEach((c, j) => {
      base += c.estimate * means[j]!;
    });
    let score = base;
    const contributions = coefficients.map((c, j) => {
      const effect = c.estimate * (x.data[row * x.cols + j]! - means[j]!);
      score += effect;
      return { column: c.name, effect };
    });
    return { score, base, contributions };
  }

  toJSON(): Json {
    return JSON.parse(JSON.stringify({ version: VERSION, ...this.#state })) as Json;
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(json: State & Saved): FittedLinearRegression {
    return new FittedLinearRegression(requireVersion(json, 'linear regression', VERSION));
  }
}

function meanOf(values: ArrayLike<number>, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let rest = 0;
  for (let i = 0; i < n; i++) rest += values[i]! - mean;
  return mean + rest / n;
}

/** Column-major centred copy, with means and sums of squares. */
function centre(x: Frame): {
  readonly means: Float64Array;
  readonly squares: Float64Array;
  readonly centred: Float64Array;
} {
  const { rows: n, cols: p } = x;
  const means = new Float64Array(p);
  const squares = new Float64Array(p);
  const centred = new Float64Array(n * p);
  for (let j = 0; j < p; j++) {
    const column = centred.subarray(j * n, (j + 1) * n);
    for (let i = 0; i < n; i++) column[i] = x.data[i * p + j]!;
    const mean = meanOf(column, n);
    means[j] = mean;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      column[i] = column[i]! - mean;
      sum += column[i]! * column[i]!;
    }
    squares[j] = sum;
    if (!(sum > n * (1e-13 * Math.abs(mean)) ** 2) || sum === 0) {
      throw new RapportError('invalid_payload', `column "${x.columns[j]}" is constant`);
    }
  }
  return { means, squares, centred };
}

/** vᵀ A v. */
function quadratic(a: ArrayLike<number>, v: ArrayLike<number>): number {
  const p = v.length;
  let sum = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) sum += v[i]! * a[i * p + j]! * v[j]!;
  }
  return sum;
}
