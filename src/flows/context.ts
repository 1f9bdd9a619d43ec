/** What a flow is handed: the ports, and for one tenant also its session at the host. */
import { RapportError } from '../core/errors.ts';
import type { TenantId } from '../core/ids.ts';
import type { Manifest } from '../core/manifest.ts';
import type { HostName, Tenant } from '../core/tenant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Host, HostSession } from '../ports/host.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { Log } from '../ports/log.ts';
import type { Meter } from '../ports/meter.ts';
import type { Phraser } from '../ports/phraser.ts';
import type { Queue } from '../ports/queue.ts';
import type { Store } from '../ports/store.ts';
import type { TextFitter, Trainer } from '../ports/trainer.ts';
import type { Translator } from '../ports/translator.ts';
import type { Vault } from '../ports/vault.ts';
import type { Memory } from './memory.ts';
import { accessToken } from './tokens.ts';

/** Long work says how far it is; `total` is `null` while unknown. */
export type OnProgress = (step: string, done: number, total: number | null) => void;

export interface FlowContext {
  readonly store: Store;
  readonly queue: Queue;
  readonly limiter: Limiter;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly manifest: Manifest;
  readonly hosts: Readonly<Partial<Record<HostName, Host>>>;
  readonly translators: Readonly<Record<HostName, Translator>>;
  readonly train: Trainer;
  readonly fitTexts: TextFitter;
  /** `null` while no language model is configured. */
  readonly phrase: Phraser | null;
  readonly memory: Memory;
  readonly onProgress: OnProgress;
}

export interface TenantContext extends FlowContext {
  readonly tenant: Tenant;
  readonly session: HostSession;
  /** Aborted when the process stops: long work returns at its next safe point. */
  readonly signal: AbortSignal;
}

/** Throws `unknown_tenant`, or `config_invalid` when no app is configured for its host. */
export async function forTenant(
  ctx: FlowContext,
  id: TenantId,
  signal: AbortSignal = new AbortController().signal,
): Promise<TenantContext> {
  const tenant = await ctx.store.tenants.get(id);
  if (tenant === null) throw new RapportError('unknown_tenant', `No account ${id} is connected.`);
  const host = hostOf(ctx, tenant.host);
  const session = host.connect(
    tenant,
    (refused) => accessToken(ctx, host, tenant.id, refused),
    (kind) => ctx.limiter.acquire(tenant.id, kind),
  );
  return { ...ctx, tenant, session, signal, log: ctx.log.child({ tenant: id, host: tenant.host }) };
}

export function hostOf(ctx: FlowContext, name: HostName): Host {
  const host = ctx.hosts[name];
  if (host === undefined)
    throw new RapportError('config_invalid', `No app is configured for ${name}; see .env.example.`);
  return host;
}
