/** What the channel model, and policies built on it, are worth on recorded touches it has not seen. */
import type { DayPart } from '../core/channel.ts';
import { tally } from '../features/channel-history.ts';
import { channelChances } from './channel.ts';
import { contactCells, type Design, type Observed } from './channel-design.ts';
import type { PooledChannelModel } from './channel-fit.ts';
import { choicePropensities, type RepChoice } from './choice-propensity.ts';
import { type ChannelDecision, type PolicyReport, policyValue } from './policy-value.ts';

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
  /** Oldest first. */
  readonly touches: readonly LoggedTouch<C>[];
}

export interface Judgement<C extends string> {
  readonly outcomes: readonly number[];
  readonly chances: readonly number[];
  /** `null` below 2 touches to judge. */
  readonly policies: PolicyReport<C> | null;
}

/**
 * Foresees the touches from `cutMs` on with a model fitted before, and estimates what always the
 * best single channel and what the recommended one would have got, every channel being allowed. The
 * best single channel is that of the highest mean fitted chance over contacts, so that it is not
 * the one reps kept for easy contacts.
 */
export function judgeChannels<C extends string>(
  model: PooledChannelModel<C>,
  contacts: readonly ContactLog<C>[],
  cutMs: number,
  seed: number,
): Judgement<C> {
  const { design } = model;
  const { channels } = design;
  const rank = new Float64Array(channels.length);
  const choices: RepChoice<C>[] = [];
  const judged: { decision: Omit<ChannelDecision, 'propensity' | 'single'>; choice: number }[] = [];
  contacts.forEach(({ observed, touches }, unit) => {
    const person = {
      person: String(unit),
      lifecycle: '',
      observed: inWords(design, observed),
      blocked: [],
    };
    const own = tally(touches.filter((t) => t.atMs < cutMs));
    channelChances(model, observed, own).forEach(({ chance }, c) => {
      rank[c] = (rank[c] ?? 0) + chance;
    });
    const foreseen = new Map<DayPart, number[]>();
    const past: C[] = [];
    for (const { channel, dayPart, atMs, rep, answered } of touches) {
      const taken = channels.indexOf(channel);
      if (taken < 0) continue;
      choices.push({ ...person, channel, repId: rep, before: [...past] });
      past.push(channel);
      if (atMs < cutMs) continue;
      const predicted =
        foreseen.get(dayPart) ??
        channelChances(model, observed, own, [dayPart]).map((c) => c.chance);
      foreseen.set(dayPart, predicted);
      const decision = { unit, taken, answered, predicted, recommended: highest(predicted) };
      judged.push({ decision, choice: choices.length - 1 });
    }
  });
  const single = highest(rank);
  const propensity = choicePropensities(choices, channels, seed);
  const decisions = judged.map(
    ({ decision, choice }): ChannelDecision => ({
      ...decision,
      propensity: propensity[choice] ?? [],
      single,
    }),
  );
  return {
    outcomes: decisions.map((d) => (d.answered ? 1 : 0)),
    chances: decisions.map((d) => d.predicted[d.taken] ?? 0),
    policies: policyValue(decisions, channels, channels[single] as C),
  };
}

const highest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((best, v, i, all) => (v > (all[best] ?? v) ? i : best), 0);

/** Names as they are, numbers in steps of half a standard deviation. */
const inWords = (design: Design<string>, observed: Observed): string[] =>
  contactCells(design, observed).flatMap((cell) =>
    cell === null
      ? []
      : [`${cell.slot}=${Math.max(-2, Math.min(2, Math.round(cell.value * 2) / 2))}`],
  );
