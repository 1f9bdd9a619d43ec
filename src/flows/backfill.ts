/** The first read of everything, several kinds at once; goes on wherever it was interrupted. */
import { RapportError } from '../core/errors.ts';
import { RECORD_KINDS, type RecordKind } from '../core/record.ts';
import type { Cursor } from '../ports/sync-store.ts';
import { allEnded } from './all-ended.ts';
import type { TenantContext } from './context.ts';
import { watchGrowth } from './growth.ts';
import { prepareProperties } from './prepare-properties.ts';
import { beginningOf, readKind } from './read-kind.ts';
import { beginTexts } from './train-texts.ts';

/**
 * Kinds read at once. The pages of one kind follow from each other, so that one alone is as slow as
 * the CRM answers; four keep the account's rate busy up to a third of a second an answer.
 */
const LANES = 4;
/** Read first: what they teach is fitted while the rest is read. */
const TEXT_KINDS: readonly RecordKind[] = ['ticket', 'feedback'];

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
  const failed = new AbortController();
  const signal = AbortSignal.any([ctx.signal, failed.signal]);
  const waiting = await inReadingOrder(ctx);
  const texts = new Set(TEXT_KINDS);
  const grow = watchGrowth(ctx.store);
  let stored = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const cursor = waiting.shift();
      if (cursor === undefined || signal.aborted) return;
      if (!cursor.finished) stored += await readKind({ ...ctx, signal }, cursor, grow);
      if (!signal.aborted && texts.delete(cursor.kind) && texts.size === 0) await beginTexts(ctx);
    }
  };
  await allEnded(
    Array.from({ length: LANES }, () =>
      lane().catch((error: unknown) => {
        failed.abort();
        throw error;
      }),
    ),
  );
  return stored;
}

/** Texts, then the largest kinds: begun late, one of those would be left to be read alone. */
async function inReadingOrder(ctx: TenantContext): Promise<Cursor[]> {
  const known = new Map((await ctx.store.cursors.get(ctx.tenant.id)).map((c) => [c.kind, c]));
  const cursors = await Promise.all(
    RECORD_KINDS.map((kind) => known.get(kind) ?? beginningOf(ctx, kind)),
  );
  const rank = ({ kind, total }: Cursor): number =>
    TEXT_KINDS.includes(kind) ? Number.POSITIVE_INFINITY : (total ?? 0);
  return cursors.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
}
