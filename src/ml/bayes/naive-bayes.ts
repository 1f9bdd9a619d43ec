/** Multinomial and complement naive Bayes on counts or TF-IDF; both are linear in the features. */

import { RapportError } from '../../core/errors.ts';
import type { Classifier } from '../estimator.ts';
import { encodeSparse } from '../labels.ts';
import { FittedLinear } from '../linear/linear-model.ts';
import type { Csr } from '../sparse.ts';

export interface NaiveBayesOptions {
  /** `complement` estimates a class from the rows of all others; better for uneven classes. */
  readonly kind?: 'multinomial' | 'complement';
  /** Added to every count; default 0.3. */
  readonly smoothing?: number;
}

/**
 * Weights per class, the intercept last. Multinomial: ln P(j | class) and ln P(class) (Manning,
 * Raghavan, Schütze 2008, ch. 13). Complement: −ln P(j | other classes), each class scaled to
 * Σ|w| = 1 and no intercept (Rennie, Shih, Teevan, Karger 2003).
 */
export function naiveBayesWeights(
  x: Csr,
  y: Int32Array,
  classes: number,
  { kind = 'multinomial', smoothing = 0.3 }: NaiveBayesOptions = {},
): Float64Array[] {
  const sums = Array.from({ length: classes }, () => new Float64Array(x.cols));
  const rows = new Float64Array(classes);
  const all = new Float64Array(x.cols);
  for (let i = 0; i < x.rows; i++) {
    const own = sums[y[i]!]!;
    rows[y[i]!] = rows[y[i]!]! + 1;
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
      const j = x.indices[k]!;
      own[j] = own[j]! + x.values[k]!;
      all[j] = all[j]! + x.values[k]!;
    }
  }
  return sums.map((own, c) => {
    const w = new Float64Array(x.cols + 1);
    let total = 0;
    for (let j = 0; j < x.cols; j++) {
      w[j] = (kind === 'complement' ? all[j]! - own[j]! : own[j]!) + smoothing;
      total += w[j]!;
    }
    let size = 0;
    for (let j = 0; j < x.cols; j++) {
      w[j] = Math.log(w[j]! / total);
      size -= w[j]!;
    }
    if (kind === 'complement') for (let j = 0; j < x.cols; j++) w[j] = (-w[j]! * x.cols) / size;
    else w[x.cols] = Math.log(rows[c]! / x.rows);
    return w;
  });
}

export class NaiveBayes implements Classifier<FittedLinear> {
  readonly #options: NaiveBayesOptions;

  constructor(options: NaiveBayesOptions = {}) {
    this.#options = options;
  }

  /** Negative values are refused: they are no counts. */
  fit(x: Csr, y: readonly string[]): FittedLinear {
    const { classes, codes } = encodeSparse(x, y);
    const bad = x.values.findIndex((value) => value < 0);
    if (bad >= 0) {
      throw new RapportError(
        'invalid_payload',
        `column ${x.indices[bad]} holds ${x.values[bad]}; naive Bayes needs counts of 0 or more`,
      );
    }
    const weights = naiveBayesWeights(x, codes, classes.length, this.#options);
    return new FittedLinear({ columns: x.cols, classes, weights });
  }
}
