/** Scores every marked contact, ticket and feedback item, and plans what to write of it. */
import { DateTime } from 'luxon';
import type { FeedbackItem } from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import { cleanMessage } from '../ml/text/message/clean.ts';
import { corrected, humanLabels } from '../models/corrected.ts';
import { periodOf } from '../models/holdout.ts';
import {
  type PortalModels,
  parseModels,
  scoreContact,
  scoreText,
} from '../models/portal-models.ts';
import type { Mark, ScoreRow, Store } from '../ports/store.ts';
import type { TenantContext } from './context.ts';
import { exposuresOf, onItsSide } from './expose.ts';
import { readFacts } from './facts.ts';
import { planWrites } from './plan-writes.ts';
import { contactValues, ticketValues } from './property-values.ts';
import { scoreTickets } from './score-tickets.ts';

const BATCH = 200;

/** Works off every `score` mark; returns the counts, all zero while no model is fitted. */
export async function score(
  ctx: TenantContext,
  runId: number,
): Promise<{ scored: number; planned: number }> {
  const models = await activeModels(ctx);
  const counts = { scored: 0, planned: 0 };
  if (models === null) return counts;
  // Contacts first: what a case is worth depends on whose it is.
  for (const kind of ['contact', 'ticket', 'feedback'] as const) {
    for (;;) {
      const marks = await ctx.store.marks.take(ctx.tenant.id, 'score', kind, BATCH);
      if (marks.length === 0 || ctx.signal.aborted) break;
      const planned = await SCORERS[kind](ctx, models, marks, runId);
      counts.scored += marks.length;
      counts.planned += planned;
      ctx.onProgress('score', counts.scored, null);
    }
  }
  return counts;
}

const SCORERS = { contact: scoreContacts, ticket: scoreCases, feedback: scoreFeedback } as const;

const cache = new Map<string, PortalModels>();
const CACHED_MODELS = 16;

/** The fitted models of a tenant; parsed once per version and process. */
export async function activeModels(
  ctx: Pick<TenantContext, 'store' | 'tenant'>,
): Promise<PortalModels | null> {
  const active = await ctx.store.models.summary(ctx.tenant.id);
  if (active === null) return null;
  const key = `${ctx.tenant.id} ${active.version}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const row = await ctx.store.models.active(ctx.tenant.id);
  if (row === null) return null;
  const models = parseModels(row.artefact);
  if (cache.size >= CACHED_MODELS) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, models);
  return models;
}

/**
 * Features look back from the end of the UTC day, so that a score depends on the day and the data,
 * not on the minute it was computed.
 */
export const asOf = (now: Date): Date =>
  DateTime.fromJSDate(now, { zone: 'utc' }).endOf('day').toJSDate();

async function scoreContacts(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
  runId: number,
): Promise<number> {
  const { tenant, clock } = ctx;
  const now = clock.now();
  const facts = await readFacts(
    ctx,
    marks.map((m) => m.id),
  );
  const period = periodOf(now);
  const scored = facts.map((f) => {
    const plain = scoreContact(models, f, tenant.settings.reach, asOf(now), now);
    return { id: f.contact.id, data: onItsSide(tenant, models, f, plain, period) };
  });
  const rows = scored.map(
    ({ id, data }): ScoreRow => ({
      kind: 'contact',
      id,
      scoredAt: now,
      modelVersion: data.modelVersion,
      data,
    }),
  );
  const wanted = scored.map(({ id, data }) => ({
    id,
    values: contactValues(data, now),
    modelVersion: data.modelVersion,
  }));
  return commit(ctx, 'contact', marks, rows, wanted, runId, (tx) =>
    tx.exposures.record(tenant.id, exposuresOf(scored, period, now)),
  );
}

async function scoreCases(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
  runId: number,
): Promise<number> {
  const now = ctx.clock.now();
  const ids = marks.map((m) => m.id);
  const scored = await scoreTickets(ctx, models, ids);
  const rows = scored.map(({ id, data }) => scoreRow('ticket', id, data, now));
  const wanted = scored.map(({ id, data }) => ({
    id,
    values: ticketValues(data, now),
    modelVersion: data.modelVersion,
  }));
  const left = new Set(scored.map((s) => s.id));
  return commit(ctx, 'ticket', marks, rows, wanted, runId, async (tx) => {
    await tx.followUps.put(
      ctx.tenant.id,
      scored.map((s) => s.followUp),
    );
    for (const correction of scored.flatMap((s) => s.noted))
      await tx.corrections.put(ctx.tenant.id, correction);
    await tx.followUps.remove(
      ctx.tenant.id,
      ids.filter((id) => !left.has(id)),
    );
  });
}

/** Survey answers are read-only in the CRM: their labels stay here and on the card. */
async function scoreFeedback(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
  runId: number,
): Promise<number> {
  const { store, tenant, clock } = ctx;
  const ids = marks.map((m) => m.id);
  const items = await store.records.get<FeedbackItem>(tenant.id, 'feedback', ids);
  const corrections = await store.corrections.of(tenant.id, 'feedback', ids);
  const rows = items.map((item) => {
    const own = corrections.filter((c) => c.id === item.id);
    const said = { text: cleanMessage(item.text).text };
    const data = corrected(
      scoreText(models, said, tenant.settings.feedback.topics),
      humanLabels(null, own),
    );
    return scoreRow('feedback', item.id, data, clock.now());
  });
  return commit(ctx, 'feedback', marks, rows, [], runId);
}

const scoreRow = (
  kind: ScoreRow['kind'],
  id: string,
  data: TextScore,
  scoredAt: Date,
): ScoreRow => ({ kind, id, scoredAt, modelVersion: data.modelVersion, data });

/** Scores, planned writes and cleared marks stand or fall together. */
async function commit(
  ctx: TenantContext,
  kind: 'contact' | 'ticket' | 'feedback',
  marks: readonly Mark[],
  rows: readonly ScoreRow[],
  wanted: Parameters<typeof planWrites>[2],
  runId: number,
  also: (tx: Store) => Promise<void> = async () => {},
): Promise<number> {
  return ctx.store.transaction(async (tx) => {
    await tx.scores.put(ctx.tenant.id, rows);
    await also(tx);
    const planned =
      kind === 'feedback' ? 0 : await planWrites({ ...ctx, store: tx }, kind, wanted, marks, runId);
    await tx.marks.clear(ctx.tenant.id, 'score', marks);
    return planned;
  });
}
