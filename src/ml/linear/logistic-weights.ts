/** Logistic regression on sparse text: multinomial for a few classes, one-vs-rest for two or many. */
import { createRandom } from '../random.ts';
import type { Csr } from '../sparse.ts';
import { softmaxDual } from './dual-softmax.ts';
import { rowNorms } from './dual-svm.ts';
import { fitOneVsRest } from './one-vs-rest.ts';

export interface LogisticWeightsOptions {
  /** Cost of an error; the penalty is ½‖w‖². */
  readonly c: number;
  readonly seed?: number;
}

/** Beyond, one problem per class on all threads is faster, and hardly differs. */
const MOST_MULTINOMIAL = 12;
const TOLERANCE = 0.2;
const MAX_PASSES = 200;

/** Weights per class, the intercept last. @param codes class number per row. */
export function fitLogisticWeights(
  x: Csr,
  codes: Int32Array,
  classes: number,
  { c, seed = 1 }: LogisticWeightsOptions,
): Float64Array[] {
  if (classes === 2 || classes > MOST_MULTINOMIAL)
    return fitOneVsRest(x, codes, classes, 'logistic', { c, seed });
  return softmaxDual(x, codes, classes, rowNorms(x), {
    c,
    tolerance: TOLERANCE,
    maxPasses: MAX_PASSES,
    random: createRandom(seed),
  });
}
