import { FittedLogistic, LogisticRegression } from '../../src/ml/linear/logistic-regression.ts';
import { SparseLogisticRegression } from '../../src/ml/linear/sparse-logistic.ts';
import { classifierContract } from './estimator.contract.ts';

classifierContract('LogisticRegression', () => new LogisticRegression(), FittedLogistic.fromJSON);
classifierContract(
  'SparseLogisticRegression',
  () => new SparseLogisticRegression(),
  FittedLogistic.fromJSON,
);
