/** The first read of everything, a page at a time and several kinds at once; goes on wherever it was interrupted. */
import { RapportError } from '../core/errors.ts';
import { RECORD_KINDS, type RecordKind } from '../core/record.ts';
import type { Cursor } from '../ports/sync-store.ts';
import type { TenantContext } from './context.ts';
import { watchGrowth } from './growth.ts';
import { prepareProperties } from './prepare-properties.ts';
import { beginTexts } from './train-texts.ts';

/**
 * Kinds read at once. The pages of one kind follow from each other, so that one alone is as slow as
 * the CRM answers; together they keep the account's rate busy up to half a second an answer.
 */
const LANES = 6;
/** Read first: what they teach is fitted while the rest is read. */
const TEXT_KINDS: readonly RecordKind[] = ['ticket', 'feedback'];
const READING_ORDER = [...TEXT_KINDS, ...RECORD_KINDS.filter((k) => !TEXT_KINDS.includes(k))];

/** Does nothing for a tenant that is past it, so that a job queued twice runs once. */
export async function backfill(ctx: TenantContext): Promise<void> {
  const { store, tenant, clock, queue } = ctx;
  if (tenant.state !== 'installing' && tenant.state !== 'backfilling') return;
  if (tenant.state === 'installing') {
    await prepareProperties(ctx);
    await store.tenants.setState(tenant.id, 'backfilling');
  }
  const runId = await store.runs.start(tenant.id, 'backfill', clock.now());
  const stored = await readAll(ctx);
  const now = clock.now();
  await store.runs.progress(tenant.id, runId, { records: stored }, now);
  // The next run goes on from the cursors.
  if (ctx.signal.aborted)
    throw new RapportError('internal', 'Stopped before the end of the backfill.');
  await store.analyze();
  await store.tenants.setState(tenant.id, 'training');
  await queue.add('train', { tenantId: tenant.id }, { dedupe: `train:${tenant.id}` });
}

/** Returns how many records were stored; the first failure ends every lane, and is thrown when all have ended. */
async function readAll(ctx: TenantContext): Promise<number> {
  const cursors = new Map((await ctx.store.cursors.get(ctx.tenant.id)).map((c) => [c.kind, c]));
  const failed = new AbortController();
  const signal = AbortSignal.any([ctx.signal, failed.signal]);
  const waiting = [...READING_ORDER];
  const texts = new Set(TEXT_KINDS);
  const grow = watchGrowth(ctx.store);
  let stored = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const kind = waiting.shift();
      if (kind === undefined || signal.aborted) return;
      const cursor = cursors.get(kind) ?? beginningOf(kind);
      if (!cursor.finished) stored += await readKind({ ...ctx, signal }, kind, cursor, grow);
      if (!signal.aborted && texts.delete(kind) && texts.size === 0) await beginTexts(ctx);
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: LANES }, () =>
      lane().catch((error: unknown) => {
        failed.abort();
        throw error;
      }),
    ),
  );
  const failure = ended.find((e) => e.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return stored;
}

const beginningOf = (kind: RecordKind): Cursor => ({
  kind,
  after: null,
  done: 0,
  total: null,
  finished: false,
  checkedUntil: null,
});

async function readKind(
  ctx: TenantContext,
  kind: RecordKind,
  from: Cursor,
  grow: (rows: number) => Promise<void>,
): Promise<number> {
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
      await grow(page.records.length);
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
