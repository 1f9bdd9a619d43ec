/** `rapport evaluate tabular`: a probability for every row of the user's own table. */
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { type Calibration, calibrate, chooseCalibration } from '../../ml/preprocess/calibration.ts';
import { createRandom } from '../../ml/random.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, type Reported, report } from './report.ts';
import { readTable } from './table.ts';
import { howValidated, type OutOfFold, outOfFold } from './tabular-cv.ts';
import { type TabularData, tabularData } from './tabular-data.ts';
import {
  CRITERIA,
  type FittedTable,
  fitTable,
  MODELS,
  type ModelName,
  type ModelSettings,
  PENALTIES,
} from './tabular-models.ts';
import { meanInterval, quality, rowLosses } from './tabular-quality.ts';

interface Options extends Reported {
  readonly data: string;
  readonly target: string;
  readonly positive?: string;
  readonly exclude?: string;
  readonly split?: string;
  readonly categorical?: string;
  readonly group?: string;
  readonly time?: string;
  readonly model: 'auto' | ModelName;
  readonly criterion?: ModelSettings['criterion'];
  readonly penalty?: ModelSettings['penalty'];
  readonly monotone?: string;
  readonly seed: string;
}

interface Candidate extends OutOfFold {
  readonly name: ModelName;
}

const NO_CANDIDATE: Candidate = { name: 'lr', chances: new Float64Array(), truth: [] };

export function tabularCommand(): Command {
  return new Command('tabular')
    .description('a classifier on your own table, with honest probabilities')
    .requiredOption('--data <file>', '.csv or .jsonl, also .gz')
    .requiredOption('--target <column>', 'the class to predict')
    .option('--positive <class>', 'the class whose probability is ranked')
    .option('--exclude <names>', 'columns to leave out, separated by commas')
    .option('--categorical <names>', 'columns of numbers to read as words')
    .option('--split <column>', 'a column of train and test; else one row in five is the test')
    .option('--group <column>', 'rows with the same cell stay on one side, such as a customer')
    .option('--time <column>', 'dates or numbers: later rows are predicted from earlier ones')
    .addOption(
      new Option('--model <name>', 'one model, or the best by cross-validation')
        .choices(['auto', ...MODELS])
        .default('auto'),
    )
    .addOption(
      new Option('--criterion <name>', 'what the splits of tree and rf gain')
        .choices(CRITERIA)
        .default('gini'),
    )
    .addOption(
      new Option('--penalty <name>', 'of lr; l1 and elasticnet leave columns out')
        .choices(PENALTIES)
        .default('l2'),
    )
    .option(
      '--monotone <names>',
      'gbdt: columns whose rise may only raise (+) or lower (-) the chance of --positive: age+,price-',
    )
    .option('--seed <n>', 'of every random choice', '1')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => report(await evaluateTabular(options), options));
}

export async function evaluateTabular(options: Options): Promise<object> {
  const seed = numberOption('seed', options.seed, 0, 2 ** 32 - 1);
  const { data: file, target, positive, exclude, split, categorical, group, time } = options;
  const table = await readTable(file);
  const data = tabularData(table, {
    target,
    seed,
    ...(positive !== undefined && { positive }),
    ...(exclude !== undefined && { exclude }),
    ...(split !== undefined && { split }),
    ...(categorical !== undefined && { categorical }),
    ...(group !== undefined && { group }),
    ...(time !== undefined && { time }),
  });
  progress(`${data.train.length} rows to learn from, ${data.test.length} to test on`);
  const { criterion = 'gini', penalty = 'l2' } = options;
  const monotone = monotoneOf(options.monotone ?? '', data);
  const settings = { seed, criterion, penalty, monotone };
  return onUserData(file, () => evaluated(data, options.model, settings));
}

/** The signs are those of the positive class; boosting counts from the second one. */
function monotoneOf(text: string, { classes, positive }: TabularData): ModelSettings['monotone'] {
  const flip = classes.length === 2 && positive === classes[0] ? -1 : 1;
  const names = text.split(',').map((part) => part.trim());
  return Object.fromEntries(
    names
      .filter((part) => part !== '')
      .map((part) => {
        const sign = part.at(-1);
        if (sign !== '+' && sign !== '-')
          throw new RapportError(
            'config_invalid',
            `--monotone needs + or - after each column, not "${part}".`,
          );
        return [part.slice(0, -1), sign === '+' ? flip : flip === 1 ? -1 : 1];
      }),
  );
}

function evaluated(data: TabularData, model: Options['model'], settings: ModelSettings): object {
  const truth = Array.from(data.train, (i) => data.y[i] ?? '');
  const names: readonly ModelName[] = model === 'auto' ? ['lr', 'svm', 'rf', 'gbdt'] : [model];
  const begun = performance.now();
  const candidates = names.map((name): Candidate => {
    progress(`${name}: ${howValidated(name, data)}`);
    return { name, ...outOfFold(name, data, settings) };
  });
  const losses = candidates.map((c) => rowLosses(c.chances, c.truth, data.classes));
  const order = candidates
    .map((_, k) => k)
    .sort((a, b) => meanInterval(losses[a] ?? [])[0] - meanInterval(losses[b] ?? [])[0]);
  const best = order[0] ?? 0;
  const name = candidates[best]?.name ?? 'lr';
  const calibrations = calibrationsOf(candidates[best], data.classes);
  const selectS = (performance.now() - begun) / 1000;

  progress(`${name}: fit on all training rows`);
  const fitted = fitTable(name, data, data.train, settings);
  const predictBegun = performance.now();
  const chances = calibrated(fitted, data, calibrations);
  const predictS = (performance.now() - predictBegun) / 1000;

  const tested = Array.from(data.test, (i) => data.y[i] ?? '');
  const shares = data.classes.map((c) => truth.filter((t) => t === c).length / truth.length);
  const prior = Float64Array.from(
    { length: chances.length },
    (_, k) => shares[k % shares.length] ?? 0,
  );
  const own = rowLosses(chances, tested, data.classes);
  const gains = rowLosses(prior, tested, data.classes).map((loss, i) => loss - (own[i] ?? 0));
  const [gain, gainLow, gainHigh] = meanInterval(gains);
  return {
    model: name,
    ...quality(chances, tested, data.classes, data.positive),
    baseline: {
      says: 'the class shares of the training rows, for every row',
      ...quality(prior, tested, data.classes, data.positive),
    },
    verdict: gainLow > 0 ? 'better than the baseline' : 'not better than the baseline',
    log_loss_gain: { estimate: gain, ci_low: gainLow, ci_high: gainHigh },
    positive: data.positive,
    classes: data.classes,
    validation: data.order.says,
    calibration: calibrations.map((c) => c.method),
    candidates: order.map((k) => {
      const [estimate, low, high] = meanInterval(losses[k] ?? []);
      const { name, chances, truth } = candidates[k] ?? NO_CANDIDATE;
      const { auc, accuracy } = quality(chances, truth, data.classes, data.positive);
      return {
        model: name,
        cv_log_loss: estimate,
        ci_low: low,
        ci_high: high,
        cv_auc: auc,
        cv_accuracy: accuracy,
      };
    }),
    n_train: data.train.length,
    n_test: data.test.length,
    n_columns: fitted.model.columns.length,
    select_s: selectS,
    encode_s: fitted.encodeS,
    fit_s: fitted.fitS,
    predict_rows_per_s: data.test.length / predictS,
    peak_rss_mb: process.resourceUsage().maxRSS / 1024,
  };
}

/** One per class, but one for two classes. */
function calibrationsOf(
  { chances, truth }: OutOfFold = NO_CANDIDATE,
  classes: readonly string[],
): readonly Calibration[] {
  const width = classes.length;
  const targets = width === 2 ? [1] : classes.map((_, k) => k);
  return targets.map((k) =>
    chooseCalibration(
      Float64Array.from(truth, (_, i) => chances[i * width + k] ?? 0),
      Uint8Array.from(truth, (label) => (label === classes[k] ? 1 : 0)),
      createRandom(1),
    ),
  );
}

function calibrated(
  fitted: FittedTable,
  data: TabularData,
  calibrations: readonly Calibration[],
): Float64Array {
  const chances = fitted.predict(data.columns, data.test);
  const width = data.classes.length;
  const [first] = calibrations;
  for (let at = 0; at < chances.length; at += width) {
    if (width === 2) {
      if (first) chances[at + 1] = calibrate(first, chances[at + 1] ?? 0);
      chances[at] = 1 - (chances[at + 1] ?? 0);
      continue;
    }
    let sum = 0;
    for (const [k, calibration] of calibrations.entries()) {
      const p = Math.max(1e-9, calibrate(calibration, chances[at + k] ?? 0));
      chances[at + k] = p;
      sum += p;
    }
    for (let k = 0; k < width; k++) chances[at + k] = (chances[at + k] ?? 0) / sum;
  }
  return chances;
}
