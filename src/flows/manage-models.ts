/** What an admin does with a tenant's models: list them, go back, train anew, freeze writes, prove a version. */
import { RapportError } from '../core/errors.ts';
import type { Freeze, TrainingCause, TrainingQuery, Verdict } from '../core/model.ts';
import { parseModels, serializeModels } from '../models/portal-models.ts';
import type { TenantContext } from './context.ts';
import { rescoreAll, trainAgain, wake } from './train.ts';

export interface ModelList {
  readonly tenant: string;
  readonly freeze: Freeze | null;
  readonly retrainEveryDays: number;
  readonly autoFreeze: boolean;
  /** The newest first. */
  readonly models: readonly {
    readonly version: string;
    readonly state: string;
    readonly trainedAt: string;
    readonly promotedAt: string | null;
    readonly query: TrainingQuery;
    readonly verdict: Verdict;
    readonly report: unknown;
  }[];
  readonly drift: readonly {
    readonly day: string;
    readonly alarms: readonly string[];
    readonly report: unknown;
  }[];
}

const DRIFT_SHOWN = 14;

export async function listModels({ store, tenant }: TenantContext): Promise<ModelList> {
  const { freeze, retrainEveryDays, autoFreeze } = tenant.settings.models;
  const models = await store.models.list(tenant.id);
  const drift = await store.drift.latest(tenant.id, DRIFT_SHOWN);
  return {
    tenant: tenant.id,
    freeze,
    retrainEveryDays,
    autoFreeze,
    models: models.map((m) => ({
      ...m,
      trainedAt: m.trainedAt.toISOString(),
      promotedAt: m.promotedAt?.toISOString() ?? null,
    })),
    drift: drift.map(({ day, alarms, report }) => ({ day, alarms, report })),
  };
}

/** Makes a stored version the champion and has everything scored by it. Throws `not_found`. */
export async function rollback(
  ctx: TenantContext,
  version: string,
): Promise<{ champion: string; before: string | null }> {
  const { store, tenant, clock, log } = ctx;
  const before = (await store.models.summary(tenant.id))?.version ?? null;
  await store.transaction(async (tx) => {
    if (!(await tx.models.promote(tenant.id, version, clock.now())))
      throw new RapportError('not_found', `No model ${version} is kept for ${tenant.id}.`);
    await rescoreAll(ctx, tx);
  });
  log.info('model rolled back', { event: 'rollback' });
  await wake(ctx);
  return { champion: version, before };
}

/** One training per tenant waits or runs at a time. */
export async function orderRetraining(
  { queue, tenant }: TenantContext,
  cause: TrainingCause,
): Promise<{ ordered: true }> {
  await queue.add(
    'retrain',
    { tenantId: tenant.id, cause },
    { dedupe: `retrain:${tenant.id}`, attempts: 2 },
  );
  return { ordered: true };
}

/** Stops writes to the CRM, or lets what is planned go out; scores go on either way. */
export async function freeze(
  ctx: TenantContext,
  on: boolean,
  by: Freeze['by'] = 'admin',
  fields: readonly string[] = [],
): Promise<{ freeze: Freeze | null }> {
  const { store, tenant, clock } = ctx;
  const { models } = tenant.settings;
  const next: Freeze | null = on ? { at: clock.now().toISOString(), by, fields } : null;
  await store.tenants.changeSettings(tenant.id, { models: { ...models, freeze: next } });
  if (!on) await wake(ctx);
  return { freeze: next };
}

export interface Proof {
  readonly version: string;
  /** Trained again from the stored query, byte by byte. */
  readonly same: boolean;
  /** The CRM's past was edited since, so that other bytes are no surprise. */
  readonly factsChanged: boolean;
  readonly again: string;
}

/** Trains a version again from its stored query, and says whether the same bytes came out. */
export async function prove(ctx: TenantContext, version: string): Promise<Proof> {
  const row = await ctx.store.models.get(ctx.tenant.id, version);
  if (row === null)
    throw new RapportError('not_found', `No model ${version} is kept for ${ctx.tenant.id}.`);
  const { models, query } = await trainAgain(ctx, row.query, parseModels(row.artefact));
  return {
    version,
    same: serializeModels(models) === row.artefact,
    factsChanged: query.factsHash !== row.query.factsHash,
    again: models.version,
  };
}
