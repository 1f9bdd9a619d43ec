/** What was known of a contact at a moment: the gate through which training looks at the past. */
import type { Deal } from '../core/record.ts';
import type { ContactFacts } from './facts.ts';

/**
 * The facts without everything later than `asOf`; `null` for a contact that did not exist yet. A
 * deal closed later is open. Fields without a history (traits, consent, amounts) are as they are
 * today.
 */
export function factsAsOf(facts: ContactFacts, asOf: Date): ContactFacts | null {
  const to = asOf.getTime();
  if (facts.contact.createdAt.getTime() > to) return null;
  return {
    contact: facts.contact,
    interactions: facts.interactions.filter((i) => i.at.getTime() <= to),
    deals: facts.deals.filter((d) => d.createdAt.getTime() <= to).map((d) => dealAsOf(d, asOf)),
    lineItems: facts.lineItems.filter((l) => l.createdAt.getTime() <= to),
    tickets: facts.tickets.filter((t) => t.createdAt.getTime() <= to),
    feedback: facts.feedback.filter((f) => f.at.getTime() <= to),
  };
}

/** An open deal's close date is a plan, not a fact. */
const dealAsOf = (deal: Deal, asOf: Date): Deal =>
  deal.stage !== 'open' && (deal.closedAt === null || deal.closedAt > asOf)
    ? { ...deal, stage: 'open', closedAt: null }
    : deal;
