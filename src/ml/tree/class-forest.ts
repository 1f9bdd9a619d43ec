/** Fitted trees that vote with class shares: what a decision tree and a random forest become. */
import type { Json } from '../estimator.ts';
import {
  checkSameColumns,
  classIndex,
  type FittedTableClassifier,
  type Frame,
  type TableExplanation,
} from '../frame.ts';
import {
  addAnswers,
  addPathEffects,
  explained,
  type Forest,
  type ForestJson,
  forestFromJSON,
  forestToJSON,
} from './forest.ts';

export interface ClassForestState {
  readonly columns: readonly string[];
  readonly classes: readonly string[];
  readonly forest: Forest;
}

/** Probability of a class = mean over the trees of its share in the leaf; the score is the same. */
export class FittedClassForest implements FittedTableClassifier {
  readonly #state: ClassForestState;

  constructor(state: ClassForestState) {
    this.#state = state;
  }

  get classes(): readonly string[] {
    return this.#state.classes;
  }

  get columns(): readonly string[] {
    return this.#state.columns;
  }

  /** Leaves over all trees. */
  get leaves(): number {
    return this.#state.forest.column.reduce((n, column) => n + (column < 0 ? 1 : 0), 0);
  }

  predictProba(x: Frame): Float64Array {
    const { columns, classes, forest } = this.#state;
    checkSameColumns(x, columns);
    const width = classes.length;
    const out = new Float64Array(x.rows * width);
    addAnswers(forest, x, out, width);
    for (let k = 0; k < out.length; k++) out[k] = out[k]! / forest.roots.length;
    return out;
  }

  explain(x: Frame, row: number, className: string): TableExplanation {
    const { columns, classes, forest } = this.#state;
    checkSameColumns(x, columns);
    const k = classIndex(classes, className);
    const effects = new Float64Array(x.cols);
    let base = 0;
    for (const root of forest.roots) {
      base += addPathEffects(forest, root, x, row, k, 1 / forest.roots.length, effects);
    }
    return { ...explained(base, effects, columns), unit: 'probability' };
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, classes, forest } = this.#state;
    return { columns: [...columns], classes: [...classes], forest: forestToJSON(forest) };
  }

  static fromJSON(
    json: Omit<ClassForestState, 'forest'> & { forest: ForestJson },
  ): FittedClassForest {
    return new FittedClassForest({ ...json, forest: forestFromJSON(json.forest) });
  }
}
