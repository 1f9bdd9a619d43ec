/** A single classification tree (CART), by gini or by information gain. */
import { encodeTable, type Frame, type TableClassifier } from '../frame.ts';
import { createRandom } from '../random.ts';
import { FittedClassForest } from './class-forest.ts';
import { ClassTreeGrower, type Criterion } from './class-tree.ts';
import { ForestBuilder } from './forest.ts';
import { binTable } from './histogram.ts';

export interface DecisionTreeOptions {
  /** Default `gini`; `information` is the criterion of ID3. */
  readonly criterion?: Criterion;
  /** Default 6. */
  readonly maxDepth?: number;
  /** Rows a leaf must keep; default 20. */
  readonly minLeafRows?: number;
}

/**
 * Columns of more than 254 distinct values are cut at quantiles; others are split exactly. Splits
 * are binary for either criterion (ID3 itself splits a column into all its values at once).
 */
export class DecisionTree implements TableClassifier<FittedClassForest> {
  readonly #options: DecisionTreeOptions;

  constructor(options: DecisionTreeOptions = {}) {
    this.#options = options;
  }

  fit(x: Frame, y: readonly string[]): FittedClassForest {
    const { criterion = 'gini', maxDepth = 6, minLeafRows = 20 } = this.#options;
    const { classes, codes } = encodeTable(x, y);
    const table = binTable(x);
    const grower = new ClassTreeGrower(table, codes, classes.length, x.rows, {
      criterion,
      maxDepth,
      minLeafRows,
      groupsPerSplit: Number.POSITIVE_INFINITY,
    });
    const builder = new ForestBuilder(classes.length);
    grower.grow(new Int32Array(x.rows).fill(1), createRandom(1), builder);
    return new FittedClassForest({ columns: [...x.columns], classes, forest: builder.build() });
  }
}
