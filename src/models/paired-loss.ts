/** Two models on the same rows: the mean difference of their log-losses, with an interval. */
import { tQuantile } from '../ml/stats/distributions.ts';
import type { Interval } from '../ml/stats/intervals.ts';

export interface PairedRow {
  /** Rows of one group (a contact) are not independent of each other. */
  readonly group: string;
  readonly outcome: boolean;
  /** Probabilities given by the two models. */
  readonly champion: number;
  readonly challenger: number;
}

const EDGE = 1e-6;

/** −ln of the probability given to what happened, nats. */
export const loss = (chance: number, outcome: boolean): number => {
  const p = Math.min(1 - EDGE, Math.max(EDGE, chance));
  return -Math.log(outcome ? p : 1 - p);
};

export interface PairedLoss {
  readonly rows: number;
  readonly groups: number;
  readonly champion: number;
  readonly challenger: number;
  /** Challenger minus champion; 95 %. */
  readonly difference: Interval;
}

/**
 * The ratio estimator over groups (Cochran 1977, §6.10: rows are sampled in clusters), Student's t
 * with groups − 1 degrees of freedom.
 */
export const pairedLoss = (rows: readonly PairedRow[]): PairedLoss =>
  pairedDifference(
    rows.map(({ group, outcome, champion, challenger }) => ({
      group,
      champion: loss(champion, outcome),
      challenger: loss(challenger, outcome),
    })),
  );

/** Two models' losses on one row, nats. */
export interface LossRow {
  readonly group: string;
  readonly champion: number;
  readonly challenger: number;
}

/** As {@link pairedLoss}, for losses of any kind. */
export function pairedDifference(rows: readonly LossRow[]): PairedLoss {
  const groups = new Map<string, { n: number; sum: number }>();
  let champion = 0;
  let challenger = 0;
  for (const row of rows) {
    const { champion: a, challenger: b } = row;
    champion += a;
    challenger += b;
    const group = groups.get(row.group) ?? { n: 0, sum: 0 };
    group.n++;
    group.sum += b - a;
    groups.set(row.group, group);
  }
  const n = rows.length;
  const g = groups.size;
  const estimate = (challenger - champion) / n;
  let squares = 0;
  for (const { n: size, sum } of groups.values()) squares += (sum - size * estimate) ** 2;
  const half =
    g < 2
      ? Number.POSITIVE_INFINITY
      : (tQuantile(0.975, g - 1) * Math.sqrt((g / (g - 1)) * squares)) / n;
  return {
    rows: n,
    groups: g,
    champion: champion / n,
    challenger: challenger / n,
    difference: { estimate, low: estimate - half, high: estimate + half },
  };
}
