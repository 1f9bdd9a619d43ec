/** What comes round by itself for a tenant that is ready. */
import type { TenantId } from '../core/ids.ts';
import type { Queue } from '../ports/queue.ts';

const RECONCILE_EVERY_MS = 15 * 60_000;
const CERTIFY_EVERY_MS = 24 * 3600_000;
/** Often enough to look at the data on each day even if a process was down for some of it. */
const WATCH_EVERY_MS = 6 * 3600_000;

const EVERY_MS = {
  reconcile: RECONCILE_EVERY_MS,
  certify: CERTIFY_EVERY_MS,
  watch: WATCH_EVERY_MS,
} as const;

/** Safe to repeat; the queue keeps one schedule per job and tenant. */
export async function schedule(queue: Queue, tenantId: TenantId): Promise<void> {
  for (const [job, everyMs] of Object.entries(EVERY_MS))
    await queue.repeat(job, { tenantId }, everyMs);
}

/** Nothing comes round any more for a tenant that is gone. */
export async function unschedule(queue: Queue, tenantId: TenantId): Promise<void> {
  for (const job of Object.keys(EVERY_MS)) await queue.stopRepeating(job, { tenantId });
}

const SOON_MS = 5 * 60_000;

/**
 * The same a little later: everything was just read and written, so the first look back would only
 * read our own writes again, while somebody opens the first cards.
 */
export function scheduleSoon(queue: Queue, tenantId: TenantId): Promise<void> {
  return queue.add('schedule', { tenantId }, { delayMs: SOON_MS, dedupe: `schedule:${tenantId}` });
}
