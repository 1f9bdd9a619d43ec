/** Everything one ticket card needs, from the stored score; texts of other cases are read as they are now. */
import type { CardTopic, TicketCard, TicketCardState } from '../core/card.ts';
import type { Ticket } from '../core/record.ts';
import type { TextEntity } from '../core/score.ts';
import type { Topic } from '../core/topic.ts';
import { customerText, isSaid, type Thread, ticketThread } from '../features/thread.ts';
import { sentenceLanguages } from '../ml/text/message/languages.ts';
import { humanLabels } from '../models/corrected.ts';
import { inOrderOfShowing } from '../models/explain.ts';
import type { ScoreRow } from '../ports/score-store.ts';
import { readFeedback } from './card-feedback.ts';
import { adviceFor } from './card-person.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { readCases } from './past-cases.ts';
import type { TicketScore } from './score-tickets.ts';
import { isStale } from './show-card.ts';
import { suggestForTicket } from './suggest-reply.ts';

const ENTITIES_SHOWN = 12;
const OF_TICKET = ['feedback', 'call', 'email', 'meeting', 'communication', 'note'] as const;

type Ctx = Pick<FlowContext, 'store' | 'phrase' | 'clock'>;

/** Every state is an answer; `null` tenant = the account is not connected. A foreign ticket is `empty`. */
export async function showTicketCard(
  ctx: Ctx,
  tenant: TenantContext['tenant'] | null,
  ticketId: string,
): Promise<TicketCard> {
  if (tenant === null || tenant.state === 'parked') return bare('not_connected', ticketId);
  const { store } = ctx;
  const [ticket] = await store.records.get<Ticket>(tenant.id, 'ticket', [ticketId]);
  if (ticket === undefined) return bare('empty', ticketId);
  const known = {
    ...bare('empty', ticketId),
    ticket: { id: ticketId, subject: ticket.subject, open: ticket.open },
  };
  const [row] = await store.scores.get(tenant.id, 'ticket', [ticketId]);
  if (row === undefined) return known;
  const score = row.data as TicketScore;
  const linked = await store.records.children(tenant.id, 'ticket', [ticketId], OF_TICKET);
  const thread = ticketThread(ticket, linked.map((l) => l.record).filter(isSaid));
  const corrections = await store.corrections.of(tenant.id, 'ticket', [ticketId]);
  const similar = await readCases({ store, tenant }, score.case.similar);
  const reply = await suggestForTicket({ ...ctx, tenant }, ticketId, score.case.similar);
  const { followUp } = score.case;
  const contactId = ticket.links.find((l) => l.kind === 'contact')?.id ?? null;
  return {
    ...known,
    state: stateOf(score, row, ctx.clock.now()),
    types: score.types,
    sentiment:
      score.sentiment === null
        ? null
        : { ...score.sentiment, evidence: score.sentimentEvidence ?? null },
    urgency: score.urgency,
    topics: tenant.settings.feedback.topics.map(({ id, name }) => ({ id, name })),
    topic: score.topic === null ? null : topicNamed(tenant.settings.feedback.topics, score.topic),
    evidence: score.evidence,
    corrected: Object.keys(humanLabels(ticket, corrections)),
    language: score.language,
    languages: languagesOf(thread),
    entities: entitiesOf(score.entities),
    summary: score.case.summary.flatMap(({ ref, text }) => {
      const message = thread.messages.find((m) => m.ref.kind === ref.kind && m.ref.id === ref.id);
      return message === undefined
        ? []
        : [{ text, from: message.from, at: message.at.toISOString(), source: ref }];
    }),
    similar: similar.map(({ resolution, note, ...past }) => ({
      ...past,
      resolution: resolution ?? note,
    })),
    // Where nobody waits for an answer, nobody is asked to write one.
    reply:
      reply === null || (reply.text === null && followUp.state === 'done')
        ? null
        : {
            kind: reply.kind,
            text: reply.text,
            language: reply.language,
            confidence: reply.confidence,
            source: reply.source,
            reason: reply.reason,
            blanks: reply.blanks,
          },
    followUp: {
      ...followUp,
      answeredBy:
        followUp.answeredBy === null
          ? null
          : { ...followUp.answeredBy.ref, repId: followUp.answeredBy.repId },
    },
    priority: score.case.priority,
    reasons: inOrderOfShowing(score.reasons),
    person: contactId === null ? null : await adviceFor(store, tenant, contactId),
    past: contactId === null ? [] : await readFeedback(store, tenant, contactId, ticketId),
    scoredAt: row.scoredAt.toISOString(),
    modelVersion: row.modelVersion,
  };
}

function languagesOf(thread: Thread): TicketCard['languages'] {
  const counts = new Map<string, number>();
  for (const { language } of sentenceLanguages(customerText(thread)))
    counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts]
    .map(([language, sentences]) => ({ language, sentences }))
    .sort((a, b) => b.sentences - a.sentences);
}

/** Each once, whatever ways it was written. */
function entitiesOf(found: readonly TextEntity[]): TicketCard['entities'] {
  const entities = new Map(
    found.map(({ kind, text, value }) => [
      `${kind} ${value ?? text}`,
      { kind, text, value: value ?? null },
    ]),
  );
  return [...entities.values()].slice(0, ENTITIES_SHOWN);
}

/** A topic that has left the admin's list keeps its id as its name. */
export const topicNamed = (topics: readonly Topic[], id: string): CardTopic => ({
  id,
  name: topics.find((t) => t.id === id)?.name ?? { en: id, zh: id },
});

function stateOf(score: TicketScore, row: ScoreRow, now: Date): TicketCardState {
  const { status } = score;
  if (status === 'learning' || status === 'unsupported_language') return status;
  if (status !== 'ready') return 'empty';
  // Nothing moves on a case that nobody waits on: its score does not age.
  return score.case.followUp.waitingSince !== null && isStale(row, now) ? 'stale' : 'ready';
}

const bare = (state: TicketCardState, id: string): TicketCard => ({
  state,
  ticket: { id, subject: '', open: false },
  types: [],
  sentiment: null,
  urgency: null,
  topic: null,
  topics: [],
  evidence: null,
  corrected: [],
  language: 'other',
  languages: [],
  entities: [],
  summary: [],
  similar: [],
  reply: null,
  followUp: null,
  priority: null,
  reasons: [],
  person: null,
  past: [],
  scoredAt: null,
  modelVersion: null,
});
