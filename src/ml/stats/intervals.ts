/** Confidence intervals: Wilson for a share, Newcombe for a difference, bootstrap for the rest. */
import { RapportError } from '../../core/errors.ts';
import type { Random } from '../random.ts';
import { normalCdf, normalQuantile } from './distributions.ts';

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson (1927) score interval of a share.
 * @param level coverage, 0–1.
 * @throws RapportError invalid_payload unless 0 ≤ hits ≤ trials and trials > 0.
 */
export function wilson(hits: number, trials: number, level = 0.95): Interval {
  if (!(trials > 0 && hits >= 0 && hits <= trials)) {
    throw new RapportError('invalid_payload', `${hits} of ${trials} is no share`);
  }
  const z = normalQuantile((1 + level) / 2);
  const p = hits / trials;
  const centre = (p + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half =
    (z / (1 + (z * z) / trials)) *
    Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return {
    estimate: p,
    low: hits === 0 ? 0 : centre - half,
    high: hits === trials ? 1 : centre + half,
  };
}

/** Newcombe (1998), Statistics in Medicine 17, method 10: the difference of two shares, a − b. */
export function newcombe(
  hitsA: number,
  trialsA: number,
  hitsB: number,
  trialsB: number,
  level = 0.95,
): Interval {
  const a = wilson(hitsA, trialsA, level);
  const b = wilson(hitsB, trialsB, level);
  const estimate = a.estimate - b.estimate;
  return {
    estimate,
    low: estimate - Math.hypot(a.estimate - a.low, b.high - b.estimate),
    high: estimate + Math.hypot(a.high - a.estimate, b.estimate - b.low),
  };
}

export interface BootstrapOptions {
  readonly level?: number;
  /** Default 2000. */
  readonly resamples?: number;
  /** `bca` (default) corrects bias and skewness by a jackknife; `percentile` is plain. */
  readonly method?: 'bca' | 'percentile';
}

/**
 * Interval of a statistic of `n` rows (Efron 1987, "Better bootstrap confidence intervals").
 * @param statistic its value on the given row numbers, which may repeat.
 * @throws RapportError not_enough_data for fewer than two rows.
 */
export function bootstrap(
  n: number,
  statistic: (rows: Int32Array) => number,
  random: Random,
  options: BootstrapOptions = {},
): Interval {
  const { level = 0.95, resamples = 2000, method = 'bca' } = options;
  if (n < 2) throw new RapportError('not_enough_data', `${n} rows cannot be resampled`);
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const estimate = statistic(all);
  const rows = new Int32Array(n);
  const draws = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    for (let i = 0; i < n; i++) rows[i] = random.int(n);
    draws[b] = statistic(rows);
  }
  draws.sort();
  let from = (1 - level) / 2;
  let to = (1 + level) / 2;
  if (method === 'bca') {
    let below = 0;
    for (const draw of draws) below += draw < estimate ? 1 : draw === estimate ? 0.5 : 0;
    const share = Math.min(1 - 0.5 / resamples, Math.max(0.5 / resamples, below / resamples));
    const bias = normalQuantile(share);
    const skew = acceleration(n, statistic);
    const shifted = (p: number): number => {
      const z = bias + normalQuantile(p);
      return normalCdf(bias + z / (1 - skew * z));
    };
    from = shifted(from);
    to = shifted(to);
  }
  return { estimate, low: quantile(draws, from), high: quantile(draws, to) };
}

/** Leaves out one row at a time; with many rows, one block of rows, at most 200 times. */
function acceleration(n: number, statistic: (rows: Int32Array) => number): number {
  const blocks = Math.min(n, 200);
  const values = new Float64Array(blocks);
  for (let b = 0; b < blocks; b++) {
    const from = Math.floor((b * n) / blocks);
    const to = Math.floor(((b + 1) * n) / blocks);
    const kept = new Int32Array(n - (to - from));
    for (let i = 0, at = 0; i < n; i++) if (i < from || i >= to) kept[at++] = i;
    values[b] = statistic(kept);
  }
  const mean = values.reduce((a, b) => a + b, 0) / blocks;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Linear between order statistics. */
function quantile(sorted: Float64Array, p: number): number {
  const at = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
