/** One deal at a moment, as numbers: its size and age, and how its people answered lately. */
import type { Deal } from '../core/record.ts';
import { type ContactFacts, DAY_MS } from './facts.ts';
import { type NamedVector, namedVector } from './vector.ts';

export interface DealFacts {
  readonly deal: Deal;
  /** Everything known of the people on the deal. */
  readonly contacts: readonly ContactFacts[];
}

/** What every deal vector holds, in order; amounts, counts and days as ln(1 + x). */
export const DEAL_FEATURES = [
  'amount',
  'amount_unknown',
  'age',
  'silence',
  'touches_30d',
  'answers_30d',
  'meetings',
  'people',
  'bought_before',
  'lost_before',
  'open_cases',
] as const;
export type DealFeature = (typeof DEAL_FEATURES)[number];

const RECENT_MS = 30 * DAY_MS;

/**
 * The deal at `at`; nothing later is looked at. The stage is left out: the CRM does not say when it
 * was reached, and the last one gives the outcome away. The amount is as it is today.
 */
export function dealVector(facts: DealFacts, at: Date): NamedVector {
  const now = at.getTime();
  const { deal, contacts } = facts;
  let touched = 0;
  let answered = 0;
  let meetings = 0;
  let bought = 0;
  let lost = 0;
  let cases = 0;
  for (const contact of contacts) {
    for (const i of contact.interactions) {
      const time = i.at.getTime();
      if (time > now) continue;
      if (i.kind === 'meeting' && i.answered === true && time >= deal.createdAt.getTime())
        meetings++;
      if (time <= now - RECENT_MS) continue;
      if (i.direction === 'outbound') touched++;
      if (i.direction === 'inbound' || i.answered === true) answered++;
    }
    for (const other of contact.deals) {
      if (other.id === deal.id || other.closedAt === null || other.closedAt.getTime() > now)
        continue;
      if (other.stage === 'won') bought++;
      if (other.stage === 'lost') lost++;
    }
    cases += contact.tickets.filter((t) => t.open && t.createdAt.getTime() <= now).length;
  }
  const values: Record<DealFeature, number> = {
    amount: Math.log1p(Math.max(0, deal.amount ?? 0)),
    amount_unknown: deal.amount === null ? 1 : 0,
    age: Math.log1p(Math.max(0, (now - deal.createdAt.getTime()) / DAY_MS)),
    silence: Math.log1p(silentDays(facts, at)),
    touches_30d: Math.log1p(touched),
    answers_30d: Math.log1p(answered),
    meetings: Math.log1p(meetings),
    people: Math.log1p(contacts.length),
    bought_before: Math.log1p(bought),
    lost_before: Math.log1p(lost),
    open_cases: Math.log1p(cases),
  };
  return namedVector(values);
}

/** Times of all touches, either way, with the deal's people between two moments, oldest first. */
function touchTimes({ contacts }: DealFacts, fromMs: number, toMs: number): number[] {
  return contacts
    .flatMap((c) => c.interactions.map((i) => i.at.getTime()))
    .filter((time) => time >= fromMs && time <= toMs)
    .sort((a, b) => a - b);
}

/** Days at `at` since the last touch with anybody on the deal, or since the deal began. */
export function silentDays(facts: DealFacts, at: Date): number {
  const begun = facts.deal.createdAt.getTime();
  const last = touchTimes(facts, begun, at.getTime()).at(-1) ?? begun;
  return Math.max(0, at.getTime() - last) / DAY_MS;
}

/** The longest silence between a deal's begin and its close, in days. */
export function longestSilence(facts: DealFacts, closedAt: Date): number {
  const begun = facts.deal.createdAt.getTime();
  const end = closedAt.getTime();
  const times = [begun, ...touchTimes(facts, begun, end), end];
  let longest = 0;
  times.forEach((time, i) => {
    longest = Math.max(longest, time - (times[i - 1] ?? time));
  });
  return longest / DAY_MS;
}

/** Every deal that hangs on these people, once, with all of them that it hangs on. */
export function dealsOf(people: readonly ContactFacts[]): DealFacts[] {
  const deals = new Map<string, { deal: Deal; contacts: ContactFacts[] }>();
  for (const facts of people)
    for (const deal of facts.deals) {
      const known = deals.get(deal.id);
      if (known === undefined) deals.set(deal.id, { deal, contacts: [facts] });
      else known.contacts.push(facts);
    }
  return [...deals.values()];
}
