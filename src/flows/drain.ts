/** Everything a woken tenant has to do: deliveries → marks → records → scores → properties. */
import type { TenantContext } from './context.ts';
import { ingest } from './ingest.ts';
import { scheduleSoon } from './schedule.ts';
import { score } from './score.ts';
import { sendActivities } from './send-activities.ts';
import { sync } from './sync.ts';
import { writeBack } from './write-back.ts';

/** Goes round until nothing is left; safe to run twice at once, because every step compares first. */
export async function drain(ctx: TenantContext): Promise<void> {
  const { store, tenant, clock } = ctx;
  const runId = await store.runs.start(tenant.id, 'drain', clock.now());
  for (;;) {
    const events = await ingest(ctx);
    const read = await sync(ctx);
    const { scored, planned } = await score(ctx, runId);
    const { records } = await writeBack(ctx, runId);
    const activities = await sendActivities(ctx);
    await store.runs.progress(tenant.id, runId, { events, read, scored, planned }, clock.now());
    if (events + read + scored + records + activities === 0 || ctx.signal.aborted) break;
  }
  const current = await store.tenants.get(tenant.id);
  if (current?.state === 'scoring' && !ctx.signal.aborted) {
    await store.tenants.setState(tenant.id, 'ready');
    await scheduleSoon(ctx.queue, tenant.id);
    ctx.log.info('account ready', { event: 'ready' });
  }
  if (current?.lastError !== null) await store.tenants.clearError(tenant.id);
}
