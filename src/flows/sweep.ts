/** Looks at waiting cases again when time alone has changed them: an answer fell due, or presses more. */
import { recordId } from '../core/ids.ts';
import type { FlowContext } from './context.ts';

const BATCH = 1_000;
/** Conversations of the chat endpoint are forgotten after this rest. */
const CHAT_DAYS = 30;
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
    if (due === 0) continue;
    marked += due;
    await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  }
  return marked;
}
