/** What comes round by itself: for the whole installation, and for every account that is ready. */
import type { FlowContext } from './context.ts';
import { recover } from './recover.ts';
import { schedule } from './schedule.ts';

const RECOVER_EVERY_MS = 30_000;
const SWEEP_EVERY_MS = 60_000;
const JOURNAL_EVERY_MS = 30_000;

/** Has the queue wake everything in time, and what waits at once; safe to repeat. */
export async function arrange(ctx: FlowContext): Promise<void> {
  const { queue, store, hosts } = ctx;
  await queue.repeat('recover', {}, RECOVER_EVERY_MS);
  await queue.repeat('sweep', {}, SWEEP_EVERY_MS);
  for (const [host, { journal }] of Object.entries(hosts))
    await (journal === null
      ? queue.stopRepeating('journal', { host })
      : queue.repeat('journal', { host }, JOURNAL_EVERY_MS));
  await recover(ctx);
  for (const tenant of await store.tenants.all()) {
    if (tenant.state !== 'ready') continue;
    await queue.add('reconcile', { tenantId: tenant.id }, { dedupe: `reconcile:${tenant.id}` });
    await schedule(queue, tenant.id);
  }
}

/**
 * Arranges everything anew where the queue has lost it, as an emptied Redis has, or where the clock
 * was set back and it would not come round before long; says whether it had.
 */
export async function arrangeIfLost(ctx: FlowContext): Promise<boolean> {
  if (await ctx.queue.isRepeating('recover', {})) return false;
  ctx.log.warn('what comes round was lost and is arranged anew', { event: 'queue_lost' });
  await arrange(ctx);
  return true;
}
