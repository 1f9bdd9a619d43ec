/** Tables beside scikit-learn: the bank campaign without `duration`, the stored split, one thread. */
import { join } from 'node:path';
import { readTable } from '../../src/app/evaluate/table.ts';
import { tabularData } from '../../src/app/evaluate/tabular-data.ts';
import type { FittedTableClassifier, Frame, TableClassifier } from '../../src/ml/frame.ts';
import { DenseLogistic } from '../../src/ml/linear/dense-logistic.ts';
import { auc, brier, logLoss } from '../../src/ml/metrics.ts';
import { encodeTable, fitEncoder } from '../../src/ml/preprocess/encoder.ts';
import { GradientBoosting } from '../../src/ml/tree/gradient-boosting.ts';
import { RandomForest } from '../../src/ml/tree/random-forest.ts';
import type { BenchCase, BenchRun } from './case.ts';

interface Bank {
  readonly train: Frame;
  readonly test: Frame;
  readonly y: readonly string[];
  readonly outcomes: Uint8Array;
}

/** The peer's matrix: numbers in standard deviations, every category of every column as 0/1. */
async function bank(datasets: string): Promise<Bank> {
  const table = await readTable(join(datasets, 'response_bank_full.csv'));
  const data = tabularData(table, {
    target: 'y',
    positive: 'yes',
    exclude: 'duration',
    split: 'split',
    seed: 1,
  });
  const { encoder, train } = fitEncoder(data.columns, data.train, []);
  return {
    train,
    test: encodeTable(encoder, data.columns, data.test),
    y: Array.from(data.train, (i) => data.y[i] ?? ''),
    outcomes: Uint8Array.from(data.test, (i) => (data.y[i] === 'yes' ? 1 : 0)),
  };
}

async function run(
  datasets: string,
  estimator: TableClassifier<FittedTableClassifier>,
): Promise<BenchRun> {
  const { train, test, y, outcomes } = await bank(datasets);
  const begun = performance.now();
  const model = estimator.fit(train, y);
  const seconds = (performance.now() - begun) / 1000;
  const both = model.predictProba(test);
  const chances = outcomes.reduce((out, _, i) => {
    out[i] = both[2 * i + 1] ?? 0;
    return out;
  }, new Float64Array(outcomes.length));
  return {
    seconds,
    quality: {
      auc: auc(outcomes, chances),
      log_loss: logLoss(outcomes, chances),
      brier: brier(outcomes, chances),
    },
  };
}

const peer = (model: string): NonNullable<BenchCase['peer']> => ({
  script: 'tabular.py',
  args: [
    '$DATA/response_bank_full.csv',
    '--no-duration',
    '--model',
    model,
    '--rep',
    '1',
    '--threads',
    '1',
  ],
  read: (line) => ({
    seconds: Number(line['fit_s']),
    quality: {
      auc: Number(line['auc']),
      log_loss: Number(line['logloss']),
      brier: Number(line['brier']),
    },
  }),
});

export const cases: readonly BenchCase[] = [
  {
    name: 'gradient boosting bank',
    // Half of the columns per tree was better in cross-validation on the training rows.
    ours: (datasets) => run(datasets, new GradientBoosting({ columnShare: 0.5 })),
    peer: peer('hgb100'),
    target: 0.6,
  },
  {
    name: 'gradient boosting bank, all columns',
    ours: (datasets) => run(datasets, new GradientBoosting()),
    peer: peer('hgb100'),
    target: 0.6,
  },
  {
    name: 'random forest bank',
    ours: (datasets) => run(datasets, new RandomForest()),
    peer: peer('rf'),
    target: 0.7,
  },
  {
    name: 'logistic regression bank',
    ours: (datasets) => run(datasets, new DenseLogistic()),
    peer: peer('lr'),
    target: 1,
  },
];
