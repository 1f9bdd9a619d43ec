/** Explodes accepted deliveries into marks: a thousand events on one record become one look at it. */
import type { TenantId } from '../core/ids.ts';
import type { RecordRef } from '../core/record.ts';
import type { Store } from '../ports/store.ts';
import type { TenantContext } from './context.ts';

const DELIVERIES = 50;

/** Works off the inbox; returns how many events were read. */
export async function ingest(ctx: TenantContext): Promise<number> {
  const { store, tenant, clock, meter } = ctx;
  const translate = ctx.translators[tenant.host];
  // What the journal tells, a webhook may have told before, and the other way round.
  const twice = (ctx.hosts[tenant.host]?.journal ?? null) !== null;
  let events = 0;
  for (;;) {
    const rows = await store.inbox.take(tenant.id, DELIVERIES);
    if (rows.length === 0 || ctx.signal.aborted) return events;
    const marks = new Map<string, RecordRef & { change: string; eventAt: Date | null }>();
    const told: (RecordRef & { change: string; occurredAt: Date })[] = [];
    const dead: { reason: string; body: string }[] = [];
    for (const row of rows) {
      const translation = translate(row.body, row.receivedAt);
      dead.push(...translation.malformed);
      for (const [type, n] of Object.entries(translation.ignored))
        meter.count('webhook_events', { outcome: `ignored_${type}` }, n);
      for (const event of translation.events) {
        events += 1;
        for (const ref of event.records) {
          const key = keyOf(ref);
          told.push({ ...ref, change: event.change, occurredAt: new Date(event.occurredAtMs) });
          const known = marks.get(key);
          const change = known?.change === 'privacy_deleted' ? known.change : event.change;
          // Marks without a time are taken last: an import never keeps a person's edit waiting.
          const eventAt = known?.eventAt ?? (event.bulk ? null : row.receivedAt);
          marks.set(key, { ...ref, change, eventAt });
        }
      }
    }
    const now = clock.now();
    await store.transaction(async (tx) => {
      const due = twice
        ? await firstTold(tx, tenant.id, [...marks.values()], told)
        : marks.values();
      await tx.marks.raise(tenant.id, 'sync', [...due], now);
      await tx.inbox.bury(
        dead.map((d) => ({ ...d, tenantId: tenant.id, host: tenant.host })),
        now,
      );
      await tx.inbox.remove(
        tenant.id,
        rows.map((r) => r.id),
      );
    });
    meter.count('webhook_events', { outcome: 'marked' }, events);
    if (dead.length > 0) meter.count('webhook_events', { outcome: 'malformed' }, dead.length);
  }
}

const keyOf = ({ kind, id }: RecordRef): string => `${kind} ${id}`;

/** Leaves out records of which nothing new is told; who is to be forgotten is never left out. */
async function firstTold<M extends RecordRef & { change: string }>(
  tx: Store,
  id: TenantId,
  marks: readonly M[],
  told: readonly (RecordRef & { change: string; occurredAt: Date })[],
): Promise<M[]> {
  const fresh = new Set((await tx.seen.add(id, told)).map(keyOf));
  return marks.filter((m) => m.change === 'privacy_deleted' || fresh.has(keyOf(m)));
}
