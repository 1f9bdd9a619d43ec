/** Takes back what a run wrote, where the value in the CRM is still that run's. */
import { ACTIVITY_KINDS } from '../core/activity.ts';
import { WRITTEN_KINDS, type WrittenKind } from '../core/manifest.ts';
import type { JournalEntry, PlannedWrite, PropertyChange } from '../ports/write-store.ts';
import type { TenantContext } from './context.ts';
import { sameValue } from './edited-values.ts';
import { fromWrite, isRemoval, toRemoval } from './plan-activity.ts';

const BATCH = 100;
/** More tasks or notes than one run ever makes. */
const MAX_ACTIVITIES = 10_000;

export interface Undone {
  readonly runId: number;
  readonly records: number;
  readonly properties: number;
  /** Values that somebody or a later run has changed since; they stay. */
  readonly left: number;
}

/**
 * Orders the former values back and returns the tenant to a dry run, so that nothing writes the
 * undone scores again before an admin approves. What workflows did meanwhile cannot be undone.
 */
export async function undoWrites(ctx: TenantContext, runId: number): Promise<Undone> {
  const { store, tenant, clock, queue } = ctx;
  await store.tenants.changeSettings(tenant.id, { writes: { mode: 'dry_run' } });
  const undoRun = await store.runs.start(tenant.id, 'undo', clock.now());
  const counts = { records: 0, properties: 0, left: 0 };
  for (const kind of WRITTEN_KINDS) {
    let before: number | undefined;
    for (;;) {
      const filter = { state: 'sent', runId, kind } as const;
      const entries = await store.writes.list(
        tenant.id,
        before === undefined ? filter : { ...filter, before },
        BATCH,
      );
      before = entries.at(-1)?.writeId;
      if (before === undefined || ctx.signal.aborted) break;
      const { orders, left } = await backwards(ctx, kind, entries);
      await store.writes.order(tenant.id, undoRun, orders, clock.now());
      counts.records += orders.length;
      counts.properties += orders.reduce((n, o) => n + Object.keys(o.changes).length, 0);
      counts.left += left;
      ctx.onProgress('undo', counts.records, null);
    }
  }
  await undoActivities(ctx, runId, undoRun, counts);
  await store.runs.progress(tenant.id, undoRun, { ...counts, undone_run: runId }, clock.now());
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  return { runId: undoRun, ...counts };
}

/** Tasks and notes of the run that stand as they were made are ordered away. */
async function undoActivities(
  { store, tenant, session, clock }: TenantContext,
  runId: number,
  undoRun: number,
  counts: { records: number; left: number },
): Promise<void> {
  for (const kind of ACTIVITY_KINDS) {
    const entries = await store.writes.list(
      tenant.id,
      { state: 'sent', runId, kind },
      MAX_ACTIVITIES,
    );
    for (const entry of entries.filter((e) => !isRemoval(e))) {
      const known = await store.activities.get(tenant.id, kind, entry.id);
      const ours =
        known?.crmId != null &&
        !known.removed &&
        (await session.hasActivity(known.crmId, fromWrite(entry)));
      if (!ours) {
        counts.left += 1;
        continue;
      }
      await store.writes.order(tenant.id, undoRun, [toRemoval(entry)], clock.now());
      counts.records += 1;
    }
  }
}

async function backwards(
  { session, manifest }: TenantContext,
  kind: WrittenKind,
  entries: readonly JournalEntry[],
): Promise<{ orders: Omit<PlannedWrite, 'writeId'>[]; left: number }> {
  const properties = new Map(manifest.properties[kind].map((p) => [p.name, p]));
  const names = [...new Set(entries.flatMap((e) => Object.keys(e.changes)))];
  const present = await session.values(kind, [...new Set(entries.map((e) => e.id))], names);
  let left = 0;
  const orders = entries.flatMap((entry) => {
    const held = present.get(entry.id);
    const changes: Record<string, PropertyChange> = {};
    for (const [name, change] of Object.entries(entry.changes)) {
      const property = properties.get(name);
      const still =
        property !== undefined &&
        held !== undefined &&
        sameValue(property, held[name] ?? '', change.new ?? '');
      if (still) changes[name] = { old: change.new, new: change.old };
      else left += 1;
    }
    return Object.keys(changes).length === 0
      ? []
      : [{ kind, id: entry.id, changes, modelVersion: entry.modelVersion, eventAt: null }];
  });
  return { orders, left };
}
