/** Reads a host's journal on from where it stood, into the same inboxes as webhooks fill. */
import { RapportError } from '../core/errors.ts';
import { type TenantId, tenantId } from '../core/ids.ts';
import type { HostName } from '../core/tenant.ts';
import type { Host } from '../ports/host.ts';
import type { Journal, JournalBatch } from '../ports/journal.ts';
import { accept, wake } from './accept.ts';
import type { FlowContext } from './context.ts';
import { park } from './park.ts';
import { accessToken } from './tokens.ts';

/** The journal is of no account, but has its turn like one. */
const lineOf = (host: HostName): string => `journal:${host}`;

/**
 * Reads until nothing is left; returns how many batches were kept. Each batch and the offset after
 * it are one transaction, so a crash repeats it and two readers at once keep it once.
 */
export async function followJournal(
  ctx: FlowContext,
  name: HostName,
  signal: AbortSignal,
): Promise<number> {
  const host = ctx.hosts[name];
  if (host === undefined || host.journal === null) return 0;
  try {
    await watch(ctx, name, host.journal);
    return await readOn(ctx, name, host, host.journal, signal);
  } catch (error) {
    if (error instanceof RapportError && error.code === 'host_rate_limited')
      await ctx.limiter.pause(lineOf(name), error.retryAfterMs ?? 10_000);
    throw error;
  }
}

async function watch(ctx: FlowContext, name: HostName, journal: Journal): Promise<void> {
  const tenants = (await ctx.store.tenants.all()).filter((t) => t.host === name);
  const accounts = (parked: boolean) =>
    tenants.filter((t) => (t.state === 'parked') === parked).map((t) => t.accountId);
  await ctx.limiter.acquire(lineOf(name));
  const refused = await journal.watch(accounts(false), accounts(true));
  for (const code of refused) ctx.log.warn('journal subscription refused', { host: name, code });
}

async function readOn(
  ctx: FlowContext,
  name: HostName,
  host: Host,
  journal: Journal,
  signal: AbortSignal,
): Promise<number> {
  let kept = 0;
  while (!signal.aborted) {
    const offset = await ctx.store.journals.offset(name);
    await ctx.limiter.acquire(lineOf(name));
    const batch = await journal.read(offset);
    if (batch === 'nothing new') break;
    if (batch === 'lost') await startOver(ctx, name, offset);
    else {
      if (!(await keep(ctx, name, host, offset, batch))) break;
      kept += 1;
    }
  }
  return kept;
}

/** False when another reader kept it first. */
async function keep(
  ctx: FlowContext,
  name: HostName,
  host: Host,
  offset: string | null,
  batch: JournalBatch,
): Promise<boolean> {
  const { store, clock, meter, log } = ctx;
  const now = clock.now();
  const gone = await goneOf(ctx, name, host, batch.left);
  const accepted = await store.transaction(async (tx) => {
    if (!(await tx.journals.advance(name, offset, batch.offset, now))) return null;
    for (const id of gone) await park({ store: tx, clock, log }, id);
    return accept(tx, name, [batch], now);
  });
  if (accepted === null) return false;
  meter.count('webhook_deliveries', { host: name, outcome: 'journal' });
  wake(ctx, accepted, now);
  return true;
}

/**
 * Those of the accounts whose grant is really gone: the entry may be days old, and the app back in
 * the account since.
 */
async function goneOf(
  ctx: FlowContext,
  name: HostName,
  host: Host,
  left: readonly string[],
): Promise<TenantId[]> {
  const gone: TenantId[] = [];
  for (const account of left) {
    const id = tenantId(name, account);
    const tenant = await ctx.store.tenants.get(id);
    if (tenant === null || tenant.state === 'parked') continue;
    try {
      await accessToken(ctx, host, id, await accessToken(ctx, host, id));
    } catch (error) {
      if (!(error instanceof RapportError) || error.code !== 'needs_reconnect') throw error;
      gone.push(id);
    }
  }
  return gone;
}

/** What lay between is not told any more: every account is compared instead, and then the earliest is read. */
async function startOver(ctx: FlowContext, name: HostName, offset: string | null): Promise<void> {
  ctx.log.warn('journal lost its place', { host: name, code: 'journal_offset' });
  for (const { id, host, state } of await ctx.store.tenants.all()) {
    if (host !== name || state !== 'ready') continue;
    for (const job of ['reconcile', 'certify'])
      await ctx.queue.add(job, { tenantId: id }, { dedupe: `${job}:${id}` });
  }
  await ctx.store.journals.advance(name, offset, null, ctx.clock.now());
}
