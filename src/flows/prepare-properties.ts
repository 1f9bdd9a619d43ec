/** Brings the account's property definitions in order before its first read, and tells the admin what is missing. */
import { WRITTEN_KINDS } from '../core/manifest.ts';
import type { NoticeCode } from '../core/notice.ts';
import type { TenantContext } from './context.ts';

/** Safe to repeat. */
export async function prepareProperties(ctx: TenantContext): Promise<void> {
  const { store, tenant, session, clock, log } = ctx;
  const { created, patched, noRoom, refused } = await session.ensureProperties();
  await store.transaction(async (tx) => {
    // What was missing may have held values of ours, which went with it.
    for (const kind of WRITTEN_KINDS)
      await tx.writes.forgetValues(
        tenant.id,
        kind,
        created.flatMap((p) => (p.startsWith(`${kind}.`) ? p.slice(kind.length + 1) : [])),
      );
    const causes: readonly (readonly [NoticeCode, readonly string[]])[] = [
      ['property_limit', noRoom],
      ['properties_refused', refused],
    ];
    for (const [code, names] of causes)
      if (names.length > 0) await tx.notices.put(tenant.id, code, names, clock.now());
      else await tx.notices.clear(tenant.id, [code]);
  });
  log.info('properties in order', {
    event: 'install',
    created: created.length,
    patched: patched.length,
    missing: noRoom.length + refused.length,
  });
}
