import { FittedLinear } from '../../src/ml/linear/linear-model.ts';
import { LinearSvm } from '../../src/ml/linear/linear-svm.ts';
import { classifierContract } from './estimator.contract.ts';

classifierContract('LinearSvm', () => new LinearSvm(), FittedLinear.fromJSON);
classifierContract(
  'LinearSvm, calibrated',
  () => new LinearSvm({ calibrationFolds: 3, nbWeights: false }),
  FittedLinear.fromJSON,
);
