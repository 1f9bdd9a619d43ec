/** `rapport evaluate tabular`: a probability for every row of the user's own table. */
import { Command, Option } from 'commander';
import { type Calibration, calibrate, chooseCalibration } from '../../ml/preprocess/calibration.ts';
import { createRandom } from '../../ml/random.ts';
import { stratifiedGroupFolds } from '../../ml/split.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, type Reported, report } from './report.ts';
import { readTable } from './table.ts';
import { type TabularData, tabularData } from './tabular-data.ts';
import { type FittedTable, fitTable, MODELS, type ModelName } from './tabular-models.ts';
import { meanInterval, quality, rowLosses } from './tabular-quality.ts';

interface Options extends Reported {
  readonly data: string;
  readonly target: string;
  readonly positive?: string;
  readonly exclude?: string;
  readonly split?: string;
  readonly categorical?: string;
  readonly model: 'auto' | ModelName;
  readonly seed: string;
}

interface Candidate {
  readonly name: ModelName;
  /** Out-of-fold probabilities of the training rows. */
  readonly chances: Float64Array;
}

const FOLDS = 5;

export function tabularCommand(): Command {
  return new Command('tabular')
    .description('a classifier on your own table, with honest probabilities')
    .requiredOption('--data <file>', '.csv or .jsonl, also .gz')
    .requiredOption('--target <column>', 'the class to predict')
    .option('--positive <class>', 'the class whose probability is ranked')
    .option('--exclude <names>', 'columns to leave out, separated by commas')
    .option('--categorical <names>', 'columns of numbers to read as words')
    .option('--split <column>', 'a column of train and test; else one row in five is the test')
    .addOption(
      new Option('--model <name>', 'one model, or the best by cross-validation')
        .choices(['auto', ...MODELS])
        .default('auto'),
    )
    .option('--seed <n>', 'of every random choice', '1')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => report(await evaluateTabular(options), options));
}

export async function evaluateTabular(options: Options): Promise<object> {
  const seed = numberOption('seed', options.seed, 0, 2 ** 32 - 1);
  const { data: file, target, positive, exclude, split, categorical } = options;
  const table = await readTable(file);
  const data = tabularData(table, {
    target,
    seed,
    ...(positive !== undefined && { positive }),
    ...(exclude !== undefined && { exclude }),
    ...(split !== undefined && { split }),
    ...(categorical !== undefined && { categorical }),
  });
  progress(`${data.train.length} rows to learn from, ${data.test.length} to test on`);
  return onUserData(file, () => evaluated(data, options.model, seed));
}

function evaluated(data: TabularData, model: Options['model'], seed: number): object {
  const truth = Array.from(data.train, (i) => data.y[i] ?? '');
  const names: readonly ModelName[] = model === 'auto' ? ['lr', 'svm', 'rf', 'gbdt'] : [model];
  const begun = performance.now();
  const candidates = names.map((name): Candidate => {
    progress(`${name}: ${name === 'rf' ? 'out-of-bag answers' : `${FOLDS}-fold cross-validation`}`);
    return { name, chances: crossValidate(name, data, truth, seed) };
  });
  const losses = candidates.map(({ chances }) => rowLosses(chances, truth, data.classes));
  const order = candidates
    .map((_, k) => k)
    .sort((a, b) => meanInterval(losses[a] ?? [])[0] - meanInterval(losses[b] ?? [])[0]);
  const best = order[0] ?? 0;
  const name = candidates[best]?.name ?? 'lr';
  const calibrations = calibrationsOf(candidates[best]?.chances ?? new Float64Array(), truth, data);
  const selectS = (performance.now() - begun) / 1000;

  progress(`${name}: fit on all training rows`);
  const fitted = fitTable(name, data, data.train, seed);
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
    calibration: calibrations.map((c) => c.method),
    candidates: order.map((k) => {
      const [estimate, low, high] = meanInterval(losses[k] ?? []);
      const { name, chances } = candidates[k] ?? { name: 'lr', chances: new Float64Array() };
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

/** Probabilities of every training row by models that did not see it; a forest brings its own. */
function crossValidate(
  name: ModelName,
  data: TabularData,
  truth: readonly string[],
  seed: number,
): Float64Array {
  const width = data.classes.length;
  if (name === 'rf') {
    const { outOfBag } = fitTable(name, data, data.train, seed, true);
    // A row that every tree saw has no honest answer; the class shares stand in.
    return (outOfBag ?? new Float64Array()).map((p) => (Number.isNaN(p) ? 1 / width : p));
  }
  const codes = Int32Array.from(truth, (label) => data.classes.indexOf(label));
  const fold = stratifiedGroupFolds(codes, FOLDS, createRandom(seed));
  const chances = new Float64Array(truth.length * width).fill(1 / width);
  for (let f = 0; f < FOLDS; f++) {
    const kept = data.train.filter((_, k) => fold[k] !== f);
    const held = data.train.filter((_, k) => fold[k] === f);
    if (held.length === 0) continue;
    const fitted = fitTable(name, data, kept, seed);
    const said = fitted.predict(data.columns, held);
    const known = fitted.model.classes.map((c) => data.classes.indexOf(c));
    let at = 0;
    for (const [k, own] of fold.entries()) {
      if (own !== f) continue;
      chances.fill(0, k * width, (k + 1) * width);
      for (const [j, c] of known.entries())
        chances[k * width + c] = said[at * known.length + j] ?? 0;
      at++;
    }
  }
  return chances;
}

/** One per class, but one for two classes. */
function calibrationsOf(
  chances: Float64Array,
  truth: readonly string[],
  { classes }: TabularData,
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
