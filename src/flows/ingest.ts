/** Explodes accepted deliveries into marks: a thousand events on one record become one look at it. */
import type { RecordRef } from '../core/record.ts';
import type { TenantContext } from './context.ts';

const DELIVERIES = 50;

/** Works off the inbox; returns how many events were read. */
export async function ingest(ctx: TenantContext): Promise<number> {
  const { store, tenant, clock, meter } = ctx;
  const translate = ctx.translators[tenant.host];
  let events = 0;
  for (;;) {
    const rows = await store.inbox.take(tenant.id, DELIVERIES);
    if (rows.length === 0 || ctx.signal.aborted) return events;
    const marks = new Map<string, RecordRef & { change: string; eventAt: Date | null }>();
    const dead: { reason: string; body: string }[] = [];
    for (const row of rows) {
      const translation = translate(row.body, row.receivedAt);
      dead.push(...translation.malformed);
      for (const [type, n] of Object.entries(translation.ignored))
        meter.count('webhook_events', { outcome: `ignored_${type}` }, n);
      for (const event of translation.events) {
        events += 1;
        for (const ref of event.records) {
          const key = `${ref.kind} ${ref.id}`;
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
      await tx.marks.raise(tenant.id, 'sync', [...marks.values()], now);
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
