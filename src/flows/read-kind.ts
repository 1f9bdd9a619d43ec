/** The first read of one kind, page after page, each stored together with the place where the next begins. */
import { RapportError } from '../core/errors.ts';
import type { RecordKind } from '../core/record.ts';
import type { Cursor } from '../ports/sync-store.ts';
import type { TenantContext } from './context.ts';

/** Before the first page: how many there are, and since when changes are to be looked for. */
export async function beginningOf(ctx: TenantContext, kind: RecordKind): Promise<Cursor> {
  const cursor = { kind, after: null, done: 0, checkedUntil: ctx.clock.now() };
  const finished: Cursor = { ...cursor, total: 0, finished: true };
  const count = async (): Promise<Cursor> => ({
    ...cursor,
    total: await ctx.session.count(kind),
    finished: false,
  });
  return unlessForbidden(ctx, count, () => finished);
}

/** Goes on from `cursor`; returns how many records were stored. `grow` hears of every page. */
export async function readKind(
  ctx: TenantContext,
  cursor: Cursor,
  grow: (rows: number) => Promise<void>,
): Promise<number> {
  const { store, tenant, session, clock } = ctx;
  const { kind, total } = cursor;
  const ask = async (after: string | null) => {
    const readAt = clock.now();
    return { readAt, page: await session.list(kind, after) };
  };
  let { after, done } = cursor;
  const read = async (): Promise<void> => {
    let coming = ask(after);
    for (let more = true; more; ) {
      ctx.onProgress(kind, done, total);
      const { readAt, page } = await coming;
      after = page.after;
      done += page.records.length;
      more = after !== null && !ctx.signal.aborted;
      // The next page is asked for while this one is stored.
      if (more) coming = ask(after);
      coming.catch(() => {});
      const next: Cursor = { ...cursor, after, done, finished: after === null };
      await store.transaction(async (tx) => {
        await tx.records.put(tenant.id, page.records, readAt);
        await tx.cursors.put(tenant.id, next, clock.now());
      });
      await grow(page.records.length);
    }
    ctx.onProgress(kind, done, after === null ? done : total);
  };
  await unlessForbidden(ctx, read, () => ({ ...cursor, after, done, finished: true }));
  return done - cursor.done;
}

/** A portal without an optional feature has no such records: the kind counts as read. */
async function unlessForbidden<T>(
  { store, tenant, clock, log }: TenantContext,
  run: () => Promise<T>,
  finished: () => Cursor,
): Promise<T | Cursor> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof RapportError) || error.code !== 'missing_scope') throw error;
    const cursor = finished();
    log.warn('no access to an object', { code: error.code, kind: cursor.kind });
    await store.cursors.put(tenant.id, cursor, clock.now());
    return cursor;
  }
}
