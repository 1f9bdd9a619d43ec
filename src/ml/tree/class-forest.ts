/** Fitted trees that vote with class shares: what a decision tree and a random forest become. */
import type { Json } from '../estimator.ts';
import {
  FittedOnTable,
  type FittedTableClassifier,
  type Frame,
  type TableExplanation,
  type TableState,
} from '../frame.ts';
import { requireVersion, type Saved } from '../saved-version.ts';
import {
  addAnswers,
  addPathEffects,
  explained,
  type Forest,
  type ForestJson,
  forestFromJSON,
  forestToJSON,
} from './forest.ts';

export interface ClassForestState extends TableState {
  readonly forest: Forest;
}

const VERSION = 1;

/** Probability of a class = mean over the trees of its share in the leaf; the score is the same. */
export class FittedClassForest
  extends FittedOnTable<ClassForestState>
  implements FittedTableClassifier
{
  /** Leaves over all trees. */
  get leaves(): number {
    return this.state.forest.column.reduce((n, column) => n + (column < 0 ? 1 : 0), 0);
  }

  predictProba(x: Frame): Float64Array {
    this.check(x);
    const { classes, forest } = this.state;
    const width = classes.length;
    const out = new Float64Array(x.rows * width);
    addAnswers(forest, x, out, width);
    for (let k = 0; k < out.length; k++) out[k] = out[k]! / forest.roots.length;
    return out;
  }

  explain(x: Frame, row: number, className: string): TableExplanation {
    const k = this.checkClass(x, className);
    const { columns, forest } = this.state;
    const effects = new Float64Array(x.cols);
    let base = 0;
    for (const root of forest.roots) {
      base += addPathEffects(forest, root, x, row, k, 1 / forest.roots.length, effects);
    }
    return { ...explained(base, effects, columns), unit: 'probability' };
  }

  toJSON(): { readonly [key: string]: Json } {
    const { columns, classes, forest } = this.state;
    return {
      version: VERSION,
      columns: [...columns],
      classes: [...classes],
      forest: forestToJSON(forest),
    };
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(
    json: Omit<ClassForestState, 'forest'> & { forest: ForestJson } & Saved,
  ): FittedClassForest {
    requireVersion(json, 'forest', VERSION);
    return new FittedClassForest({ ...json, forest: forestFromJSON(json.forest) });
  }
}
