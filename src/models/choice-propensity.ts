/** How likely reps were to choose each channel for a contact: what off-policy estimates divide by. */
import { CHANNELS, type Channel, type ReachRules } from '../core/channel.ts';
import type { Contact } from '../core/record.ts';
import { createRandom } from '../ml/random.ts';
import { crossFittedChances } from '../ml/stats/choice-chances.ts';
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
}

/** No choice counts as rarer than this, so that no single touch decides an estimate. */
export const LEAST_PROPENSITY = 0.01;

/** Per choice the chance of every channel of `channels`, learnt from the choices for other contacts. */
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
  );
  return chances.map((row) => Array.from(row, (chance) => Math.max(LEAST_PROPENSITY, chance)));
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
  { lifecycle, observed, blocked, repId, before }: RepChoice<C>,
  channels: readonly C[],
): string[] {
  // A rep's habit meets the lifecycle: both together say more than each alone.
  const habit = [`rep=${repId ?? ''}`, `rep=${repId ?? ''}&lifecycle=${lifecycle}`];
  // What was used with this contact so far carries habits that no field shows.
  const used = channels.map((channel) => `${channel}=${step(before, channel)}`);
  return [...habit, `last=${before.at(-1) ?? ''}`, ...used, ...observed, ...blocked];
}

const STEPS = [0, 1, 2, 3, 5, 8];

/** How often, in steps that widen. */
function step(before: readonly string[], channel: string): number {
  const n = before.reduce((sum, c) => sum + (c === channel ? 1 : 0), 0);
  return STEPS.filter((least) => least <= n).at(-1) ?? 0;
}
