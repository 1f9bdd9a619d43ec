/** Won deals as baskets of articles, and what a contact already owns or is being offered. */
import type { Deal, LineItem } from '../core/record.ts';
import type { ContactFacts } from './facts.ts';

export interface Basket {
  readonly at: Date;
  readonly items: readonly { readonly sku: string; readonly name: string }[];
}

/** Articles of won deals closed at or before `asOf`, oldest first; line items without a SKU are left out. */
export function basketsOf(facts: ContactFacts, asOf: Date): Basket[] {
  return facts.deals
    .flatMap((deal): Basket[] => {
      if (deal.stage !== 'won' || deal.closedAt === null || deal.closedAt > asOf) return [];
      const items = articlesOf(deal, facts.lineItems);
      return items.length === 0 ? [] : [{ at: deal.closedAt, items }];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** SKUs of won deals, whenever closed, and of deals still open. */
export function ownedSkus(facts: ContactFacts, asOf: Date): Set<string> {
  const deals = facts.deals.filter((d) => d.stage !== 'lost' && d.createdAt <= asOf);
  return new Set(deals.flatMap((d) => articlesOf(d, facts.lineItems).map((i) => i.sku)));
}

function articlesOf(deal: Deal, lineItems: readonly LineItem[]): Basket['items'] {
  const own = lineItems.filter((item) =>
    item.links.some((link) => link.kind === 'deal' && link.id === deal.id),
  );
  return own.flatMap(({ sku, name }) =>
    sku === null || sku.trim() === '' ? [] : [{ sku: sku.trim(), name }],
  );
}
