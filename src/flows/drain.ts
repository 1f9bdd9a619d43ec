/** Everything a woken tenant has to do: deliveries → marks → records → scores → properties. */
import type { TenantContext } from './context.ts';
import { ingest } from './ingest.ts';
import { scheduleSoon } from './schedule.ts';
import { score } from './score.ts';
import { sendActivities } from './send-activities.ts';
import { sync } from './sync.ts';
import { writeBack } from './write-back.ts';

/**
 * Records of a kind per step and round: an edit during an import of any size waits for one round,
 * which is a few seconds at HubSpot's call rate. The first scores are given in one go: a company is
 * built on its people, and would be scored again for every round that has one of them.
 */
const ROUND = 300;

/** Goes round until nothing is left; safe to run twice at once, because every step compares first. */
export async function drain(ctx: TenantContext): Promise<void> {
  const { store, tenant, clock } = ctx;
  const runId = await store.runs.start(tenant.id, 'drain', clock.now());
  const most = tenant.state === 'ready' ? ROUND : Number.POSITIVE_INFINITY;
  for (;;) {
    const events = await ingest(ctx);
    const read = await sync(ctx, most);
    const { scored, planned, records } = await scoreAndWrite(ctx, runId, most);
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

/** Writes what is planned while the next is scored: a first scoring takes as long as the slower of the two. */
async function scoreAndWrite(
  ctx: TenantContext,
  runId: number,
  most: number,
): Promise<{ scored: number; planned: number; records: number }> {
  let writing = Promise.resolve(0);
  let ordered = false;
  const write = (): void => {
    if (ordered) return;
    ordered = true;
    writing = writing.then(async (records) => {
      ordered = false;
      return records + (await writeBack(ctx, runId, most)).records;
    });
    // Whoever awaits it hears of a failure; until then it is nobody's.
    writing.catch(() => {});
  };
  let records = 0;
  let counts = { scored: 0, planned: 0 };
  try {
    counts = await score(ctx, runId, most, write);
  } finally {
    write();
    records = await writing;
  }
  return { ...counts, records };
}
