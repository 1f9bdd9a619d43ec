/** Was a case answered, by whom, and until when must it be: read from what really happened. */
import { addBusinessHours, type BusinessTime } from '../core/business-time.ts';
import type { FeedbackType, Interaction, RecordRef, Ticket, Urgency } from '../core/record.ts';
import type { FollowUp, ServiceRules } from '../core/service.ts';

const HOUR_MS = 3_600_000;

/** One word from either side. */
export interface Turn {
  readonly at: Date;
  readonly from: 'customer' | 'us';
  readonly ref: RecordRef;
  readonly repId: string | null;
}

/** A short thanks or "got it": the customer is back, but waits for nothing. */
const THANKS_ONLY =
  /^[\s\p{P}]*(?:(?:ok(?:ay)?|great|perfect|super|got it|all good|(?:many )?thanks|thank you|thx|cheers|好的?|收到|明白了?|谢谢(?:您|你|了)?|感谢|多谢|謝謝(?:您|你)?|没问题|可以了)[\s\p{P}]*){1,4}(?:(?:so|very) much|a lot|again|for (?:your|the) (?:quick )?(?:help|reply|answer)|that (?:works|helped)|问题解决了|已解决)?[\s\p{P}]*$/iu;
const LONGEST_THANKS = 80;

export const isThanksOnly = (text: string): boolean =>
  text.length <= LONGEST_THANKS && THANKS_ONLY.test(text);

/**
 * What an interaction says about who spoke. An outbound call counts once somebody answered, a
 * meeting once it was held; a missed call of the customer's is a message that waits.
 * @param said the customer's cleaned words, for mails.
 */
export function turnOf(interaction: Interaction, said: string): Turn | null {
  const { kind, id, at, direction, answered, repId = null } = interaction;
  const turn = (from: Turn['from']): Turn => ({ at, from, ref: { kind, id }, repId });
  if (kind === 'email') {
    if (direction === 'outbound') return turn('us');
    return isThanksOnly(said) ? null : turn('customer');
  }
  if (kind === 'communication') return turn('us');
  if (answered === true) return turn('us');
  return kind === 'call' && direction === 'inbound' && answered === false ? turn('customer') : null;
}

/** When an answer is due to a message of that moment. */
export type Due = (since: Date) => Date;

/** `null` when no answer is due; the first row that fits decides. */
export function dueOf(
  rules: ServiceRules['due'],
  time: BusinessTime,
  type: FeedbackType | null,
  urgency: Urgency | null,
): Due | null {
  const fits = (wanted: string, known: string | null): boolean =>
    wanted === 'any' || wanted === known;
  const row = rules.find((r) => fits(r.type, type) && fits(r.urgency, urgency));
  const hours = row?.hours ?? null;
  if (hours === null) return null;
  return row?.calendar === true
    ? (since) => new Date(since.getTime() + hours * HOUR_MS)
    : (since) => addBusinessHours(since, hours, time);
}

/**
 * @param turns of the case, in any order; those before it began are passed over.
 * @param dueAfter see {@link dueOf}; asked of the first message nobody has answered.
 */
export function followUp(
  ticket: Pick<Ticket, 'id' | 'createdAt' | 'open'>,
  turns: readonly Turn[],
  evidence: FollowUp['evidence'],
  dueAfter: Due | null,
  now: Date,
): FollowUp {
  const opening: Turn = {
    at: ticket.createdAt,
    from: 'customer',
    ref: { kind: 'ticket', id: ticket.id },
    repId: null,
  };
  const later = turns
    .filter((t) => t.at >= ticket.createdAt && t.at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const all = [opening, ...later];
  const lastOurs = all.findLastIndex((t) => t.from === 'us');
  const waiting = all.slice(lastOurs + 1).find((t) => t.from === 'customer');
  const answer = lastOurs < 0 ? undefined : firstOfRun(all, lastOurs);
  const cameBack = all.some((t, i) => t.from === 'customer' && all.slice(0, i).some(isOurs));
  const base = {
    answeredAt: answer?.at.toISOString() ?? null,
    answeredBy: answer === undefined ? null : { ref: answer.ref, repId: answer.repId },
    cameBack,
    evidence,
  };
  const settled = { ...base, dueAt: null, waitingSince: null };
  if (!ticket.open || waiting === undefined) return { ...settled, state: 'done' };
  if (dueAfter === null) return { ...settled, state: 'none' };
  const due = dueAfter(waiting.at);
  return {
    ...base,
    state: now >= due ? 'overdue' : 'open',
    dueAt: due.toISOString(),
    waitingSince: waiting.at.toISOString(),
  };
}

const isOurs = (turn: Turn): boolean => turn.from === 'us';

/** Several of our messages in a row are one answer, given with the first of them. */
function firstOfRun(turns: readonly Turn[], last: number): Turn | undefined {
  let first = last;
  while (first > 0 && turns[first - 1]?.from === 'us') first--;
  return turns[first];
}
