/** The admin's consent to write: what the dry run showed is sent, and later scores follow. */
import type { TenantContext } from './context.ts';

/** Returns how many planned records will be written now. */
export async function approveWrites(ctx: TenantContext): Promise<{ approved: number }> {
  const { store, tenant, queue } = ctx;
  const { planned } = await store.writes.pending(tenant.id);
  await store.tenants.changeSettings(tenant.id, { writes: { mode: 'write' } });
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  return { approved: planned };
}

/** Returns to a dry run: nothing more is sent until the next approval. */
export async function holdWrites({ store, tenant }: TenantContext): Promise<{ held: true }> {
  await store.tenants.changeSettings(tenant.id, { writes: { mode: 'dry_run' } });
  return { held: true };
}

/** Lets Rapport write again what people had changed by hand, and properties that took no values; everybody is scored anew. */
export async function releaseValues(ctx: TenantContext): Promise<{ released: number }> {
  const { store, tenant, queue, clock, manifest } = ctx;
  const released = await store.writes.release(tenant.id);
  const closed = (await store.notices.all(tenant.id)).some((n) => n.code === 'properties_refused');
  if (closed) await store.notices.clear(tenant.id, ['properties_refused']);
  if (released > 0 || closed) {
    for (const kind of Object.keys(manifest.properties) as (keyof typeof manifest.properties)[])
      await store.marks.raiseAll(tenant.id, kind, clock.now());
    await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  }
  return { released };
}
