/** Tickets and survey answers of one contact, with the labels people set, their noise and the truth. */
import type { FeedbackType, Sentiment, Urgency } from '../../../core/record.ts';
import { drawThread, writeThread } from './case-threads.ts';
import { type Message, writeMessage } from './messages.ts';
import type { Person } from './people.ts';
import { iso, type PortalWriter } from './portal-writer.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;
/** Of contacts with interactions, so that 15 % and 25 % of all come out. */
const TICKET_SHARE = 0.158;
const SURVEY_SHARE = 0.263;
const TICKET_TYPES: Readonly<Record<FeedbackType, number>> = {
  problem: 52,
  question: 26,
  suggestion: 13,
  praise: 9,
};
const SURVEY_TYPES: Readonly<Record<FeedbackType, number>> = {
  problem: 27,
  question: 11,
  suggestion: 27,
  praise: 35,
};

const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const;
const PRIORITY_OF: Readonly<Record<Urgency, number>> = { none: 0, this_week: 1, today: 2, now: 3 };
const CATEGORY_OF: Readonly<Record<Message['topic'], string>> = {
  problemProduct: 'PRODUCT_ISSUE',
  problemBilling: 'BILLING_ISSUE',
  suggestion: 'FEATURE_REQUEST',
  question: 'GENERAL_INQUIRY',
  praise: 'PRAISE',
};
const RATING: Readonly<Record<Sentiment, readonly [mean: number, sd: number]>> = {
  very_negative: [1.2, 1.2],
  negative: [4.2, 1.5],
  neutral: [6.7, 1.3],
  positive: [8.4, 1],
  very_positive: [9.7, 0.6],
};
const SURVEYS = ['After delivery', 'Half-year check', 'After a support case'];

export interface ServiceOf {
  readonly person: Person;
  readonly contactId: string;
  readonly sinceMs: number;
}

export function writeService(writer: PortalWriter, of: ServiceOf, random: Random): number {
  let latest = 0;
  if (random.chance(TICKET_SHARE)) {
    for (let left = 1 + Math.floor(random.exponential(0.55)); left > 0; left--) {
      latest = Math.max(latest, writeTicket(writer, of, random));
    }
  }
  if (random.chance(SURVEY_SHARE)) latest = Math.max(latest, writeSurvey(writer, of, random));
  return latest;
}

function writeTicket(writer: PortalWriter, of: ServiceOf, random: Random): number {
  const { person, contactId } = of;
  const message = writeMessage(person, TICKET_TYPES, random, 'ticket');
  const createdMs = random.between(of.sinceMs, writer.nowMs);
  const closedMs = createdMs + random.logNormal(2.5, 1) * DAY;
  const closed = closedMs < writer.nowMs && random.chance(0.93);
  const priority = random.chance(0.85) ? notedPriority(message.truth.urgency, random) : undefined;
  const category = random.chance(0.8) ? notedCategory(message.topic, random) : undefined;
  const stage = closed ? '4' : random.pick(['1', '2', '3']);
  const seenMs = closed ? closedMs : createdMs + random.next() * (writer.nowMs - createdMs) * 0.3;
  const ticketId = writer.reserve('tickets');
  const start = {
    ticketId,
    person,
    message,
    createdMs,
    closedMs: closed ? closedMs : null,
    nowMs: writer.nowMs,
  };
  const thread = drawThread(start);
  const wasClosedMs = closed ? closedMs : thread.closedBeforeMs;
  writer.add(
    'tickets',
    {
      subject: message.subject,
      content: message.text,
      hs_pipeline: '0',
      hs_pipeline_stage: thread.stage ?? stage,
      hs_ticket_priority: priority,
      hs_ticket_category: category,
      closed_date: wasClosedMs === null ? undefined : iso(wasClosedMs),
      hubspot_owner_id: person.rep.id,
    },
    createdMs,
    Math.max(seenMs, thread.lastMs),
    ticketId,
  );
  writeThread(writer, start, thread);
  writer.link('tickets', ticketId, 'contacts', contactId);
  if (person.company !== null) writer.link('tickets', ticketId, 'companies', person.company.id);
  writer.tell('tickets', ticketId, message.truth);
  return createdMs;
}

function writeSurvey(writer: PortalWriter, of: ServiceOf, random: Random): number {
  const message = writeMessage(of.person, SURVEY_TYPES, random, 'survey');
  const submittedMs = random.between(of.sinceMs, writer.nowMs);
  const [mean, sd] = RATING[message.truth.sentiment];
  const rating = Math.min(10, Math.max(0, Math.round(random.normal(mean, sd))));
  const id = writer.add(
    'feedback_submissions',
    {
      hs_content: message.text,
      hs_value: String(rating),
      hs_response_group: rating >= 9 ? 'PROMOTER' : rating >= 7 ? 'PASSIVE' : 'DETRACTOR',
      hs_survey_type: 'NPS',
      hs_survey_name: random.pick(SURVEYS),
      hs_submission_timestamp: iso(submittedMs),
    },
    submittedMs,
  );
  writer.link('feedback_submissions', id, 'contacts', of.contactId);
  writer.tell('feedback_submissions', id, message.truth);
  return submittedMs;
}

/** One in ten priorities is a step off. */
function notedPriority(urgency: Urgency, random: Random): string {
  const right = PRIORITY_OF[urgency];
  if (!random.chance(0.1)) return PRIORITIES[right]!;
  const step = random.chance(0.5) ? 1 : -1;
  return PRIORITIES[right + step] ?? PRIORITIES[right - step]!;
}

/** One in twelve or so categories is simply wrong. */
function notedCategory(topic: Message['topic'], random: Random): string {
  const right = CATEGORY_OF[topic];
  if (!random.chance(0.08)) return right;
  return random.pick(Object.values(CATEGORY_OF).filter((category) => category !== right));
}
