/** The first read of everything, a page at a time; stops and goes on wherever it was interrupted. */
import { RapportError } from '../core/errors.ts';
import { RECORD_KINDS, type RecordKind } from '../core/record.ts';
import type { Cursor } from '../ports/sync-store.ts';
import type { TenantContext } from './context.ts';
import { prepareProperties } from './prepare-properties.ts';
import { beginTexts } from './train-texts.ts';

/** Does nothing for a tenant that is past it, so that a job queued twice runs once. */
export async function backfill(ctx: TenantContext): Promise<void> {
  const { store, tenant, clock, queue } = ctx;
  if (tenant.state !== 'installing' && tenant.state !== 'backfilling') return;
  if (tenant.state === 'installing') {
    await prepareProperties(ctx);
    await store.tenants.setState(tenant.id, 'backfilling');
  }
  const runId = await store.runs.start(tenant.id, 'backfill', clock.now());
  const cursors = new Map((await store.cursors.get(tenant.id)).map((c) => [c.kind, c]));
  let stored = 0;
  for (const kind of RECORD_KINDS) {
    const cursor = cursors.get(kind) ?? {
      kind,
      after: null,
      done: 0,
      total: null,
      finished: false,
      checkedUntil: null,
    };
    if (!cursor.finished) stored += await readKind(ctx, kind, cursor);
    if (ctx.signal.aborted) break;
    // Most records are still to be read, at the pace the CRM allows.
    if (kind === 'feedback') await beginTexts(ctx);
  }
  const now = clock.now();
  await store.runs.progress(tenant.id, runId, { records: stored }, now);
  // The next run goes on from the cursors.
  if (ctx.signal.aborted)
    throw new RapportError('internal', 'Stopped before the end of the backfill.');
  await store.analyze();
  await store.tenants.setState(tenant.id, 'training');
  await queue.add('train', { tenantId: tenant.id }, { dedupe: `train:${tenant.id}` });
}

async function readKind(ctx: TenantContext, kind: RecordKind, from: Cursor): Promise<number> {
  const { store, tenant, session, clock } = ctx;
  let cursor: Cursor = from;
  try {
    cursor = {
      ...from,
      total: from.total ?? (await session.count(kind)),
      checkedUntil: from.checkedUntil ?? clock.now(),
    };
    while (!cursor.finished && !ctx.signal.aborted) {
      ctx.onProgress(kind, cursor.done, cursor.total);
      const readAt = clock.now();
      const page = await session.list(kind, cursor.after);
      const next: Cursor = {
        ...cursor,
        after: page.after,
        done: cursor.done + page.records.length,
        finished: page.after === null,
      };
      await store.transaction(async (tx) => {
        await tx.records.put(tenant.id, page.records, readAt);
        await tx.cursors.put(tenant.id, next, clock.now());
      });
      cursor = next;
    }
  } catch (error) {
    // A portal without an optional feature simply has no such records.
    if (!(error instanceof RapportError) || error.code !== 'missing_scope') throw error;
    ctx.log.warn('no access to an object', { code: error.code, kind });
    cursor = { ...cursor, finished: true };
    await store.cursors.put(tenant.id, cursor, clock.now());
  }
  ctx.onProgress(kind, cursor.done, cursor.finished ? cursor.done : cursor.total);
  return cursor.done - from.done;
}
