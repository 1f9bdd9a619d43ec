/** Every live record of a kind, a page of ids at a time. */
import type { RecordKind } from '../core/record.ts';
import type { TenantContext } from './context.ts';

const PAGE = 500;

export async function* pages(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  kind: RecordKind,
): AsyncGenerator<string[]> {
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await store.records.page(tenant.id, kind, after, PAGE);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}
