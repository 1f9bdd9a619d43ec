/** Options that only a portal's data name: ensured in the CRM before the first write that needs them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenProperties } from '../../../../src/core/manifest.ts';
import { createSession } from '../../../../src/hosts/hubspot/session.ts';
import type { HostSession } from '../../../../src/ports/host.ts';
import { newTenant } from '../../../support/builders.ts';
import { type Database, openPglite } from '../../../support/databases.ts';
import { manifest } from '../../../support/flow-context.ts';
import { createRecordingMeter } from '../../../support/recorders.ts';
import { type SandboxServer, startSandbox } from '../../../support/sandbox-server.ts';

let database: Database;
let server: SandboxServer;
let session: HostSession;
const offer = { value: 'FU-101', label: 'Larch Standing Desk 120' };

beforeAll(async () => {
  database = await openPglite();
  server = await startSandbox();
  const tenant = await newTenant(database.store);
  session = createSession({
    apiOrigin: server.info.api,
    manifest,
    tenant: { ...tenant, settings: { ...tenant.settings, properties: { optional: true } } },
    accessToken: async () => server.info.token,
    pace: async () => {},
    meter: createRecordingMeter(),
  });
  await session.ensureProperties();
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const write = async (value: string) => {
  const { body } = await server.call('GET', '/crm/v3/objects/contacts?limit=1');
  return session.write('contact', [
    { id: body.results[0].id, values: { rapport_next_offer: value } },
  ]);
};
const definition = async (type: string, name: string) =>
  (await server.call('GET', `/crm/v3/properties/${type}/${name}`)).body;

describe('an option the CRM does not have', () => {
  it('is refused until it is ensured, and then taken', async () => {
    expect(await write('FU-101')).toEqual({
      refused: [],
      unsent: [],
      unusable: ['rapport_next_offer'],
    });
    expect(await session.ensureOptions('contact', 'rapport_next_offer', [offer])).toBe(1);
    expect(await write('FU-101')).toEqual({ refused: [], unsent: [], unusable: [] });
  });

  it('is added once, beside those that are there; an admin’s label stays', async () => {
    const path = '/crm/v3/properties/contacts/rapport_next_offer';
    const { options } = await definition('contacts', 'rapport_next_offer');
    const renamed = options.map((o: { value: string }) =>
      o.value === offer.value ? { ...o, label: 'The small desk' } : o,
    );
    await server.call('PATCH', path, { options: renamed });
    const more = [
      offer,
      { value: 'fu-101', label: 'x' },
      { value: 'LI-101', label: 'No offer now' },
    ];
    expect(await session.ensureOptions('contact', 'rapport_next_offer', more)).toBe(1);
    const after = await definition('contacts', 'rapport_next_offer');
    expect(after.options.map((o: { value: string; label: string }) => [o.value, o.label])).toEqual([
      ['none', 'No offer now'],
      ['FU-101', 'The small desk'],
      ['LI-101', 'No offer now (LI-101)'],
    ]);
    expect(await session.ensureProperties()).toMatchObject({ created: [], patched: [] });
  });
});

describe('a segment that gets a name', () => {
  const label = async (value: string) =>
    (await definition('contacts', 'rapport_segment')).options.find(
      (o: { value: string }) => o.value === value,
    ).label;
  const relabel = (value: string, from: string, to: string) =>
    session.relabelOption('contact', 'rapport_segment', { value, from, to });

  it('is called so in the CRM’s lists and filters, and as before when the name is taken away', async () => {
    expect(await relabel('seg_01', 'Segment 1', 'Morning callers')).toBe(true);
    expect(await label('seg_01')).toBe('Morning callers');
    expect(await relabel('seg_02', 'Segment 2', 'morning callers')).toBe(true);
    expect(await label('seg_02')).toBe('morning callers (seg_02)');
    expect(await session.ensureProperties()).toMatchObject({ created: [], patched: [] });
    expect(await label('seg_01')).toBe('Morning callers');
    expect(await relabel('seg_02', 'Morning callers', 'Segment 2')).toBe(true);
    expect(await label('seg_02')).toBe('Segment 2');
  });

  it('keeps the label an admin gave it in the CRM', async () => {
    expect(await relabel('seg_01', 'Segment 1', 'Evening callers')).toBe(false);
    expect(await label('seg_01')).toBe('Morning callers');
  });
});

describe('topics', () => {
  it('are there to choose from right after an installation', async () => {
    const { options, type } = await definition('tickets', 'rapport_human_topic');
    expect(type).toBe('enumeration');
    expect(options.map((o: { value: string }) => o.value)).toEqual(
      expect.arrayContaining(['other', 'billing', 'delivery']),
    );
  });

  it('mend a property that an older release made as text', async () => {
    await server.call('PATCH', '/crm/v3/properties/tickets/rapport_topic', {
      type: 'string',
      fieldType: 'text',
      options: [],
    });
    expect(await session.ensureProperties()).toMatchObject({
      created: [],
      patched: ['ticket.rapport_topic'],
    });
    expect((await definition('tickets', 'rapport_topic')).type).toBe('enumeration');
  });
});

it('every property that takes options has at least one of its own, or it could not be created', () => {
  const bare = (['contact', 'company', 'deal', 'ticket'] as const)
    .flatMap((kind) => chosenProperties(manifest, kind, true))
    .filter((p) => p.type === 'enumeration' && Object.keys(p.options ?? {}).length === 0);
  expect(bare).toEqual([]);
});
