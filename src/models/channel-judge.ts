/** What the channel model, and policies built on it, are worth on touches it has not seen. */
import type { DayPart } from '../core/channel.ts';
import { tally } from '../features/channel-history.ts';
import type { Interval } from '../ml/stats/intervals.ts';
import { meanInterval } from '../ml/stats/mean-interval.ts';
import { evaluateOffPolicy } from '../ml/stats/off-policy.ts';
import type { Overlap } from '../ml/stats/overlap.ts';
import { channelChances } from './channel.ts';
import type { Observed } from './channel-design.ts';
import type { PooledChannelModel } from './channel-fit.ts';
import { type Choices, fitPropensities, propensities } from './channel-propensity.ts';

/** One outbound touch with a known outcome, and who made it (`''` = not known). */
export interface LoggedTouch<C extends string> {
  readonly channel: C;
  readonly dayPart: DayPart;
  readonly atMs: number;
  readonly rep: string;
  readonly answered: boolean;
}

export interface ContactLog<C extends string> {
  readonly observed: Observed;
  readonly touches: readonly LoggedTouch<C>[];
}

export interface PolicyValue {
  readonly ips: Interval;
  readonly snips: Interval;
  readonly dr: Interval;
  readonly overlap: Overlap['verdict'] | null;
}

export interface Judgement<C extends string> {
  readonly outcomes: readonly number[];
  readonly chances: readonly number[];
  readonly bestSingle: C;
  readonly logged: PolicyValue;
  readonly single: PolicyValue;
  readonly recommended: PolicyValue;
}

/**
 * Foresees the touches from `cutMs` on with a model fitted before, and estimates what always the
 * best single channel and what the recommended one would have got. Propensities and the direct
 * model come from before the cut too. The best single channel is that of the highest mean fitted
 * chance over contacts, so that it is not the one reps kept for easy contacts.
 */
export function judgeChannels<C extends string>(
  model: PooledChannelModel<C>,
  contacts: readonly ContactLog<C>[],
  cutMs: number,
): Judgement<C> {
  const { channels } = model.design;
  const before = contacts.map(({ touches }) => touches.filter((t) => t.atMs < cutMs));
  const choosing = fitPropensities(model.design, choicesOf(contacts, before, channels));
  const action: number[] = [];
  const reward: number[] = [];
  const propensity: number[] = [];
  const predicted: number[] = [];
  const expected = new Float64Array(channels.length);
  contacts.forEach(({ observed, touches }, i) => {
    const own = tally(before[i] ?? []);
    channelChances(model, observed, own).forEach((chance, c) => {
      expected[c] = expected[c]! + chance.chance;
    });
    const later = touches.filter((t) => t.atMs >= cutMs && channels.includes(t.channel));
    for (const part of new Set(later.map((t) => t.dayPart))) {
      const chances = channelChances(model, observed, own, [part]).map((c) => c.chance);
      for (const touch of later) {
        if (touch.dayPart !== part) continue;
        const taken = channels.indexOf(touch.channel);
        action.push(taken);
        reward.push(touch.answered ? 1 : 0);
        propensity.push(propensities(choosing, touch.rep, observed)[taken] ?? 1);
        predicted.push(...chances);
      }
    }
  });
  const width = channels.length;
  const rowOf = (i: number): number[] => predicted.slice(i * width, (i + 1) * width);
  const best = highest(expected);
  const value = (choose: (i: number) => number): PolicyValue => {
    const target = new Float64Array(predicted.length);
    action.forEach((_, i) => {
      target[i * width + choose(i)] = 1;
    });
    const found = evaluateOffPolicy({
      action: Int32Array.from(action),
      actionCount: width,
      reward: Float64Array.from(reward),
      propensity: Float64Array.from(propensity),
      target,
      predicted: Float64Array.from(predicted),
    });
    return { ips: found.ips, snips: found.snips, dr: found.dr, overlap: found.overlap.verdict };
  };
  const recorded = meanInterval(Float64Array.from(reward));
  return {
    outcomes: reward,
    chances: action.map((taken, i) => predicted[i * width + taken] ?? 0),
    bestSingle: channels[best] as C,
    logged: { ips: recorded, snips: recorded, dr: recorded, overlap: null },
    single: value(() => best),
    recommended: value((i) => highest(rowOf(i))),
  };
}

const highest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((best, v, i, all) => (v > (all[best] ?? v) ? i : best), 0);

/** Touches of every rep with every contact, counted per channel. */
function choicesOf<C extends string>(
  contacts: readonly ContactLog<C>[],
  before: readonly (readonly LoggedTouch<C>[])[],
  channels: readonly C[],
): Choices[] {
  return contacts.flatMap(({ observed }, i) => {
    const counts = new Map<string, number[]>();
    for (const { rep, channel } of before[i] ?? []) {
      const chosen = counts.get(rep) ?? channels.map(() => 0);
      counts.set(rep, chosen);
      const c = channels.indexOf(channel);
      if (c >= 0) chosen[c] = (chosen[c] ?? 0) + 1;
    }
    return [...counts].map(([rep, chosen]) => ({ rep, observed, chosen }));
  });
}
