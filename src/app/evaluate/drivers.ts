/** `rapport evaluate drivers`: what moves a number, each column's effect with its interval. */
import { Command } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { LinearRegression } from '../../ml/linear/linear-regression.ts';
import { onUserData } from './config-error.ts';
import { progress, type Reported, report } from './report.ts';
import { readTable, type Table } from './table.ts';

interface Options extends Reported {
  readonly data: string;
  readonly target: string;
  readonly columns: string;
}

export function driversCommand(): Command {
  return new Command('drivers')
    .description('linear effects of columns on a number, with intervals')
    .requiredOption('--data <file>', '.csv or .jsonl, also .gz')
    .requiredOption('--target <column>', 'the number to explain')
    .requiredOption('--columns <names>', 'numeric columns, separated by commas')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => report(await evaluateDrivers(options), options));
}

export async function evaluateDrivers(options: Options): Promise<object> {
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
  const { summary } = onUserData(options.data, () => new LinearRegression().fit(x, y));
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
    coefficients: summary.coefficients.map(shown),
    intercept: shown(summary.intercept),
    r2: summary.r2,
    adjusted_r2: summary.adjustedR2,
    residual_sd: summary.residualSd,
    n: summary.rows,
    note: 'effects hold the other columns fixed; they are associations, not causes; vif above 5 means a column repeats others',
    fit_s: fitS,
  };
}

function checkNames(table: Table, target: string, columns: readonly string[]): void {
  const twice = columns.find((name, j) => name === target || columns.indexOf(name) !== j);
  if (twice !== undefined)
    throw new RapportError(
      'config_invalid',
      `${table.file}: column "${twice}" is named twice (target and columns must all differ).`,
    );
}
