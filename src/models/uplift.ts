/** What the advice changed, month by month: people shown it against people held out, with a stop rule. */
import type { ReachRules } from '../core/channel.ts';
import { touches } from '../features/channel-history.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';
import { alwaysValid } from '../ml/stats/always-valid.ts';
import { type Interval, newcombe } from '../ml/stats/intervals.ts';
import { periodOf } from './holdout.ts';
import { significant } from './numbers.ts';
import type { Bounds, Verdict } from './policy-value.ts';

/** Since when a contact was on a side in a period. */
export interface FirstExposure {
  readonly contactId: string;
  readonly period: string;
  readonly arm: 'shown' | 'holdout';
  readonly at: Date;
}

/** People of one side, and how many of them replied at least once. */
export interface Arm {
  readonly people: number;
  readonly replied: number;
}

export interface Month {
  readonly period: string;
  readonly shown: Arm;
  readonly holdout: Arm;
}

/** Plain data. Differences are shown minus held out, in shares of people who replied. */
export interface UpliftReport {
  readonly months: readonly (Month & {
    /** 95 %, Newcombe; of this month alone. */
    readonly difference: Bounds;
  })[];
  /** All months together; valid however often it is looked at. */
  readonly overall: Bounds;
  readonly verdict: Verdict;
  /** Half the width of that interval: what the data so far could show. */
  readonly detectable: number | null;
}

/** An e-mail of the last day of a month may be answered for 7 days more. */
const SETTLE_MS = 7 * DAY_MS;

/**
 * Everyone compared counts, touched or not, because the advice may also change who is touched
 * (intention to treat). Only months that are over are read; `null` before the first one.
 */
export function upliftReport(
  contacts: readonly ContactFacts[],
  exposures: readonly FirstExposure[],
  asOf: Date,
  rules: ReachRules,
): UpliftReport | null {
  const byId = new Map(contacts.map((facts) => [facts.contact.id as string, facts]));
  const over = periodOf(new Date(asOf.getTime() - SETTLE_MS));
  const months = new Map<
    string,
    Record<FirstExposure['arm'], { people: number; replied: number }>
  >();
  for (const { contactId, period, arm, at } of exposures) {
    const facts = byId.get(contactId);
    if (facts === undefined || period >= over) continue;
    const month = months.get(period) ?? {
      shown: { people: 0, replied: 0 },
      holdout: { people: 0, replied: 0 },
    };
    months.set(period, month);
    month[arm].people++;
    if (
      touches(facts, asOf, rules).some((t) => t.answered && t.at >= at && periodOf(t.at) === period)
    )
      month[arm].replied++;
  }
  const list = [...months]
    .map(([period, arms]): Month => ({ period, ...arms }))
    .filter(({ shown, holdout }) => shown.people > 0 && holdout.people > 0)
    .sort((a, b) => (a.period < b.period ? -1 : 1));
  return list.length === 0 ? null : judgeMonths(list);
}

/**
 * The months’ differences weighted by Mantel and Haenszel (1959). The verdict holds at 5 % over all
 * looks together, so that an admin may stop in any month without being fooled by chance.
 */
export function overallUplift(months: readonly Month[]): Interval & { readonly verdict: Verdict } {
  let weights = 0;
  let sum = 0;
  let variance = 0;
  for (const { shown, holdout } of months) {
    const weight = (shown.people * holdout.people) / (shown.people + holdout.people);
    weights += weight;
    sum += weight * (shown.replied / shown.people - holdout.replied / holdout.people);
    variance += weight ** 2 * (spread(shown) + spread(holdout));
  }
  const found = alwaysValid(sum / weights, Math.sqrt(variance) / weights);
  return {
    ...found,
    verdict: found.low > 0 ? 'helps' : found.high < 0 ? 'hurts' : 'cannot_tell',
  };
}

function judgeMonths(months: readonly Month[]): UpliftReport {
  const overall = overallUplift(months);
  return {
    months: months.map((month) => ({
      ...month,
      difference: bounds(
        newcombe(
          month.shown.replied,
          month.shown.people,
          month.holdout.replied,
          month.holdout.people,
        ),
      ),
    })),
    overall: bounds(overall),
    verdict: overall.verdict,
    detectable: finite((overall.high - overall.low) / 2),
  };
}

/** Variance of a share, with one reply and one silence added so that none is ever without doubt (Agresti, Caffo 2000). */
function spread({ people, replied }: Arm): number {
  const share = (replied + 1) / (people + 2);
  return (share * (1 - share)) / people;
}

const finite = (value: number): number | null =>
  Number.isFinite(value) ? significant(value, 5) : null;
const bounds = ({ estimate, low, high }: Interval): Bounds => ({
  estimate: finite(estimate) ?? 0,
  low: finite(low),
  high: finite(high),
});
