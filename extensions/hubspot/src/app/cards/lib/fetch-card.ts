/** The calls the card makes; the host signs them on their way. */
import { hubspot } from '@hubspot/ui-extensions';
import type { CardDetails, CardDraft, CardReading } from '../generated/card-contract.ts';
import { ORIGIN } from '../generated/origin.ts';

const TIMEOUT_MS = 8000;

export interface RecordRef {
  readonly objectId: number;
  readonly objectTypeId: string;
}

export type CardPath = 'card' | 'ticket-card' | 'deal-card' | 'company-card';

async function call(
  path: string,
  record: RecordRef,
  method: 'GET' | 'POST',
  body?: Readonly<Record<string, unknown>>,
): Promise<Response> {
  const { objectId, objectTypeId } = record;
  const url = `${ORIGIN}/hubspot/${path}?objectId=${objectId}&objectTypeId=${objectTypeId}`;
  const response = await hubspot.fetch(url, {
    method,
    timeout: TIMEOUT_MS,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return response;
}

async function get<Answer>(path: string, record: RecordRef): Promise<Answer> {
  const response = await call(path, record, 'GET');
  return (await response.json()) as Answer;
}

export const fetchCard = <C>(path: CardPath, record: RecordRef) => get<C>(path, record);
export const fetchDraft = (record: RecordRef) => get<CardDraft>('draft', record);
export const fetchDetails = (record: RecordRef) => get<CardDetails>('details', record);

/** What the models read in a text; nothing of it is kept. */
export async function readText(record: RecordRef, text: string): Promise<CardReading> {
  const response = await call('read', record, 'POST', { text });
  return (await response.json()) as CardReading;
}

/** Asks for a new score; it may still be on its way when this resolves. */
export async function requestRefresh(record: RecordRef): Promise<void> {
  await call('refresh', record, 'POST');
}

export type CorrectedField = 'type' | 'sentiment' | 'urgency' | 'topic';

/** Says what a message really is: a label at once, and what the next model learns from. */
export async function sendCorrection(
  record: RecordRef,
  { source, id }: { readonly source: 'ticket' | 'feedback'; readonly id: string },
  field: CorrectedField,
  label: string,
): Promise<void> {
  await call('feedback', record, 'POST', { kind: source, id, field, label });
}

/** A task or a note on the record the card stands on. */
export interface Activity {
  readonly kind: 'task' | 'note';
  readonly subject: string;
  /** Lines of plain text. */
  readonly body: string;
  /** ISO instant; `null` = now. */
  readonly dueAt: string | null;
  readonly type: 'call' | 'email' | 'todo';
}

/** `planned`: an admin has yet to approve what is written; `ordered`: it is on its way. */
export type ActivityState = 'planned' | 'ordered' | 'done';

/** Asking for the same again makes no second one. */
export async function createActivity(
  record: RecordRef,
  activity: Activity,
): Promise<ActivityState> {
  const response = await call('activity', record, 'POST', { ...activity });
  return ((await response.json()) as { readonly state: ActivityState }).state;
}

/** Sets the advice aside and says why. */
export async function sendNotNow(
  record: RecordRef,
  reason: string,
  channel: string | null,
): Promise<void> {
  await call('not-now', record, 'POST', { reason, channel });
}
