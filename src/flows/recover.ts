/** Re-queues what was accepted but never finished: the inbox is the truth, the queue only wakes it. */
import { sendsFresh, type Tenant } from '../core/tenant.ts';
import type { FlowContext } from './context.ts';

const RESUME = {
  installing: 'backfill',
  backfilling: 'backfill',
  training: 'train',
  scoring: 'drain',
} as const;

/** Safe at any time and in any number: jobs of one kind and tenant collapse. */
export async function recover(ctx: FlowContext): Promise<void> {
  for (const tenant of await ctx.store.tenants.all()) {
    const job = await neededJob(ctx, tenant);
    if (job !== null)
      await ctx.queue.add(job, { tenantId: tenant.id }, { dedupe: `${job}:${tenant.id}` });
  }
}

async function neededJob({ store }: FlowContext, tenant: Tenant): Promise<string | null> {
  if (tenant.state === 'parked') return null;
  if (tenant.state !== 'ready') return RESUME[tenant.state];
  const marks = await store.marks.count(tenant.id);
  const inbox = await store.inbox.size(tenant.id);
  const { planned, sending } = await store.writes.pending(tenant.id);
  const toSend = sending + (sendsFresh(tenant) ? planned : 0);
  return marks.sync + marks.score + inbox + toSend > 0 ? 'drain' : null;
}
