/** The classifiers tried on a feature set, and how much each costs to try. */
import { naiveBayesWeights } from '../bayes/naive-bayes.ts';
import { fitLogisticWeights } from '../linear/logistic-weights.ts';
import { fitOneVsRest } from '../linear/one-vs-rest.ts';
import type { Csr } from '../sparse.ts';
import { FEATURE_SETS, type FeatureSet } from './feature-sets.ts';

export type Family = 'nb' | 'lr' | 'svm' | 'nbsvm';

export interface Candidate {
  readonly family: Family;
  /** Cost of an error; for naive Bayes the smoothing. */
  readonly c: number;
  readonly features: FeatureSet;
}

/** From here on every fit is so many problems that the grid is narrow. */
export const MANY_CLASSES = 20;

const WIDE: Readonly<Record<Family, readonly number[]>> = {
  nb: [0.03, 0.1, 0.3],
  lr: [2, 4, 16],
  svm: [0.1, 0.3, 1],
  nbsvm: [0.3, 1, 3],
};
const NARROW: Readonly<Record<Family, readonly number[]>> = {
  nb: [0.1],
  lr: [16],
  svm: [1],
  nbsvm: [1],
};

export function candidatesFor(classes: number, family: Family | 'auto'): readonly Candidate[] {
  const many = classes > MANY_CLASSES;
  const grid = many ? NARROW : WIDE;
  const wanted: readonly Family[] =
    family === 'auto'
      ? ['svm', 'lr', 'nbsvm', 'nb']
      : family === 'svm'
        ? ['svm', 'nbsvm']
        : [family];
  return FEATURE_SETS.flatMap((features) =>
    wanted
      .filter((name) => !(many && name === 'lr' && features !== 'words and characters'))
      .flatMap((name) => grid[name].map((c) => ({ family: name, c, features }))),
  );
}

/** Weights per class, the intercept last. */
export function fitCandidate(
  x: Csr,
  y: Int32Array,
  classes: number,
  { family, c }: Candidate,
  seed: number,
): Float64Array[] {
  if (family === 'nb') return naiveBayesWeights(x, y, classes, { smoothing: c });
  if (family === 'lr') return fitLogisticWeights(x, y, classes, { c, seed });
  return fitOneVsRest(x, y, classes, 'svm', { c, seed, nbWeights: family === 'nbsvm' });
}
