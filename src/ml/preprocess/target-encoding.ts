/** Categories of many levels as numbers: the mean outcome of each level, without looking at its own row. */
import type { Random } from '../random.ts';

/** Plain data. */
export interface TargetEncoding {
  /** Mean outcome over all rows; the answer for a level never seen. */
  readonly prior: number;
  readonly means: Readonly<Record<string, number>>;
}

/** Rows at which a level's own mean and the prior weigh the same. */
const SMOOTHING = 20;

/**
 * The encoding for later rows, and `own`: the values for the training rows, each taken from the
 * other folds only, because a mean that includes the row's own outcome gives the answer away
 * (Micci-Barreca 2001; out of fold as in Prokhorenkova et al. 2018).
 */
export function fitTargetEncoding(
  labels: readonly string[],
  outcomes: ArrayLike<number>,
  random: Random,
  folds = 5,
): { readonly encoding: TargetEncoding; readonly own: Float64Array } {
  const n = labels.length;
  const fold = new Int32Array(n);
  random.permutation(n).forEach((i, k) => {
    fold[i] = k % folds;
  });
  const own = new Float64Array(n);
  for (let f = 0; f < folds; f++) {
    const encoding = levelMeans(labels, outcomes, (i) => fold[i] !== f);
    for (let i = 0; i < n; i++) {
      if (fold[i] === f) own[i] = encodeTarget(encoding, labels[i]!);
    }
  }
  return { encoding: levelMeans(labels, outcomes, () => true), own };
}

/** The number for one label. */
export function encodeTarget(encoding: TargetEncoding, label: string): number {
  return Object.hasOwn(encoding.means, label) ? encoding.means[label]! : encoding.prior;
}

function levelMeans(
  labels: readonly string[],
  outcomes: ArrayLike<number>,
  counts: (row: number) => boolean,
): TargetEncoding {
  const sums = new Map<string, { sum: number; n: number }>();
  let total = 0;
  let n = 0;
  labels.forEach((label, i) => {
    if (!counts(i)) return;
    const level = sums.get(label) ?? { sum: 0, n: 0 };
    level.sum += outcomes[i]!;
    level.n++;
    sums.set(label, level);
    total += outcomes[i]!;
    n++;
  });
  const prior = n === 0 ? 0 : total / n;
  const means = Object.fromEntries(
    [...sums].map(([label, l]) => [label, (l.sum + SMOOTHING * prior) / (l.n + SMOOTHING)]),
  );
  return { prior, means };
}
