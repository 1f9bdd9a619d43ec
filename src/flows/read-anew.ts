/** Has every contact read from the CRM again; the caller wakes the worker. */
import { recordId } from '../core/ids.ts';
import type { TenantContext } from './context.ts';

const PAGE = 500;

export async function readAnew({ store, tenant, clock }: TenantContext): Promise<void> {
  for (let after: string | null = null; ; ) {
    const ids: string[] = await store.records.page(tenant.id, 'contact', after, PAGE);
    const last = ids.at(-1);
    if (last === undefined) return;
    await store.marks.raise(
      tenant.id,
      'sync',
      ids.map((id) => ({ kind: 'contact', id: recordId(id), change: 'changed', eventAt: null })),
      clock.now(),
    );
    after = last;
  }
}
