/**
 * Multinomial logistic regression with an L1, L2 or elastic-net penalty, by accelerated proximal
 * gradient (FISTA: Beck and Teboulle 2009, SIAM J. Imaging Sciences 2(1)), restarted when it overshoots
 * (O'Donoghue and Candès 2015).
 */
import type { Classifier } from '../estimator.ts';
import { encodeSparse } from '../labels.ts';
import type { Csr } from '../sparse.ts';
import { FittedLinear } from './linear-model.ts';
import { softmaxLoss } from './softmax-loss.ts';

export interface ElasticNetOptions {
  /** Cost of an error: c · Σ log-loss + penalty, as in scikit-learn. Default 1. */
  readonly c?: number;
  /** Share of L1 in the penalty, 0 (ridge) to 1 (lasso); default 0.5. */
  readonly l1Ratio?: number;
  /** Stops when no weight moves by more than this share of the largest; default 1e-5. */
  readonly tolerance?: number;
  readonly maxSteps?: number;
}

export class ElasticNetLogistic implements Classifier<FittedLinear> {
  readonly #options: Required<ElasticNetOptions>;

  constructor(options: ElasticNetOptions = {}) {
    this.#options = { c: 1, l1Ratio: 0.5, tolerance: 1e-5, maxSteps: 2_000, ...options };
  }

  fit(x: Csr, y: readonly string[]): FittedLinear {
    const { classes, codes } = encodeSparse(x, y);
    const k = classes.length;
    const table = this.#minimise(x, codes, k);
    const weights = classes.map((_, c) =>
      Float64Array.from({ length: x.cols + 1 }, (_, j) => table[j * k + c]!),
    );
    return new FittedLinear({ columns: x.cols, classes, weights });
  }

  /** Weights by column, all classes of a column together; the intercepts come last, unpenalised. */
  #minimise(x: Csr, codes: Int32Array, k: number): Float64Array {
    const { c, l1Ratio, tolerance, maxSteps } = this.#options;
    const size = (x.cols + 1) * k;
    const penalised = x.cols * k;
    let weights: Float64Array = new Float64Array(size);
    let ahead: Float64Array = new Float64Array(size);
    const gradient = new Float64Array(size);
    let momentum = 1;
    let step = 1 / c;
    for (let pass = 0; pass < maxSteps; pass++) {
      const value = c * softmaxLoss(x, codes, k, ahead, gradient);
      let next: Float64Array;
      for (;;) {
        next = proximal(ahead, gradient, step * c, step, l1Ratio, penalised);
        // The quadratic model must lie above the loss, or the step is too long (Beck and Teboulle, eq. 3.2).
        let bound = value;
        for (let j = 0; j < size; j++) {
          const d = next[j]! - ahead[j]!;
          bound += c * gradient[j]! * d + (d * d) / (2 * step);
        }
        if (c * softmaxLoss(x, codes, k, next) <= bound + 1e-12 * Math.abs(bound)) break;
        step /= 2;
      }
      let turned = 0;
      let moved = 0;
      let largest = 1;
      for (let j = 0; j < size; j++) {
        const d = next[j]! - weights[j]!;
        turned += (ahead[j]! - next[j]!) * d;
        moved = Math.max(moved, Math.abs(d));
        largest = Math.max(largest, Math.abs(next[j]!));
      }
      const grown = turned > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      const push = turned > 0 ? 0 : (momentum - 1) / grown;
      const from = weights;
      ahead = Float64Array.from(next, (w, j) => w + push * (w - from[j]!));
      weights = next;
      momentum = grown;
      if (moved <= tolerance * largest) break;
    }
    return weights;
  }
}

/** A gradient step, then the penalty's own: soft threshold for L1, shrinkage for L2. */
function proximal(
  from: Float64Array,
  gradient: Float64Array,
  length: number,
  step: number,
  l1Ratio: number,
  penalised: number,
): Float64Array {
  const cut = step * l1Ratio;
  const shrink = 1 / (1 + step * (1 - l1Ratio));
  return Float64Array.from(from, (w, j) => {
    const moved = w - length * gradient[j]!;
    if (j >= penalised) return moved;
    return Math.sign(moved) * Math.max(0, Math.abs(moved) - cut) * shrink;
  });
}
