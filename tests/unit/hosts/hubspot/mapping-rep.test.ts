/** Who made a touch, as HubSpot says it: the owner of the engagement. */
import { expect, test } from 'vitest';
import { toRecord } from '../../../../src/hosts/hubspot/mapping.ts';

const AT = '2026-03-01T09:00:00.000Z';
const TERMS = {
  dealStages: new Map(),
  closedTicketStages: new Set<string>(),
  consentProperties: {},
};
const call = (properties: Record<string, string | null>) =>
  toRecord('call', { id: '1', properties, createdAt: AT, updatedAt: AT }, [], TERMS);

test('a call belongs to its owner, and to nobody without one', () => {
  expect(call({ hubspot_owner_id: '70001' })).toMatchObject({ kind: 'call', repId: '70001' });
  expect(call({ hubspot_owner_id: null })).not.toHaveProperty('repId');
});
