/** A batch of cases scored: what was said, whether it was answered, how much it presses, what was alike. */

import { noTextScore } from '../core/no-score.ts';
import type { Interaction, RecordRef, Ticket } from '../core/record.ts';
import type { TextScore, ValueBand } from '../core/score.ts';
import { VALUE_BANDS } from '../core/score.ts';
import type { CaseScore, Correction, FollowUp } from '../core/service.ts';
import { customerText, isSaid, type Said, type Thread, ticketThread } from '../features/thread.ts';
import { scoreText, valueBand } from '../models/contact-score.ts';
import { corrected, crmCorrections, humanLabels } from '../models/corrected.ts';
import { dueOf, followUp, type Turn, turnOf } from '../models/follow-up.ts';
import type { PortalModels } from '../models/portal-models.ts';
import { lookAgainAt, priorityOf } from '../models/priority.ts';
import { summarizeThread } from '../models/thread-summary.ts';
import type { FollowUpRow } from '../ports/service-store.ts';
import { asOf } from './as-of.ts';
import { caseIndex } from './case-index.ts';
import type { TenantContext } from './context.ts';
import { byParent, readFacts } from './facts.ts';
import { FAILED_CASE, ownTrouble } from './own-trouble.ts';

export type TicketScore = TextScore & { readonly case: CaseScore };

export interface ScoredTicket {
  readonly id: string;
  readonly data: TicketScore;
  /** `null` where the case could not be computed: what was known of it stays. */
  readonly followUp: FollowUpRow | null;
  /** Corrections found in the CRM's own properties, not noted before. */
  readonly noted: readonly Correction[];
  /** Whose mood it bears on. */
  readonly people: readonly RecordRef[];
}

const OF_TICKET = ['feedback', 'call', 'email', 'meeting', 'communication', 'note'] as const;
const SIMILAR = 3;

/** In the order of `ids`; cases no longer stored are left out. */
export async function scoreTickets(
  ctx: Pick<TenantContext, 'store' | 'tenant' | 'clock' | 'log' | 'meter'>,
  models: PortalModels,
  ids: readonly string[],
): Promise<ScoredTicket[]> {
  const { store, tenant, clock } = ctx;
  const now = clock.now();
  const rules = tenant.settings.service;
  const tickets = await store.records.get<Ticket>(tenant.id, 'ticket', ids);
  if (tickets.length === 0) return [];
  const linked = byParent(await store.records.children(tenant.id, 'ticket', ids, OF_TICKET));
  const people = await readFacts(ctx, [...new Set(tickets.flatMap(contactsOf))]);
  const touches = new Map<string, readonly Interaction[]>(
    people.map((p) => [p.contact.id, p.interactions]),
  );
  const until = asOf(now);
  const bands = new Map<string, ValueBand | null>(
    people.map((p) => [
      p.contact.id,
      ownTrouble(
        ctx,
        'contact',
        () => valueBand(models, p, tenant.settings.reach, until),
        () => null,
      ),
    ]),
  );
  const corrections = await store.corrections.of(tenant.id, 'ticket', ids);
  const index = await caseIndex(ctx, models.version);
  const scoreOne = (ticket: Ticket): ScoredTicket => {
    const own = (linked.get(ticket.id) ?? []).filter(isSaid);
    const thread = ticketThread(ticket, own);
    const said = customerText(thread);
    const known = corrections.filter((c) => c.id === ticket.id);
    const model = scoreText(models, { text: said }, tenant.settings.feedback.topics);
    const text = corrected(model, humanLabels(ticket, known));
    const about = contactsOf(ticket).flatMap((id) => touches.get(id) ?? []);
    const waits = waiting(ctx, ticket, thread, own, about, text, now);
    const band = highest(contactsOf(ticket).flatMap((id) => bands.get(id) ?? []));
    const priority = priorityOf(rules.priority, text.urgency?.label ?? null, band, waits, now);
    const data: TicketScore = {
      ...text,
      case: {
        followUp: waits,
        priority,
        summary: summarizeThread(thread),
        similar: index.similar(said, SIMILAR, ticket.id),
      },
    };
    const lookAt = lookAgainAt(rules.priority, priority, waits, now);
    const dueAt = waits.dueAt === null ? null : new Date(waits.dueAt);
    return {
      id: ticket.id,
      data,
      followUp: { id: ticket.id, state: waits.state, dueAt, lookAt },
      noted: crmCorrections(ticket, model, known, now),
      people: ticket.links.filter((l) => l.kind === 'contact'),
    };
  };
  return tickets.map((ticket) =>
    ownTrouble(
      ctx,
      'ticket',
      () => scoreOne(ticket),
      () => ({
        id: ticket.id,
        data: { ...noTextScore('error', 'other', models.version), case: FAILED_CASE },
        followUp: null,
        noted: [],
        people: [],
      }),
    ),
  );
}

const contactsOf = (ticket: Ticket): string[] =>
  ticket.links.filter((l) => l.kind === 'contact').map((l) => l.id);

/** Touches linked to the case decide; where none is linked, those of its people since it began. */
function waiting(
  { tenant }: Pick<TenantContext, 'tenant'>,
  ticket: Ticket,
  thread: Thread,
  own: readonly Said[],
  about: readonly Interaction[],
  text: TextScore,
  now: Date,
): FollowUp {
  const linked = own.filter(isTouch);
  const turns = (records: readonly Interaction[]): Turn[] =>
    records.flatMap((record) => {
      const said = thread.messages.find(
        (m) => m.ref.kind === record.kind && m.ref.id === record.id,
      );
      return turnOf(record, said?.text ?? '') ?? [];
    });
  const due = dueOf(
    tenant.settings.service.due,
    tenant.settings.reach,
    text.type?.label ?? null,
    text.urgency?.label ?? null,
  );
  const evidence = linked.length > 0 ? 'case' : 'contact';
  // A person's other mails are no new message on this case; only our touches say that it was answered.
  const seen = evidence === 'case' ? turns(linked) : turns(about).filter((t) => t.from === 'us');
  return followUp(ticket, seen, evidence, due, now);
}

const isTouch = (record: Said): record is Interaction =>
  record.kind === 'call' ||
  record.kind === 'email' ||
  record.kind === 'meeting' ||
  record.kind === 'communication';

const highest = (bands: readonly ValueBand[]): ValueBand | null =>
  VALUE_BANDS.find((band) => bands.includes(band)) ?? null;
