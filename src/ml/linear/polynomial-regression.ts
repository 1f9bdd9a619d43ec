/** Polynomial regression whose degree is chosen by cross-validation. */
import { RapportError } from '../../core/errors.ts';
import type { Json } from '../estimator.ts';
import { checkFrame, checkSameColumns, type Frame, frameRows } from '../frame.ts';
import { createRandom } from '../random.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
import { FittedLinearRegression, LinearRegression } from './linear-regression.ts';

export interface PolynomialRegressionOptions {
  /** Lowest and highest degree tried; default 1 and 4. */
  readonly minDegree?: number;
  readonly maxDegree?: number;
  readonly folds?: number;
  readonly level?: number;
  readonly seed?: number;
}

interface DegreeScore {
  readonly degree: number;
  /** Mean squared error over the folds, and its standard error. */
  readonly mse: number;
  readonly standardError: number;
}

/**
 * Powers of every column, standardised first so that high powers stay solvable; no products
 * between columns. The smallest degree whose error is within one standard error of the best wins
 * (Breiman et al. 1984).
 * @throws RapportError not_enough_data with fewer rows than the folds need or fewer different values
 *   than the lowest degree needs; as {@link LinearRegression} for a column that is constant or
 *   repeats others.
 */
export class PolynomialRegression {
  readonly #options: Required<PolynomialRegressionOptions>;

  constructor(options: PolynomialRegressionOptions = {}) {
    this.#options = { minDegree: 1, maxDegree: 4, folds: 5, level: 0.95, seed: 1, ...options };
  }

  fit(x: Frame, y: ArrayLike<number>): FittedPolynomialRegression {
    checkFrame(x);
    const { minDegree, maxDegree, folds, level, seed } = this.#options;
    if (x.rows < folds * 2 || y.length !== x.rows) {
      throw new RapportError('not_enough_data', `${x.rows} rows are too few for ${folds} folds`);
    }
    const order = createRandom(seed).permutation(x.rows);
    const scores: DegreeScore[] = [];
    for (let degree = minDegree; degree <= maxDegree; degree++) {
      const errors: number[] = [];
      for (let fold = 0; fold < folds; fold++) {
        const train = order.filter((_, k) => k % folds !== fold).sort();
        const test = order.filter((_, k) => k % folds === fold).sort();
        const error = foldError(x, y, train, test, degree);
        if (error !== undefined) errors.push(error);
      }
      // Too few distinct values for this degree: higher ones are impossible as well.
      if (errors.length < folds) break;
      const mse = errors.reduce((a, b) => a + b, 0) / folds;
      const spread = errors.reduce((s, e) => s + (e - mse) ** 2, 0) / (folds - 1);
      scores.push({ degree, mse, standardError: Math.sqrt(spread / folds) });
    }
    const best = scores.reduce<DegreeScore | undefined>(
      (a, b) => (a === undefined || b.mse < a.mse ? b : a),
      undefined,
    );
    if (best === undefined) {
      // On all rows a column that is constant or repeats others is refused by its name.
      new LinearRegression({ level }).fit(powers(x, fitScale(x), 1), y);
      throw new RapportError(
        'not_enough_data',
        `a column has too few different values for degree ${minDegree}`,
      );
    }
    const limit = best.mse + best.standardError;
    const { degree } = scores.find((s) => s.mse <= limit) ?? best;
    const scale = fitScale(x);
    const model = new LinearRegression({ level }).fit(powers(x, scale, degree), y);
    return new FittedPolynomialRegression([...x.columns], scale, degree, scores, model);
  }
}

interface Scale {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

const VERSION = 1;

export class FittedPolynomialRegression {
  readonly columns: readonly string[];
  readonly #scale: Scale;
  readonly degree: number;
  /** Every degree tried, the losers too. */
  readonly scores: readonly DegreeScore[];
  /** The linear model over the powers, for intervals, p-values and r². */
  readonly model: FittedLinearRegression;

  constructor(
    columns: readonly string[],
    scale: Scale,
    degree: number,
    scores: readonly DegreeScore[],
    model: FittedLinearRegression,
  ) {
    this.columns = columns;
    this.#scale = scale;
    this.degree = degree;
    this.scores = scores;
    this.model = model;
  }

  predict(x: Frame): Float64Array {
    checkSameColumns(x, this.columns);
    return this.model.predict(powers(x, this.#scale, this.degree));
  }

  toJSON(): Json {
    const { columns, degree, scores, model } = this;
    const plain = {
      version: VERSION,
      columns,
      scale: this.#scale,
      degree,
      scores,
      model: model.toJSON(),
    };
    return JSON.parse(JSON.stringify(plain)) as Json;
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(
    json: Saved & {
      readonly columns: readonly string[];
      readonly scale: Scale;
      readonly degree: number;
      readonly scores: readonly DegreeScore[];
      readonly model: Parameters<typeof FittedLinearRegression.fromJSON>[0];
    },
  ): FittedPolynomialRegression {
    requireVersion(json, 'polynomial regression', VERSION);
    const model = FittedLinearRegression.fromJSON(json.model);
    return new FittedPolynomialRegression(
      json.columns,
      json.scale,
      json.degree,
      json.scores,
      model,
    );
  }
}

function fitScale(x: Frame): Scale {
  const mean: number[] = [];
  const sd: number[] = [];
  for (let j = 0; j < x.cols; j++) {
    let sum = 0;
    for (let i = 0; i < x.rows; i++) sum += x.data[i * x.cols + j]!;
    const centre = sum / x.rows;
    let squares = 0;
    for (let i = 0; i < x.rows; i++) squares += (x.data[i * x.cols + j]! - centre) ** 2;
    mean.push(centre);
    sd.push(Math.sqrt(squares / x.rows) || 1);
  }
  return { mean, sd };
}

function powers(x: Frame, scale: Scale, degree: number): Frame {
  const columns = x.columns.flatMap((name) =>
    Array.from({ length: degree }, (_, d) => (d === 0 ? name : `${name}^${d + 1}`)),
  );
  const cols = columns.length;
  const data = new Float64Array(x.rows * cols);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < x.cols; j++) {
      const z = (x.data[i * x.cols + j]! - scale.mean[j]!) / scale.sd[j]!;
      let power = 1;
      for (let d = 0; d < degree; d++) {
        power *= z;
        data[i * cols + j * degree + d] = power;
      }
    }
  }
  return { rows: x.rows, cols, data, columns };
}

/** Mean squared error on the fold, or nothing where the powers are collinear. */
function foldError(
  x: Frame,
  y: ArrayLike<number>,
  train: Int32Array,
  test: Int32Array,
  degree: number,
): number | undefined {
  const known = frameRows(x, train);
  const scale = fitScale(known);
  try {
    const answers = Float64Array.from(train, (i) => y[i]!);
    const model = new LinearRegression().fit(powers(known, scale, degree), answers);
    const said = model.predict(powers(frameRows(x, test), scale, degree));
    return said.reduce((sum, value, k) => sum + (value - y[test[k]!]!) ** 2, 0) / test.length;
  } catch (error) {
    if (error instanceof RapportError) return undefined;
    throw error;
  }
}
