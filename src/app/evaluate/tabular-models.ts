/** The candidates of `rapport evaluate tabular`: each prepares its table and fits one estimator. */
import type { FittedTableClassifier, Frame } from '../../ml/frame.ts';
import { DenseLogistic } from '../../ml/linear/dense-logistic.ts';
import { DenseSvm } from '../../ml/linear/dense-svm.ts';
import { ElasticNetLogistic } from '../../ml/linear/elastic-net-logistic.ts';
import {
  encodeTable,
  fitEncoder,
  type RawColumn,
  type TableEncoder,
} from '../../ml/preprocess/encoder.ts';
import { csrFromDense } from '../../ml/sparse.ts';
import type { Criterion } from '../../ml/tree/class-tree.ts';
import { DecisionTree } from '../../ml/tree/decision-tree.ts';
import { GradientBoosting } from '../../ml/tree/gradient-boosting.ts';
import { RandomForest } from '../../ml/tree/random-forest.ts';
import type { TabularData } from './tabular-data.ts';

export const MODELS = ['lr', 'svm', 'tree', 'rf', 'gbdt'] as const;
export type ModelName = (typeof MODELS)[number];

export const CRITERIA: readonly Criterion[] = ['gini', 'information'];
export const PENALTIES = ['l2', 'l1', 'elasticnet'] as const;

/** What a user may choose beside the model. */
export interface ModelSettings {
  readonly seed: number;
  /** Of the splits of a tree or forest. */
  readonly criterion: Criterion;
  /** Of logistic regression. */
  readonly penalty: (typeof PENALTIES)[number];
  /** Columns whose rise may only raise or lower the second class, in boosting. */
  readonly monotone: Readonly<Record<string, 1 | -1>>;
}

type Model = Pick<FittedTableClassifier, 'classes' | 'columns' | 'predictProba'>;

export interface FittedTable {
  readonly model: Model;
  readonly encoder: TableEncoder;
  /** Seconds spent on turning columns into a matrix, and on the estimator itself. */
  readonly encodeS: number;
  readonly fitS: number;
  /** Row-major `rows × classes`, before calibration. */
  predict(columns: readonly RawColumn[], rows: Int32Array): Float64Array;
  /** The same for the training rows by trees that did not see them; a forest only. */
  readonly outOfBag?: Float64Array;
}

type Estimator = { fit(x: Frame, y: readonly string[]): Model };

const CREATE: Readonly<Record<Exclude<ModelName, 'rf'>, (settings: ModelSettings) => Estimator>> = {
  lr: ({ penalty }) => (penalty === 'l2' ? new DenseLogistic() : sparseLogistic(penalty)),
  svm: ({ seed }) => new DenseSvm({ seed }),
  tree: ({ criterion }) => new DecisionTree({ criterion }),
  // Half of the columns per tree: chosen by cross-validation on training rows.
  gbdt: ({ seed, monotone }) =>
    new GradientBoosting({ columnShare: 0.5, allowMissing: true, seed, monotone }),
};

/** Logistic regression with weights of exactly zero, behind the face of an estimator for tables. */
function sparseLogistic(penalty: 'l1' | 'elasticnet'): Estimator {
  const estimator = new ElasticNetLogistic({ l1Ratio: penalty === 'l1' ? 1 : 0.5 });
  return {
    fit: (x, y) => {
      const model = estimator.fit(csrFromDense(x, x.columns), y);
      return {
        classes: model.classes,
        columns: x.columns,
        predictProba: (rows) =>
          Float64Array.from(model.predictProba(csrFromDense(rows, rows.columns)).flat()),
      };
    },
  };
}

/** Learns encoder and model from the given rows alone. */
export function fitTable(
  name: ModelName,
  data: TabularData,
  rows: Int32Array,
  settings: ModelSettings,
  outOfBag = false,
): FittedTable {
  const y = Array.from(rows, (i) => data.y[i] ?? '');
  const targets = data.classes.length === 2 ? data.classes.slice(1) : data.classes;
  const outcomes = targets.map((c) => Uint8Array.from(data.y, (label) => (label === c ? 1 : 0)));
  const { seed, criterion } = settings;
  const begun = performance.now();
  const { encoder, train } = fitEncoder(data.columns, rows, outcomes, {
    keepMissing: name === 'gbdt',
    seed,
  });
  const encoded = performance.now();
  const fitted =
    name === 'rf'
      ? new RandomForest({ seed, criterion }).fitOutOfBag(train, y, outOfBag)
      : { model: CREATE[name](settings).fit(train, y), outOfBag: undefined };
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
