/** Gradient boosting of histogram trees for classes: binary logistic or softmax. */
import { RapportError } from '../../core/errors.ts';
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
import { sigmoid } from '../linear/logistic-regression.ts';
import { createRandom } from '../random.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
import {
  binaryGradients,
  classGradients,
  meanLoss,
  softmaxChances,
  softmaxRows,
  startScores,
} from './boost-loss.ts';
import { BOOST_DEFAULTS, type BoostOptions, groupDraw } from './boost-options.ts';
import { BoostTreeGrower } from './boost-tree.ts';
import {
  addAnswers,
  addPathEffects,
  explained,
  type Forest,
  ForestBuilder,
  type ForestJson,
  forestFromJSON,
  forestToJSON,
} from './forest.ts';
import { binTable } from './histogram.ts';

export interface GradientBoostingOptions extends BoostOptions {
  /** Columns whose rise may only raise (1) or lower (−1) the score; two classes only. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** Let NaN stand for a missing value; each split learns where those go. Default false. */
  readonly allowMissing?: boolean;
  /** Stop when a held-out share has not improved for `patience` rounds. Off by default. */
  readonly earlyStopping?: { readonly share: number; readonly patience: number };
}

interface State extends TableState {
  /** Starting log-odds; one for two classes, else one per class. */
  readonly start: readonly number[];
  readonly forest: Forest;
  readonly allowMissing: boolean;
}

/**
 * Friedman (2001), "Greedy function approximation", Annals of Statistics 29(5), with second-order
 * leaf values (Chen, Guestrin 2016) on binned columns.
 * @throws RapportError invalid_payload for a monotone constraint on an unknown column or on more
 *   than two classes.
 */
export class GradientBoosting implements TableClassifier<FittedGradientBoosting> {
  readonly #options: GradientBoostingOptions & Required<BoostOptions>;

  constructor(options: GradientBoostingOptions = {}) {
    this.#options = { ...BOOST_DEFAULTS, ...options };
  }

  fit(x: Frame, y: readonly string[]): FittedGradientBoosting {
    const { rounds, learningRate, maxLeaves, minLeafRows, l2, columnShare, seed } = this.#options;
    const { allowMissing = false, earlyStopping } = this.#options;
    const { classes, codes } = encodeTable(x, y, allowMissing);
    const monotone = monotoneColumns(x, classes.length, this.#options.monotone ?? {});
    const random = createRandom(seed);
    const table = binTable(x);
    const order = random.permutation(x.rows);
    const held = earlyStopping ? Math.floor(x.rows * earlyStopping.share) : 0;
    const heldRows = order.subarray(0, held).sort();
    const fitRows = order.subarray(held).sort();
    const width = classes.length === 2 ? 1 : classes.length;
    const start = startScores(codes, fitRows, width);
    const scores = start.map((s) => new Float64Array(x.rows).fill(s));
    const gradients = new Float64Array(x.rows);
    const hessians = new Float64Array(x.rows);
    const grower = new BoostTreeGrower(table, {
      maxLeaves,
      minLeafRows,
      l2,
      learningRate,
      monotone,
    });
    const builder = new ForestBuilder(1);
    const nextGroups = groupDraw(table.groups.length, columnShare, random);
    let bestLoss = Number.POSITIVE_INFINITY;
    let bestRound = 0;
    for (let round = 1; round <= rounds; round++) {
      const shared = width > 1 ? softmaxChances(scores, x.rows) : undefined;
      for (let k = 0; k < width; k++) {
        const score = scores[k]!;
        if (shared === undefined) binaryGradients(score, codes, gradients, hessians);
        else classGradients(shared, k, width, codes, gradients, hessians);
        const root = builder.nodes;
        grower.grow(gradients, hessians, fitRows, nextGroups(), builder, score);
        for (let i = 0; i < held; i++) {
          const row = heldRows[i]!;
          score[row] = score[row]! + builder.get(builder.leafOf(root, x, row), 0);
        }
      }
      if (earlyStopping === undefined) continue;
      const loss = meanLoss(scores, codes, heldRows);
      if (loss < bestLoss) {
        bestLoss = loss;
        bestRound = round;
      } else if (round - bestRound >= earlyStopping.patience) break;
    }
    const forest = builder.build(earlyStopping ? bestRound * width : undefined);
    const columns = [...x.columns];
    return new FittedGradientBoosting({ columns, classes, start, forest, allowMissing });
  }
}

const VERSION = 1;

/** Scores are log-odds (two classes) or softmax scores (more). */
export class FittedGradientBoosting extends FittedOnTable<State> implements FittedTableClassifier {
  constructor(state: State) {
    super(state, state.allowMissing);
  }

  /** Rounds kept; fewer than asked for after early stopping. */
  get rounds(): number {
    return this.state.forest.roots.length / this.state.start.length;
  }

  /** Row-major `rows × 1` log-odds of the last class (two classes), or `rows × classes`. */
  scores(x: Frame): Float64Array {
    this.check(x);
    const { start, forest } = this.state;
    const width = start.length;
    const out = new Float64Array(x.rows * width);
    for (let k = 0; k < out.length; k++) out[k] = start[k % width]!;
    addAnswers(forest, x, out, width);
    return out;
  }

  predictProba(x: Frame): Float64Array {
    const scores = this.scores(x);
    const width = this.state.start.length;
    if (width > 1) return softmaxRows(scores, width);
    const chances = new Float64Array(2 * x.rows);
    for (let i = 0; i < x.rows; i++) {
      const p = sigmoid(scores[i]!);
      chances[2 * i] = 1 - p;
      chances[2 * i + 1] = p;
    }
    return chances;
  }

  explain(x: Frame, row: number, className: string): TableExplanation {
    const index = this.checkClass(x, className);
    const { columns, start, forest } = this.state;
    const width = start.length;
    const k = width === 1 ? 0 : index;
    const sign = width === 1 && index === 0 ? -1 : 1;
    const effects = new Float64Array(x.cols);
    let base = sign * start[k]!;
    for (let t = k; t < forest.roots.length; t += width) {
      base += addPathEffects(forest, forest.roots[t]!, x, row, 0, sign, effects);
    }
    return { ...explained(base, effects, columns), unit: 'log_odds' };
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, classes, start, forest, allowMissing } = this.state;
    return {
      version: VERSION,
      columns: [...columns],
      classes: [...classes],
      start: [...start],
      forest: forestToJSON(forest),
      allowMissing,
    };
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(
    json: Omit<State, 'forest'> & { forest: ForestJson } & Saved,
  ): FittedGradientBoosting {
    requireVersion(json, 'gradient boosting', VERSION);
    return new FittedGradientBoosting({ ...json, forest: forestFromJSON(json.forest) });
  }
}

function monotoneColumns(
  x: Frame,
  classes: number,
  wanted: Readonly<Record<string, 1 | -1>>,
): Int8Array {
  const directions = new Int8Array(x.cols);
  for (const [column, direction] of Object.entries(wanted)) {
    const j = x.columns.indexOf(column);
    if (j < 0 || classes > 2) {
      const why = j < 0 ? 'there is no such column' : 'it needs exactly two classes';
      throw new RapportError('invalid_payload', `monotone constraint on "${column}": ${why}`);
    }
    directions[j] = direction;
  }
  return directions;
}
