/** Looks again at what time alone has changed: an answer fell due or presses more, and in a new month the holdout is drawn anew. */
import { recordId } from '../core/ids.ts';
import type { Tenant } from '../core/tenant.ts';
import { periodOf } from '../models/holdout.ts';
import type { FlowContext } from './context.ts';
import { rescoreAll } from './train.ts';

const BATCH = 1_000;
/** Conversations of the chat endpoint are forgotten after this rest. */
const CHAT_DAYS = 30;
/** Longer than a journal is kept and a delivery is repeated. */
const SEEN_DAYS = 4;
const DAY_MS = 86_400_000;

/** Safe at any time and in any number; returns how many cases were marked. */
export async function sweep(ctx: FlowContext): Promise<number> {
  const { store, clock, queue } = ctx;
  let marked = 0;
  for (const tenant of await store.tenants.all()) {
    if (tenant.state !== 'ready') continue;
    const now = clock.now();
    const due = await store.transaction(async (tx) => {
      const ids = await tx.followUps.takeDue(tenant.id, now, BATCH);
      const marks = ids.map((id) => ({
        kind: 'ticket' as const,
        id: recordId(id),
        change: 'due',
        eventAt: null,
      }));
      await tx.marks.raise(tenant.id, 'score', marks, now);
      return ids.length;
    });
    await store.chats.prune(tenant.id, new Date(now.getTime() - CHAT_DAYS * DAY_MS));
    await store.seen.prune(tenant.id, new Date(now.getTime() - SEEN_DAYS * DAY_MS));
    const turned = await turnOfMonth(ctx, tenant, now);
    if (due === 0 && !turned) continue;
    marked += due;
    await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  }
  return marked;
}

/** Everybody is scored anew within the first minutes of a month, so that no advice of the old draw stays. */
async function turnOfMonth(
  { store, clock }: FlowContext,
  tenant: Tenant,
  now: Date,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const turned = await tx.tenants.beginPeriod(tenant.id, periodOf(now));
    if (turned) await rescoreAll({ tenant, clock }, tx);
    return turned;
  });
}
