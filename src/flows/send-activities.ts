/** Makes and takes away the tasks and notes that were ordered, each once. */
import { ACTIVITY_KINDS, type ActivityKind } from '../core/activity.ts';
import { RapportError } from '../core/errors.ts';
import { sendsFresh } from '../core/tenant.ts';
import type { PlannedWrite } from '../ports/write-store.ts';
import type { TenantContext } from './context.ts';
import { fromWrite, isRemoval } from './plan-activity.ts';

const BATCH = 20;

/** Returns how many the CRM took. What it refuses is journalled with its reason and keeps nothing back. */
export async function sendActivities(ctx: TenantContext): Promise<number> {
  const { store, tenant } = ctx;
  const fresh = sendsFresh(tenant);
  let taken = 0;
  for (const kind of ACTIVITY_KINDS)
    for (;;) {
      const claimed = await store.writes.claim(tenant.id, kind, BATCH, fresh);
      if (claimed.length === 0 || ctx.signal.aborted) break;
      for (const write of claimed) taken += Number(await sendOne(ctx, kind, write));
    }
  return taken;
}

async function sendOne(
  ctx: TenantContext,
  kind: ActivityKind,
  write: PlannedWrite,
): Promise<boolean> {
  const { store, tenant, clock, meter, log } = ctx;
  try {
    const crmId = isRemoval(write) ? await remove(ctx, kind, write) : await make(ctx, write);
    const now = clock.now();
    await store.transaction(async (tx) => {
      if (crmId === null) await tx.activities.removed(tenant.id, kind, write.id, now);
      else await tx.activities.made(tenant.id, kind, write.id, crmId);
      await tx.writes.sent(tenant.id, [write], now);
    });
    meter.count('activities', { kind, outcome: crmId === null ? 'removed' : 'made' });
    return true;
  } catch (error) {
    const refused =
      error instanceof RapportError &&
      (error.code === 'host_rejected' || error.code === 'record_gone');
    if (!refused) throw error;
    const { writeId } = write;
    await store.transaction(async (tx) => {
      await tx.activities.removed(tenant.id, kind, write.id, clock.now());
      await tx.writes.refused(tenant.id, [{ writeId, reason: error.message }], clock.now());
    });
    meter.count('activities', { kind, outcome: 'refused' });
    log.warn('activity refused', { kind, code: error.code });
    return false;
  }
}

/** After a crash between making and journaling, the one that was made is found again. */
async function make({ session }: TenantContext, write: PlannedWrite): Promise<string> {
  const activity = fromWrite(write);
  const known = await session.findActivity(activity);
  if (known !== null) return known;
  return activity.kind === 'task' ? session.createTask(activity) : session.createNote(activity);
}

async function remove(
  { store, tenant, session }: TenantContext,
  kind: ActivityKind,
  write: PlannedWrite,
): Promise<null> {
  const known = await store.activities.get(tenant.id, kind, write.id);
  if (known?.crmId != null) await session.removeActivity(kind, known.crmId);
  return null;
}
