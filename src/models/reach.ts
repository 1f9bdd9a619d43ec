/** What is allowed comes first: consent, opt-out, address and touch cap, then the ranking and the next slot. */
import {
  type BlockCode,
  type Blocked,
  type Channel,
  DAY_PART_HOURS,
  DAY_PARTS,
  nextSlot,
  type ReachRules,
} from '../core/channel.ts';
import type { Contact } from '../core/record.ts';
import type { ReachAdvice } from '../core/score.ts';
import { type Tally, touches7d } from '../features/channel-history.ts';
import { zoneOf } from '../features/day-part.ts';
import type { ContactFacts } from '../features/facts.ts';
import { channelChances } from './channel.ts';
import { observables } from './channel-design.ts';
import type { ChannelModel } from './channel-fit.ts';

/**
 * Why a channel may not be used for this contact, `null` when it may. The order of the rules is
 * that of `BlockCode`. A meeting needs some address to send the invitation to; the address of a
 * LinkedIn profile is not kept, so it is never missing.
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
  const open = DAY_PARTS.filter(
    (part) =>
      Math.max(DAY_PART_HOURS[part][0], rules.businessHours.fromHour) <
      Math.min(DAY_PART_HOURS[part][1], rules.businessHours.toHour),
  );
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
  const ranked = allowed.sort((a, b) => b.chance - a.chance || (a.channel < b.channel ? -1 : 1));
  const best = ranked[0];
  const slot = best ? nextSlot(now, best.dayPart, timeZone, rules) : null;
  return {
    ranked,
    blocked,
    nextContactAt: slot?.start.toISOString() ?? null,
    nextContactUntil: slot?.end.toISOString() ?? null,
    timeZone,
    touches7d: touched,
  };
}
