/** Changes an account's settings, keeps who changed what, and has done again what depends on it. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { parsePayload } from '../core/payload.ts';
import { applySettings, checkSettings, type SettingsProblem } from '../core/settings.ts';
import { DEMOGRAPHICS, type TenantSettings } from '../core/tenant.ts';
import type { Store } from '../ports/store.ts';
import type { AuditEntry } from '../ports/tenant-store.ts';
import { SCORED_KINDS } from './commit-scores.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { orderRetraining } from './manage-models.ts';
import { oneTenant } from './one-tenant.ts';
import { readAnew } from './read-anew.ts';
import { wake } from './train.ts';

export type Part = keyof TenantSettings;

export type SettingsAnswer =
  | {
      readonly ok: true;
      readonly settings: TenantSettings;
      /** The parts that are different now. */
      readonly changed: readonly Part[];
    }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/**
 * Takes all of `value` or nothing. Settings, audit rows and marks stand or fall together; what
 * needs the CRM or a training follows as a job.
 * @param actor who decided: an address of the CRM, `console` or `command line`.
 */
export async function changeSettings(
  ctx: TenantContext,
  value: unknown,
  actor: string,
): Promise<SettingsAnswer> {
  const checked = checkSettings(value);
  if (!checked.ok) return checked;
  const { store, tenant, clock, log } = ctx;
  const { settings, changed } = await store.transaction(async (tx) => {
    const before = (await tx.tenants.get(tenant.id))?.settings ?? tenant.settings;
    const after = applySettings(before, checked.change);
    const parts = (Object.keys(checked.change) as Part[]).filter(
      (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
    );
    if (parts.length === 0) return { settings: before, changed: parts };
    await tx.tenants.changeSettings(
      tenant.id,
      Object.fromEntries(parts.map((part) => [part, after[part]])),
    );
    for (const part of parts)
      for (const { action, detail } of auditOf(part, before, after))
        await tx.audit.add(tenant.id, { at: clock.now(), actor, action, detail });
    await markAnew(ctx, tx, parts);
    return { settings: after, changed: parts };
  });
  if (changed.length > 0) log.info('settings changed', { event: changed.join(' ') });
  if (changed.includes('demographics')) await readAnew(ctx);
  // Topics are options to choose from.
  if (changed.includes('properties') || changed.includes('feedback'))
    await ctx.queue.add(
      'properties',
      { tenantId: tenant.id },
      { dedupe: `properties:${tenant.id}` },
    );
  if (changed.includes('churn')) await orderRetraining(ctx, 'admin');
  if (changed.some((part) => part !== 'access' && part !== 'cards' && part !== 'models'))
    await wake(ctx);
  return { ok: true, settings, changed };
}

function auditOf(
  part: Part,
  before: TenantSettings,
  after: TenantSettings,
): Pick<AuditEntry, 'action' | 'detail'>[] {
  if (part !== 'demographics')
    return [{ action: `settings.${part}`, detail: { before: before[part], after: after[part] } }];
  const detail = { before: before.demographics, after: after.demographics };
  return DEMOGRAPHICS.filter(
    (field) => detail.before.includes(field) !== detail.after.includes(field),
  ).map((field) => ({
    action: 'demographics',
    detail: { field, allow: detail.after.includes(field), ...detail },
  }));
}

/** What is looked at again under the new settings. */
async function markAnew(
  { tenant, clock }: TenantContext,
  tx: Store,
  parts: readonly Part[],
): Promise<void> {
  const kinds = new Set(
    parts.flatMap((part) => {
      if (part === 'properties') return SCORED_KINDS;
      if (part === 'reach' || part === 'holdout') return ['contact', 'deal', 'company'] as const;
      if (part === 'service') return ['ticket'] as const;
      if (part === 'feedback') return ['ticket', 'feedback'] as const;
      return [];
    }),
  );
  for (const kind of kinds) await tx.marks.raiseAll(tenant.id, kind, clock.now());
}

const AUDIT_READ = 200;
const AUDIT_SHOWN = 20;

const namedSchema = z.object({ tenant: z.string().optional() });
const changeSchema = namedSchema.extend({
  settings: z.unknown(),
  actor: z.string().trim().min(1).max(80).default('console'),
});

export async function readSettings(
  ctx: FlowContext,
  query: unknown,
): Promise<{ tenant: string; settings: TenantSettings; audit: readonly AuditEntry[] }> {
  const { store, tenant } = await oneTenant(ctx, parsePayload(namedSchema, query).tenant);
  const audit = (await store.audit.latest(tenant.id, AUDIT_READ)).filter(
    ({ action }) => action === 'demographics' || action.startsWith('settings.'),
  );
  return { tenant: tenant.id, settings: tenant.settings, audit: audit.slice(0, AUDIT_SHOWN) };
}

/** The operator's way in. Throws `invalid_payload` naming every field that cannot be taken. */
export async function setSettings(
  ctx: FlowContext,
  body: unknown,
): Promise<{ tenant: string; settings: TenantSettings; changed: readonly Part[] }> {
  const given = parsePayload(changeSchema, body);
  const one = await oneTenant(ctx, given.tenant);
  const { settings, changed } = orThrow(await changeSettings(one, given.settings, given.actor));
  return { tenant: one.tenant.id, settings, changed };
}

export function orThrow(answer: SettingsAnswer): Extract<SettingsAnswer, { ok: true }> {
  if (answer.ok) return answer;
  const named = answer.problems.map(({ path, code }) => `${path}: ${code}`);
  throw new RapportError('invalid_payload', named.join(', '));
}
