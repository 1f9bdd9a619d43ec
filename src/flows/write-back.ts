/** Sends planned writes in batches and journals what the CRM took and what it refused. */
import { WRITTEN_KINDS } from '../core/manifest.ts';
import type { TenantContext } from './context.ts';

const BATCH = 100;

/**
 * Works off every planned write. A crash between sending and journaling sends the same values
 * again, which changes nothing.
 */
export async function writeBack(
  ctx: TenantContext,
  runId: number,
): Promise<{ records: number; properties: number }> {
  const { store, tenant, session, clock, meter } = ctx;
  const counts = { records: 0, properties: 0 };
  for (const kind of WRITTEN_KINDS) {
    for (;;) {
      const writes = await store.writes.planned(tenant.id, kind, BATCH);
      if (writes.length === 0 || ctx.signal.aborted) break;
      const refused = await session.write(
        kind,
        writes.map((w) => ({
          id: w.id,
          values: Object.fromEntries(Object.entries(w.changes).map(([name, c]) => [name, c.new])),
        })),
      );
      const reasons = new Map(refused.map((r) => [r.id, r.reason]));
      const accepted = writes.filter((w) => !reasons.has(w.id));
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
      counts.records += accepted.length;
      counts.properties += properties;
      meter.count('property_writes', { outcome: 'sent' }, properties);
      meter.count('property_writes', { outcome: 'refused' }, refused.length);
      for (const { eventAt } of accepted)
        if (eventAt !== null)
          meter.observe('event_to_write_seconds', (now.getTime() - eventAt.getTime()) / 1000);
      if (refused.length > 0)
        ctx.log.warn('writes refused', {
          kind,
          refused: refused.length,
          code: refused[0]?.reason ?? '',
        });
      ctx.onProgress('write', counts.records, null);
    }
  }
  await store.runs.progress(
    tenant.id,
    runId,
    { records_written: counts.records, properties_written: counts.properties },
    null,
  );
  return counts;
}
