/** One-vs-rest logistic regression for sparse text, by dual coordinate descent. */
import type { Classifier } from '../estimator.ts';
import { encodeSparse } from '../labels.ts';
import type { Csr } from '../sparse.ts';
import { FittedLogistic } from './logistic-regression.ts';
import { fitOneVsRest, type LinearOptions } from './one-vs-rest.ts';

export interface SparseLogisticOptions extends Omit<LinearOptions, 'c'> {
  /** Cost of an error; the penalty is ½‖w‖². Default 4. */
  readonly c?: number;
}

export class SparseLogisticRegression implements Classifier<FittedLogistic> {
  readonly #options: SparseLogisticOptions;

  constructor(options: SparseLogisticOptions = {}) {
    this.#options = options;
  }

  fit(x: Csr, y: readonly string[]): FittedLogistic {
    const { classes, codes } = encodeSparse(x, y);
    const options = { c: 4, tolerance: 0.01, maxPasses: 60, ...this.#options };
    const weights = fitOneVsRest(x, codes, classes.length, 'logistic', options);
    // Two classes need one weight vector: the difference of the mirrored pair.
    const kept =
      classes.length === 2
        ? [Array.from(weights[1] ?? [], (w) => 2 * w)]
        : weights.map((w) => [...w]);
    return new FittedLogistic({ columns: x.cols, classes, weights: kept });
  }
}
