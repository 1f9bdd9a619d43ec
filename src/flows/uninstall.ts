/** Leaves an account: the CRM is told, its tokens are forgotten, and its data go at once or after thirty days. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import type { TenantId } from '../core/ids.ts';
import { RETENTION_DAYS } from '../core/notice.ts';
import { parsePayload } from '../core/payload.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { oneTenant } from './one-tenant.ts';
import { unschedule } from './schedule.ts';

const DAY_MS = 24 * 3600_000;
const AFTER_JOBS_MS = 10 * 60_000;

const bodySchema = z.object({
  tenant: z.string().optional(),
  erase: z.boolean().default(false),
  actor: z.string().trim().min(1).max(80).default('console'),
});

export interface Uninstalled {
  readonly tenant: string;
  /** `gone`: the account had taken the grant back before. */
  readonly crm: 'uninstalled' | 'gone';
  readonly erased: boolean;
}

/** For the only account or the named one. */
export async function uninstallNamed(ctx: FlowContext, body: unknown): Promise<Uninstalled> {
  const { tenant, erase, actor } = parsePayload(bodySchema, body);
  return uninstall(await oneTenant(ctx, tenant), erase, actor);
}

/**
 * Nothing here changes unless the CRM let go or had done so before: a CRM that does not answer
 * leaves the account as it is, and the command can be given again.
 */
export async function uninstall(
  ctx: TenantContext,
  erase: boolean,
  actor: string,
): Promise<Uninstalled> {
  const { store, tenant, clock, log } = ctx;
  const crm = await leave(ctx);
  await store.transaction(async (tx) => {
    await tx.tenants.setState(tenant.id, 'parked');
    await tx.secrets.forget(tenant.id);
    await tx.notices.clear(tenant.id, ['reconnect', 'scopes', 'property_limit']);
    await tx.notices.put(tenant.id, 'uninstalled', [], clock.now());
    const detail = { crm, erase };
    await tx.audit.add(tenant.id, { at: clock.now(), actor, action: 'uninstall', detail });
  });
  log.info('account uninstalled', { event: 'uninstall', outcome: crm });
  if (erase) await eraseAccount(ctx, tenant.id);
  return { tenant: tenant.id, crm, erased: erase };
}

async function leave(ctx: TenantContext): Promise<Uninstalled['crm']> {
  const { session } = ctx;
  await leaveJournal(ctx);
  try {
    await session.uninstall();
    return 'uninstalled';
  } catch (error) {
    if (error instanceof RapportError && error.code === 'needs_reconnect') return 'gone';
    throw error;
  }
}

/** What fails here is made up for when the journal is read next. */
async function leaveJournal({ hosts, tenant, log }: TenantContext): Promise<void> {
  try {
    await hosts[tenant.host]?.journal?.leave(tenant.accountId);
  } catch (error) {
    const code = error instanceof RapportError ? error.code : String(error);
    log.warn('journal subscriptions could not be ended', { code });
  }
}

/** Everything known of an account, in every table; what the CRM holds of us stays with its owner. */
export async function eraseAccount(ctx: FlowContext, id: TenantId): Promise<void> {
  await unschedule(ctx.queue, id);
  await ctx.store.transaction((tx) => tx.tenants.erase(id));
  // A job that was under way may still have stored something.
  await ctx.queue.add('erase', { tenantId: id }, { delayMs: AFTER_JOBS_MS });
  await ctx.limiter.forget(id);
  ctx.memory.crmCounts.delete(id);
  ctx.memory.texts.delete(id);
  for (const key of ctx.memory.models.keys())
    if (key.startsWith(`${id} `)) ctx.memory.models.delete(key);
  ctx.log.info('account erased', { tenant: id, event: 'erase' });
}

/** Erases the accounts that were left, or lost, thirty days ago; returns how many. */
export async function eraseLeft(ctx: FlowContext): Promise<number> {
  const before = ctx.clock.now().getTime() - RETENTION_DAYS * DAY_MS;
  let erased = 0;
  for (const tenant of await ctx.store.tenants.all()) {
    if (tenant.state !== 'parked') continue;
    const notices = await ctx.store.notices.all(tenant.id);
    const left = notices.find((n) => n.code === 'uninstalled' || n.code === 'reconnect');
    if (left === undefined || left.since.getTime() > before) continue;
    await eraseAccount(ctx, tenant.id);
    erased += 1;
  }
  return erased;
}
