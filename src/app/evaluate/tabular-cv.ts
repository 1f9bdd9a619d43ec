/** Honest probabilities of training rows: each given by a model that did not learn from the row. */
import { foldsOf } from './row-order.ts';
import type { TabularData } from './tabular-data.ts';
import { fitTable, type ModelName, type ModelSettings } from './tabular-models.ts';

export interface OutOfFold {
  /** Row-major, tested rows × classes. */
  readonly chances: Float64Array;
  /** What happened, per tested row. */
  readonly truth: readonly string[];
}

const FOLDS = 5;

/** A forest's out-of-bag answers serve only where rows are independent of each other. */
const byBag = (name: ModelName, { order }: TabularData): boolean =>
  name === 'rf' && order.groups === undefined && order.times === undefined;

/** What {@link outOfFold} does, in words. */
export const howValidated = (name: ModelName, data: TabularData): string =>
  byBag(name, data) ? 'out-of-bag answers' : `${FOLDS}-fold cross-validation, ${data.order.says}`;

/** By cross-validation as the order of the rows allows; in time order the earliest rows are never tested. */
export function outOfFold(name: ModelName, data: TabularData, settings: ModelSettings): OutOfFold {
  const { classes, train } = data;
  const truth = Array.from(train, (i) => data.y[i] ?? '');
  const width = classes.length;
  if (byBag(name, data)) {
    const { outOfBag } = fitTable(name, data, train, settings, true);
    // A row that every tree saw has no honest answer; equal chances stand in.
    const chances = (outOfBag ?? new Float64Array()).map((p) => (Number.isNaN(p) ? 1 / width : p));
    return { chances, truth };
  }
  const codes = Int32Array.from(truth, (label) => classes.indexOf(label));
  const tested: number[] = [];
  const chances = new Float64Array(train.length * width).fill(1 / width);
  for (const fold of foldsOf(codes, train, data.order, FOLDS, settings.seed)) {
    tested.push(...fold.test);
    const kept = Int32Array.from(fold.train, (k) => train[k] ?? 0);
    const held = Int32Array.from(fold.test, (k) => train[k] ?? 0);
    // The earliest rows may hold one class only: nothing to learn from yet.
    if (new Set(kept.map((i) => classes.indexOf(data.y[i] ?? ''))).size < 2) continue;
    const fitted = fitTable(name, data, kept, settings);
    const said = fitted.predict(data.columns, held);
    const known = fitted.model.classes.map((c) => classes.indexOf(c));
    for (const [at, k] of fold.test.entries()) {
      chances.fill(0, k * width, (k + 1) * width);
      for (const [j, c] of known.entries())
        chances[k * width + c] = said[at * known.length + j] ?? 0;
    }
  }
  tested.sort((a, b) => a - b);
  return {
    chances: Float64Array.from(
      { length: tested.length * width },
      (_, at) => chances[(tested[Math.floor(at / width)] ?? 0) * width + (at % width)] ?? 0,
    ),
    truth: tested.map((k) => truth[k] ?? ''),
  };
}
