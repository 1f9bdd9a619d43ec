/** Which fields about the person models may use: off until an admin allows them, every change kept. */
import { z } from 'zod';
import { parsePayload } from '../core/payload.ts';
import { DEMOGRAPHICS, type Demographic } from '../core/tenant.ts';
import type { AuditEntry } from '../ports/tenant-store.ts';
import { changeSettings } from './change-settings.ts';
import type { FlowContext } from './context.ts';
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

export async function changeDemographics(
  ctx: FlowContext,
  body: unknown,
): Promise<DemographicsList> {
  const { tenant: named, field, allow, actor } = parsePayload(changeSchema, body);
  const one = await oneTenant(ctx, named);
  const before = one.tenant.settings.demographics;
  const demographics = DEMOGRAPHICS.filter((f) => (f === field ? allow : before.includes(f)));
  await changeSettings(one, { demographics }, actor);
  return listDemographics(ctx, { tenant: one.tenant.id });
}
