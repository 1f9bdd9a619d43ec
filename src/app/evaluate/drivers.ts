/** `rapport evaluate drivers`: what moves a number, each column's effect with its interval, straight or bent. */
import { Command } from 'commander';
import { RapportError } from '../../core/errors.ts';
import type { Frame } from '../../ml/frame.ts';
import {
  type FittedLinearRegression,
  LinearRegression,
} from '../../ml/linear/linear-regression.ts';
import { PolynomialRegression } from '../../ml/linear/polynomial-regression.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, type Reported, report } from './report.ts';
import { readTable, type Table } from './table.ts';

interface Options extends Reported {
  readonly data: string;
  readonly target: string;
  readonly columns: string;
  readonly degree: string;
  readonly seed: string;
}

/** Highest degree that is tried and that may be asked for. */
const AUTO_DEGREE = 4;
const MOST_DEGREE = 8;

export function driversCommand(): Command {
  return new Command('drivers')
    .description('effects of columns on a number, with intervals')
    .requiredOption('--data <file>', '.csv or .jsonl, also .gz')
    .requiredOption('--target <column>', 'the number to explain')
    .requiredOption('--columns <names>', 'numeric columns, separated by commas')
    .option(
      '--degree <n>',
      `1 for straight lines, 2 to ${MOST_DEGREE} for powers of every column, or auto: by cross-validation`,
      '1',
    )
    .option('--seed <n>', 'of the folds', '1')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => report(await evaluateDrivers(options), options));
}

export async function evaluateDrivers(options: Options): Promise<object> {
  const degrees = degreesOf(options.degree);
  const seed = numberOption('seed', options.seed, 0, 2 ** 32 - 1);
  const table = await readTable(options.data);
  const columns = options.columns.split(',').map((name) => name.trim());
  checkNames(table, options.target, columns);
  const y = table.numbers(options.target);
  const numbers = columns.map((name) => table.numbers(name));
  const data = new Float64Array(table.rows * columns.length);
  numbers.forEach((values, j) => {
    for (const [i, value] of values.entries()) data[i * columns.length + j] = value;
  });
  progress(`${table.rows} rows, ${columns.length} columns`);
  const begun = performance.now();
  const x = { rows: table.rows, cols: columns.length, data, columns };
  const { degree, tried, model } = onUserData(options.data, () => fitted(x, y, degrees, seed));
  const { summary } = model;
  const fitS = (performance.now() - begun) / 1000;
  const shown = (c: (typeof summary)['intercept']) => ({
    name: c.name,
    estimate: c.estimate,
    ci_low: c.low,
    ci_high: c.high,
    p: c.p,
    log10_p: c.logP / Math.LN10,
    vif: c.vif,
  });
  return {
    degree,
    degrees: tried,
    coefficients: summary.coefficients.map(shown),
    intercept: shown(summary.intercept),
    r2: summary.r2,
    adjusted_r2: summary.adjustedR2,
    residual_sd: summary.residualSd,
    n: summary.rows,
    note:
      'effects hold the other columns fixed; they are associations, not causes; vif above 5 means a column repeats others' +
      (degree > 1
        ? '; columns are in standard deviations from their mean, name^2 is the square of that'
        : ''),
    fit_s: fitS,
  };
}

interface Fitted {
  readonly degree: number;
  /** Every degree tried by cross-validation; null where none was. */
  readonly tried: readonly object[] | null;
  readonly model: FittedLinearRegression;
}

/** Straight lines are reported in the columns' own units, whoever chose them. */
function fitted(
  x: Frame,
  y: Float64Array,
  [minDegree, maxDegree]: readonly [number, number],
  seed: number,
): Fitted {
  if (maxDegree === 1) return { degree: 1, tried: null, model: new LinearRegression().fit(x, y) };
  const { degree, scores, model } = new PolynomialRegression({ minDegree, maxDegree, seed }).fit(
    x,
    y,
  );
  const tried = scores.map((s) => ({
    degree: s.degree,
    cv_mse: s.mse,
    standard_error: s.standardError,
  }));
  return { degree, tried, model: degree === 1 ? new LinearRegression().fit(x, y) : model };
}

function degreesOf(text: string): readonly [number, number] {
  if (text === 'auto') return [1, AUTO_DEGREE];
  const degree = numberOption('degree', text, 1, MOST_DEGREE);
  if (!Number.isInteger(degree))
    throw new RapportError('config_invalid', `--degree must be a whole number, not "${text}".`);
  return [degree, degree];
}

function checkNames(table: Table, target: string, columns: readonly string[]): void {
  const twice = columns.find((name, j) => name === target || columns.indexOf(name) !== j);
  if (twice !== undefined)
    throw new RapportError(
      'config_invalid',
      `${table.file}: column "${twice}" is named twice (target and columns must all differ).`,
    );
}
