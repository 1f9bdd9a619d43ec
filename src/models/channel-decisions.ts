/** The newest touches as decisions that can be judged: who was chosen for, what was taken, what was advised. */
import type { Channel, ReachRules } from '../core/channel.ts';
import { type Touch, tally } from '../features/channel-history.ts';
import type { ContactFacts } from '../features/facts.ts';
import { channelChances } from './channel.ts';
import { observables } from './channel-design.ts';
import type { ChannelModel } from './channel-fit.ts';
import {
  choicePropensities,
  chosenFor,
  type RepChoice,
  type ShownChannel,
} from './choice-propensity.ts';
import { contactSample } from './contact-sample.ts';
import { periodOf } from './holdout.ts';
import { type ChannelDecision, type PolicyReport, policyValue } from './policy-value.ts';
import { blockedBy } from './reach.ts';

interface TouchHistory {
  readonly facts: ContactFacts;
  readonly touches: readonly Touch[];
  /** What Rapport showed of this contact, oldest first; absent = nothing. */
  readonly advised?: readonly ShownBefore[];
}

export interface ShownBefore {
  readonly channel: string;
  readonly propensity: number;
  readonly at: Date;
}

/** Contacts judged at most: enough for an interval of a few points, and the time stays the same. */
const MOST_JUDGED = 3000;

/**
 * What following the advice would have got on the touches from `cutMs` on, by the model of the time
 * before: it chooses the channel at the moment the rep chose, among those the contact allows. The
 * best single channel is the one with the highest mean chance over contacts by that model, so that
 * it is not the one reps kept for easy contacts; where it is not allowed, the next best one stands
 * in. More than 3,000 contacts with touches are sampled, whole contacts at random, so that the
 * interval, which counts people, is that of the sample. `null` without a touch to judge.
 */
export function judgePolicy(
  model: ChannelModel,
  histories: readonly TouchHistory[],
  cutMs: number,
  rules: ReachRules,
  seed: number,
): PolicyReport | null {
  const judged = contactSample(
    histories.filter((h) => h.touches.length > 0),
    MOST_JUDGED,
    seed,
  );
  const found = channelDecisions(model, judged, cutMs, rules, seed);
  return policyValue(found.decisions, found.channels, found.bestSingle);
}

export function channelDecisions(
  model: ChannelModel,
  histories: readonly TouchHistory[],
  cutMs: number,
  rules: ReachRules,
  seed: number,
): {
  readonly decisions: readonly (ChannelDecision & { readonly touch: Touch })[];
  readonly channels: readonly Channel[];
  readonly bestSingle: Channel;
} {
  const channels = model.rates.channels.map((c) => c.channel);
  const uncapped = { ...rules, touchesPerWeek: 1 };
  const rank = new Float64Array(channels.length);
  const choices: RepChoice[] = [];
  const known: {
    unit: number;
    touch: Touch;
    predicted: number[];
    allowed: number[];
    choice: number;
  }[] = [];
  histories.forEach(({ facts, touches, advised = [] }, unit) => {
    const { contact } = facts;
    const observed = observables(contact);
    const person = chosenFor(contact, rules);
    const before = tally(touches.filter((t) => t.at.getTime() < cutMs));
    const allowed = channels.flatMap((channel, c) =>
      blockedBy(channel, contact, uncapped, 0) === null ? [c] : [],
    );
    channelChances(model, observed, before).forEach(({ channel, chance }) => {
      const c = channels.indexOf(channel);
      if (c >= 0) rank[c] = (rank[c] ?? 0) + chance;
    });
    const chances = new Map<string, number[]>();
    const past: Channel[] = [];
    for (const touch of touches) {
      const judged = touch.at.getTime() >= cutMs && channels.includes(touch.channel);
      if (channels.includes(touch.channel))
        choices.push({
          ...person,
          channel: touch.channel,
          repId: touch.repId,
          before: [...past],
          advised: shownAt(
            advised,
            touch.at,
            allowed.flatMap((c) => channels[c] ?? []),
          ),
        });
      past.push(touch.channel);
      if (!judged || allowed.length === 0) continue;
      let predicted = chances.get(touch.dayPart);
      if (predicted === undefined) {
        const byChannel = channelChances(model, observed, before, [touch.dayPart]);
        predicted = channels.map((c) => byChannel.find((x) => x.channel === c)?.chance ?? 0);
        chances.set(touch.dayPart, predicted);
      }
      known.push({ unit, touch, predicted, allowed, choice: choices.length - 1 });
    }
  });
  const propensity = choicePropensities(choices, channels, seed);
  const decisions = known.map(({ unit, touch, predicted, allowed, choice }) => ({
    unit,
    touch,
    taken: channels.indexOf(touch.channel),
    answered: touch.answered,
    propensity: propensity[choice] ?? [],
    predicted,
    recommended: highest(allowed, predicted),
    single: highest(allowed, rank),
  }));
  const all = channels.map((_, c) => c);
  return { decisions, channels, bestSingle: channels[highest(all, rank)] ?? 'phone' };
}

/** The advice shown last before a touch, in the month of the touch. */
function shownAt(
  advised: readonly ShownBefore[],
  at: Date,
  among: readonly Channel[],
): ShownChannel | null {
  const last = advised.findLast((a) => a.at < at);
  const channel = among.find((c) => c === last?.channel);
  if (last === undefined || channel === undefined || periodOf(last.at) !== periodOf(at))
    return null;
  return { channel, propensity: last.propensity, among };
}

const highest = (among: readonly number[], values: ArrayLike<number>): number =>
  among.reduce((best, c) => ((values[c] ?? 0) > (values[best] ?? 0) ? c : best), among[0] ?? 0);
