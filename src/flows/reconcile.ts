/** Looks for changes that no event brought: after a start, and by schedule. */
import { RapportError } from '../core/errors.ts';
import { recordId } from '../core/ids.ts';
import type { Cursor } from '../ports/sync-store.ts';
import type { TenantContext } from './context.ts';

/** The host's search index lags its writes; an hour also covers acknowledged rows a power cut may lose. */
const OVERLAP_MS = 3600 * 1000;

/**
 * Marks every record the host changed since the last look, however many events came in between;
 * returns how many were marked.
 */
export async function reconcile(ctx: TenantContext): Promise<number> {
  const { store, tenant, clock, queue } = ctx;
  let marked = 0;
  for (const cursor of await store.cursors.get(tenant.id)) {
    if (!cursor.finished || ctx.signal.aborted) continue;
    try {
      marked += await reconcileKind(ctx, cursor);
    } catch (error) {
      if (!(error instanceof RapportError) || error.code !== 'missing_scope') throw error;
    }
  }
  await store.tidy();
  if (marked > 0) {
    ctx.log.info('changes found without an event', { event: 'reconcile', marked });
    await store.runs.progress(
      tenant.id,
      await store.runs.start(tenant.id, 'reconcile', clock.now()),
      { marked },
      clock.now(),
    );
    await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  }
  return marked;
}

async function reconcileKind(ctx: TenantContext, cursor: Cursor): Promise<number> {
  const { store, tenant, session, clock } = ctx;
  const { kind } = cursor;
  const lookedAt = clock.now();
  const since = new Date((cursor.checkedUntil?.getTime() ?? 0) - OVERLAP_MS);
  let marked = 0;
  let after: string | null = null;
  do {
    const page = await session.changedSince(kind, since, after);
    const held = await store.records.versions(
      tenant.id,
      kind,
      page.changes.map((c) => c.id),
    );
    const behind = page.changes.filter(({ id, updatedAt }) => {
      const ours = held.get(id);
      return ours === undefined || ours < updatedAt;
    });
    await store.marks.raise(
      tenant.id,
      'sync',
      behind.map(({ id }) => ({ kind, id: recordId(id), change: 'changed', eventAt: null })),
      clock.now(),
    );
    marked += behind.length;
    after = page.after;
  } while (after !== null && !ctx.signal.aborted);
  if (after === null)
    await store.cursors.put(tenant.id, { ...cursor, checkedUntil: lookedAt }, lookedAt);
  return marked;
}
