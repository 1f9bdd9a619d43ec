/** Linear support vector machine for tables, with Platt probabilities. */
import type { Json } from '../estimator.ts';
import {
  encodeTable,
  FittedOnTable,
  type FittedTableClassifier,
  type Frame,
  frameRows,
  type TableClassifier,
  type TableExplanation,
  type TableState,
} from '../frame.ts';
import { fitPlatt, type Platt } from '../preprocess/platt.ts';
import { createRandom } from '../random.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
import { stratifiedGroupFolds } from '../split.ts';
import { explainLinear, score } from './linear-score.ts';
import { sigmoid } from './logistic-regression.ts';
import { fitMargin, type MarginLoss } from './margin-newton.ts';
import { packRows } from './packed-rows.ts';

export interface DenseSvmOptions {
  /** Penalty ½·l2·w²; default 1. Columns should be scaled. */
  readonly l2?: number;
  /** Folds whose scores fit the probabilities; default 3. */
  readonly folds?: number;
  readonly seed?: number;
}

interface State extends TableState {
  /** Per class (one for two classes): weights, then the intercept. */
  readonly weights: readonly (readonly number[])[];
  readonly platt: readonly Platt[];
}

/** max(0, 1 − m)². */
const SQUARED_HINGE: MarginLoss = {
  value: (m) => (m < 1 ? (1 - m) * (1 - m) : 0),
  fill: (m, at, slope, curvature) => {
    slope[at] = m < 1 ? -2 * (1 - m) : 0;
    curvature[at] = m < 1 ? 2 : 0;
  },
};

/** Squared hinge loss in the primal (Chapelle 2007, Neural Computation 19), one class vs. the rest. */
export class DenseSvm implements TableClassifier<FittedDenseSvm> {
  readonly #options: Required<DenseSvmOptions>;

  constructor(options: DenseSvmOptions = {}) {
    this.#options = { l2: 1, folds: 3, seed: 1, ...options };
  }

  fit(x: Frame, y: readonly string[]): FittedDenseSvm {
    const { folds, seed } = this.#options;
    const { classes, codes } = encodeTable(x, y);
    const weights = this.#solve(x, codes, classes.length);
    const fold = stratifiedGroupFolds(codes, folds, createRandom(seed));
    const scores = weights.map(() => new Float64Array(x.rows));
    for (let f = 0; f < folds; f++) {
      const own = Int32Array.from(fold.keys()).filter((i) => fold[i] === f);
      const rest = Int32Array.from(fold.keys()).filter((i) => fold[i] !== f);
      if (own.length === 0 || rest.length === 0) continue;
      const kept = this.#solve(
        frameRows(x, rest),
        codes.filter((_, i) => fold[i] !== f),
        classes.length,
      );
      for (const i of own)
        kept.forEach((w, k) => {
          scores[k]![i] = score(x, i, w);
        });
    }
    const platt = scores.map((s, k) => {
      const target = classes.length === 2 ? 1 : k;
      return fitPlatt(
        s,
        Float64Array.from(codes, (code) => (code === target ? 1 : 0)),
      );
    });
    return new FittedDenseSvm({
      columns: [...x.columns],
      classes,
      weights: weights.map((w) => Array.from(w)),
      platt,
    });
  }

  #solve(x: Frame, codes: Int32Array, classes: number): Float64Array[] {
    const rows = packRows(x);
    const targets = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
    return targets.map((k) => fitMargin(rows, codes, k, SQUARED_HINGE, this.#options.l2));
  }
}

const VERSION = 1;

/** Scores are signed distances in units of the margin, before Platt's sigmoid. */
export class FittedDenseSvm extends FittedOnTable<State> implements FittedTableClassifier {
  predictProba(x: Frame): Float64Array {
    this.check(x);
    const { classes, weights, platt } = this.state;
    const width = classes.length;
    const out = new Float64Array(x.rows * width);
    for (let i = 0; i < x.rows; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        const { slope, offset } = platt[k]!;
        const p = sigmoid(slope * score(x, i, weights[k]!) + offset);
        out[i * width + (width === 2 ? 1 : k)] = p;
        sum += p;
      }
      if (width === 2) out[i * width] = 1 - out[i * width + 1]!;
      else for (let k = 0; k < width; k++) out[i * width + k] = out[i * width + k]! / sum;
    }
    return out;
  }

  explain(x: Frame, row: number, className: string): TableExplanation {
    const k = this.checkClass(x, className);
    const { classes, weights } = this.state;
    const sign = classes.length === 2 && k === 0 ? -1 : 1;
    return explainLinear(x, row, weights[classes.length === 2 ? 0 : k]!, sign, 'margin');
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, classes, weights, platt } = this.state;
    return {
      version: VERSION,
      columns: [...columns],
      classes: [...classes],
      weights: weights.map((w) => [...w]),
      platt: platt.map((p) => ({ ...p })),
    };
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(json: State & Saved): FittedDenseSvm {
    return new FittedDenseSvm(requireVersion(json, 'linear SVM', VERSION));
  }
}
