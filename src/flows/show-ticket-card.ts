/** Everything one ticket card needs, from the stored score; texts of other cases are read as they are now. */
import type { TicketCard, TicketCardState } from '../core/card.ts';
import type { Ticket } from '../core/record.ts';
import type { ScoreStatus } from '../core/score.ts';
import { customerText, isSaid, type Thread, ticketThread } from '../features/thread.ts';
import { findEntities } from '../ml/text/entities.ts';
import { sentenceLanguages } from '../ml/text/message/languages.ts';
import { humanLabels } from '../models/corrected.ts';
import { inOrderOfShowing } from '../models/explain.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { readCases } from './past-cases.ts';
import type { TicketScore } from './score-tickets.ts';
import { suggestForTicket } from './suggest-reply.ts';

const ENTITIES_SHOWN = 12;
const OF_TICKET = ['feedback', 'call', 'email', 'meeting', 'communication', 'note'] as const;

type Ctx = Pick<FlowContext, 'store' | 'phrase'>;

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
  return {
    ...known,
    state: stateOf(score.status),
    types: score.type === null ? [] : [score.type],
    sentiment: score.sentiment === null ? null : { evidence: null, ...score.sentiment },
    urgency: score.urgency,
    corrected: Object.keys(humanLabels(ticket, corrections)),
    language: score.language,
    ...readWords(thread),
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
    reply:
      reply === null
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
    scoredAt: row.scoredAt.toISOString(),
    modelVersion: row.modelVersion,
  };
}

function readWords(thread: Thread): Pick<TicketCard, 'languages' | 'entities'> {
  const said = customerText(thread);
  const counts = new Map<string, number>();
  for (const { language } of sentenceLanguages(said))
    counts.set(language, (counts.get(language) ?? 0) + 1);
  const entities = new Map(
    findEntities(said).map((e) => [
      `${e.kind} ${e.value ?? e.text}`,
      { kind: e.kind, text: e.text, value: e.value ?? null },
    ]),
  );
  return {
    languages: [...counts]
      .map(([language, sentences]) => ({ language, sentences }))
      .sort((a, b) => b.sentences - a.sentences),
    entities: [...entities.values()].slice(0, ENTITIES_SHOWN),
  };
}

function stateOf(status: ScoreStatus): TicketCardState {
  if (status === 'ready' || status === 'learning' || status === 'unsupported_language')
    return status;
  return 'empty';
}

const bare = (state: TicketCardState, id: string): TicketCard => ({
  state,
  ticket: { id, subject: '', open: false },
  types: [],
  sentiment: null,
  urgency: null,
  topic: null,
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
  scoredAt: null,
  modelVersion: null,
});
