/** Fits the tenant's models on its own stored data and has everyone scored by them. */
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type { ContactFacts } from '../features/facts.ts';
import { correctionReport, withCorrections } from '../models/corrected.ts';
import { serializeModels } from '../models/portal-models.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';
import { asOf } from './score.ts';

const PAGE = 500;
const SEED = 1;

/** Does nothing for a tenant that is not waiting for it, so that a job queued twice runs once. */
export async function train(ctx: TenantContext): Promise<void> {
  if (ctx.tenant.state !== 'training') return;
  const { store, tenant, clock, queue } = ctx;
  const now = clock.now();
  const runId = await store.runs.start(tenant.id, 'train', now);
  const contacts = await allFacts(ctx);
  const corrections = await store.corrections.all(tenant.id);
  const tickets = withCorrections(await allOf<Ticket>(ctx, 'ticket'), corrections);
  const feedback = withCorrections(await allOf<FeedbackItem>(ctx, 'feedback'), corrections);
  const models = await ctx.train({
    contacts,
    tickets,
    feedback,
    exposures: await store.exposures.firsts(tenant.id),
    rules: tenant.settings.reach,
    asOf: asOf(now),
    seed: SEED,
  });
  await store.transaction(async (tx) => {
    await tx.models.activate(tenant.id, {
      version: models.version,
      trainedAt: now,
      artefact: serializeModels(models),
      report: {
        ...models.report,
        corrections: correctionReport(models, tickets, feedback, corrections),
      },
    });
    for (const kind of ['contact', 'ticket', 'feedback'] as const)
      await tx.marks.raiseAll(tenant.id, kind, now);
    await tx.tenants.setState(tenant.id, 'scoring');
  });
  await store.runs.progress(tenant.id, runId, { contacts: contacts.length }, clock.now());
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
}

async function allFacts(ctx: TenantContext): Promise<ContactFacts[]> {
  const total = await ctx.store.records.count(ctx.tenant.id, 'contact');
  const facts: ContactFacts[] = [];
  for await (const ids of pages(ctx, 'contact')) {
    facts.push(...(await readFacts(ctx, ids)));
    ctx.onProgress('train', facts.length, total);
  }
  return facts;
}

async function allOf<R extends Ticket | FeedbackItem>(
  ctx: TenantContext,
  kind: R['kind'],
): Promise<R[]> {
  const records: R[] = [];
  for await (const ids of pages(ctx, kind))
    records.push(...(await ctx.store.records.get<R>(ctx.tenant.id, kind, ids)));
  return records;
}

async function* pages(
  { store, tenant }: TenantContext,
  kind: 'contact' | 'ticket' | 'feedback',
): AsyncGenerator<string[]> {
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await store.records.page(tenant.id, kind, after, PAGE);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}
