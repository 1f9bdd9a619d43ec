/** The daily look at a tenant's model and scores: is it time for a new model, did the data move, is the day over. */
import { DateTime } from 'luxon';
import { activeModels } from './active-models.ts';
import type { TenantContext } from './context.ts';
import { lookForDrift } from './look-for-drift.ts';
import { orderRetraining } from './manage-models.ts';
import { rescoreAll, wake } from './train.ts';

const DAY_MS = 24 * 3600 * 1000;

const dayOf = (at: Date): string => DateTime.fromJSDate(at, { zone: 'utc' }).toISODate() ?? '';

/**
 * Safe at any time and in any number: everything it decides on is in the store. Once a day, and not
 * on the day of a new champion, it looks for drift and has everybody scored anew, because a score
 * depends on the day.
 */
export async function watchModels(ctx: TenantContext): Promise<void> {
  const { store, tenant, clock } = ctx;
  if (tenant.state !== 'ready') return;
  const now = clock.now();
  const [newest] = await store.models.list(tenant.id);
  const champion = await activeModels(ctx);
  if (champion === null || newest === undefined) {
    await orderRetraining(ctx, 'schedule');
    return;
  }
  const today = dayOf(now);
  const promotedAt = (await store.models.summary(tenant.id))?.promotedAt;
  const [looked] = await store.drift.latest(tenant.id, 1);
  if (looked?.day !== today && (promotedAt == null || dayOf(promotedAt) !== today)) {
    await lookForDrift(ctx, champion, today);
    await store.transaction((tx) => rescoreAll(ctx, tx));
    await wake(ctx);
  }
  const ageMs = now.getTime() - newest.trainedAt.getTime();
  if (ageMs >= tenant.settings.models.retrainEveryDays * DAY_MS)
    await orderRetraining(ctx, 'schedule');
}
