/** The table of jobs: name → what it does. Payloads carry ids, never data. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { asTenantId, type TenantId } from '../core/ids.ts';
import { TRAINING_CAUSES, type TrainingCause } from '../core/model.ts';
import { HOSTS } from '../core/tenant.ts';
import type { JobHandler } from '../ports/queue.ts';
import { backfill } from './backfill.ts';
import { certify } from './certify.ts';
import { type FlowContext, forTenant, type TenantContext } from './context.ts';
import { drain } from './drain.ts';
import { followJournal } from './follow-journal.ts';
import { forgetOld, forgetUnowned } from './forget-old.ts';
import { park } from './park.ts';
import { prepareProperties } from './prepare-properties.ts';
import { reconcile } from './reconcile.ts';
import { recover } from './recover.ts';
import { schedule } from './schedule.ts';
import { sweep } from './sweep.ts';
import { retrain, train } from './train.ts';
import { undoWrites } from './undo-writes.ts';
import { eraseLeft } from './uninstall.ts';
import { watchModels } from './watch-models.ts';
import { answerLater } from './workflow-actions.ts';

interface Order {
  readonly cause: TrainingCause;
  /** Which run of writes is meant. */
  readonly run?: number | undefined;
  /** Which execution of a workflow waits. */
  readonly callbackId?: string | undefined;
}
type TenantJob = (ctx: TenantContext, order: Order) => Promise<unknown>;

const TENANT_JOBS: Readonly<Record<string, TenantJob>> = {
  backfill,
  train,
  drain,
  reconcile,
  certify,
  schedule: (ctx) => schedule(ctx.queue, ctx.tenant.id),
  properties: prepareProperties,
  watch: async (ctx) => {
    await forgetOld(ctx);
    await watchModels(ctx);
  },
  answer: async (ctx, { callbackId }) =>
    callbackId === undefined ? null : answerLater(ctx, callbackId),
  retrain: (ctx, { cause }) => retrain(ctx, cause),
  undo: async (ctx, { run }) => (run === undefined ? null : undoWrites(ctx, run)),
};

const payloadSchema = z.object({
  tenantId: z.string().transform(asTenantId),
  cause: z.enum(TRAINING_CAUSES).default('schedule'),
  run: z.coerce.number().int().positive().optional(),
  callbackId: z.string().optional(),
});

const hostSchema = z.object({ host: z.enum(HOSTS) });

export function jobHandlers(ctx: FlowContext): Record<string, JobHandler> {
  const handlers: Record<string, JobHandler> = {
    recover: () => recover(ctx),
    journal: async (payload, signal) => {
      await followJournal(ctx, hostSchema.parse(payload).host, signal);
    },
    sweep: async () => {
      await sweep(ctx);
      await eraseLeft(ctx);
      await forgetUnowned(ctx);
    },
    erase: async (payload) => {
      const { tenantId } = payloadSchema.parse(payload);
      if ((await ctx.store.tenants.get(tenantId)) === null)
        await ctx.store.transaction((tx) => tx.tenants.erase(tenantId));
    },
  };
  for (const [job, run] of Object.entries(TENANT_JOBS))
    handlers[job] = async (payload, signal) => {
      const { tenantId, ...order } = payloadSchema.parse(payload);
      await runForTenant(ctx, job, tenantId, signal, (tenant) => run(tenant, order));
    };
  return handlers;
}

async function runForTenant(
  ctx: FlowContext,
  job: string,
  id: TenantId,
  signal: AbortSignal,
  run: (ctx: TenantContext) => Promise<unknown>,
): Promise<void> {
  const started = performance.now();
  try {
    const tenant = await forTenant(ctx, id, signal);
    // Whoever took the grant back gets no further call; what waits is kept for a new consent.
    if (tenant.tenant.state === 'parked') return;
    await run(tenant);
    ctx.meter.count('jobs', { job, outcome: 'done' });
    ctx.log.debug('job done', { tenant: id, job, ms: Math.round(performance.now() - started) });
  } catch (error) {
    ctx.meter.count('jobs', { job, outcome: 'failed' });
    if (!signal.aborted) await noteFailure(ctx, id, error);
    throw error;
  }
}

/** The admin sees the last error; a lost grant parks the tenant, and a pace refusal stops the account. */
async function noteFailure(ctx: FlowContext, id: TenantId, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof RapportError))
    ctx.log.error('unexpected error', {
      tenant: id,
      code: message,
      stack: error instanceof Error ? error.stack : undefined,
    });
  await ctx.store.tenants.noteError(id, message, ctx.clock.now());
  if (!(error instanceof RapportError)) return;
  if (error.code === 'needs_reconnect') await park(ctx, id);
  if (error.code === 'host_rate_limited') await ctx.limiter.pause(id, error.retryAfterMs ?? 10_000);
}
