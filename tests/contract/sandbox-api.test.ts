/** The sandbox, called by HubSpot's own client, and by requests HubSpot would refuse. */
import { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OBJECT_TYPES, objectTypeOf } from '../../src/hosts/sandbox/object-types.ts';
import { createPropertyStore } from '../../src/hosts/sandbox/property-store.ts';
import { checkValue } from '../../src/hosts/sandbox/property-values.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { type SandboxServer, startSandbox } from '../support/sandbox-server.ts';

let server: SandboxServer;
let client: Client;
beforeAll(async () => {
  server = await startSandbox(120);
  client = new Client({ accessToken: server.info.token, basePath: server.info.api });
});
afterAll(() => server.close());
/** Each test begins with an empty window of calls. */
beforeEach(() => server.call('DELETE', '/sandbox/calls'));

const OBJECTS = '/crm/v3/objects';
const EMPTY_READ = { propertiesWithHistory: [] };
type CreateContact = Parameters<Client['crm']['contacts']['basicApi']['create']>[0];
const contact = (properties: Record<string, string>): CreateContact => ({ properties });
/** For what the client's typed part leaves out. */
async function post(path: string, body: object): Promise<{ id: string }> {
  const response = await client.apiRequest({
    method: 'POST',
    path: `${OBJECTS}/contacts/${path}`,
    body,
  });
  expect(response.ok).toBe(true);
  return response.status === 204 ? { id: '' } : ((await response.json()) as { id: string });
}
const newId = async (properties: Record<string, string>) =>
  (await client.crm.contacts.basicApi.create(contact(properties))).id;

describe('reading', () => {
  test('pages through a type, unset values null, values text', async () => {
    const first = await client.crm.objects.basicApi.getPage('contacts', 100, undefined, [
      'email',
      'jobtitle',
      'nope',
    ]);
    expect(first.results).toHaveLength(100);
    const after = first.paging?.next?.after;
    const second = await client.crm.objects.basicApi.getPage('0-1', 100, after, ['email']);
    expect(second.results).toHaveLength(20);
    expect(second.paging).toBeUndefined();
    const one = first.results[0];
    expect(one?.createdAt).toBeInstanceOf(Date);
    expect(one?.properties).toHaveProperty('lastmodifieddate');
    expect(one?.properties).not.toHaveProperty('nope');
    expect(new Set([...first.results, ...second.results].map((r) => r.id)).size).toBe(120);
  });

  test('shows associations in the list when asked', async () => {
    const page = await client.crm.deals.basicApi.getPage(10, undefined, ['amount'], undefined, [
      'contacts',
      'line_items',
    ]);
    const links = page.results[0]?.associations;
    expect(links?.['contacts']?.results[0]?.type).toBe('deal_to_contact');
    expect(links?.['line items']?.results.length).toBeGreaterThan(0);
  });

  test('reads a batch, and tells what is missing', async () => {
    const { results } = await client.crm.contacts.basicApi.getPage(2);
    const inputs = [...results.map(({ id }) => ({ id })), { id: '999999999' }];
    const answer = await client.crm.contacts.batchApi.read({
      inputs,
      properties: ['email'],
      ...EMPTY_READ,
    });
    expect(answer.results.map((r) => r.id)).toEqual(results.map((r) => r.id));
    const partial = await server.call('POST', `${OBJECTS}/contacts/batch/read`, {
      inputs,
      properties: ['email'],
    });
    expect(partial.status).toBe(207);
    expect(partial.body).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['999999999'] } }],
    });
  });

  test.each([
    'calls',
    'emails',
    'meetings',
    'notes',
    'communications',
    'line_items',
    'products',
    'tickets',
    'feedback_submissions',
  ])('lists %s', async (type) => {
    const page = await client.crm.objects.basicApi.getPage(type, 100);
    expect(page.results.length).toBeGreaterThan(0);
    expect(page.results[0]?.properties).toHaveProperty('hs_object_id');
  });

  test('finds, sorts and pages by search', async () => {
    const found = await client.crm.contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' as never }] }],
      sorts: ['-lastmodifieddate'],
      properties: ['email'],
      limit: 5,
      after: '5',
      query: '',
    });
    expect(found.total).toBeGreaterThan(100);
    expect(found.results).toHaveLength(5);
    expect(found.paging?.next?.after).toBe('10');
  });

  test('every demo value is one that its definition allows', async () => {
    const store = createPropertyStore(server.sql, systemClock);
    for (const type of OBJECT_TYPES) {
      const definitions = await store.definitions(type.name);
      const rows = await server.sql.query<{ properties: Record<string, string> }>(
        'select properties from sandbox.objects where object_type = $1',
        [type.name],
      );
      const bad = new Set(
        rows.flatMap(({ properties }) =>
          Object.entries(properties).flatMap(([name, value]) => {
            const checked = checkValue(name, definitions.get(name), value);
            return checked.ok || checked.problem.code === 'READ_ONLY_VALUE'
              ? []
              : [`${name}: ${checked.problem.message}`];
          }),
        ),
      );
      expect([type.name, ...bad]).toEqual([type.name]);
    }
  });
});

describe('writing', () => {
  test('creates, updates, clears, archives', async () => {
    const id = await newId({ email: 'ada@writing.test', firstname: 'Ada' });
    const updated = await client.crm.contacts.basicApi.update(id, {
      properties: { firstname: 'Ada\u0000 L', lastname: 'B' },
    });
    expect(updated.properties['firstname']).toBe('Ada L');
    await client.crm.contacts.basicApi.update(id, { properties: { lastname: '' } });
    const read = await client.crm.contacts.basicApi.getById(id, ['lastname', 'email'], undefined, [
      'companies',
    ]);
    expect(read.properties['lastname']).toBeNull();
    const byEmail = await client.crm.contacts.basicApi.getById(
      'ADA@writing.test',
      ['email'],
      undefined,
      undefined,
      false,
      'email',
    );
    expect(byEmail.id).toBe(id);
    await client.crm.contacts.basicApi.archive(id);
    await expect(client.crm.contacts.basicApi.getById(id)).rejects.toMatchObject({ code: 404 });
    const archived = await client.crm.contacts.basicApi.getById(
      id,
      undefined,
      undefined,
      undefined,
      true,
    );
    expect(archived.archived).toBe(true);
  });

  test('an unchanged value does not even move the modification time', async () => {
    const id = await newId({ email: 'same@writing.test', firstname: 'Same' });
    const before = await client.crm.contacts.basicApi.getById(id);
    const after = await client.crm.contacts.basicApi.update(id, {
      properties: { firstname: 'Same' },
    });
    expect(after.updatedAt).toEqual(before.updatedAt);
  });

  test('updates a batch with traces; a missing record spoils only itself', async () => {
    const id = await newId({ email: 'batch@writing.test' });
    const inputs = [
      { id, properties: { firstname: 'Bo' }, objectWriteTraceId: 'c-1' },
      { id: '999999999', properties: { firstname: 'No' }, objectWriteTraceId: 'c-2' },
    ];
    const answer = await client.crm.contacts.batchApi.update({ inputs });
    expect(answer.results[0]).toMatchObject({ id, objectWriteTraceId: 'c-1' });
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ context: { ids: ['999999999'], objectWriteTraceId: ['c-2'] } }],
    });
  });

  test('F45: one bad value refuses the whole batch', async () => {
    const id = await newId({ email: 'whole@writing.test', firstname: 'Old' });
    const inputs = [
      { id, properties: { firstname: 'New' } },
      { id: '101', properties: { nope: '1', lifecyclestage: 'martian' } },
    ];
    await expect(client.crm.contacts.batchApi.update({ inputs })).rejects.toMatchObject({
      code: 400,
      body: {
        category: 'VALIDATION_ERROR',
        errors: [{ code: 'PROPERTY_DOESNT_EXIST' }, { code: 'INVALID_OPTION' }],
      },
    });
    expect((await client.crm.contacts.basicApi.getById(id)).properties['firstname']).toBe('Old');
  });

  test('an address is taken once: 409', async () => {
    const id = await newId({ email: 'taken@writing.test' });
    await expect(newId({ email: 'Taken@Writing.test' })).rejects.toMatchObject({
      code: 409,
      body: { category: 'CONFLICT', message: expect.stringContaining(id) },
    });
  });

  test('upserts by e-mail', async () => {
    const input = (firstname: string) => ({
      inputs: [{ id: 'up@writing.test', idProperty: 'email', properties: { firstname } }],
    });
    const made = await client.crm.contacts.batchApi.upsert(input('Eins'));
    const changed = await client.crm.contacts.batchApi.upsert(input('Zwei'));
    expect([made.results[0]?._new, changed.results[0]?._new]).toEqual([true, false]);
    expect(changed.results[0]?.id).toBe(made.results[0]?.id);
  });

  test('F46: a merge mints a new id, and single reads of the old ones follow it', async () => {
    const [a, b] = [
      await newId({ email: 'a@merge.test' }),
      await newId({ email: 'b@merge.test', lastname: 'Bee' }),
    ];
    const merged = await post('merge', { primaryObjectId: a, objectIdToMerge: b });
    expect([a, b]).not.toContain(merged.id);
    const read = await client.crm.contacts.basicApi.getById(b, ['email', 'lastname']);
    expect(read).toMatchObject({
      id: merged.id,
      properties: { email: 'a@merge.test', lastname: 'Bee' },
    });
    const batch = { inputs: [{ id: b }], properties: [], ...EMPTY_READ };
    expect((await client.crm.contacts.batchApi.read(batch)).results).toEqual([]);
  });

  test('F47: a privacy deletion leaves nothing', async () => {
    const id = await newId({ email: 'gone@privacy.test' });
    await post('gdpr-delete', { objectId: 'gone@privacy.test', idProperty: 'email' });
    for (const archived of [true, false]) {
      const read = client.crm.contacts.basicApi.getById(
        id,
        undefined,
        undefined,
        undefined,
        archived,
      );
      await expect(read).rejects.toMatchObject({ code: 404 });
    }
  });

  test('creates with associations, in both directions', async () => {
    const id = await newId({ email: 'link@writing.test' });
    const call = await client.crm.objects.basicApi.create('calls', {
      properties: { hs_timestamp: '1764000000000', hs_call_direction: 'OUTBOUND' },
      associations: [
        {
          to: { id },
          types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 194 }],
        },
      ],
    });
    const read = await client.crm.associations.v4.batchApi.getPage('contacts', 'calls', {
      inputs: [{ id }],
    });
    expect(read.results[0]).toMatchObject({
      _from: { id },
      to: [
        { toObjectId: call.id, associationTypes: [{ typeId: 193, category: 'HUBSPOT_DEFINED' }] },
      ],
    });
  });
});

describe('associations', () => {
  test('the first company is the primary one; 207 names records without any', async () => {
    const id = await newId({ email: 'assoc@company.test' });
    const { results } = await client.crm.companies.basicApi.getPage(2);
    const [first = { id: '' }, second = { id: '' }] = results;
    const none = await server.call('POST', '/crm/v4/associations/contacts/companies/batch/read', {
      inputs: [{ id }],
    });
    expect(none).toMatchObject({
      status: 207,
      body: { numErrors: 1, errors: [{ subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND' }] },
    });
    await client.crm.associations.v4.basicApi.createDefault('contacts', id, 'companies', first.id);
    await client.crm.associations.v4.batchApi.createDefault('contacts', 'companies', {
      inputs: [{ _from: { id }, to: { id: second.id } }],
    });
    const page = await client.crm.associations.v4.basicApi.getPage('contacts', id, 'companies');
    expect(page.results.map((r) => r.associationTypes.map((t) => t.typeId)).sort()).toEqual([
      [1, 279],
      [279],
    ]);
    await client.crm.associations.v4.batchApi.archive('contacts', 'companies', {
      inputs: [{ _from: { id }, to: [{ id: first.id }] }],
    });
    expect(
      (await client.crm.associations.v4.basicApi.getPage('contacts', id, 'companies')).results,
    ).toHaveLength(1);
  });

  test('a type of another pair is refused', async () => {
    const answer = await server.call(
      'POST',
      '/crm/v4/associations/contacts/companies/batch/create',
      {
        inputs: [
          {
            from: { id: '1' },
            to: { id: '2' },
            types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }],
          },
        ],
      },
    );
    expect(answer.status).toBe(400);
  });
});

describe('property definitions', () => {
  const definition = (name: string) =>
    ({
      name,
      label: name,
      type: 'enumeration',
      fieldType: 'select',
      groupName: 'test_group',
      options: [{ label: 'E-mail', value: 'email', hidden: false, displayOrder: 0 }],
    }) as never;

  test('groups, creation, 409, patch, archive, revival', async () => {
    const api = client.crm.properties;
    await api.groupsApi.create('contacts', { name: 'test_group', label: 'Test', displayOrder: -1 });
    await expect(
      api.groupsApi.create('contacts', { name: 'test_group', label: 'Test' }),
    ).rejects.toMatchObject({ code: 409 });
    await api.coreApi.create('contacts', definition('t_channel'));
    await expect(api.coreApi.create('contacts', definition('t_channel'))).rejects.toMatchObject({
      code: 409,
      body: {
        category: 'OBJECT_ALREADY_EXISTS',
        subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
      },
    });
    const partial = await server.call('POST', '/crm/v3/properties/contacts/batch/create', {
      inputs: [definition('t_channel'), definition('t_other')],
    });
    expect(partial).toMatchObject({
      status: 207,
      body: { numErrors: 1, results: [{ name: 't_other' }] },
    });
    const options = ['phone', 'sms'].map((value, displayOrder) => ({
      label: value,
      value,
      hidden: false,
      displayOrder,
    }));
    const patched = await api.coreApi.update('contacts', 't_channel', { options });
    expect(patched.options.map((o) => o.value)).toEqual(['phone', 'sms']);
    await api.coreApi.archive('contacts', 't_channel');
    await expect(api.coreApi.getByName('contacts', 't_channel')).rejects.toMatchObject({
      code: 404,
    });
    expect((await api.coreApi.getAll('contacts', true)).results.map((p) => p.name)).toContain(
      't_channel',
    );
    await api.coreApi.create('contacts', definition('t_channel'));
    const limits = await server.call('GET', '/crm/v3/limits/custom-properties');
    expect(limits.body.overallUsage).toBeGreaterThanOrEqual(2);
  });

  test.each<[string, object]>([
    ['a name in upper case', { name: 'T_Up' }],
    ['a missing group', { groupName: 'nowhere' }],
    ['an enumeration without options', { options: [] }],
    ['a field that cannot show the type', { fieldType: 'date' }],
    ['an unknown type', { type: 'poem' }],
    ['an unknown field', { colour: 'red' }],
    ['an option without hidden', { options: [{ label: 'a', value: 'a' }] }],
  ])('refuses %s', async (_what, change) => {
    const body = { ...(definition('t_bad') as object), groupName: 'contactinformation', ...change };
    expect((await server.call('POST', '/crm/v3/properties/contacts', body)).status).toBe(400);
  });

  test('feedback is read only, its definitions too', async () => {
    const write = await server.call('POST', `${OBJECTS}/feedback_submissions`, { properties: {} });
    const define = await server.call(
      'POST',
      '/crm/v3/properties/feedback_submissions',
      definition('t_bad'),
    );
    expect([write.status, define.status]).toEqual([403, 403]);
  });
});

test('owners, pipelines and the account', async () => {
  const owners = await client.crm.owners.ownersApi.getPage();
  expect(owners.results.length).toBeGreaterThan(0);
  const pipelines = await client.crm.pipelines.pipelinesApi.getAll('tickets');
  expect(pipelines.results[0]?.stages.length).toBe(4);
  const account = await server.call('GET', '/account-info/2026-03/details');
  expect(account.body).toMatchObject({ portalId: server.info.portalId, accountType: 'SANDBOX' });
});

describe('what HubSpot refuses', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i + 1) }));

  test.each<[string, string, string, unknown, number]>([
    ['an unknown path', 'GET', '/crm/v3/unicorns', undefined, 404],
    ['an unknown object type', 'GET', `${OBJECTS}/unicorns`, undefined, 400],
    [
      'a batch of 101',
      'POST',
      `${OBJECTS}/contacts/batch/read`,
      { inputs: ids(101), properties: [] },
      400,
    ],
    [
      'an unknown field',
      'POST',
      `${OBJECTS}/contacts/batch/read`,
      { inputs: ids(1), properties: [], limit: 1 },
      400,
    ],
    ['a missing field', 'POST', `${OBJECTS}/contacts/batch/read`, { properties: [] }, 400],
    [
      'a number for a text',
      'PATCH',
      `${OBJECTS}/contacts/101`,
      { properties: { firstname: 5 } },
      400,
    ],
    [
      'an unknown property',
      'POST',
      `${OBJECTS}/contacts`,
      { properties: { email: 'x@y.test', nope: '1' } },
      400,
    ],
    [
      'a read-only property',
      'PATCH',
      `${OBJECTS}/contacts/101`,
      { properties: { createdate: '0' } },
      400,
    ],
    [
      'a contact without a name',
      'POST',
      `${OBJECTS}/contacts`,
      { properties: { city: 'Rome' } },
      400,
    ],
    [
      'a ticket without a stage',
      'POST',
      `${OBJECTS}/tickets`,
      { properties: { subject: 'Help' } },
      400,
    ],
    [
      'a call without a time',
      'POST',
      `${OBJECTS}/calls`,
      { properties: { hs_call_body: 'Hi' } },
      400,
    ],
    ['a page of 101', 'GET', `${OBJECTS}/contacts?limit=101`, undefined, 400],
    ['broken JSON', 'POST', `${OBJECTS}/contacts`, '{"properties":', 400],
    [
      'the same id twice',
      'POST',
      `${OBJECTS}/contacts/batch/update`,
      { inputs: [1, 2].map(() => ({ id: '101', properties: {} })) },
      400,
    ],
    [
      'a search operator in lower case',
      'POST',
      `${OBJECTS}/contacts/search`,
      { filterGroups: [{ filters: [{ propertyName: 'email', operator: 'eq', value: 'x' }] }] },
      400,
    ],
  ])('%s', async (_what, method, path, body, status) => {
    const answer = await server.call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      status: 'error',
      category: expect.any(String),
      correlationId: expect.any(String),
    });
  });

  test('an unknown token: 401', async () => {
    const answer = await server.call('GET', `${OBJECTS}/contacts`, undefined, 'nobody');
    expect(answer).toMatchObject({ status: 401, body: { category: 'INVALID_AUTHENTICATION' } });
  });

  test('the 111th call in ten seconds, and the sixth search in one', async () => {
    const calls = await Promise.all(
      Array.from({ length: 111 }, () => server.call('GET', `${OBJECTS}/products?limit=1`)),
    );
    const refused = calls.filter((answer) => answer.status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.body).toMatchObject({
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
    expect(calls[0]?.headers.get('x-hubspot-ratelimit-max')).toBe('110');
    const searches = await Promise.all(
      Array.from({ length: 6 }, () =>
        server.call('POST', `${OBJECTS}/products/search`, { limit: 1 }),
      ),
    );
    expect(searches.filter((answer) => answer.status === 429)).toHaveLength(1);
    expect(searches[0]?.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    const counts = (await server.call('GET', '/sandbox/calls')).body;
    expect(counts[`${server.info.portalId}:private`]).toMatchObject({
      allowed: 110,
      refused: 1,
      mostInWindow: 111,
    });
  });

  test('knobs make calls fail as HubSpot would', async () => {
    await server.call('PUT', '/sandbox/knobs', { rate423: 1 });
    expect((await server.call('GET', `${OBJECTS}/contacts`)).status).toBe(423);
    await server.call('PUT', '/sandbox/knobs', { rate5xx: 1, rate423: 0 });
    expect((await server.call('GET', `${OBJECTS}/contacts`)).status).toBeGreaterThanOrEqual(500);
    expect((await server.call('PUT', '/sandbox/knobs', { rate429: 2 })).status).toBe(400);
    expect((await server.call('PUT', '/sandbox/knobs', { warp: 1 })).status).toBe(400);
    await server.call('PUT', '/sandbox/knobs', {});
    expect((await server.call('GET', `${OBJECTS}/contacts`)).status).toBe(200);
  });
});

test('no reply ever drifted from the schemas of the client', () => {
  expect(objectTypeOf('contacts').typeId).toBe('0-1');
  expect(server.log.lines.filter((line) => line.level === 'error')).toEqual([]);
});
