/** Scores marked deals from the stored facts of their people. */
import type { Deal } from '../core/record.ts';
import type { ContactScore } from '../core/score.ts';
import type { DealFacts } from '../features/deal.ts';
import { scoreDeal } from '../models/deal-score.ts';
import type { PortalModels } from '../models/portal-models.ts';
import type { Mark } from '../ports/sync-store.ts';
import { asOf } from './as-of.ts';
import type { ScoredRecord } from './commit-scores.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';
import { failedDeal, ownTrouble } from './own-trouble.ts';
import { dealValues } from './property-values.ts';

export async function scoreDeals(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
): Promise<ScoredRecord[]> {
  const now = ctx.clock.now();
  const until = asOf(now);
  const ids = marks.map((m) => m.id);
  const facts = await readDealFacts(ctx, ids);
  const heldOut = await peopleHeldOut(
    ctx,
    facts.flatMap((f) => f.contacts.map((c) => c.contact.id)),
  );
  return facts.map((f): ScoredRecord => {
    const data = ownTrouble(
      ctx,
      'deal',
      () => scoreDeal(models, f, ctx.tenant.settings.reach, until, now, heldOut),
      () => failedDeal(models.version),
    );
    return {
      id: f.deal.id,
      modelVersion: models.version,
      data,
      values: dealValues(data, now),
    };
  });
}

async function peopleHeldOut(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await store.scores.get(tenant.id, 'contact', ids);
  return new Set(rows.filter((r) => (r.data as ContactScore).heldOut === true).map((r) => r.id));
}

/** People are read for open deals only: a closed one has no advice. */
export async function readDealFacts(
  ctx: Pick<TenantContext, 'store' | 'tenant'>,
  ids: readonly string[],
): Promise<DealFacts[]> {
  const deals = await ctx.store.records.get<Deal>(ctx.tenant.id, 'deal', ids);
  const people = (deal: Deal): string[] =>
    deal.stage === 'open' ? deal.links.filter((l) => l.kind === 'contact').map((l) => l.id) : [];
  const facts = await readFacts(ctx, [...new Set(deals.flatMap(people))]);
  const byId = new Map<string, (typeof facts)[number]>(facts.map((f) => [f.contact.id, f]));
  return deals.map((deal) => ({
    deal,
    contacts: people(deal).flatMap((id) => byId.get(id) ?? []),
  }));
}
