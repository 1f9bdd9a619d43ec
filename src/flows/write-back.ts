/** Sends planned writes in batches and journals what the CRM took, what it refused and what people keep. */
import type { TenantId } from '../core/ids.ts';
import { WRITTEN_KINDS, type WrittenKind } from '../core/manifest.ts';
import { partsOf } from '../core/parts.ts';
import { sendsFresh } from '../core/tenant.ts';
import type { Store } from '../ports/store.ts';
import type { PlannedWrite } from '../ports/write-store.ts';
import type { TenantContext } from './context.ts';
import { editedValues } from './edited-values.ts';
import { ensureOptions } from './property-options.ts';

const BATCH = 100;
/** Batches under way at once, while the CRM takes them: one alone is as slow as it answers. */
const LANES = 3;
/** How long an account that refuses call after call is left alone. */
const REFUSED_WAIT_MS = 5 * 60_000;

/**
 * Works off every planned write, or about `most` of each kind, and returns how many were settled
 * (taken, refused or left to people) and how many properties were written. In a dry run and under a
 * freeze only those already ordered are sent. What the host did not judge is claimed again at once,
 * or by a later job where it takes nothing at all. A crash between sending and journaling sends the
 * same values again, which changes nothing.
 */
export async function writeBack(
  ctx: TenantContext,
  runId: number,
  most = Number.POSITIVE_INFINITY,
): Promise<{ records: number; properties: number }> {
  const { store, tenant } = ctx;
  const counts = { settled: 0, records: 0, properties: 0 };
  const fresh = sendsFresh(tenant);
  const ensured = new Map<string, Set<string>>();
  for (const kind of WRITTEN_KINDS) {
    let lanes = 1;
    for (let left = most; left > 0; ) {
      const claimed = await store.writes.claim(
        tenant.id,
        kind,
        Math.min(lanes * BATCH, left),
        fresh,
      );
      if (claimed.length === 0 || ctx.signal.aborted) break;
      await ensureOptions(ctx, kind, claimed, ensured);
      const { accepted, unsent } = await sendAll(ctx, kind, claimed);
      counts.settled += claimed.length - unsent;
      counts.records += accepted.length;
      counts.properties += accepted.reduce((sum, w) => sum + Object.keys(w.changes).length, 0);
      ctx.onProgress('write', counts.records, null);
      if (unsent > 0 && unsent === claimed.length) {
        await writeLater(ctx, kind);
        break;
      }
      left -= claimed.length;
      lanes = unsent > 0 ? 1 : LANES;
    }
  }
  await store.runs.progress(
    tenant.id,
    runId,
    { records_written: counts.records, properties_written: counts.properties },
    null,
  );
  return { records: counts.settled, properties: counts.properties };
}

/** Sends the batches side by side; a failure is thrown once none of them is under way. */
async function sendAll(
  ctx: TenantContext,
  kind: WrittenKind,
  claimed: readonly PlannedWrite[],
): Promise<{ accepted: readonly PlannedWrite[]; unsent: number }> {
  const ended = await Promise.allSettled(
    partsOf(claimed, BATCH).map(async (batch) =>
      send(ctx, kind, await withoutEdited(ctx, kind, batch)),
    ),
  );
  const sent = ended.flatMap((e) => (e.status === 'fulfilled' ? [e.value] : []));
  const unusable = [...new Set(sent.flatMap((s) => s.unusable))];
  await noteUnusable(ctx.store, ctx.tenant.id, kind, unusable, ctx.clock.now());
  const failure = ended.find((e) => e.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return {
    accepted: sent.flatMap((s) => s.accepted),
    unsent: sent.reduce((sum, s) => sum + s.unsent, 0),
  };
}

/** The claimed writes stay `sending`: the next job claims them first. */
async function writeLater({ queue, tenant, log }: TenantContext, kind: WrittenKind): Promise<void> {
  log.warn('the account refuses every write, the rest waits', { kind, event: 'writes_wait' });
  await queue.add(
    'drain',
    { tenantId: tenant.id },
    { delayMs: REFUSED_WAIT_MS, dedupe: `writes-wait:${tenant.id}` },
  );
}

/** The writes without what people changed meanwhile; their values are remembered and left alone. */
async function withoutEdited(
  { store, tenant, session, manifest, clock, log, meter }: TenantContext,
  kind: WrittenKind,
  writes: readonly PlannedWrite[],
): Promise<PlannedWrite[]> {
  const written = await store.writes.written(
    tenant.id,
    kind,
    writes.map((w) => w.id),
  );
  const again = writes.filter((w) => written.has(w.id));
  if (again.length === 0) return [...writes];
  const names = [...new Set(again.flatMap((w) => Object.keys(w.changes)))];
  const present = await session.values(kind, [...new Set(again.map((w) => w.id))], names);
  const left: PlannedWrite[] = [];
  for (const write of writes) {
    const edited = editedValues(
      manifest,
      kind,
      write,
      written.get(write.id),
      present.get(write.id),
    );
    if (edited.length === 0) {
      left.push(write);
      continue;
    }
    await store.writes.keep(tenant.id, write.writeId, edited, clock.now());
    meter.count('property_writes', { outcome: 'kept' }, edited.length);
    log.info('values edited in the CRM are kept', { kind, event: 'kept', values: edited.length });
    const theirs = new Set(edited.map((e) => e.property));
    const changes = without(write.changes, theirs);
    if (Object.keys(changes).length > 0) left.push({ ...write, changes });
  }
  return left;
}

const without = (changes: PlannedWrite['changes'], names: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(changes).filter(([name]) => !names.has(name)));

/** The admin learns which properties get no values any more; nothing is planned for them meanwhile. */
async function noteUnusable(
  store: Store,
  id: TenantId,
  kind: WrittenKind,
  names: readonly string[],
  at: Date,
): Promise<void> {
  if (names.length === 0) return;
  const known = (await store.notices.all(id)).find((n) => n.code === 'properties_refused');
  const all = new Set([...(known?.details ?? []), ...names.map((name) => `${kind}.${name}`)]);
  await store.notices.put(id, 'properties_refused', [...all].sort(), at);
}

interface Sent {
  /** The writes the CRM took. */
  readonly accepted: readonly PlannedWrite[];
  /** How many it did not judge. */
  readonly unsent: number;
  /** Properties that take no values. */
  readonly unusable: readonly string[];
}

async function send(
  { store, tenant, session, clock, meter, log }: TenantContext,
  kind: WrittenKind,
  writes: readonly PlannedWrite[],
): Promise<Sent> {
  if (writes.length === 0) return { accepted: [], unsent: 0, unusable: [] };
  const { refused, unsent, unusable } = await session.write(
    kind,
    writes.map((w) => ({
      id: w.id,
      values: Object.fromEntries(Object.entries(w.changes).map(([name, c]) => [name, c.new])),
    })),
  );
  const reasons = new Map(refused.map((r) => [r.id, r.reason]));
  const waiting = new Set(unsent);
  const left = new Set(unusable);
  const accepted = writes
    .filter((w) => !reasons.has(w.id) && !waiting.has(w.id))
    .map((w) => (left.size === 0 ? w : { ...w, changes: without(w.changes, left) }));
  const now = clock.now();
  await store.transaction(async (tx) => {
    await tx.writes.sent(tenant.id, accepted, now);
    await tx.writes.refused(
      tenant.id,
      writes.flatMap((w) => {
        const reason = reasons.get(w.id);
        return reason === undefined ? [] : [{ writeId: w.writeId, reason }];
      }),
      now,
    );
  });
  const properties = accepted.reduce((sum, w) => sum + Object.keys(w.changes).length, 0);
  meter.count('property_writes', { outcome: 'sent' }, properties);
  meter.count('property_writes', { outcome: 'refused' }, refused.length);
  for (const { eventAt } of accepted)
    if (eventAt !== null)
      meter.observe('event_to_write_seconds', (now.getTime() - eventAt.getTime()) / 1000);
  if (unusable.length > 0) log.warn('properties refused', { kind, code: unusable.join(', ') });
  if (refused.length > 0)
    log.warn('writes refused', { kind, refused: refused.length, code: refused[0]?.reason ?? '' });
  return { accepted, unsent: waiting.size, unusable };
}
