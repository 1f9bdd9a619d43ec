/** The candidates of `rapport evaluate tabular`: each prepares its table and fits one estimator. */
import type { FittedTableClassifier, Frame, TableClassifier } from '../../ml/frame.ts';
import { DenseLogistic } from '../../ml/linear/dense-logistic.ts';
import { DenseSvm } from '../../ml/linear/dense-svm.ts';
import {
  encodeTable,
  fitEncoder,
  type RawColumn,
  type TableEncoder,
} from '../../ml/preprocess/encoder.ts';
import { DecisionTree } from '../../ml/tree/decision-tree.ts';
import { GradientBoosting } from '../../ml/tree/gradient-boosting.ts';
import { RandomForest } from '../../ml/tree/random-forest.ts';
import type { TabularData } from './tabular-data.ts';

export const MODELS = ['lr', 'svm', 'tree', 'rf', 'gbdt'] as const;
export type ModelName = (typeof MODELS)[number];

export interface FittedTable {
  readonly model: FittedTableClassifier;
  readonly encoder: TableEncoder;
  /** Seconds spent on turning columns into a matrix, and on the estimator itself. */
  readonly encodeS: number;
  readonly fitS: number;
  /** Row-major `rows × classes`, before calibration. */
  predict(columns: readonly RawColumn[], rows: Int32Array): Float64Array;
  /** The same for the training rows by trees that did not see them; a forest only. */
  readonly outOfBag?: Float64Array;
}

type Estimator = TableClassifier<FittedTableClassifier>;

const CREATE: Readonly<Record<Exclude<ModelName, 'rf'>, (seed: number) => Estimator>> = {
  lr: () => new DenseLogistic(),
  svm: (seed) => new DenseSvm({ seed }),
  tree: () => new DecisionTree(),
  // Half of the columns per tree: chosen by cross-validation on training rows.
  gbdt: (seed) => new GradientBoosting({ columnShare: 0.5, allowMissing: true, seed }),
};

/** Learns encoder and model from the given rows alone. */
export function fitTable(
  name: ModelName,
  data: TabularData,
  rows: Int32Array,
  seed: number,
  outOfBag = false,
): FittedTable {
  const y = Array.from(rows, (i) => data.y[i] ?? '');
  const targets = data.classes.length === 2 ? data.classes.slice(1) : data.classes;
  const outcomes = targets.map((c) => Uint8Array.from(data.y, (label) => (label === c ? 1 : 0)));
  const begun = performance.now();
  const { encoder, train } = fitEncoder(data.columns, rows, outcomes, {
    keepMissing: name === 'gbdt',
    seed,
  });
  const encoded = performance.now();
  const fitted =
    name === 'rf'
      ? new RandomForest({ seed }).fitOutOfBag(train, y, outOfBag)
      : { model: CREATE[name](seed).fit(train, y), outOfBag: undefined };
  const fitS = (performance.now() - encoded) / 1000;
  const { model } = fitted;
  const encode = (columns: readonly RawColumn[], at: Int32Array): Frame =>
    encodeTable(encoder, columns, at);
  return {
    model,
    encoder,
    encodeS: (encoded - begun) / 1000,
    fitS,
    predict: (columns, at) => model.predictProba(encode(columns, at)),
    ...(outOfBag && fitted.outOfBag && { outOfBag: fitted.outOfBag }),
  };
}
