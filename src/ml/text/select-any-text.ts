/** The best text model of all families: linear ones and their blends first, then trees beside them. */

import { mostlyHan } from './feature-sets.ts';
import { type SelectedText, type SelectTextOptions, selectText } from './select-text.ts';
import { MANY_CLASSES } from './text-candidates.ts';
import { textFolds } from './text-folds.ts';
import { fitTextTrees, type TextLabeller, type TreeFamily, tryTextTrees } from './text-trees.ts';
import type { TriedModel } from './tried-model.ts';

export interface SelectAnyOptions extends Omit<SelectTextOptions, 'model'> {
  readonly model?: 'auto' | 'nb' | 'lr' | 'svm' | TreeFamily;
}

export interface ChosenText {
  readonly model: TextLabeller;
  readonly name: string;
  /** The winner first. */
  readonly candidates: readonly TriedModel[];
  readonly nearCopies: number;
  /** How scores became probabilities and their error by cross-validation; trees vote and have none. */
  readonly calibration?: SelectedText['calibration'];
}

/**
 * Trees are tried on one fold (they take many times as long) and win only when the whole 95 %
 * interval of the difference is on their side. With many classes they are left out of `auto`.
 */
export function selectAnyText(
  texts: readonly string[],
  labels: readonly string[],
  { model = 'auto', ...options }: SelectAnyOptions = {},
): ChosenText {
  const { seed = 1, onProgress = () => {} } = options;
  const segment = mostlyHan(texts, seed);
  const grow = (family: TreeFamily): TextLabeller =>
    fitTextTrees(texts, labels, family, seed, segment);
  if (model === 'rf' || model === 'gbdt') {
    const { folds, nearCopies } = textFolds(texts, labels, options);
    const { train, test } = folds[0] ?? { train: [], test: [] };
    onProgress(`${model}, one fold`);
    const tried = tryTextTrees({ texts, labels, train, test }, model, seed, segment);
    onProgress(`${model} on everything`);
    return { model: grow(model), name: tried.model, candidates: [tried], nearCopies };
  }
  const linear = selectText(texts, labels, { model, ...options });
  if (model !== 'auto' || linear.model.classes.length > MANY_CLASSES) return linear;
  const { train, test, picks } = linear.firstFold;
  const trees = (['rf', 'gbdt'] as const).map((family) => {
    onProgress(`${family}, one fold`);
    const trial = { texts, labels, train, test, rival: picks };
    return { family, tried: tryTextTrees(trial, family, seed, segment) };
  });
  const better = trees
    .filter(({ tried }) => tried.behind_high < 0)
    .sort((a, b) => b.tried.macro_f1 - a.tried.macro_f1)[0];
  const all = [...linear.candidates, ...trees.map(({ tried }) => tried)];
  if (better === undefined) return { ...linear, candidates: all };
  return {
    nearCopies: linear.nearCopies,
    model: grow(better.family),
    name: better.tried.model,
    candidates: [better.tried, ...all.filter((c) => c !== better.tried)],
  };
}
