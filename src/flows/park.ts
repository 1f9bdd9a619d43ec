/** An account whose grant is gone: no call is made any more, its admin is told, nothing is lost. */
import type { TenantId } from '../core/ids.ts';
import type { FlowContext } from './context.ts';

/** Safe to repeat: the notice keeps the time when the account was lost. */
export async function park(
  { store, clock, log }: Pick<FlowContext, 'store' | 'clock' | 'log'>,
  id: TenantId,
): Promise<void> {
  await store.tenants.setState(id, 'parked');
  await store.notices.put(id, 'reconnect', [], clock.now());
  log.warn('account parked until an admin connects it again', {
    tenant: id,
    code: 'needs_reconnect',
  });
}
