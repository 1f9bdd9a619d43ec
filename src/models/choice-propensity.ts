/** How likely reps were to choose each channel for a contact: what off-policy estimates divide by. */
import { CHANNELS, type Channel, type ReachRules } from '../core/channel.ts';
import type { Contact } from '../core/record.ts';
import { createRandom } from '../ml/random.ts';
import { crossFittedChances, type Possible } from '../ml/stats/choice-chances.ts';
import { observables } from './channel-design.ts';
import { blockedBy } from './reach.ts';

/** Whom a rep chose for, in words. */
export interface ChosenFor {
  readonly person: string;
  readonly lifecycle: string;
  /** What is known of them. */
  readonly observed: readonly string[];
  /** Channels that may not be used, each with its reason. */
  readonly blocked: readonly string[];
}

/** One choice a rep made, and what the rep could know then. */
export interface RepChoice<C extends string = Channel> extends ChosenFor {
  readonly channel: C;
  readonly repId: string | null;
  /** The channels of the touches before with this contact, oldest first. */
  readonly before: readonly C[];
  /** What Rapport showed the rep; absent or `null` = nothing. */
  readonly advised?: ShownChannel<C> | null;
}

/** A channel shown as the best, and how it came to be so. */
export interface ShownChannel<C extends string = Channel> {
  readonly channel: C;
  /** The chance with which exploration left, or put, this channel first. */
  readonly propensity: number;
  /** The channels it was drawn from. */
  readonly among: readonly C[];
}

/** No choice counts as rarer than this, so that no single touch decides an estimate. */
export const LEAST_PROPENSITY = 0.01;

/**
 * Per choice the chance of every channel of `channels`, learnt from the choices for other contacts.
 * What the rep was shown counts as a fact. Where exploration drew it, the chance is the mean over
 * every advice that could have been drawn, each with its known chance.
 */
export function choicePropensities<C extends string = Channel>(
  choices: readonly RepChoice<C>[],
  channels: readonly C[],
  seed: number,
): number[][] {
  const chances = crossFittedChances(
    choices.map((choice) => factsOf(choice, channels)),
    Int32Array.from(choices, (c) => channels.indexOf(c.channel)),
    channels.length,
    choices.map((c) => c.person),
    createRandom(seed),
    {},
    choices.map((choice) => possibleAdvice(choice, channels)),
  );
  return chances.map((row) => Array.from(row, (chance) => Math.max(LEAST_PROPENSITY, chance)));
}

/**
 * The other channels share the rest of the chance alike, which holds where the best one was shown:
 * after an exploring draw the best is not known, and the facts stand as they were.
 */
function possibleAdvice<C extends string>(
  choice: RepChoice<C>,
  channels: readonly C[],
): Possible[] | null {
  const { advised } = choice;
  if (!advised || advised.propensity >= 1 || advised.propensity <= 0.5) return null;
  const others = advised.among.filter((c) => c !== advised.channel);
  if (others.length === 0) return null;
  const shown = (channel: C, weight: number): Possible => ({
    facts: factsOf({ ...choice, advised: { ...advised, channel } }, channels),
    weight,
  });
  return [
    shown(advised.channel, advised.propensity),
    ...others.map((c) => shown(c, (1 - advised.propensity) / others.length)),
  ];
}

/** A contact as a rep sees it. */
export function chosenFor(contact: Contact, rules: ReachRules): ChosenFor {
  return {
    person: contact.id,
    lifecycle: contact.lifecycle ?? '',
    observed: Object.entries(observables(contact)).map(([name, value]) => `${name}=${value}`),
    blocked: CHANNELS.flatMap((channel) => {
      const code = blockedBy(channel, contact, rules, 0);
      return code === null || code === 'touch_cap' ? [] : [`${channel} ${code}`];
    }),
  };
}

/** What a rep's choice may depend on, in words. */
function factsOf<C extends string>(
  { lifecycle, observed, blocked, repId, before, advised }: RepChoice<C>,
  channels: readonly C[],
): string[] {
  // A rep's habit meets the lifecycle: both together say more than each alone.
  const habit = [`rep=${repId ?? ''}`, `rep=${repId ?? ''}&lifecycle=${lifecycle}`];
  // What was used with this contact so far carries habits that no field shows.
  const used = channels.map((channel) => `${channel}=${step(before, channel)}`);
  const shown = advised ? [`advised=${advised.channel}`] : [];
  return [...habit, `last=${before.at(-1) ?? ''}`, ...used, ...observed, ...blocked, ...shown];
}

const STEPS = [0, 1, 2, 3, 5, 8];

/** How often, in steps that widen. */
function step(before: readonly string[], channel: string): number {
  const n = before.reduce((sum, c) => sum + (c === channel ? 1 : 0), 0);
  return STEPS.filter((least) => least <= n).at(-1) ?? 0;
}
