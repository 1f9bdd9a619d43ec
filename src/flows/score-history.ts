/** What was said of each contact month by month, so that a score can say what moved. */
import { DateTime } from 'luxon';
import type { ContactScore, ScorePoint } from '../core/score.ts';
import type { ContactFacts } from '../features/facts.ts';
import { scorePoint } from '../models/contact-score.ts';
import type { PortalModels } from '../models/portal-models.ts';
import type { HistoryRow } from '../ports/score-store.ts';
import type { TenantContext } from './context.ts';
import { ownTrouble } from './own-trouble.ts';

const utc = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: 'utc' });

/**
 * What was said of these contacts at the end of last month, by id. Of whom nothing was said then,
 * because Rapport was not there yet, the present models say what they would have said on the last
 * day of that month, from what was known then; that is kept like any other month.
 */
export async function lastMonth(
  ctx: Pick<TenantContext, 'store' | 'tenant' | 'log' | 'meter'>,
  models: PortalModels,
  facts: readonly ContactFacts[],
  now: Date,
): Promise<Map<string, ScorePoint>> {
  const { store, tenant } = ctx;
  const then = utc(now).startOf('month').minus({ milliseconds: 1 });
  const month = then.toFormat('yyyy-MM');
  const ids = facts.map((f) => f.contact.id);
  const said = new Map<string, ScorePoint>(
    (await store.history.of(tenant.id, ids, month)).map(({ id, value12m, churnChance }) => [
      id,
      { month, value12m, churnChance },
    ]),
  );
  const missing: HistoryRow[] = [];
  for (const one of facts) {
    const { id } = one.contact;
    if (said.has(id)) continue;
    const point = ownTrouble(
      ctx,
      'contact',
      () => scorePoint(models, one, tenant.settings.reach, then.toJSDate(), month),
      () => null,
    );
    if (point === null) continue;
    said.set(id, point);
    missing.push({ id, ...point, modelVersion: models.version });
  }
  await store.history.put(tenant.id, missing);
  return said;
}

/** Keeps this month's word; contacts of whom nothing can be said are left out. */
export async function keepMonth(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  scored: readonly { readonly id: string; readonly data: ContactScore }[],
  now: Date,
): Promise<void> {
  const month = utc(now).toFormat('yyyy-MM');
  const rows = scored.flatMap(({ id, data }): HistoryRow[] => {
    const [value12m, churnChance] = [data.value?.expected12m ?? null, data.risk?.chance ?? null];
    if (value12m === null && churnChance === null) return [];
    return [{ id, month, value12m, churnChance, modelVersion: data.modelVersion }];
  });
  await store.history.put(tenant.id, rows);
}
