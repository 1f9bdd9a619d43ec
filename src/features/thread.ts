/** A conversation: a case or a subject with everything said about it, cleaned, in time order. */
import { isOwnAdvice } from '../core/activity.ts';
import type { Channel } from '../core/channel.ts';
import type {
  CrmRecord,
  FeedbackItem,
  Interaction,
  Note,
  RecordRef,
  Ticket,
} from '../core/record.ts';
import { cleanMessage, conversationSubject } from '../ml/text/message/clean.ts';
import { nearDuplicateGroups } from '../ml/text/near-duplicates.ts';

/** `internal` is what colleagues noted for each other; a customer never reads it. */
export type Speaker = 'customer' | 'us' | 'internal';

export interface ThreadMessage {
  readonly ref: RecordRef;
  readonly at: Date;
  readonly from: Speaker;
  readonly channel: Channel | 'ticket' | 'survey' | 'note';
  /** Cleaned; may be empty. */
  readonly text: string;
  /** The message of this thread that it is a copy or near-copy of, itself left out of texts. */
  readonly copyOf: RecordRef | null;
  /** The CRM user who sent or logged it, where the CRM says so. */
  readonly repId: string | null;
}

export interface Thread {
  readonly ticket: Ticket | null;
  /** Oldest first. */
  readonly messages: readonly ThreadMessage[];
}

export type Said = Ticket | FeedbackItem | Interaction | Note;
const SAID: ReadonlySet<string> = new Set([
  'ticket',
  'feedback',
  'call',
  'email',
  'meeting',
  'communication',
  'note',
]);
export const isSaid = (record: CrmRecord): record is Said => SAID.has(record.kind);

/** A note that Rapport itself put there is nobody's word. */
const isOurs = (record: Said): boolean => record.kind === 'note' && isOwnAdvice(record.text);

/** One case with what is linked to it; other records, and those without a text, are passed over. */
export function ticketThread(ticket: Ticket, records: readonly Said[]): Thread {
  const own = records.filter(
    (r) =>
      r.kind !== 'ticket' &&
      typeof r.text === 'string' &&
      !isOurs(r) &&
      r.links.some((l) => l.kind === 'ticket' && l.id === ticket.id),
  );
  return thread(ticket, [ticket, ...own]);
}

/**
 * Every conversation among the records: by case where they are linked to one, e-mails by their
 * subject, everything else by itself. The order is that of the first message.
 */
export function threads(records: readonly Said[]): Thread[] {
  const tickets = new Map<string, Ticket>();
  for (const r of records) if (r.kind === 'ticket') tickets.set(r.id, r);
  const groups = new Map<string, Said[]>();
  for (const record of records) {
    if (isOurs(record)) continue;
    const key = keyOf(record, tickets);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups]
    .map(([key, group]) => thread(tickets.get(key.slice('ticket '.length)) ?? null, group))
    .sort((a, b) => startOf(a) - startOf(b));
}

const startOf = ({ messages }: Thread): number => messages[0]?.at.getTime() ?? 0;

function keyOf(record: Said, tickets: ReadonlyMap<string, Ticket>): string {
  if (record.kind === 'ticket') return `ticket ${record.id}`;
  const link = record.links.find((l) => l.kind === 'ticket' && tickets.has(l.id));
  if (link !== undefined) return `ticket ${link.id}`;
  const subject = record.kind === 'email' ? conversationSubject(record.text) : '';
  const person = record.links.find((l) => l.kind === 'contact')?.id ?? '';
  return subject === '' ? `${record.kind} ${record.id}` : `subject ${person} ${subject}`;
}

function thread(ticket: Ticket | null, records: readonly Said[]): Thread {
  const messages = records
    .flatMap(messagesOf)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || order(a) - order(b));
  return { ticket, messages: markCopies(messages) };
}

/** A mail that opens a case is created with it; the case comes first. */
const order = ({ ref }: ThreadMessage): number => (ref.kind === 'ticket' ? 0 : 1);

/** Letters below which two equal texts ("Thanks") are two messages. */
const COPY_LETTERS = 20;
const COPY_SIMILARITY = 0.7;

function markCopies(messages: readonly ThreadMessage[]): ThreadMessage[] {
  const groups = nearDuplicateGroups(
    messages.map((m) => m.text),
    { threshold: COPY_SIMILARITY },
  );
  return messages.map((message, i) => {
    const first = messages[groups[i] ?? i];
    const long = (message.text.match(/\p{L}/gu)?.length ?? 0) >= COPY_LETTERS;
    const copy = first !== undefined && first !== message && first.from === message.from && long;
    return copy ? { ...message, copyOf: first.ref } : message;
  });
}

function messagesOf(record: Said): ThreadMessage[] {
  const base = { ref: { kind: record.kind, id: record.id }, copyOf: null, repId: null } as const;
  const text = cleanMessage(
    record.kind === 'ticket' && record.subject !== ''
      ? `${record.subject}\n${record.text}`
      : record.text,
  ).text;
  switch (record.kind) {
    case 'ticket':
      return [{ ...base, at: record.createdAt, from: 'customer', channel: 'ticket', text }];
    case 'feedback':
      return [{ ...base, at: record.at, from: 'customer', channel: 'survey', text }];
    case 'note':
      return [{ ...base, at: record.at, from: 'internal', channel: 'note', text }];
    case 'communication':
      return transcript(record).map((line) => ({
        ...base,
        ...line,
        repId: record.repId ?? null,
      }));
    case 'email':
      return [
        {
          ...base,
          at: record.at,
          channel: record.channel,
          from: record.direction === 'inbound' ? 'customer' : 'us',
          text,
          repId: record.repId ?? null,
        },
      ];
    case 'call':
    case 'meeting':
      // What is written on a call or a meeting are a colleague's notes, whoever called.
      return [
        {
          ...base,
          at: record.at,
          channel: record.channel,
          from: 'internal',
          text,
          repId: record.repId ?? null,
        },
      ];
  }
}

const LABEL =
  /^\s{0,5}(?:(customer|contact|client|客户|客戶|顾客)|(rep|agent|support|us|we|客服|销售|我方|业务员))\s{0,3}[:：]\s*/i;

/** A logged chat as its turns; a line without a label goes on with the turn before it. */
function transcript({
  text,
  at,
  channel,
  direction,
}: Interaction): Pick<ThreadMessage, 'at' | 'channel' | 'from' | 'text'>[] {
  const turns: { from: Speaker; lines: string[] }[] = [];
  for (const line of cleanMessage(text).text.split('\n')) {
    const label = LABEL.exec(line);
    const from = label === null ? undefined : label[1] === undefined ? 'us' : 'customer';
    const last = turns.at(-1);
    const said = line.replace(LABEL, '');
    if (last !== undefined && (from === undefined || from === last.from)) last.lines.push(said);
    else turns.push({ from: from ?? (direction === 'inbound' ? 'customer' : 'us'), lines: [said] });
  }
  return turns.map((turn) => ({
    at,
    channel,
    from: turn.from,
    text: turn.lines.join('\n').trim(),
  }));
}

/** What the customer said, copies left out, oldest first. */
export const customerMessages = ({ messages }: Thread): readonly ThreadMessage[] =>
  messages.filter((m) => m.from === 'customer' && m.copyOf === null && m.text !== '');

/** The customer's words of the whole thread, a blank line between messages. */
export const customerText = (of: Thread): string =>
  customerMessages(of)
    .map((m) => m.text)
    .join('\n\n');
