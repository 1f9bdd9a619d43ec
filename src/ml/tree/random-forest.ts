/** Random forest: CART trees on bootstrap samples, each split over a few columns, averaged. */
import { encodeTable, type Frame, type TableClassifier } from '../frame.ts';
import { createRandom } from '../random.ts';
import { FittedClassForest } from './class-forest.ts';
import { ClassTreeGrower, type Criterion } from './class-tree.ts';
import { ForestBuilder } from './forest.ts';
import { binTable } from './histogram.ts';

export interface RandomForestOptions {
  /** Default 100. */
  readonly trees?: number;
  readonly criterion?: Criterion;
  /** Default 30. */
  readonly maxDepth?: number;
  /** Rows a leaf must keep; default 10, which ranks better than 1 wherever classes overlap. */
  readonly minLeafRows?: number;
  /**
   * Column groups drawn per split, one-hot columns of one source counting as one group. Default:
   * square root of their number.
   */
  readonly groupsPerSplit?: number;
  readonly seed?: number;
}

/** Breiman (2001), "Random forests", Machine Learning 45. */
export class RandomForest implements TableClassifier<FittedClassForest> {
  readonly #options: RandomForestOptions;

  constructor(options: RandomForestOptions = {}) {
    this.#options = options;
  }

  fit(x: Frame, y: readonly string[]): FittedClassForest {
    return this.fitOutOfBag(x, y).model;
  }

  /**
   * The model, and for every row the mean answer of the trees that did not see it (row-major
   * `rows × classes`; NaN for a row every tree saw). Honest input for a calibration.
   */
  fitOutOfBag(
    x: Frame,
    y: readonly string[],
    wanted = false,
  ): { readonly model: FittedClassForest; readonly outOfBag: Float64Array } {
    const { trees = 100, criterion = 'gini', maxDepth = 30, minLeafRows = 10 } = this.#options;
    const { seed = 1 } = this.#options;
    const { classes, codes } = encodeTable(x, y);
    const width = classes.length;
    const table = binTable(x);
    const groupsPerSplit =
      this.#options.groupsPerSplit ?? Math.max(1, Math.round(Math.sqrt(table.groups.length)));
    const grower = new ClassTreeGrower(table, codes, width, x.rows, {
      criterion,
      maxDepth,
      minLeafRows,
      groupsPerSplit,
    });
    const random = createRandom(seed);
    const builder = new ForestBuilder(width);
    const weights = new Int32Array(x.rows);
    const outOfBag = new Float64Array(wanted ? x.rows * width : 0);
    const votes = new Int32Array(wanted ? x.rows : 0);
    for (let t = 0; t < trees; t++) {
      weights.fill(0);
      for (let k = 0; k < x.rows; k++) {
        const i = random.int(x.rows);
        weights[i] = weights[i]! + 1;
      }
      const root = builder.nodes;
      grower.grow(weights, random, builder);
      if (!wanted) continue;
      for (let i = 0; i < x.rows; i++) {
        if (weights[i] !== 0) continue;
        const leaf = builder.leafOf(root, x, i);
        votes[i] = votes[i]! + 1;
        for (let k = 0; k < width; k++) {
          outOfBag[i * width + k] = outOfBag[i * width + k]! + builder.get(leaf, k);
        }
      }
    }
    for (let k = 0; k < outOfBag.length; k++) {
      outOfBag[k] = outOfBag[k]! / votes[Math.floor(k / width)]!;
    }
    const forest = builder.build();
    return {
      model: new FittedClassForest({ columns: [...x.columns], classes, forest }),
      outOfBag,
    };
  }
}
