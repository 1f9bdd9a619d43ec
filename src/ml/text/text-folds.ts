/** Folds for choosing a text model: near-copies stay on one side, or everything goes forward in time. */
import { RapportError } from '../../core/errors.ts';
import { encodeLabels } from '../labels.ts';
import { createRandom } from '../random.ts';
import { stratifiedGroupFolds, timeOrderedSplits } from '../split.ts';
import { nearDuplicateGroups } from './near-duplicates.ts';
import { MANY_CLASSES } from './text-candidates.ts';

export interface FoldOptions {
  /** With the moments of the texts, folds go forward in time instead of being drawn. */
  readonly timesMs?: readonly number[];
  readonly seed?: number;
}

export interface Fold {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

export interface TextFolds {
  readonly folds: readonly Fold[];
  /** Rows that stand in a group of near-copies; groups are never parted by the folds. */
  readonly nearCopies: number;
}

const FOLDS = 4;
/** With many classes every fit is many problems; three folds keep the search within its minute. */
const FOLDS_MANY = 3;

/**
 * Classes are spread evenly over the folds.
 * @throws RapportError not_enough_data with fewer than two classes or a class of fewer rows than folds.
 */
export function textFolds(
  texts: readonly string[],
  labels: readonly string[],
  { timesMs, seed = 1 }: FoldOptions = {},
): TextFolds {
  const { classes, codes } = encodeLabels(labels);
  const groups = nearDuplicateGroups(texts);
  const count = classes.length > MANY_CLASSES ? FOLDS_MANY : FOLDS;
  return {
    folds:
      timesMs === undefined
        ? drawnFolds(codes, count, groups, seed)
        : timeOrderedSplits(timesMs, count),
    nearCopies: groups.filter((g, i) => g !== i).length,
  };
}

function drawnFolds(codes: Int32Array, count: number, groups: Int32Array, seed: number): Fold[] {
  const rows = new Map<number, number>();
  for (const c of codes) rows.set(c, (rows.get(c) ?? 0) + 1);
  const rarest = Math.min(...rows.values());
  if (rarest < count) {
    throw new RapportError(
      'not_enough_data',
      `the rarest class has ${rarest} texts; at least ${count} are needed`,
    );
  }
  const fold = stratifiedGroupFolds(codes, count, createRandom(seed), groups);
  return Array.from({ length: count }, (_, f) => {
    const train: number[] = [];
    const test: number[] = [];
    fold.forEach((own, i) => {
      (own === f ? test : train).push(i);
    });
    return { train, test };
  });
}
