/** Which fields about the person models may use: off until an admin allows them, every change kept. */
import { z } from 'zod';
import { recordId } from '../core/ids.ts';
import { parsePayload } from '../core/payload.ts';
import { DEMOGRAPHICS, type Demographic } from '../core/tenant.ts';
import type { AuditEntry } from '../ports/tenant-store.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { oneTenant } from './one-tenant.ts';

export interface DemographicsList {
  readonly allowed: readonly Demographic[];
  readonly forbidden: readonly Demographic[];
  /** Newest first. */
  readonly audit: readonly AuditEntry[];
}

const querySchema = z.object({ tenant: z.string().optional() });
const changeSchema = querySchema.extend({
  field: z.enum(DEMOGRAPHICS),
  allow: z.boolean(),
  actor: z.string().trim().min(1).max(80).default('console'),
});
const AUDITED = 'demographics';
const PAGE = 500;

export async function listDemographics(
  ctx: FlowContext,
  query: unknown,
): Promise<DemographicsList> {
  const { tenant: named } = parsePayload(querySchema, query);
  const { store, tenant } = await oneTenant(ctx, named);
  const allowed = tenant.settings.demographics;
  const audit = await store.audit.latest(tenant.id, 100);
  return {
    allowed,
    forbidden: DEMOGRAPHICS.filter((field) => !allowed.includes(field)),
    audit: audit.filter(({ action }) => action === AUDITED),
  };
}

/** The change and its audit row stand or fall together; then every contact is read anew. */
export async function changeDemographics(
  ctx: FlowContext,
  body: unknown,
): Promise<DemographicsList> {
  const { tenant: named, field, allow, actor } = parsePayload(changeSchema, body);
  const one = await oneTenant(ctx, named);
  const { store, tenant, clock, queue } = one;
  const before = tenant.settings.demographics;
  const after = DEMOGRAPHICS.filter((f) => (f === field ? allow : before.includes(f)));
  await store.transaction(async (tx) => {
    await tx.tenants.changeSettings(tenant.id, { demographics: after });
    await tx.audit.add(tenant.id, {
      at: clock.now(),
      actor,
      action: AUDITED,
      detail: { field, allow, before, after },
    });
  });
  ctx.log.info('demographic field changed', { tenant: tenant.id, event: `${field} ${allow}` });
  await readAnew(one);
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  return listDemographics(ctx, { tenant: tenant.id });
}

async function readAnew({ store, tenant, clock }: TenantContext): Promise<void> {
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
