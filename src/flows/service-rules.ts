/** Changes how customers are served; open cases are looked at again under the new rules. */
import type { ServiceRules } from '../core/service.ts';
import type { TenantContext } from './context.ts';

/** The given parts replace the held ones whole. */
export async function changeServiceRules(
  { store, tenant, clock, queue }: TenantContext,
  change: { readonly [K in keyof ServiceRules]?: ServiceRules[K] | undefined },
): Promise<ServiceRules> {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  const service: ServiceRules = { ...tenant.settings.service, ...given };
  await store.tenants.changeSettings(tenant.id, { service });
  await store.marks.raiseAll(tenant.id, 'ticket', clock.now());
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  return service;
}
