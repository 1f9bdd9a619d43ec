/** The webhooks and signed card calls the sandbox sends, seen from the receiving side. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SandboxServer, startSandbox } from '../support/sandbox-server.ts';

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
type Event = Record<string, unknown> & { subscriptionType: string };

const PROPERTIES = ['email', 'firstname'];
const EVENTS = ['creation', 'deletion', 'merge', 'restore', 'associationChange'];

let server: SandboxServer;
let receiver: Server;
let targetUrl: string;
let received: Delivery[] = [];
let answers: number[] = [];

beforeAll(async () => {
  receiver = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      received.push({ headers: req.headers, body: Buffer.concat(chunks).toString('utf8') });
      res.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  targetUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
  server = await startSandbox(5);
  const subscriptions = [
    ...PROPERTIES.map((propertyName) => ({
      subscriptionType: 'object.propertyChange',
      objectType: 'contact',
      propertyName,
    })),
    ...EVENTS.map((event) => ({ subscriptionType: `object.${event}`, objectType: 'contact' })),
    { subscriptionType: 'object.creation', objectType: 'call' },
    { subscriptionType: 'contact.privacyDeletion' },
  ];
  const app = {
    targetUrl,
    redirectUrls: ['http://localhost:1/cb'],
    scopes: ['oauth'],
    subscriptions,
  };
  expect((await server.call('PUT', '/sandbox/app', app)).status).toBe(200);
});
afterAll(async () => {
  await server.close();
  receiver.close();
});
beforeEach(() => {
  received = [];
  answers = [];
});

async function install(): Promise<void> {
  const form = {
    client_id: server.info.clientId,
    redirect_uri: 'http://localhost:1/cb',
    scope: 'oauth',
  };
  const approved = await fetch(`${server.origin}/sandbox/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(form),
  });
  const code = new URL(approved.headers.get('location') ?? '').searchParams.get('code') ?? '';
  await fetch(`${server.info.api}/oauth/2026-03/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...form,
      client_secret: server.info.clientSecret,
      grant_type: 'authorization_code',
      code,
    }),
  });
}

const page = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/sandbox/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

// biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
const json = async (response: Promise<Response>): Promise<any> => (await response).json();

async function events(count: number, timeoutMs = 15_000): Promise<Event[]> {
  const until = Date.now() + timeoutMs;
  const all = () => received.flatMap((delivery) => JSON.parse(delivery.body) as Event[]);
  while (all().length < count && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return all();
}
const contactId = async () =>
  (await server.call('GET', '/crm/v3/objects/contacts?limit=1')).body.results[0].id as string;

/** Computed from HubSpot's description of the signature, not with the sandbox's own code. */
function expectSigned({ headers, body }: Delivery): void {
  const at = String(headers['x-hubspot-request-timestamp']);
  const hmac = createHmac('sha256', server.info.clientSecret);
  expect(headers['x-hubspot-signature-v3']).toBe(
    hmac.update(`POST${targetUrl}${body}${at}`).digest('base64'),
  );
  expect(Math.abs(Date.now() - Number(at))).toBeLessThan(60_000);
}

test('an account without the app sends nothing', async () => {
  await page('PATCH', `contacts/${await contactId()}`, { properties: { firstname: 'Silent' } });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(received).toEqual([]);
  await install();
});

describe('deliveries', () => {
  test('an edit on the page: one event per subscribed property, signed', async () => {
    const id = await contactId();
    const edit = { firstname: 'Zoë', email: 'zoe@hooks.test', city: 'Rome' };
    expect((await page('PATCH', `contacts/${id}`, { properties: edit })).status).toBe(200);
    const sent = await events(2);
    expect(received).toHaveLength(1);
    expect(received[0]).toBeDefined();
    if (received[0] !== undefined) expectSigned(received[0]);
    expect(sent.map((event) => [event['propertyName'], event['propertyValue']]).sort()).toEqual([
      ['email', 'zoe@hooks.test'],
      ['firstname', 'Zoë'],
    ]);
    expect(sent[0]).toMatchObject({
      subscriptionType: 'object.propertyChange',
      portalId: server.info.portalId,
      objectId: Number(id),
      objectTypeId: '0-1',
      attemptNumber: 0,
      changeSource: 'CRM_UI',
      occurredAt: expect.any(Number),
    });
  });

  test('a logged call: its creation and the association of the contact', async () => {
    const id = await contactId();
    const call = await page('POST', `contacts/${id}/calls`, {
      direction: 'outbound',
      answered: true,
      body: 'Talked.',
    });
    expect(call.status).toBe(201);
    const sent = await events(2);
    expect(sent.map((event) => event.subscriptionType).sort()).toEqual([
      'object.associationChange',
      'object.creation',
    ]);
    expect(
      sent.find((event) => event.subscriptionType === 'object.associationChange'),
    ).toMatchObject({
      fromObjectTypeId: '0-1',
      fromObjectId: Number(id),
      toObjectTypeId: '0-48',
      associationTypeId: 193,
      associationCategory: 'HUBSPOT_DEFINED',
      associationRemoved: false,
    });
    const record = await json(page('GET', `contacts/${id}`));
    expect(record.timeline[0]).toMatchObject({
      kind: 'call',
      direction: 'outbound',
      answered: true,
      body: 'Talked.',
    });
  });

  test('creation, deletion, restore, merge and privacy deletion', async () => {
    const make = async (email: string) =>
      (await server.call('POST', '/crm/v3/objects/contacts', { properties: { email } })).body.id;
    const [a, b] = [await make('a@hooks.test'), await make('b@hooks.test')];
    await server.call('DELETE', `/crm/v3/objects/contacts/${a}`);
    await server.call('POST', '/sandbox/restore', { objectType: 'contact', ids: [a] });
    const merged = await server.call('POST', '/crm/v3/objects/contacts/merge', {
      primaryObjectId: a,
      objectIdToMerge: b,
    });
    await server.call('POST', '/crm/v3/objects/contacts/gdpr-delete', { objectId: merged.body.id });
    const sent = await events(9);
    const counts = Object.fromEntries(
      [...new Set(sent.map((e) => e.subscriptionType))].map((type) => [
        type,
        sent.filter((e) => e.subscriptionType === type).length,
      ]),
    );
    expect(counts).toEqual({
      'object.creation': 2,
      'object.propertyChange': 2,
      'object.deletion': 2,
      'object.restore': 1,
      'object.merge': 1,
      'contact.privacyDeletion': 1,
    });
    expect(sent.find((event) => event.subscriptionType === 'object.merge')).toMatchObject({
      primaryObjectId: Number(a),
      mergedObjectIds: [Number(b)],
      newObjectId: Number(merged.body.id),
      changeSource: 'API',
    });
  });

  test('a refused delivery comes again with a higher attemptNumber', async () => {
    answers = [500];
    await page('PATCH', `contacts/${await contactId()}`, { properties: { firstname: 'Again' } });
    const sent = await events(2, 20_000);
    expect(sent.map((event) => event['attemptNumber'])).toEqual([0, 1]);
    received.forEach(expectSigned);
    await expect.poll(() => server.sql.query('select id from sandbox.deliveries')).toEqual([]);
  });

  test('many changes gather into batches of at most 100', async () => {
    const inputs = Array.from({ length: 100 }, (_, i) => ({
      properties: { email: `many${i}@hooks.test` },
    }));
    expect(
      (await server.call('POST', '/crm/v3/objects/contacts/batch/create', { inputs })).status,
    ).toBe(201);
    expect(await events(200)).toHaveLength(200);
    expect(received.map((delivery) => (JSON.parse(delivery.body) as Event[]).length)).toEqual([
      100, 100,
    ]);
  });

  test('F08: knobs double deliveries, and lose events', async () => {
    const id = await contactId();
    await server.call('PUT', '/sandbox/knobs', { webhookDuplicate: 1 });
    await page('PATCH', `contacts/${id}`, { properties: { firstname: 'Twice' } });
    const twice = await events(2);
    expect(twice.map((event) => event['eventId'])).toEqual([
      twice[0]?.['eventId'],
      twice[0]?.['eventId'],
    ]);
    await server.call('PUT', '/sandbox/knobs', { webhookDrop: 1 });
    received = [];
    await page('PATCH', `contacts/${id}`, { properties: { firstname: 'Lost' } });
    expect(await events(1, 800)).toEqual([]);
    await server.call('PUT', '/sandbox/knobs', {});
  });
});

describe('subscriptions', () => {
  test.each<[string, object]>([
    ['an unknown event', { subscriptionType: 'object.explosion', objectType: 'contact' }],
    ['an unknown object', { subscriptionType: 'object.creation', objectType: 'unicorn' }],
    [
      'a property that cannot be subscribed to',
      {
        subscriptionType: 'object.propertyChange',
        objectType: 'email',
        propertyName: 'hs_email_subject',
      },
    ],
    ['no property', { subscriptionType: 'object.propertyChange', objectType: 'contact' }],
  ])('refuse %s', async (_what, subscription) => {
    const app = { targetUrl, redirectUrls: [], scopes: [], subscriptions: [subscription] };
    expect((await server.call('PUT', '/sandbox/app', app)).status).toBe(400);
  });
});

describe('hubspot.fetch', () => {
  const ask = async (url: string, body?: unknown) =>
    json(page('POST', 'hubspot-fetch', { url, method: body === undefined ? 'GET' : 'POST', body }));

  test('only the permitted origin is called', async () => {
    for (const url of [
      'http://127.0.0.1:1/x',
      'https://rapport.invalid.evil.test/x',
      'https://rapport.invalid@evil.test/',
    ]) {
      expect(await ask(url)).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
    }
  });

  test('the call carries who asks, and a signature over the address as it is called', async () => {
    const reply = await ask('https://rapport.invalid/echo?objectId=1&portalId=666&q=a%20b%26c', {
      a: 'ë',
    });
    const echo = JSON.parse(reply.body);
    expect(echo.url).toBe(
      `/echo?objectId=1&q=a%20b%26c&userId=9&portalId=${server.info.portalId}&userEmail=admin%40sandbox.invalid&appId=770042`,
    );
    const uri = `${server.origin}${echo.url.replace('%40', '@')}`;
    const signed = `POST${uri}${echo.body}${echo.headers['x-hubspot-request-timestamp']}`;
    const expected = createHmac('sha256', server.info.clientSecret).update(signed).digest('base64');
    expect(echo.headers['x-hubspot-signature-v3']).toBe(expected);
    expect(echo.body).toBe('{"a":"ë"}');
  });

  test('the call reaches our own origin, not the invalid one', async () => {
    const reply = await ask('https://rapport.invalid/sandbox/api/contacts?limit=1&portalId=1');
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body).results).toHaveLength(1);
  });
});

describe('pages', () => {
  test('a list says what an app’s options are called now, so that a renamed one shows its name', async () => {
    const properties = '/crm/v3/properties/contacts';
    await server.call('POST', `${properties}/groups`, { name: 'rapport', label: 'Rapport' });
    const option = { value: 'seg_01', label: 'Segment 1', hidden: false, displayOrder: 0 };
    const created = await server.call('POST', properties, {
      name: 'rapport_segment',
      label: 'Segment',
      type: 'enumeration',
      fieldType: 'select',
      groupName: 'rapport',
      options: [option],
    });
    expect(created.status).toBe(201);
    const called = async () => (await json(page('GET', 'contacts?limit=1'))).options;
    expect(await called()).toEqual({ rapport_segment: { seg_01: 'Segment 1' } });
    await server.call('PATCH', `${properties}/rapport_segment`, {
      options: [{ ...option, label: 'Regulars' }],
    });
    expect(await called()).toEqual({ rapport_segment: { seg_01: 'Regulars' } });
  });

  test('list, search, and refuse other sites', async () => {
    const list = await json(page('GET', 'contacts?limit=2'));
    expect(list.results).toHaveLength(2);
    expect(list.after).toBe('2');
    const found = await json(page('GET', 'contacts?q=zoe@hooks.test'));
    expect(found.results[0].properties.email).toBe('zoe@hooks.test');
    expect(
      (await page('GET', 'contacts', undefined, { 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(403);
  });

  test('a ticket and an e-mail show up; wrong input is refused', async () => {
    const id = await contactId();
    expect(
      (await page('POST', `contacts/${id}/tickets`, { subject: 'Broken', content: 'It hums.' }))
        .status,
    ).toBe(201);
    expect(
      (
        await page('POST', `contacts/${id}/emails`, {
          direction: 'inbound',
          subject: 'Re',
          body: 'Hi',
        })
      ).status,
    ).toBe(201);
    const record = await json(page('GET', `contacts/${id}`));
    expect(record.tickets[0]).toMatchObject({ subject: 'Broken', open: true });
    expect(record.timeline[0]).toMatchObject({ kind: 'email', direction: 'inbound', body: 'Hi' });
    expect((await page('POST', `contacts/${id}/tickets`, { subject: 'Broken' })).status).toBe(400);
    expect((await page('PATCH', `contacts/${id}`, { properties: { nope: '1' } })).status).toBe(400);
    expect((await page('GET', 'contacts/999999999')).status).toBe(404);
  });
});
