/** What would change the advice: the same model asked again with one thing different. */
import type { Channel, ReachRules } from '../core/channel.ts';
import type { ReachAdvice } from '../core/score.ts';
import { type Tally, tally, touches } from '../features/channel-history.ts';
import type { ContactFacts } from '../features/facts.ts';
import { channelChances } from './channel.ts';
import { observables } from './channel-design.ts';
import type { ChannelModel } from './channel-fit.ts';

export interface WhatIf {
  /** `answered_once`, `missed_once`: one more touch on the channel. `allowed`: the block is lifted. */
  readonly code: 'answered_once' | 'missed_once' | 'allowed';
  readonly channel: Channel;
  /** The chance then, and the one now (`null` while it is blocked). */
  readonly chance: number;
  readonly now: number | null;
}

/** For the best channel, one more answer or silence; for a blocked one, its chance if it were allowed. */
export function whatIf(
  model: ChannelModel,
  facts: ContactFacts,
  { ranked, blocked }: ReachAdvice,
  rules: ReachRules,
  asOf: Date,
): WhatIf[] {
  const own = tally(touches(facts, asOf, rules));
  const chanceOn = (channel: Channel, tallies: readonly Tally[]): number | undefined =>
    channelChances(model, observables(facts.contact), tallies).find((c) => c.channel === channel)
      ?.chance;
  const [best] = ranked;
  const once = (answered: 0 | 1): WhatIf[] => {
    if (best === undefined) return [];
    const { channel, dayPart } = best;
    const chance = channelChances(
      model,
      observables(facts.contact),
      [...own, { channel, dayPart, tried: 1, answered }],
      [dayPart],
    ).find((c) => c.channel === channel)?.chance;
    const code = answered === 1 ? 'answered_once' : 'missed_once';
    return chance === undefined ? [] : [{ code, channel, chance, now: best.chance }];
  };
  return [
    ...once(1),
    ...once(0),
    ...blocked.flatMap(({ channel }): WhatIf[] => {
      const chance = chanceOn(channel, own);
      return chance === undefined ? [] : [{ code: 'allowed', channel, chance, now: null }];
    }),
  ];
}
