import { ElasticNetLogistic } from '../../src/ml/linear/elastic-net-logistic.ts';
import { FittedLinear, type LinearState } from '../../src/ml/linear/linear-model.ts';
import { LinearSvm } from '../../src/ml/linear/linear-svm.ts';
import { FittedLogistic, LogisticRegression } from '../../src/ml/linear/logistic-regression.ts';
import { SparseLogisticRegression } from '../../src/ml/linear/sparse-logistic.ts';
import { classifierContract } from './estimator.contract.ts';

classifierContract('LogisticRegression', () => new LogisticRegression(), FittedLogistic.fromJSON);
classifierContract(
  'SparseLogisticRegression',
  () => new SparseLogisticRegression(),
  FittedLogistic.fromJSON,
);
classifierContract(
  'ElasticNetLogistic',
  () => new ElasticNetLogistic(),
  (json) => FittedLinear.fromJSON(json as unknown as LinearState),
);
classifierContract(
  'LinearSvm',
  () => new LinearSvm(),
  (json) => FittedLinear.fromJSON(json as unknown as LinearState),
);
