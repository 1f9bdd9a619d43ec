/** Logistic regression for tables: Newton's method for two classes, softmax for more. */
import type { Json } from '../estimator.ts';
import {
  encodeTable,
  FittedOnTable,
  type FittedTableClassifier,
  type Frame,
  type TableClassifier,
  type TableExplanation,
  type TableState,
} from '../frame.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
import { explainLinear, score } from './linear-score.ts';
import { log1pExp, sigmoid } from './logistic-regression.ts';
import { fitMargin, type MarginLoss } from './margin-newton.ts';
import { packRows } from './packed-rows.ts';
import { fitSoftmax } from './softmax-regression.ts';

export interface DenseLogisticOptions {
  /** Penalty ½·l2·w² on every weight but the intercept; default 1. Columns should be scaled. */
  readonly l2?: number;
}

interface State extends TableState {
  /** One row for two classes, else one per class: weights, then the intercept. */
  readonly weights: readonly (readonly number[])[];
}

const LOGISTIC: MarginLoss = {
  value: (m) => log1pExp(-m),
  fill: (m, at, slope, curvature) => {
    const miss = 1 / (1 + Math.exp(m));
    slope[at] = -miss;
    curvature[at] = miss * (1 - miss);
  },
};

const VERSION = 1;

/** For tables of at most a few hundred columns; zeros cost nothing. */
export class DenseLogistic implements TableClassifier<FittedDenseLogistic> {
  readonly #l2: number;

  constructor(options: DenseLogisticOptions = {}) {
    this.#l2 = options.l2 ?? 1;
  }

  fit(x: Frame, y: readonly string[]): FittedDenseLogistic {
    const { classes, codes } = encodeTable(x, y);
    const rows = packRows(x);
    const weights =
      classes.length === 2
        ? [Array.from(fitMargin(rows, codes, 1, LOGISTIC, this.#l2))]
        : fitSoftmax(rows, codes, classes.length, this.#l2).map((w) => Array.from(w));
    return new FittedDenseLogistic({ columns: [...x.columns], classes, weights });
  }
}

export class FittedDenseLogistic extends FittedOnTable<State> implements FittedTableClassifier {
  predictProba(x: Frame): Float64Array {
    this.check(x);
    const { classes, weights } = this.state;
    const width = classes.length;
    const out = new Float64Array(x.rows * width);
    for (let i = 0; i < x.rows; i++) {
      const at = i * width;
      if (width === 2) {
        const p = sigmoid(score(x, i, weights[0]!));
        out[at] = 1 - p;
        out[at + 1] = p;
        continue;
      }
      let top = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < width; k++) {
        out[at + k] = score(x, i, weights[k]!);
        top = Math.max(top, out[at + k]!);
      }
      let sum = 0;
      for (let k = 0; k < width; k++) sum += out[at + k] = Math.exp(out[at + k]! - top);
      for (let k = 0; k < width; k++) out[at + k] = out[at + k]! / sum;
    }
    return out;
  }

  explain(x: Frame, row: number, className: string): TableExplanation {
    const k = this.checkClass(x, className);
    const { classes, weights } = this.state;
    const sign = classes.length === 2 && k === 0 ? -1 : 1;
    return explainLinear(x, row, weights[classes.length === 2 ? 0 : k]!, sign, 'log_odds');
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, classes, weights } = this.state;
    return {
      version: VERSION,
      columns: [...columns],
      classes: [...classes],
      weights: weights.map((w) => [...w]),
    };
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(json: State & Saved): FittedDenseLogistic {
    return new FittedDenseLogistic(requireVersion(json, 'logistic regression', VERSION));
  }
}
