/** Do groups differ in rank, whatever the shape of their distribution: the Kruskal–Wallis test. */
import { RapportError } from '../../core/errors.ts';
import { logChiSquareTail } from './distributions.ts';

export interface KruskalWallisTest {
  readonly h: number;
  readonly df: number;
  readonly p: number;
  readonly logP: number;
  /** ε² = H / (n − 1), the share of rank variance between groups, 0–1. */
  readonly effect: number;
}

/**
 * Kruskal, Wallis (1952), JASA 47, with mean ranks and the correction for ties; p from chi-square.
 * @throws RapportError not_enough_data for fewer than two groups, an empty one, or values all equal.
 */
export function kruskalWallis(groups: readonly ArrayLike<number>[]): KruskalWallisTest {
  if (groups.length < 2 || groups.some((g) => g.length === 0)) {
    throw new RapportError('not_enough_data', 'two groups with values are needed');
  }
  const n = groups.reduce((s, g) => s + g.length, 0);
  const values = new Float64Array(n);
  let at = 0;
  for (const group of groups) {
    for (let i = 0; i < group.length; i++) values[at++] = group[i]!;
  }
  const sorted = Float64Array.from(values).sort();
  const rank = new Map<number, number>();
  let ties = 0;
  for (let i = 0; i < n; ) {
    let end = i;
    while (end < n && sorted[end] === sorted[i]) end++;
    rank.set(sorted[i]!, (i + 1 + end) / 2);
    const tied = end - i;
    ties += tied ** 3 - tied;
    i = end;
  }
  const correction = 1 - ties / (n ** 3 - n);
  if (!(correction > 0)) throw new RapportError('not_enough_data', 'all values are equal');
  let sum = 0;
  for (const group of groups) {
    // Ranks from their mean keep the digits that Σ R²/n − 3(n + 1) would cancel.
    let deviation = 0;
    for (let i = 0; i < group.length; i++) {
      deviation += (rank.get(group[i]!) ?? Number.NaN) - (n + 1) / 2;
    }
    sum += deviation ** 2 / group.length;
  }
  const h = ((12 / (n * (n + 1))) * sum) / correction;
  const df = groups.length - 1;
  const logP = logChiSquareTail(h, df);
  return { h, df, p: Math.exp(logP), logP, effect: h / (n - 1) };
}
