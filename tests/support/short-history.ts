/** A short history of an account as its people make it, over the CRM's own API: every kind of change Rapport must hear of. */
import { expect } from 'vitest';
import type { Installation } from './installation.ts';
import type { Answer } from './sandbox-server.ts';

const CALL_TO_CONTACT = 194;
const TICKET_TO_CONTACT = 16;

/** One call that must succeed; its body. */
export async function crmBody(
  { crm }: Pick<Installation, 'crm'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer['body']> {
  const answer = await crm(method, path, body);
  expect(answer.status, path).toBeLessThan(300);
  return answer.body;
}

const linkedTo = (id: string | undefined, associationTypeId: number) => [
  { to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] },
];

/**
 * A value changed, a call and a ticket with links, a merge, a deletion and a restoration, a deletion that
 * stays. Needs six to ten contacts, and leaves two fewer.
 */
export async function makeShortHistory(app: Pick<Installation, 'crm'>): Promise<void> {
  const ok = (method: string, path: string, body?: unknown) => crmBody(app, method, path, body);
  const page = await ok('GET', '/crm/v3/objects/contacts?limit=10');
  const ids = (page.results as { id: string }[]).map((r) => r.id);
  const [a, b, c, d, e] = ids;
  await ok('PATCH', `/crm/v3/objects/contacts/${a}`, {
    properties: { phone: '+15550142', rapport_do_not_score: 'true' },
  });
  await ok('POST', '/crm/v3/objects/calls', {
    properties: {
      hs_timestamp: '2026-03-01T09:00:00Z',
      hs_call_direction: 'OUTBOUND',
      hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
    },
    associations: linkedTo(b, CALL_TO_CONTACT),
  });
  const ticket = await ok('POST', '/crm/v3/objects/tickets', {
    properties: {
      subject: 'Invoice charged twice',
      content: 'You charged my card twice. Please refund me today.',
      hs_pipeline_stage: '1',
    },
    associations: linkedTo(b, TICKET_TO_CONTACT),
  });
  await ok('PUT', `/crm/v4/objects/tickets/${ticket.id}/associations/default/contacts/${e}`);
  await ok('POST', '/crm/v3/objects/contacts/merge', { primaryObjectId: c, objectIdToMerge: d });
  await ok('DELETE', `/crm/v3/objects/contacts/${e}`);
  await ok('POST', '/sandbox/restore', { objectType: 'contacts', ids: [e] });
  await ok('DELETE', `/crm/v3/objects/contacts/${ids.at(-1)}`);
}
