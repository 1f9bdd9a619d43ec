/** `rapport start`: the sandbox, the installation into it, the first read and scores, and then the ordinary service. */
import { setTimeout } from 'node:timers/promises';
import { type TenantId, tenantId } from '../core/ids.ts';
import type { ContactScore } from '../core/score.ts';
import type { Config } from './config.ts';
import { type Running, run } from './roles.ts';
import { installIntoSandbox, registerApp } from './sandbox-install.ts';
import type { Closers } from './shutdown.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const POLL_MS = 200;

export async function start(config: Config, closers: Closers, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  const terminal = createTerminal();
  terminal.line(
    config.databaseUrl === undefined
      ? `Data: ${config.dataDir} (embedded PostgreSQL: survives a crash of the program, not a power cut)`
      : `Data: PostgreSQL at ${new URL(config.databaseUrl).host}${config.redisUrl === undefined ? '' : `, queue in Redis at ${new URL(config.redisUrl).host}`}`,
  );
  const running = await run(
    config,
    { web: true, worker: true, sandbox: true },
    closers,
    terminal.onProgress,
  );
  const { sandbox, ctx } = running;
  if (sandbox === undefined) return;
  await sandbox.seed();
  const info = await sandbox.info();
  await registerApp(ctx.manifest, info, config.publicUrl);
  await running.work();
  const known = await ctx.store.tenants.find('sandbox', String(info.portalId));
  const connected = known !== null && known.state !== 'installing' && known.state !== 'parked';
  if (!connected) await installIntoSandbox(config.publicUrl);
  terminal.finish();
  terminal.line(
    `Portal: Sandbox CRM, account ${info.portalId}${connected ? ', connected before' : ', installed now'}`,
  );
  await untilReady(running, String(info.portalId), signal);
  terminal.finish();
  if (signal.aborted) return;
  await summarise(running, terminal, config, (performance.now() - began) / 1000);
}

async function untilReady({ ctx }: Running, account: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const tenant = await ctx.store.tenants.find('sandbox', account);
    if (tenant?.state === 'ready') return;
    await setTimeout(POLL_MS);
  }
}

/** A contact with advice of their own, so that the first card opened is not one held out. */
async function someoneToShow({ store }: Running['ctx'], id: TenantId): Promise<string | undefined> {
  const ids = await store.records.page(id, 'contact', null, 100);
  const scores = await store.scores.get(id, 'contact', ids);
  const ready = new Set(
    scores.filter((s) => (s.data as ContactScore).status === 'ready').map((s) => s.id),
  );
  return ids.find((one) => ready.has(one)) ?? ids[0];
}

async function summarise(
  { ctx, sandbox }: Running,
  terminal: Terminal,
  config: Config,
  seconds: number,
): Promise<void> {
  const account = String((await sandbox?.info())?.portalId);
  const id = tenantId('sandbox', account);
  const scored = await ctx.store.scores.count(id, 'contact');
  const properties = await ctx.meter.total('property_writes', { outcome: 'sent' });
  const contact = await someoneToShow(ctx, id);
  terminal.line(
    `Ready: ${scored} contacts scored, ${properties} properties written, ${seconds.toFixed(1)} s`,
  );
  terminal.line(`Sandbox CRM:  ${config.publicUrl}/sandbox`);
  terminal.line(
    `A contact:    ${config.publicUrl}/sandbox/contacts/${contact}   (?lang=zh-cn for Chinese)`,
  );
  terminal.line(`Console:      ${config.publicUrl}/console`);
  terminal.line('Ctrl-C stops; the next start goes on from here.');
}
