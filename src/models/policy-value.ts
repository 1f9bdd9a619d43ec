/** Does the recommendation help: its worth against what reps did and against the best single channel. */
import type { Channel } from '../core/channel.ts';
import type { Interval } from '../ml/stats/intervals.ts';
import { clusterMeanInterval } from '../ml/stats/mean-interval.ts';
import { evaluateOffPolicy } from '../ml/stats/off-policy.ts';
import type { Overlap } from '../ml/stats/overlap.ts';
import { significant } from './numbers.ts';

/** One touch that was made, and what was known and possible at that moment. */
export interface ChannelDecision {
  /** Whom it concerned: touches of one person are not independent. */
  readonly unit: number;
  /** Numbers of the channel list. */
  readonly taken: number;
  readonly answered: boolean;
  /** Chance that the rep took each channel. */
  readonly propensity: ArrayLike<number>;
  /** Chance of a reply on each channel by a model that has not seen the touch. */
  readonly predicted: ArrayLike<number>;
  /** What the two policies would have taken, among the channels allowed for this contact. */
  readonly recommended: number;
  readonly single: number;
}

/** A bound that the data cannot give is `null`. */
export interface Bounds {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface PolicyEstimate {
  readonly ips: Bounds;
  readonly snips: Bounds;
  readonly dr: Bounds;
  /** Touches' worth of evidence after weighting. */
  readonly effectiveTouches: number;
  readonly overlap: Overlap['verdict'];
  readonly maxWeight: number;
  /** Share of touches where the policy agrees with what was done. */
  readonly agreement: number;
}

export const VERDICTS = ['helps', 'hurts', 'cannot_tell'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** `few`: too little data; `overlap`: reps hardly ever did what is advised; `interval`: it includes no difference. */
export type Doubt = 'few' | 'overlap' | 'interval';

export interface Comparison {
  /**
   * Recommended minus the other, doubly robust, 95 %: Student's t with as many degrees of freedom as
   * there are contacts' worth of evidence in the touches where the two differ (Kish 1965).
   */
  readonly difference: Bounds;
  readonly verdict: Verdict;
  /** Why it cannot be told; `null` when it can. */
  readonly doubt: Doubt | null;
}

/** Plain data. Values are reply rates, 0–1. */
export interface PolicyReport<C extends string = Channel> {
  readonly touches: number;
  readonly contacts: number;
  readonly bestSingle: C;
  readonly logged: Bounds;
  readonly recommended: PolicyEstimate;
  readonly single: PolicyEstimate;
  readonly versusLogged: Comparison;
  readonly versusSingle: Comparison;
}

/** Below this many touches or people the answer is "cannot tell yet", whatever the interval. */
const MIN_TOUCHES = 100;
const MIN_CONTACTS = 30;

/**
 * Off-policy estimates with intervals that count people, not touches. `null` below 2 touches.
 * @param channels the list that the decisions' numbers refer to.
 */
export function policyValue<C extends string = Channel>(
  decisions: readonly ChannelDecision[],
  channels: readonly C[],
  bestSingle: C,
): PolicyReport<C> | null {
  if (decisions.length < 2) return null;
  const unit = Int32Array.from(decisions, (d) => d.unit);
  const reward = Float64Array.from(decisions, (d) => (d.answered ? 1 : 0));
  const recommended = estimate(decisions, channels.length, unit, (d) => d.recommended);
  const single = estimate(decisions, channels.length, unit, (d) => d.single);
  const contacts = new Set(unit).size;
  const few = decisions.length < MIN_TOUCHES || contacts < MIN_CONTACTS;
  const compared = (other: Weighted, covered: boolean): Comparison =>
    comparison(difference(recommended, other, unit), few ? 'few' : covered ? null : 'overlap');
  const fits = recommended.shown.overlap !== 'broken';
  return {
    touches: decisions.length,
    contacts,
    bestSingle,
    logged: bounds(clusterMeanInterval(reward, unit)),
    recommended: recommended.shown,
    single: single.shown,
    versusLogged: compared({ rows: reward, weight: reward.map(() => 1) }, fits),
    versusSingle: compared(single, fits && single.shown.overlap !== 'broken'),
  };
}

/** Per touch the estimated worth of a policy, and the weight of what really happened in it. */
interface Weighted {
  readonly rows: Float64Array;
  readonly weight: Float64Array;
}

/** Where both would take the same channel the touch says nothing of the difference. */
function difference(a: Weighted, b: Weighted, unit: Int32Array): Interval {
  const weight = new Map<number, number>();
  unit.forEach((u, i) => {
    weight.set(u, (weight.get(u) ?? 0) + Math.abs((a.weight[i] ?? 0) - (b.weight[i] ?? 0)));
  });
  let sum = 0;
  let squares = 0;
  for (const w of weight.values()) {
    sum += w;
    squares += w * w;
  }
  const rows = a.rows.map((value, i) => value - (b.rows[i] ?? 0));
  return clusterMeanInterval(rows, unit, squares > 0 ? sum ** 2 / squares : 0, 'student');
}

function estimate(
  decisions: readonly ChannelDecision[],
  actionCount: number,
  unit: Int32Array,
  choose: (decision: ChannelDecision) => number,
): Weighted & { readonly shown: PolicyEstimate } {
  const n = decisions.length;
  const target = new Float64Array(n * actionCount);
  const predicted = new Float64Array(n * actionCount);
  const propensity = new Float64Array(n);
  const rows = new Float64Array(n);
  const weight = new Float64Array(n);
  let agreed = 0;
  decisions.forEach((decision, i) => {
    const wanted = choose(decision);
    target[i * actionCount + wanted] = 1;
    for (let a = 0; a < actionCount; a++)
      predicted[i * actionCount + a] = decision.predicted[a] ?? 0;
    propensity[i] = decision.propensity[decision.taken] ?? 1;
    const expected = decision.predicted[wanted] ?? 0;
    rows[i] = expected;
    if (wanted !== decision.taken) return;
    agreed++;
    const chance = decision.propensity[decision.taken] ?? 1;
    weight[i] = 1 / chance;
    rows[i] = expected + ((decision.answered ? 1 : 0) - expected) / chance;
  });
  const found = evaluateOffPolicy({
    action: Int32Array.from(decisions, (d) => d.taken),
    actionCount,
    reward: Float64Array.from(decisions, (d) => (d.answered ? 1 : 0)),
    propensity,
    target,
    predicted,
    unit,
  });
  const shown: PolicyEstimate = {
    ips: bounds(found.ips),
    snips: bounds(found.snips),
    dr: bounds(found.dr),
    effectiveTouches: significant(found.ess, 4),
    overlap: found.overlap.verdict,
    maxWeight: significant(found.overlap.maxWeight, 3),
    agreement: significant(agreed / n, 3),
  };
  return { shown, rows, weight };
}

function comparison(difference: Interval, doubt: Doubt | null): Comparison {
  const known = doubt === null;
  const verdict: Verdict =
    known && difference.low > 0 ? 'helps' : known && difference.high < 0 ? 'hurts' : 'cannot_tell';
  const open = verdict === 'cannot_tell';
  return { difference: bounds(difference), verdict, doubt: open ? (doubt ?? 'interval') : null };
}

const finite = (value: number): number | null =>
  Number.isFinite(value) ? significant(value, 5) : null;
const bounds = ({ estimate, low, high }: Interval): Bounds => ({
  estimate: finite(estimate) ?? 0,
  low: finite(low),
  high: finite(high),
});
