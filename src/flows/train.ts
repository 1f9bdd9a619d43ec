/** Fits a tenant's models on its own stored data; a better or equal challenger takes the champion's place. */
import type { TrainingCause } from '../core/model.ts';
import { partsOf } from '../core/parts.ts';
import type { Tenant } from '../core/tenant.ts';
import type { ContactFacts } from '../features/facts.ts';
import { factsAsOf } from '../features/facts-as-of.ts';
import { contactSample } from '../models/contact-sample.ts';
import { correctionReport } from '../models/corrected.ts';
import { periodOf } from '../models/holdout.ts';
import { type ModelReport, type PortalModels, serializeModels } from '../models/portal-models.ts';
import type { TrainingInput } from '../models/train-portal.ts';
import type { Training } from '../models/training.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { activeModels } from './active-models.ts';
import { asOf } from './as-of.ts';
import { SCORED_KINDS } from './commit-scores.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';
import { pages } from './pages.ts';
import { begunTexts, correctionsUntil, readTexts, SEED } from './train-texts.ts';

/**
 * Contacts trained on: of a larger portal a seeded sample, which bounds time and memory. They are
 * held twice, here and in the training thread.
 */
const MOST_CONTACTS = 20_000;
/** Contacts read at once. */
const PAGE = 500;

/** Versions kept besides the champion, to roll back to. */
const KEPT = 8;

/** The first training; does nothing for a tenant that is not waiting for it, so that a job queued twice runs once. */
export async function train(ctx: TenantContext): Promise<void> {
  if (ctx.tenant.state !== 'training') return;
  const training = await trainChallenger(ctx, 'first');
  await ctx.store.transaction(async (tx) => {
    await keep(ctx, tx, training);
    await rescoreAll(ctx, tx);
    await tx.tenants.setState(ctx.tenant.id, 'scoring');
  });
  await ctx.store.analyze();
  await wake(ctx);
}

/**
 * A training beside live scoring: the champion answers until the moment its successor does. With
 * an admin's freeze the challenger stays a shadow; a promotion ends a freeze that drift caused.
 */
export async function retrain(ctx: TenantContext, cause: TrainingCause): Promise<void> {
  const { store, tenant, log } = ctx;
  if (tenant.state !== 'ready' && tenant.state !== 'scoring') return;
  const training = await trainChallenger(ctx, cause);
  const { promoted, reason } = training.verdict;
  await store.transaction(async (tx) => {
    await keep(ctx, tx, training);
    if (!promoted) return;
    const { models } = tenant.settings;
    if (models.freeze?.by === 'drift')
      await tx.tenants.changeSettings(tenant.id, { models: { ...models, freeze: null } });
    await rescoreAll(ctx, tx);
  });
  log.info('model judged', { event: 'retrain', promoted, reason, cause });
  if (promoted) await wake(ctx);
}

/**
 * Trains the same models again from a version's stored query, on the facts the store holds now. Its
 * own segments stand for those before it: the same groups take the same ids from them.
 */
export async function trainAgain(
  ctx: TenantContext,
  query: Pick<TrainingInput, 'rules' | 'seed'> & { readonly asOf: string },
  { segments, churn }: Pick<PortalModels, 'segments' | 'churn'>,
): Promise<Training> {
  const gathered = await gather(ctx, query.rules, new Date(query.asOf), query.seed);
  const input = {
    ...gathered,
    segmentsBefore: segments,
    churnDays: churn?.days ?? ctx.tenant.settings.churn.days,
  };
  return ctx.train({ input, champion: null, cause: 'admin' }, ctx.signal);
}

/** A training with what the report also says of people's corrections, which no artefact holds. */
interface Judged extends Training {
  readonly report: ModelReport;
}

async function trainChallenger(ctx: TenantContext, cause: TrainingCause): Promise<Judged> {
  const { store, tenant, clock } = ctx;
  const now = clock.now();
  const runId = await store.runs.start(tenant.id, 'train', now);
  const input = await gather(ctx, tenant.settings.reach, asOf(now), SEED);
  const champion = await activeModels(ctx);
  const texts = await begunTexts(ctx, input, SEED);
  const order = { input, champion, cause, ...(texts === undefined ? {} : { texts }) };
  const training = await ctx.train(order, ctx.signal);
  const corrections = correctionReport(
    training.models,
    input.tickets,
    input.feedback,
    await correctionsUntil(ctx, input.asOf),
  );
  const learnt = { ...training, report: { ...training.models.report, corrections } };
  await store.runs.progress(
    tenant.id,
    runId,
    { contacts: input.contacts.length, promoted: training.verdict.promoted ? 1 : 0 },
    clock.now(),
  );
  const held = tenant.settings.models.freeze?.by === 'admin' && champion !== null;
  return held && training.verdict.promoted
    ? { ...learnt, verdict: { ...training.verdict, promoted: false, reason: 'frozen' } }
    : learnt;
}

async function keep(ctx: TenantContext, tx: Store, training: Judged): Promise<void> {
  const { tenant, clock } = ctx;
  const { models, query, verdict, report } = training;
  const now = clock.now();
  await tx.models.put(tenant.id, {
    version: models.version,
    trainedAt: now,
    artefact: serializeModels(models),
    report,
    query,
    verdict,
  });
  if (verdict.promoted) await tx.models.promote(tenant.id, models.version, now);
  await tx.models.prune(tenant.id, KEPT);
}

/**
 * Has every score computed anew, for the month that is now; call inside the transaction that changes
 * the model.
 */
export async function rescoreAll(
  { tenant, clock }: { readonly tenant: Pick<Tenant, 'id'>; readonly clock: Clock },
  tx: Store,
): Promise<void> {
  await tx.tenants.beginPeriod(tenant.id, periodOf(clock.now()));
  for (const kind of SCORED_KINDS) await tx.marks.raiseAll(tenant.id, kind, clock.now());
}

export const wake = ({ queue, tenant }: TenantContext): Promise<void> =>
  queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });

async function gather(
  ctx: TenantContext,
  rules: TrainingInput['rules'],
  asOf: Date,
  seed: number,
): Promise<TrainingInput> {
  return {
    contacts: await factsOfContacts(ctx, asOf, seed),
    ...(await readTexts(ctx, asOf)),
    exposures: await ctx.store.exposures.firsts(ctx.tenant.id),
    advised: (await ctx.store.exposures.advised(ctx.tenant.id)).filter((a) => a.at <= asOf),
    rules,
    asOf,
    seed,
    churnDays: ctx.tenant.settings.churn.days,
    segmentsBefore: (await activeModels(ctx))?.segments ?? null,
  };
}

async function factsOfContacts(
  ctx: TenantContext,
  asOf: Date,
  seed: number,
): Promise<ContactFacts[]> {
  const all: string[] = [];
  for await (const ids of pages(ctx, 'contact')) all.push(...ids);
  const chosen = contactSample(all, MOST_CONTACTS, seed);
  const facts: ContactFacts[] = [];
  let read = 0;
  for (const page of partsOf(chosen, PAGE)) {
    ctx.onProgress('train', read, chosen.length);
    for (const known of await readFacts(ctx, page)) {
      const then = factsAsOf(known, asOf);
      if (then !== null) facts.push(then);
    }
    read += page.length;
  }
  ctx.onProgress('train', chosen.length, chosen.length);
  return facts;
}
