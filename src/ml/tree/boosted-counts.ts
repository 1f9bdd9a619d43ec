/** Gradient boosting of histogram trees for counts and rates: Poisson loss, log link. */
import { RapportError } from '../../core/errors.ts';
import type { Json } from '../estimator.ts';
import { checkFrame, checkSameColumns, type Frame } from '../frame.ts';
import { createRandom } from '../random.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
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

interface State {
  readonly columns: readonly string[];
  /** Logarithm of the mean count, from which the trees start. */
  readonly start: number;
  readonly forest: Forest;
}

/** A leaf may not ask for more than e^±30: exp stays finite. */
const BOUND = 30;

/**
 * Friedman (2001), "Greedy function approximation", Annals of Statistics 29(5), with second-order
 * leaf values; the mean is exp(score), the loss mean − y · score. Missing values are NaN.
 * @throws RapportError invalid_payload for a negative or not finite count, not_enough_data when all
 *   counts are zero.
 */
export class BoostedCounts {
  readonly #options: Required<BoostOptions>;

  constructor(options: BoostOptions = {}) {
    this.#options = { ...BOOST_DEFAULTS, ...options };
  }

  fit(x: Frame, y: ArrayLike<number>): FittedBoostedCounts {
    const { rounds, learningRate, maxLeaves, minLeafRows, l2, columnShare, seed } = this.#options;
    checkFrame(x, true);
    const start = Math.log(meanCount(x, y));
    const random = createRandom(seed);
    const table = binTable(x);
    const rows = Int32Array.from({ length: x.rows }, (_, i) => i);
    const scores = new Float64Array(x.rows).fill(start);
    const gradients = new Float64Array(x.rows);
    const hessians = new Float64Array(x.rows);
    const grower = new BoostTreeGrower(table, {
      maxLeaves,
      minLeafRows,
      l2,
      learningRate,
      monotone: new Int8Array(x.cols),
    });
    const builder = new ForestBuilder(1);
    const nextGroups = groupDraw(table.groups.length, columnShare, random);
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < x.rows; i++) {
        const mean = Math.exp(Math.min(BOUND, scores[i]!));
        gradients[i] = mean - y[i]!;
        hessians[i] = mean;
      }
      grower.grow(gradients, hessians, rows, nextGroups(), builder, scores);
    }
    return new FittedBoostedCounts({ columns: [...x.columns], start, forest: builder.build() });
  }
}

function meanCount(x: Frame, y: ArrayLike<number>): number {
  if (y.length !== x.rows)
    throw new RapportError('invalid_payload', `${x.rows} rows but ${y.length} counts (column "y")`);
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    if (!(y[i]! >= 0 && Number.isFinite(y[i]!)))
      throw new RapportError('invalid_payload', `column "y" holds ${y[i]} in row ${i}`);
    sum += y[i]!;
  }
  if (!(sum > 0)) throw new RapportError('not_enough_data', 'every count is zero');
  return sum / y.length;
}

const VERSION = 1;

/** Scores are logarithms of expected counts. */
export class FittedBoostedCounts {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get columns(): readonly string[] {
    return this.#state.columns;
  }

  /** Expected count of every row. */
  predict(x: Frame): Float64Array {
    const { columns, start, forest } = this.#state;
    checkSameColumns(x, columns, true);
    const out = new Float64Array(x.rows).fill(start);
    addAnswers(forest, x, out, 1);
    return out.map((score) => Math.exp(Math.min(BOUND, score)));
  }

  /** `base + Σ effects` is the logarithm of the expected count of `row` (Saabas 2014). */
  explain(x: Frame, row: number): ReturnType<typeof explained> {
    const { columns, start, forest } = this.#state;
    checkSameColumns(x, columns, true);
    const effects = new Float64Array(x.cols);
    let base = start;
    for (const root of forest.roots) base += addPathEffects(forest, root, x, row, 0, 1, effects);
    return explained(base, effects, columns);
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, start, forest } = this.#state;
    return { version: VERSION, columns: [...columns], start, forest: forestToJSON(forest) };
  }

  /**
   * Models saved before they carried a version have the form of version 1.
   * @throws RapportError invalid_payload for another version.
   */
  static fromJSON(
    json: Omit<State, 'forest'> & { forest: ForestJson } & Saved,
  ): FittedBoostedCounts {
    requireVersion({ version: VERSION, ...json }, 'boosted counts', VERSION);
    return new FittedBoostedCounts({ ...json, forest: forestFromJSON(json.forest) });
  }
}
