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

/** Durable when it resolves, or when the transaction of `store` ends. */
export async function accept(
  store: Pick<Store, 'tenants' | 'inbox'>,
  host: HostName,
  { accounts, malformed }: Delivery,
  now: Date,
): Promise<Accepted> {
  const rows: { tenantId: TenantId; body: string }[] = [];
  for (const [account, body] of accounts) {
    const tenant = await store.tenants.find(host, account);
    if (tenant !== null && tenant.state !== 'parked') rows.push({ tenantId: tenant.id, body });
  }
  await store.inbox.accept(
    rows,
    malformed.map((m) => ({ ...m, tenantId: '' as const, host })),
    now,
  );
  return { tenants: rows.map((r) => r.tenantId), unknown: accounts.size - rows.length };
}

/** Has the accepted worked off. The rows are durable: should waking fail, the recovery sweep finds them. */
export function wake(
  { queue, store, log, meter }: Pick<FlowContext, 'queue' | 'store' | 'log' | 'meter'>,
  { tenants, unknown }: Accepted,
  now: Date,
): void {
  if (unknown > 0) meter.count('webhook_events', { outcome: 'unknown_account' }, unknown);
  for (const tenantId of tenants) {
    queue
      .add('drain', { tenantId }, { dedupe: `drain:${tenantId}` })
      .catch((error: Error) =>
        log.warn('could not wake the tenant', { tenant: tenantId, code: error.message }),
      );
    store.tenants.noteEvent(tenantId, now).catch(() => {});
  }
}
