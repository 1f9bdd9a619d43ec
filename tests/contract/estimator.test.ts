import { NaiveBayes } from '../../src/ml/bayes/naive-bayes.ts';
import { ElasticNetLogistic } from '../../src/ml/linear/elastic-net-logistic.ts';
import { FittedLinear } from '../../src/ml/linear/linear-model.ts';
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
classifierContract('ElasticNetLogistic', () => new ElasticNetLogistic(), FittedLinear.fromJSON);
classifierContract('LinearSvm', () => new LinearSvm(), FittedLinear.fromJSON);
classifierContract(
  'LinearSvm, calibrated',
  () => new LinearSvm({ calibrationFolds: 3, nbWeights: true }),
  FittedLinear.fromJSON,
);
classifierContract('NaiveBayes', () => new NaiveBayes(), FittedLinear.fromJSON, 1);
