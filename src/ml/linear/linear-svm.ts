/** Linear support vector machine for sparse text: squared hinge loss, one against the rest. */
import type { Classifier } from '../estimator.ts';
import { encodeSparse } from '../labels.ts';
import { fitFlatTemperature } from '../preprocess/flat-temperature.ts';
import { createRandom } from '../random.ts';
import { type Csr, csrSelect } from '../sparse.ts';
import { stratifiedGroupFolds } from '../split.ts';
import { FittedLinear } from './linear-model.ts';
import { fitOneVsRest, type LinearOptions } from './one-vs-rest.ts';

export interface LinearSvmOptions extends LinearOptions {
  /**
   * Folds of the cross-validation that turns margins into probabilities (Platt 1999, one factor for
   * all classes); each costs one more fit. Default 0: the margins are used as they are.
   */
  readonly calibrationFolds?: number;
}

export class LinearSvm implements Classifier<FittedLinear> {
  readonly #options: LinearSvmOptions;

  constructor(options: LinearSvmOptions = {}) {
    this.#options = options;
  }

  fit(x: Csr, y: readonly string[]): FittedLinear {
    const { classes, codes } = encodeSparse(x, y);
    const weights = fitOneVsRest(x, codes, classes.length, 'svm', this.#options);
    const folds = this.#options.calibrationFolds ?? 0;
    const factor = folds < 2 ? 1 : this.#factor(x, codes, classes, folds);
    return new FittedLinear({ columns: x.cols, classes, weights, factor });
  }

  #factor(x: Csr, y: Int32Array, classes: readonly string[], folds: number): number {
    const k = classes.length;
    const fold = stratifiedGroupFolds(y, folds, createRandom(this.#options.seed ?? 1));
    const held = new Float64Array(x.rows * k);
    for (let f = 0; f < folds; f++) {
      const train: number[] = [];
      const test: number[] = [];
      for (let i = 0; i < x.rows; i++) (fold[i] === f ? test : train).push(i);
      const own = Int32Array.from(train, (i) => y[i] ?? 0);
      const weights = fitOneVsRest(csrSelect(x, train), own, k, 'svm', this.#options);
      const scores = new FittedLinear({ columns: x.cols, classes, weights }).scores(
        csrSelect(x, test),
      );
      test.forEach((i, r) => {
        held.set(scores.subarray(r * k, (r + 1) * k), i * k);
      });
    }
    return fitFlatTemperature(held, y, k);
  }
}
