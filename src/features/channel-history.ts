/** What was tried with a contact, where and when, and what came back. */
import type { Channel, DayPart, ReachRules } from '../core/channel.ts';
import type { Interaction } from '../core/record.ts';
import { localDayPart, zoneOf } from './day-part.ts';
import { type ContactFacts, DAY_MS } from './facts.ts';

/** An e-mail is answered when the contact writes back within this many days. */
export const REPLY_WINDOW_DAYS = 7;

/** One outbound touch whose outcome is known. */
export interface Touch {
  readonly channel: Channel;
  readonly dayPart: DayPart;
  readonly at: Date;
  readonly answered: boolean;
  /** The time for an answer is over; only such touches may train a model. */
  readonly settled: boolean;
  /** Who made it; `null` when unknown. */
  readonly repId: string | null;
}

const WINDOW_MS = REPLY_WINDOW_DAYS * DAY_MS;

/**
 * Outbound touches up to `asOf` with a known outcome, oldest first.
 * Calls, meetings and messages say themselves whether they were answered (`null` = unknown, left
 * out). An e-mail is answered iff an inbound e-mail follows within the window and before the next
 * outbound one, which would get the reply. A young e-mail without a reply is pending and left out;
 * a young one with a reply is reported but not `settled`, because counting only the quick answers
 * of the last week would flatter the channel.
 */
export function touches(
  facts: ContactFacts,
  asOf: Date,
  rules: Pick<ReachRules, 'defaultTimeZone'>,
): Touch[] {
  const zone = zoneOf(facts.contact.timeZone, rules.defaultTimeZone);
  const now = asOf.getTime();
  const past = facts.interactions
    .filter((i) => i.at.getTime() <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const mails = past.filter((i) => i.channel === 'email');
  return past.flatMap((interaction): Touch[] => {
    if (interaction.direction !== 'outbound') return [];
    const outcome = outcomeOf(interaction, mails, now);
    if (outcome === null) return [];
    const { channel, at, repId = null } = interaction;
    return [{ channel, at, dayPart: localDayPart(at, zone), ...outcome, repId }];
  });
}

function outcomeOf(
  touch: Interaction,
  mails: readonly Interaction[],
  now: number,
): { answered: boolean; settled: boolean } | null {
  if (touch.answered !== null) return { answered: touch.answered, settled: true };
  if (touch.channel !== 'email') return null;
  const sent = touch.at.getTime();
  const nextSent = mails.find((m) => m.direction === 'outbound' && m.at.getTime() > sent);
  const until = Math.min(sent + WINDOW_MS, nextSent?.at.getTime() ?? Number.POSITIVE_INFINITY);
  const answered = mails.some(
    (m) => m.direction === 'inbound' && m.at.getTime() > sent && m.at.getTime() <= until,
  );
  const settled = sent + WINDOW_MS <= now;
  return answered || settled ? { answered, settled } : null;
}

/** Touches of one channel and day part, counted. */
export interface Tally<C extends string = Channel> {
  readonly channel: C;
  readonly dayPart: DayPart;
  readonly tried: number;
  readonly answered: number;
}

/** Counts per channel and day part, in a fixed order. */
export function tally<C extends string = Channel>(
  list: readonly { readonly channel: C; readonly dayPart: DayPart; readonly answered: boolean }[],
): Tally<C>[] {
  const cells = new Map<
    string,
    { channel: C; dayPart: DayPart; tried: number; answered: number }
  >();
  for (const { channel, dayPart, answered } of list) {
    const key = `${channel}/${dayPart}`;
    const cell = cells.get(key) ?? { channel, dayPart, tried: 0, answered: 0 };
    cell.tried++;
    if (answered) cell.answered++;
    cells.set(key, cell);
  }
  return [...cells].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, cell]) => cell);
}

/** Outbound touches in the 7 days before `now`, whatever came back. */
export function touches7d(facts: ContactFacts, now: Date): number {
  const to = now.getTime();
  return facts.interactions.filter(
    (i) => i.direction === 'outbound' && i.at.getTime() <= to && i.at.getTime() > to - 7 * DAY_MS,
  ).length;
}
