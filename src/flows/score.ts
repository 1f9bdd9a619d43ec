/** Scores every marked record and plans what to write of it. */

import { noContactScore, noTextScore } from '../core/no-score.ts';
import { partsOf } from '../core/parts.ts';
import type { FeedbackItem, RecordRef } from '../core/record.ts';
import type { ContactScore, TextScore } from '../core/score.ts';
import type { ContactFacts } from '../features/facts.ts';
import { cleanMessage } from '../ml/text/message/clean.ts';
import { scoreContact, scoreText } from '../models/contact-score.ts';
import { corrected, humanLabels } from '../models/corrected.ts';
import { periodOf } from '../models/holdout.ts';
import { withMovement } from '../models/movement.ts';
import type { PortalModels } from '../models/portal-models.ts';
import { recentMessages, voiceOf } from '../models/voice.ts';
import type { Store } from '../ports/store.ts';
import type { Mark } from '../ports/sync-store.ts';
import { activeModels } from './active-models.ts';
import { allEnded } from './all-ended.ts';
import { asOf } from './as-of.ts';
import { commitScores, type ScoredKind, type ScoredRecord } from './commit-scores.ts';
import type { TenantContext } from './context.ts';
import { exposuresOf, onItsSide } from './expose.ts';
import { readFacts } from './facts.ts';
import { watchGrowth } from './growth.ts';
import { planOverdueTasks } from './overdue-tasks.ts';
import { ownTrouble } from './own-trouble.ts';
import { contactValues, ticketValues } from './property-values.ts';
import { scoreCompanies } from './score-companies.ts';
import { scoreDeals } from './score-deals.ts';
import { keepMonth, lastMonth } from './score-history.ts';
import { scoreTickets } from './score-tickets.ts';

const BATCH = 100;
/** Batches at once: while one waits for the database another is computed. */
const LANES = 3;

/** What is said comes before who said it, and last what is built on people. */
const ORDER = ['feedback', 'ticket', 'contact', 'deal', 'company'] as const;

/**
 * Works off every `score` mark, or about `most` of each kind; the counts are zero while no model is
 * fitted. `onPlanned` hears of every few batches whose writes are planned.
 */
export async function score(
  ctx: TenantContext,
  runId: number,
  most = Number.POSITIVE_INFINITY,
  onPlanned: () => void = () => {},
): Promise<{ scored: number; planned: number }> {
  const models = await activeModels(ctx);
  const counts = { scored: 0, planned: 0 };
  if (models === null) return counts;
  const grow = watchGrowth(ctx.store);
  for (const kind of ORDER) {
    const scoreBatch = async (marks: readonly Mark[]): Promise<void> => {
      const { scored, also } = await SCORERS[kind](ctx, models, marks);
      counts.planned += await commitScores(ctx, kind, marks, scored, runId, also);
      counts.scored += marks.length;
      // The embedded database answers without leaving this turn of the event loop: let requests in.
      await new Promise<void>((resolve) => setImmediate(resolve));
      ctx.onProgress('score', counts.scored, null);
    };
    const size = Math.min(LANES * BATCH, most);
    for (let done = 0; done < most; done += size) {
      const marks = await ctx.store.marks.take(ctx.tenant.id, 'score', kind, size);
      if (marks.length === 0 || ctx.signal.aborted) break;
      await allEnded(partsOf(marks, BATCH).map(scoreBatch));
      await grow(marks.length);
      onPlanned();
      // What is raised from now on is the next round's.
      if (marks.length < size) break;
    }
  }
  return counts;
}

interface Scored {
  readonly scored: readonly ScoredRecord[];
  /** Kept in the same transaction. */
  readonly also?: (tx: Store, runId: number) => Promise<void>;
}

type Scorer = (ctx: TenantContext, models: PortalModels, marks: readonly Mark[]) => Promise<Scored>;

const SCORERS: Readonly<Record<ScoredKind, Scorer>> = {
  contact: scoreContacts,
  ticket: scoreCases,
  feedback: scoreFeedback,
  deal: async (ctx, models, marks) => ({ scored: await scoreDeals(ctx, models, marks) }),
  company: async (ctx, models, marks) => ({ scored: await scoreCompanies(ctx, models, marks) }),
};

async function scoreContacts(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
): Promise<Scored> {
  const { tenant, clock } = ctx;
  const now = clock.now();
  const until = asOf(now);
  const ids = marks.map((m) => m.id);
  const facts = await readFacts(ctx, ids);
  const texts = await recentTexts(ctx, facts, until);
  const period = periodOf(now);
  const before = await lastMonth(ctx, models, facts, now);
  const scoreOne = (f: ContactFacts): ContactScore => {
    const alone = withMovement(
      scoreContact(models, f, tenant.settings.reach, until, now),
      before.get(f.contact.id) ?? null,
    );
    const whole: ContactScore =
      alone.status === 'excluded'
        ? alone
        : { ...alone, voice: voiceOf(f, texts.get(f.contact.id) ?? []) };
    return onItsSide(tenant, models, f, whole, period);
  };
  const scored = facts.map((f) => ({
    facts: f,
    score: ownTrouble(
      ctx,
      'contact',
      () => scoreOne(f),
      () => noContactScore('error', models.version),
    ),
  }));
  const exposed = scored.map(({ facts: f, score: data }) => ({ id: f.contact.id, data }));
  await keepMonth(ctx, exposed, now);
  return {
    scored: scored.map(
      ({ facts: f, score: data }): ScoredRecord => ({
        id: f.contact.id,
        modelVersion: data.modelVersion,
        data,
        values: contactValues(data, now),
        above: builtOn(f),
      }),
    ),
    also: (tx) => tx.exposures.record(tenant.id, exposuresOf(exposed, period, now)),
  };
}

/** A contact's companies and open deals. */
const builtOn = ({ contact, deals }: ContactFacts): RecordRef[] => [
  ...contact.links.filter((l) => l.kind === 'company'),
  ...deals.filter((d) => d.stage === 'open').map(({ kind, id }) => ({ kind, id })),
];

/** The scores of each contact's recent messages, by contact. */
async function recentTexts(
  { store, tenant }: TenantContext,
  facts: readonly ContactFacts[],
  until: Date,
): Promise<Map<string, TextScore[]>> {
  const recent = facts.map((f) => ({ id: f.contact.id, ...recentMessages(f, until) }));
  const known = new Map<string, TextScore>();
  for (const [kind, ids] of [
    ['ticket', recent.flatMap((r) => r.tickets)],
    ['feedback', recent.flatMap((r) => r.feedback)],
  ] as const)
    if (ids.length > 0)
      for (const row of await store.scores.get(tenant.id, kind, ids))
        known.set(`${kind} ${row.id}`, row.data as TextScore);
  return new Map(
    recent.map(({ id, tickets, feedback }) => [
      id,
      [...tickets.map((t) => `ticket ${t}`), ...feedback.map((f) => `feedback ${f}`)].flatMap(
        (key) => known.get(key) ?? [],
      ),
    ]),
  );
}

async function scoreCases(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
): Promise<Scored> {
  const { tenant, clock } = ctx;
  const ids = marks.map((m) => m.id);
  const scored = await scoreTickets(ctx, models, ids);
  const left = new Set(scored.map((s) => s.id));
  return {
    scored: scored.map(
      ({ id, data, people }): ScoredRecord => ({
        id,
        modelVersion: data.modelVersion,
        data,
        values: ticketValues(data, clock.now()),
        above: people,
      }),
    ),
    also: async (tx, runId) => {
      await planOverdueTasks(tx, ctx, scored, runId);
      await tx.followUps.put(
        tenant.id,
        scored.flatMap((s) => s.followUp ?? []),
      );
      for (const correction of scored.flatMap((s) => s.noted))
        await tx.corrections.put(tenant.id, correction);
      await tx.followUps.remove(
        tenant.id,
        ids.filter((id) => !left.has(id)),
      );
    },
  };
}

/** Survey answers are read-only in the CRM: their labels stay here and on the card. */
async function scoreFeedback(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
): Promise<Scored> {
  const { store, tenant } = ctx;
  const ids = marks.map((m) => m.id);
  const items = await store.records.get<FeedbackItem>(tenant.id, 'feedback', ids);
  const corrections = await store.corrections.of(tenant.id, 'feedback', ids);
  const scored = items.map((item): ScoredRecord => {
    const own = corrections.filter((c) => c.id === item.id);
    const data = ownTrouble(
      ctx,
      'feedback',
      () => {
        const said = { text: cleanMessage(item.text).text };
        const model = scoreText(models, said, tenant.settings.feedback.topics);
        return corrected(model, humanLabels(null, own));
      },
      () => noTextScore('error', 'other', models.version),
    );
    const above = item.links.filter((l) => l.kind === 'contact');
    return { id: item.id, modelVersion: data.modelVersion, data, values: {}, above };
  });
  return { scored };
}
