/** What a host delivers, by webhook or by journal, into the inboxes of the accounts it is about. */
import type { TenantId } from '../core/ids.ts';
import type { HostName } from '../core/tenant.ts';
import type { Store } from '../ports/store.ts';
import type { FlowContext } from './context.ts';

export interface Delivery {
  /** Account → its events, a JSON array. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly malformed: readonly { readonly reason: string; readonly body: string }[];
}

export interface Accepted {
  readonly tenants: readonly TenantId[];
  /** Accounts that are not connected, or parked; what was for them is dropped. */
  readonly unknown: number;
}

/** Durable when it resolves, or when the transaction of `store` ends; all of it or nothing. */
export async function accept(
  store: Pick<Store, 'tenants' | 'inbox'>,
  host: HostName,
  deliveries: readonly Delivery[],
  now: Date,
): Promise<Accepted[]> {
  const tenants = new Map<string, TenantId | null>();
  for (const account of new Set(deliveries.flatMap((d) => [...d.accounts.keys()]))) {
    const tenant = await store.tenants.find(host, account);
    tenants.set(account, tenant === null || tenant.state === 'parked' ? null : tenant.id);
  }
  const rows = deliveries.map(({ accounts }) =>
    [...accounts].flatMap(([account, body]) => {
      const tenantId = tenants.get(account) ?? null;
      return tenantId === null ? [] : [{ tenantId, body }];
    }),
  );
  await store.inbox.accept(
    rows.flat(),
    deliveries.flatMap((d) => d.malformed.map((m) => ({ ...m, tenantId: '' as const, host }))),
    now,
  );
  return deliveries.map(({ accounts }, n) => {
    const own = rows[n] ?? [];
    return { tenants: own.map((r) => r.tenantId), unknown: accounts.size - own.length };
  });
}

/** Has the accepted worked off. The rows are durable: should waking fail, the recovery sweep finds them. */
export function wake(
  { queue, store, log, meter }: Pick<FlowContext, 'queue' | 'store' | 'log' | 'meter'>,
  accepted: readonly Accepted[],
  now: Date,
): void {
  const unknown = accepted.reduce((sum, a) => sum + a.unknown, 0);
  if (unknown > 0) meter.count('webhook_events', { outcome: 'unknown_account' }, unknown);
  for (const tenantId of new Set(accepted.flatMap((a) => a.tenants))) {
    queue
      .add('drain', { tenantId }, { dedupe: `drain:${tenantId}` })
      .catch((error: Error) =>
        log.warn('could not wake the tenant', { tenant: tenantId, code: error.message }),
      );
    store.tenants.noteEvent(tenantId, now).catch(() => {});
  }
}
