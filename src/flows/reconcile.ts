/** Looks for changes that no event brought: after a start, and by schedule. */
import { RapportError } from '../core/errors.ts';
import { recordId } from '../core/ids.ts';
import { RECORD_KINDS, type RecordKind } from '../core/record.ts';
import type { TenantContext } from './context.ts';

/** The host's search index lags its writes; an hour also covers acknowledged rows a power cut may lose. */
const OVERLAP_MS = 3600 * 1000;
const NEVER = new Date(0);

/** Marks every record the host changed since our newest copy of its kind; returns how many were marked. */
export async function reconcile(ctx: TenantContext): Promise<number> {
  const { store, tenant, clock, queue } = ctx;
  let marked = 0;
  for (const kind of RECORD_KINDS) {
    try {
      marked += await reconcileKind(ctx, kind);
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

async function reconcileKind(ctx: TenantContext, kind: RecordKind): Promise<number> {
  const { store, tenant, session, clock } = ctx;
  const newest = await store.records.newest(tenant.id, kind);
  const since = newest === null ? NEVER : new Date(newest.getTime() - OVERLAP_MS);
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
  return marked;
}
