/** How large a difference is, apart from how sure: η², ω², Cohen's d, Hedges' g, Cliff's δ. */
import { moments, sumsOfSquares } from './anova.ts';

/** Share of the variance that lies between groups, 0–1; optimistic in small samples. */
export function etaSquared(groups: readonly ArrayLike<number>[]): number {
  const { between, within } = sumsOfSquares(groups.map(moments));
  return between + within === 0 ? 0 : between / (between + within);
}

/** η² without its bias (Hays 1963); cut at 0. */
export function omegaSquared(groups: readonly ArrayLike<number>[]): number {
  const { between, within, n } = sumsOfSquares(groups.map(moments));
  const k = groups.length;
  const meanWithin = within / (n - k);
  const value = (between - (k - 1) * meanWithin) / (between + within + meanWithin);
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}

/** Difference of two means in pooled standard deviations (Cohen 1988). */
export function cohenD(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const x = moments(a);
  const y = moments(b);
  return (x.mean - y.mean) / Math.sqrt((x.squares + y.squares) / (x.n + y.n - 2));
}

/** Cohen's d with the small-sample correction of Hedges (1981). */
export function hedgesG(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return cohenD(a, b) * (1 - 3 / (4 * (a.length + b.length) - 9));
}

/** P(a > b) − P(a < b) for values drawn from each, −1 … 1 (Cliff 1993); O(n log n). */
export function cliffDelta(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const sorted = Float64Array.from(b).sort();
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const value = a[i]!;
    sum += countBelow(sorted, value, false) + countBelow(sorted, value, true) - sorted.length;
  }
  return sum / (a.length * b.length);
}

function countBelow(sorted: Float64Array, value: number, inclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value || (inclusive && sorted[middle]! === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
