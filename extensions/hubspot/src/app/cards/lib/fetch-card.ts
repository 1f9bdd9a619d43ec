/** The calls the card makes; the host signs them on their way. */
import { hubspot } from '@hubspot/ui-extensions';
import type { CardFeedback, ContactCard } from '../generated/card-contract.ts';
import { ORIGIN } from '../generated/origin.ts';

const TIMEOUT_MS = 8000;

export interface RecordRef {
  readonly objectId: number;
  readonly objectTypeId: string;
}

async function call(
  path: string,
  record: RecordRef,
  method: 'GET' | 'POST',
  body?: Readonly<Record<string, string>>,
): Promise<Response> {
  const { objectId, objectTypeId } = record;
  const url = `${ORIGIN}${path}?objectId=${objectId}&objectTypeId=${objectTypeId}`;
  const response = await hubspot.fetch(url, {
    method,
    timeout: TIMEOUT_MS,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return response;
}

export async function fetchCard(record: RecordRef): Promise<ContactCard> {
  const response = await call('/hubspot/card', record, 'GET');
  return (await response.json()) as ContactCard;
}

/** Asks for a new score; it may still be on its way when this resolves. */
export async function requestRefresh(record: RecordRef): Promise<void> {
  await call('/hubspot/refresh', record, 'POST');
}

/** Says what a message really is: a label at once, and what the next model learns from. */
export async function sendCorrection(
  record: RecordRef,
  { source, id }: Pick<CardFeedback, 'source' | 'id'>,
  label: string,
): Promise<void> {
  await call('/hubspot/feedback', record, 'POST', { kind: source, id, field: 'type', label });
}
