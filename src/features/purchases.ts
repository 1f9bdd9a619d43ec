/** Purchases: won deals and what they were worth. */
import type { Deal, LineItem } from '../core/record.ts';
import type { ContactFacts } from './facts.ts';

export interface Purchase {
  readonly at: Date;
  /** Portal currency, ≥ 0. */
  readonly amount: number;
}

/** A deal without an amount is worth the line items associated with it. */
function amountOf(deal: Deal, lineItems: readonly LineItem[]): number | null {
  if (deal.amount !== null) return Number.isFinite(deal.amount) ? Math.max(0, deal.amount) : null;
  const own = lineItems.filter((item) =>
    item.links.some((link) => link.kind === 'deal' && link.id === deal.id),
  );
  if (own.length === 0) return null;
  return own.reduce((sum, item) => sum + Math.max(0, item.quantity * item.price), 0);
}

/** Won deals closed at or before `asOf`, oldest first; deals of unknown worth are left out. */
export function purchases(facts: ContactFacts, asOf: Date): Purchase[] {
  return facts.deals
    .flatMap((deal) => {
      if (deal.stage !== 'won' || deal.closedAt === null || deal.closedAt > asOf) return [];
      const amount = amountOf(deal, facts.lineItems);
      return amount === null ? [] : [{ at: deal.closedAt, amount }];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}
