/** What was known of a contact at a moment: the gate through which training looks at the past. */
import type { Deal } from '../core/record.ts';
import type { ContactFacts } from './facts.ts';

/**
 * The facts without everything later than `asOf`; `null` for a contact that did not exist yet. A
 * deal closed later is open. Fields without a history (traits, consent, amounts) are as they are
 * today.
 */
export function factsAsOf(facts: ContactFacts, asOf: Date): ContactFacts | null {
  if (facts.contact.createdAt > asOf) return null;
  return {
    contact: facts.contact,
    interactions: facts.interactions.filter((i) => i.at <= asOf),
    deals: facts.deals.filter((d) => d.createdAt <= asOf).map((d) => dealAsOf(d, asOf)),
    lineItems: facts.lineItems.filter((l) => l.createdAt <= asOf),
    tickets: facts.tickets.filter((t) => t.createdAt <= asOf),
    feedback: facts.feedback.filter((f) => f.at <= asOf),
  };
}

/** An open deal's close date is a plan, not a fact. */
const dealAsOf = (deal: Deal, asOf: Date): Deal =>
  deal.stage !== 'open' && (deal.closedAt === null || deal.closedAt > asOf)
    ? { ...deal, stage: 'open', closedAt: null }
    : deal;
