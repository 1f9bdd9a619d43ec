/** The roles a process can have: answering requests, doing jobs, playing the sandbox CRM; any or all of them. */

import type { Server } from 'node:http';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createWebhookHandler } from '../../webhooks/router.ts';
import { RapportError } from '../core/errors.ts';
import { arrange, arrangeIfLost } from '../flows/arrange.ts';
import type { FlowContext, OnProgress } from '../flows/context.ts';
import { jobHandlers } from '../flows/jobs.ts';
import { warmUp } from '../flows/warm-up.ts';
import { createSandbox, readSandboxInfo, type Sandbox } from '../hosts/sandbox/sandbox.ts';
import { createHttpServer } from '../http/server.ts';
import { createAllowance } from '../platform/allowance.ts';
import { createRefusals } from '../platform/refusals.ts';
import { composeApp, openParts, type Parts } from './compose.ts';
import { type Config, PACKAGE_ROOT } from './config.ts';
import type { Closers } from './shutdown.ts';

export interface Roles {
  readonly web: boolean;
  readonly worker: boolean;
  readonly sandbox: boolean;
}

export interface Running {
  readonly ctx: FlowContext;
  readonly parts: Parts;
  readonly sandbox: Sandbox | undefined;
  /** Begins to work on jobs; the web role answers from the moment `run` resolves. */
  work(): Promise<void>;
}

const WORKERS = 4;
/** Whoever waited for the start is answered first. */
const WARM_UP_AFTER_MS = 250;
const LOOK_EVERY_MS = 15_000;

/** @param adapt other ports than the composition's, for measurements. */
export async function run(
  config: Config,
  roles: Roles,
  closers: Closers,
  onProgress: OnProgress,
  adapt: (parts: Parts) => Parts = (parts) => parts,
): Promise<Running> {
  const parts = adapt(await openParts(config, closers));
  const sandbox = roles.sandbox ? await openSandbox(config, parts, closers, onProgress) : undefined;
  // A worker beside a sandbox played elsewhere still has to know how to reach it.
  const info =
    sandbox === undefined
      ? await readSandboxInfo(parts.sql, config.publicUrl)
      : await sandbox.info();
  const { ctx, source } = composeApp(config, parts, info, onProgress);
  if (roles.web) {
    const server = createHttpServer({
      ctx,
      publicUrl: config.publicUrl,
      adminToken: config.adminToken,
      mayBeSigned: source.mayBeSigned,
      refusals: createRefusals(),
      allowance: createAllowance(),
      verify: source.verify,
      verifyAction: source.verifyAction,
      webhooks: createWebhookHandler(ctx, { hubspot: source }),
      distDir: join(PACKAGE_ROOT, 'dist'),
      sandbox,
    });
    await listen(server, config);
    closers.add(() => stopListening(server));
    // Jobs under way may still call the sandbox through this server.
    closers.add(() => ctx.queue.close());
  }
  if (roles.web || roles.worker) warmUpSoon(ctx, closers);
  return { ctx, parts, sandbox, work: () => work(ctx, roles, closers) };
}

function warmUpSoon({ log }: FlowContext, closers: Closers): void {
  const stop = new AbortController();
  const timer = setTimeout(() => {
    warmUp(() => setImmediate(), stop.signal).catch((error: Error) =>
      log.warn('warm-up failed', { code: error.message }),
    );
  }, WARM_UP_AFTER_MS);
  closers.add(async () => {
    clearTimeout(timer);
    stop.abort();
  });
}

async function work(ctx: FlowContext, roles: Roles, closers: Closers): Promise<void> {
  if (!roles.worker) return;
  await ctx.queue.process(jobHandlers(ctx), WORKERS);
  await arrange(ctx);
  // The queue wakes everything but itself.
  const look = setInterval(() => {
    arrangeIfLost(ctx).catch((error: Error) =>
      ctx.log.warn('queue connection error', { code: error.message }),
    );
  }, LOOK_EVERY_MS);
  closers.add(async () => clearInterval(look));
}

async function openSandbox(
  config: Config,
  parts: Parts,
  closers: Closers,
  onProgress: OnProgress,
): Promise<Sandbox> {
  const sandbox = await createSandbox({
    sql: parts.sql,
    queue: parts.createQueue('sandbox'),
    clock: parts.clock,
    log: parts.log,
    publicUrl: () => config.publicUrl,
    contacts: config.demo.contacts,
    seed: config.demo.seed,
    onProgress: (done, total) => onProgress('demo portal', done, total),
  });
  closers.add(() => sandbox.close());
  return sandbox;
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message =
        error.code === 'EADDRINUSE'
          ? `Port ${config.port} is taken; stop what uses it, or set PORT to a free one.`
          : `Cannot listen on ${config.host}:${config.port}: ${error.message}.`;
      reject(new RapportError('config_invalid', message, { cause: error }));
    });
    server.listen(config.port, config.host, resolve);
  });
}

/** Lets requests under way finish; idle keep-alive connections are cut. */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 3_000).unref();
  });
}
