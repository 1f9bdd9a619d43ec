/** Recency, frequency and monetary value over won deals. */
import type { Deal, LineItem } from '../core/record.ts';
import { type ContactFacts, DAY_MS } from './facts.ts';

export interface Purchase {
  readonly at: Date;
  /** Portal currency, ≥ 0. */
  readonly amount: number;
}

export interface Rfm {
  /** Days since the last purchase, `null` without one. */
  readonly recencyDays: number | null;
  readonly frequency: number;
  /** Sum of the amounts. */
  readonly monetary: number;
  /** Years in which a purchase could have happened: since the record or the first purchase, ≥ 1 day. */
  readonly exposureYears: number;
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

export function rfm(facts: ContactFacts, asOf: Date): Rfm {
  const bought = purchases(facts, asOf);
  const first = bought[0]?.at.getTime() ?? Number.POSITIVE_INFINITY;
  const since = Math.min(first, facts.contact.createdAt.getTime());
  const last = bought.at(-1);
  return {
    recencyDays: last ? (asOf.getTime() - last.at.getTime()) / DAY_MS : null,
    frequency: bought.length,
    monetary: bought.reduce((sum, { amount }) => sum + amount, 0),
    exposureYears: Math.max(DAY_MS, asOf.getTime() - since) / (365.25 * DAY_MS),
  };
}
