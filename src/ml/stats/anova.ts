/** Do group means differ: one-way analysis of variance, classic and Welch's. */
import { RapportError } from '../../core/errors.ts';
import { logFTail } from './distributions.ts';

export interface FTest {
  readonly f: number;
  readonly df: readonly [between: number, within: number];
  readonly p: number;
  /** Natural logarithm of p, for what a double cannot hold. */
  readonly logP: number;
}

export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
}

/** Two passes, so that large values with a small spread keep their digits. */
export function moments(values: ArrayLike<number>): Moments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let squares = 0;
  let drift = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i]! - mean;
    squares += d * d;
    drift += d;
  }
  return { n, mean, squares: squares - (drift * drift) / n };
}

/** Sums of squares between and within groups. */
export function sumsOfSquares(groups: readonly Moments[]): {
  readonly between: number;
  readonly within: number;
  readonly n: number;
} {
  const n = groups.reduce((s, g) => s + g.n, 0);
  const mean = groups.reduce((s, g) => s + g.n * g.mean, 0) / n;
  const between = groups.reduce((s, g) => s + g.n * (g.mean - mean) ** 2, 0);
  return { between, within: groups.reduce((s, g) => s + g.squares, 0), n };
}

/**
 * Fisher's one-way analysis; assumes equal variances. Without any spread inside the groups, F is
 * infinite (means differ) or 0 (all values are equal).
 * @param groups values of each group.
 * @throws RapportError not_enough_data for fewer than two groups, an empty one, or no row to spare.
 */
export function oneWayAnova(groups: readonly ArrayLike<number>[]): FTest {
  const parts = checked(groups, 1).map(moments);
  const { between, within, n } = sumsOfSquares(parts);
  const df = [parts.length - 1, n - parts.length] as const;
  if (df[1] < 1) throw new RapportError('not_enough_data', 'one value per group has no spread');
  const f = between === 0 ? 0 : between / df[0] / (within / df[1]);
  return tested(f, df);
}

/**
 * Welch (1951), "On the comparison of several mean values", Biometrika 38: variances may differ.
 * @throws RapportError not_enough_data for fewer than two groups, or one without spread.
 */
export function welchAnova(groups: readonly ArrayLike<number>[]): FTest {
  const parts = checked(groups, 2).map(moments);
  const k = parts.length;
  const weights = parts.map((g) => (g.n * (g.n - 1)) / g.squares);
  if (!weights.every(Number.isFinite)) {
    throw new RapportError('not_enough_data', 'a group without any spread has no Welch weight');
  }
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = parts.reduce((s, g, i) => s + weights[i]! * g.mean, 0) / total;
  const between = parts.reduce((s, g, i) => s + weights[i]! * (g.mean - mean) ** 2, 0) / (k - 1);
  const lambda = parts.reduce((s, g, i) => s + (1 - weights[i]! / total) ** 2 / (g.n - 1), 0);
  const f = between / (1 + ((2 * (k - 2)) / (k * k - 1)) * lambda);
  return tested(f, [k - 1, (k * k - 1) / (3 * lambda)]);
}

function tested(f: number, df: readonly [number, number]): FTest {
  const logP = logFTail(f, df[0], df[1]);
  return { f, df, p: Math.exp(logP), logP };
}

function checked(
  groups: readonly ArrayLike<number>[],
  least: number,
): readonly ArrayLike<number>[] {
  if (groups.length < 2 || groups.some((g) => g.length < least)) {
    throw new RapportError('not_enough_data', `two groups of at least ${least} values are needed`);
  }
  return groups;
}
