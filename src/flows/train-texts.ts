/** What texts teach is fitted as soon as the texts are read, while the CRM is still being asked for the rest. */
import { createHash } from 'node:crypto';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import { withCorrections } from '../models/corrected.ts';
import type { TextModels } from '../models/text-models.ts';
import type { TextOrder } from '../models/training.ts';
import { asOf } from './as-of.ts';
import type { TenantContext } from './context.ts';
import { pages } from './pages.ts';

type Texts = Pick<TextOrder, 'tickets' | 'feedback' | 'topics'>;

/** Tickets and survey answers of the time until `until`, with people's corrections, and the topics. */
export async function readTexts(
  ctx: Pick<TenantContext, 'store' | 'tenant'>,
  until: Date,
): Promise<Texts> {
  const before = <R extends { readonly createdAt: Date }>(rows: readonly R[]): R[] =>
    rows.filter((r) => r.createdAt <= until);
  const corrections = await correctionsUntil(ctx, until);
  return {
    tickets: withCorrections(before(await allOf<Ticket>(ctx, 'ticket')), corrections),
    feedback: withCorrections(before(await allOf<FeedbackItem>(ctx, 'feedback')), corrections),
    topics: ctx.tenant.settings.feedback.topics,
  };
}

export const SEED = 1;

/** Begins to fit; nobody waits for it, and a failure only means that it is fitted later. */
export async function beginTexts(ctx: TenantContext): Promise<void> {
  const { memory, tenant, signal, clock } = ctx;
  const texts = await readTexts(ctx, asOf(clock.now()));
  memory.texts.set(tenant.id, {
    of: keyOf(texts, SEED),
    fitted: ctx.fitTexts({ ...texts, seed: SEED }, signal).catch(() => undefined),
  });
}

/** What was fitted on exactly these texts; `undefined` when they are still to be fitted. */
export async function begunTexts(
  { memory, tenant }: Pick<TenantContext, 'memory' | 'tenant'>,
  texts: Texts,
  seed: number,
): Promise<TextModels | null | undefined> {
  const begun = memory.texts.get(tenant.id);
  memory.texts.delete(tenant.id);
  return begun?.of === keyOf(texts, seed) ? begun.fitted : undefined;
}

const keyOf = ({ tickets, feedback, topics }: Texts, seed: number): string =>
  createHash('sha256')
    .update(JSON.stringify([seed, tickets, feedback, topics]))
    .digest('hex');

/** People's corrections given until then. */
export const correctionsUntil = async (
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  until: Date,
) => (await store.corrections.all(tenant.id)).filter((c) => c.at <= until);

async function allOf<R extends Ticket | FeedbackItem>(
  ctx: Pick<TenantContext, 'store' | 'tenant'>,
  kind: R['kind'],
): Promise<R[]> {
  const records: R[] = [];
  for await (const ids of pages(ctx, kind))
    records.push(...(await ctx.store.records.get<R>(ctx.tenant.id, kind, ids)));
  return records;
}
