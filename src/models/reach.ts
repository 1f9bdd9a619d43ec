/** What is allowed comes first: consent, opt-out, address, touch cap and open hours, then the ranking and the next slot. */
import { createHash } from 'node:crypto';
import {
  type BlockCode,
  type Blocked,
  type Channel,
  DAY_PARTS,
  type DayPart,
  nextSlot,
  openHours,
  type ReachRules,
} from '../core/channel.ts';
import type { Contact } from '../core/record.ts';
import type { ChannelChance, ReachAdvice } from '../core/score.ts';
import { type Tally, touches7d } from '../features/channel-history.ts';
import { zoneOf } from '../features/day-part.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';
import { createRandom } from '../ml/random.ts';
import { channelChances } from './channel.ts';
import { observables } from './channel-design.ts';
import type { ChannelModel } from './channel-fit.ts';

/**
 * Why a channel may not be used for this contact, `null` when it may. The order of the rules is
 * that of `BlockCode`. A meeting needs some address to send the invitation to; the addresses of a
 * LinkedIn profile, a chat and WeChat are not kept, so they are never missing.
 */
export function blockedBy(
  channel: Channel,
  contact: Contact,
  rules: ReachRules,
  touched: number,
): BlockCode | null {
  const consent = contact.consent[channel];
  if (consent === 'denied' || (channel === 'email' && contact.emailOptOut)) return 'consent_denied';
  if (rules.explicitConsent.includes(channel) && consent !== 'granted') return 'consent_missing';
  const noPhone = contact.phone === null || contact.phone.trim() === '';
  const noEmail = contact.email === null || contact.email.trim() === '';
  if (channel === 'email' && noEmail) return 'no_address';
  if ((channel === 'phone' || channel === 'sms' || channel === 'whatsapp') && noPhone)
    return 'no_address';
  if (channel === 'meeting' && noPhone && noEmail) return 'no_address';
  return touched >= rules.touchesPerWeek ? 'touch_cap' : null;
}

/** No more of the advice than this is ever given to learn. */
const MOST_EXPLORATION = 0.1;

/** Ranked advice for one contact; `own` are its touches with a known outcome, counted. */
export function adviseReach(
  model: ChannelModel,
  facts: ContactFacts,
  own: readonly Tally[],
  rules: ReachRules,
  now: Date,
): ReachAdvice {
  const { contact } = facts;
  const timeZone = zoneOf(contact.timeZone, rules.defaultTimeZone);
  const touched = touches7d(facts, now);
  const open = DAY_PARTS.filter((part) => openHours(part, rules).length > 0);
  const chances = channelChances(
    model,
    observables(contact),
    own,
    open.length > 0 ? open : DAY_PARTS,
  );
  const blocked: Blocked[] = [];
  const allowed = chances.filter(({ channel }) => {
    const code = blockedBy(channel, contact, rules, touched);
    if (code !== null) blocked.push({ channel, code });
    return code === null;
  });
  const byChance = allowed.sort((a, b) => b.chance - a.chance || (a.channel < b.channel ? -1 : 1));
  const { first, choice } = choose(byChance, contact.id, rules.explorationShare, now);
  const slot = first === undefined ? null : slotOf(now, first.dayPart, timeZone, rules);
  if (first !== undefined && slot === null) {
    for (const { channel } of byChance) blocked.push({ channel, code: 'quiet_hours' });
  }
  return {
    ranked:
      first === undefined || slot === null ? [] : [first, ...byChance.filter((c) => c !== first)],
    blocked,
    nextContactAt: slot?.start.toISOString() ?? null,
    nextContactUntil: slot?.end.toISOString() ?? null,
    timeZone,
    touches7d: touched,
    choice: slot === null ? null : choice,
  };
}

type Slot = ReturnType<typeof nextSlot>;

/** The slots found for a moment, by rules: people scored together share zones and day parts. */
const found = new WeakMap<ReachRules, { readonly at: number; readonly slots: Map<string, Slot> }>();

/** {@link nextSlot}, worked out once per moment, day part and zone. */
function slotOf(now: Date, part: DayPart, timeZone: string, rules: ReachRules): Slot {
  let known = found.get(rules);
  if (known?.at !== now.getTime()) {
    known = { at: now.getTime(), slots: new Map() };
    found.set(rules, known);
  }
  const key = `${part} ${timeZone}`;
  let slot = known.slots.get(key);
  if (slot === undefined) {
    slot = nextSlot(now, part, timeZone, rules);
    known.slots.set(key, slot);
  }
  return slot;
}

const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/**
 * The best channel, or with the chance `share` any of the allowed ones. The draw is that of the
 * contact and the week (from Monday, UTC), so that advice does not change with every look.
 */
function choose(
  ranked: readonly ChannelChance[],
  contactId: string,
  share: number,
  now: Date,
): { first: ChannelChance | undefined; choice: ReachAdvice['choice'] } {
  const best = ranked[0];
  if (best === undefined) return { first: undefined, choice: null };
  const explored = Math.min(MOST_EXPLORATION, Math.max(0, share));
  const week = Math.floor((now.getTime() - FIRST_MONDAY_MS) / WEEK_MS);
  const seed = createHash('sha256').update(`${contactId} ${week}`).digest().readUInt32BE();
  const random = createRandom(seed);
  const first = random.next() < explored ? (ranked[random.int(ranked.length)] ?? best) : best;
  const propensity = explored / ranked.length + (first === best ? 1 - explored : 0);
  return { first, choice: { explored: first !== best, propensity } };
}
