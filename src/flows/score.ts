/** Scores every marked contact, ticket and feedback item, and plans what to write of it. */
import { DateTime } from 'luxon';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import {
  type PortalModels,
  parseModels,
  scoreContact,
  scoreText,
} from '../models/portal-models.ts';
import type { Mark, ScoreRow } from '../ports/store.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';
import { planWrites } from './plan-writes.ts';
import { contactValues, ticketValues } from './property-values.ts';

const BATCH = 200;

/** Works off every `score` mark; returns the counts, all zero while no model is fitted. */
export async function score(
  ctx: TenantContext,
  runId: number,
): Promise<{ scored: number; planned: number }> {
  const models = await activeModels(ctx);
  const counts = { scored: 0, planned: 0 };
  if (models === null) return counts;
  for (const kind of ['contact', 'ticket', 'feedback'] as const) {
    for (;;) {
      const marks = await ctx.store.marks.take(ctx.tenant.id, 'score', kind, BATCH);
      if (marks.length === 0 || ctx.signal.aborted) break;
      const planned =
        kind === 'contact'
          ? await scoreContacts(ctx, models, marks, runId)
          : await scoreTexts(ctx, models, kind, marks, runId);
      counts.scored += marks.length;
      counts.planned += planned;
      ctx.onProgress('score', counts.scored, null);
    }
  }
  return counts;
}

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
  const scored = facts.map((f) => ({
    id: f.contact.id,
    data: scoreContact(models, f, tenant.settings.reach, asOf(now), now),
  }));
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
  return commit(ctx, 'contact', marks, rows, wanted, runId);
}

async function scoreTexts(
  ctx: TenantContext,
  models: PortalModels,
  kind: 'ticket' | 'feedback',
  marks: readonly Mark[],
  runId: number,
): Promise<number> {
  const { store, tenant, clock } = ctx;
  const now = clock.now();
  const items = await store.records.get<Ticket | FeedbackItem>(
    tenant.id,
    kind,
    marks.map((m) => m.id),
  );
  const scored = items.map((item) => ({
    id: item.id,
    data: scoreText(
      models,
      item.kind === 'ticket' ? { subject: item.subject, text: item.text } : { text: item.text },
    ),
  }));
  const rows = scored.map(
    ({ id, data }): ScoreRow => ({
      kind,
      id,
      scoredAt: now,
      modelVersion: data.modelVersion,
      data,
    }),
  );
  // Survey answers are read-only in the CRM: their labels stay here and on the card.
  const wanted =
    kind === 'feedback'
      ? []
      : scored.map(({ id, data }) => ({
          id,
          values: ticketValues(data, now),
          modelVersion: data.modelVersion,
        }));
  return commit(ctx, kind, marks, rows, wanted, runId);
}

/** Scores, planned writes and cleared marks stand or fall together. */
async function commit(
  ctx: TenantContext,
  kind: 'contact' | 'ticket' | 'feedback',
  marks: readonly Mark[],
  rows: readonly ScoreRow[],
  wanted: Parameters<typeof planWrites>[2],
  runId: number,
): Promise<number> {
  return ctx.store.transaction(async (tx) => {
    await tx.scores.put(ctx.tenant.id, rows);
    const planned =
      kind === 'feedback' ? 0 : await planWrites({ ...ctx, store: tx }, kind, wanted, marks, runId);
    await tx.marks.clear(ctx.tenant.id, 'score', marks);
    return planned;
  });
}
