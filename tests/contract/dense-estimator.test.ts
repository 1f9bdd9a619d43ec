import { DenseLogistic, FittedDenseLogistic } from '../../src/ml/linear/dense-logistic.ts';
import { DenseSvm, FittedDenseSvm } from '../../src/ml/linear/dense-svm.ts';
import { FittedClassForest } from '../../src/ml/tree/class-forest.ts';
import { DecisionTree } from '../../src/ml/tree/decision-tree.ts';
import { FittedGradientBoosting, GradientBoosting } from '../../src/ml/tree/gradient-boosting.ts';
import { RandomForest } from '../../src/ml/tree/random-forest.ts';
import { tableClassifierContract } from './dense-estimator.contract.ts';

tableClassifierContract('DenseLogistic', () => new DenseLogistic(), FittedDenseLogistic.fromJSON);
tableClassifierContract('DenseSvm', () => new DenseSvm(), FittedDenseSvm.fromJSON);
tableClassifierContract('DecisionTree', () => new DecisionTree(), FittedClassForest.fromJSON);
tableClassifierContract(
  'DecisionTree by information gain',
  () => new DecisionTree({ criterion: 'information', minLeafRows: 1 }),
  FittedClassForest.fromJSON,
);
tableClassifierContract(
  'RandomForest',
  () => new RandomForest({ trees: 20 }),
  FittedClassForest.fromJSON,
);
tableClassifierContract(
  'GradientBoosting',
  () => new GradientBoosting({ rounds: 20 }),
  FittedGradientBoosting.fromJSON,
);
tableClassifierContract(
  'GradientBoosting with early stopping and column sampling',
  () =>
    new GradientBoosting({ columnShare: 0.5, earlyStopping: { share: 0.2, patience: 5 }, seed: 3 }),
  FittedGradientBoosting.fromJSON,
);
