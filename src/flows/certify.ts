/** Compares the ids of every record here and in the CRM, mends the difference, and certifies the result. */
import { RapportError } from '../core/errors.ts';
import { recordId } from '../core/ids.ts';
import type { RecordKind } from '../core/record.ts';
import type { Sweep } from '../ports/sync-store.ts';
import type { TenantContext } from './context.ts';
import { addToChecksum, EMPTY_CHECKSUM } from './id-checksum.ts';

const STORED_PAGE = 1000;

const NEW_SWEEP: Sweep = {
  after: null,
  cursor: null,
  crm: { count: 0, checksum: EMPTY_CHECKSUM },
  stored: { count: 0, checksum: EMPTY_CHECKSUM },
  missing: 0,
  surplus: 0,
};

/**
 * Every kind in turn, a page at a time; a stopped comparison goes on where it was. What differs is
 * marked to be read again, whether the CRM has more than we or we more than the CRM: so a deletion
 * that no event told is found too. A record made or deleted while its page is compared may count
 * as a gap; the next comparison closes it.
 */
export async function certify(ctx: TenantContext): Promise<number> {
  const { store, tenant, clock, queue } = ctx;
  const sweeps = new Map((await store.certificates.all(tenant.id)).map((c) => [c.kind, c.sweep]));
  let marked = 0;
  for (const { kind, finished } of await store.cursors.get(tenant.id)) {
    if (!finished || ctx.signal.aborted) continue;
    try {
      marked += await certifyKind(ctx, kind, sweeps.get(kind) ?? NEW_SWEEP);
    } catch (error) {
      if (!(error instanceof RapportError) || error.code !== 'missing_scope') throw error;
    }
  }
  if (marked > 0) {
    ctx.log.warn('gaps found and marked', { event: 'certify', marked });
    const runId = await store.runs.start(tenant.id, 'certify', clock.now());
    await store.runs.progress(tenant.id, runId, { marked }, clock.now());
    await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  }
  return marked;
}

async function certifyKind(ctx: TenantContext, kind: RecordKind, from: Sweep): Promise<number> {
  const { store, tenant, session, clock } = ctx;
  let sweep = from;
  let marked = 0;
  for (;;) {
    if (ctx.signal.aborted) return marked;
    const page = await session.ids(kind, sweep.cursor);
    const until = page.after === null ? null : (page.ids.at(-1) ?? null);
    const ours = await storedBetween(ctx, kind, sweep.after, until);
    const differing = difference(page.ids, ours);
    const ids = [...differing.missing, ...differing.surplus];
    await store.marks.raise(
      tenant.id,
      'sync',
      ids.map((id) => ({ kind, id: recordId(id), change: 'changed', eventAt: null })),
      clock.now(),
    );
    marked += ids.length;
    sweep = {
      after: until,
      cursor: page.after,
      crm: added(sweep.crm, page.ids),
      stored: added(sweep.stored, ours),
      missing: sweep.missing + differing.missing.length,
      surplus: sweep.surplus + differing.surplus.length,
    };
    if (until === null) break;
    await store.certificates.proceed(tenant.id, kind, sweep);
  }
  await store.certificates.finish(tenant.id, kind, sweep, clock.now());
  return marked;
}

/** Our live ids after `after` up to and with `until`, in numeric order. */
async function storedBetween(
  { store, tenant }: TenantContext,
  kind: RecordKind,
  after: string | null,
  until: string | null,
): Promise<string[]> {
  const ids: string[] = [];
  let from = after;
  for (;;) {
    const page = await store.records.page(tenant.id, kind, from, STORED_PAGE);
    const within = until === null ? page : page.filter((id) => !isAfter(id, until));
    ids.push(...within);
    from = page.at(-1) ?? null;
    if (from === null || page.length < STORED_PAGE || within.length < page.length) return ids;
  }
}

const isAfter = (a: string, b: string): boolean =>
  a.length > b.length || (a.length === b.length && a > b);

function difference(
  crm: readonly string[],
  stored: readonly string[],
): { missing: string[]; surplus: string[] } {
  const [theirs, ours] = [new Set(crm), new Set(stored)];
  return {
    missing: crm.filter((id) => !ours.has(id)),
    surplus: stored.filter((id) => !theirs.has(id)),
  };
}

const added = (sum: Sweep['crm'], ids: readonly string[]): Sweep['crm'] => ({
  count: sum.count + ids.length,
  checksum: addToChecksum(sum.checksum, ids),
});
