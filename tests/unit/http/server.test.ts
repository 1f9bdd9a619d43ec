/** The HTTP server over a real store: who is let in, and how errors leave. */

import { createServer, request as httpRequest } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RapportError } from '../../../src/core/errors.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { errorReply } from '../../../src/http/middleware/error-reply.ts';
import { requestContext } from '../../../src/http/middleware/request-context.ts';
import { PER_MINUTE } from '../../../src/platform/allowance.ts';
import { newTenant, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { event, ORIGIN, sign } from '../../support/deliveries.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';
import { type HttpServer, listening, startHttpServer } from '../../support/http-server.ts';

const ADMIN = 'a-long-admin-token';
let database: Database;
let rig: Rig;
let server: HttpServer;
let localServer: HttpServer;
let tenant: Tenant;

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
  server = await startHttpServer(rig, { adminToken: ADMIN });
  localServer = await startHttpServer(rig, {
    publicUrl: 'http://127.0.0.1:3000',
    adminToken: ADMIN,
  });
});
afterAll(async () => {
  for (const each of [server, localServer]) await each?.close();
  await database?.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

const ask = (
  path: string,
  headers: Record<string, string> = {},
  { method = 'GET', body = '' as string | Buffer, to = server.port } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const req = httpRequest({ port: to, method, path, headers }, (res) => {
      let text = '';
      res.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
    });
    req.on('error', reject);
    req.end(body);
  });

const errorShape = {
  error: {
    code: expect.stringMatching(/^[a-z_]+$/),
    message: expect.any(String),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  },
};

describe('F65 errors leave in one shape and tell nothing', () => {
  test.each([
    ['/nowhere', 404, 'not_found'],
    ['/oauth/elsewhere/start', 404, 'not_found'],
    ['/oauth/%ff/start', 400, 'invalid_payload'],
    ['/oauth/hubspot/callback', 400, 'invalid_state'],
    ['/oauth/hubspot/callback?code=a&code=b&state=c', 400, 'invalid_state'],
    ['/hubspot/card?portalId=1&objectId=1', 401, 'invalid_signature'],
  ])('%s', async (path, status, code) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    const json = JSON.parse(answer.text) as { error: { code: string } };
    expect(json).toEqual(errorShape);
    expect(json.error.code).toBe(code);
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('what is not ours stays generic, and the log has the rest under the same id', async () => {
    const app = express();
    const { log, meter } = rig;
    app.use(requestContext(log, meter));
    app.get('/broken', () => {
      throw new Error('SELECT secret FROM /srv/app');
    });
    app.get('/ours', () => {
      throw new RapportError('not_enough_data', 'Too little.');
    });
    app.get('/late', (_req, res) => {
      res.write('half');
      throw new Error('after the head');
    });
    app.use(errorReply(log));
    const own = await listening(createServer(app));
    const to = own.port;
    const broken = await ask('/broken', {}, { to });
    expect(broken.status).toBe(500);
    expect(broken.text).not.toMatch(/SELECT|srv|stack/);
    const { error } = JSON.parse(broken.text) as { error: { requestId: string } };
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        fields: expect.objectContaining({ event: error.requestId }),
      }),
    );
    expect((await ask('/ours', {}, { to })).status).toBe(500);
    expect((await ask('/late', {}, { to })).text).toBe('half');
    await own.close();
  });
});

describe('only the operator reads status, metrics and the console', () => {
  test.each(['/api/status', '/metrics'])('%s answers on the machine itself', async (path) => {
    const to = localServer.port;
    expect((await ask(path, { host: `127.0.0.1:${to}` }, { to })).status).toBe(200);
    expect((await ask(path, { host: `localhost:${to}` }, { to })).status).toBe(200);
  });

  test('behind a proxy nobody counts as local, whatever the proxy leaves out', async () => {
    expect((await ask('/api/status', { host: `127.0.0.1:${server.port}` })).status).toBe(404);
  });

  test.each([
    ['a name rebound to this machine', { host: 'evil.example.test' }],
    ['the same with our port', { host: 'evil.example.test:3000' }],
    ['a name that only begins like ours', { host: 'localhost.evil.example.test' }],
    ['another address', { host: '192.168.0.9' }],
    ['forwarded for somebody', { host: 'localhost', 'x-forwarded-for': '203.0.113.9' }],
    ['a wrong token', { host: 'rapport.example.test', authorization: 'Bearer guess' }],
    ['an empty token', { host: 'rapport.example.test', authorization: 'Bearer ' }],
    [
      'the token in another scheme',
      { host: 'rapport.example.test', authorization: `Basic ${ADMIN}` },
    ],
  ])('F61 %s: nothing here', async (_name, headers) => {
    for (const path of ['/api/status', '/metrics', '/console', '/console/writes', '/api/nothing']) {
      const answer = await ask(path, headers, { to: localServer.port });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(JSON.parse(answer.text)).toMatchObject({
        error: { message: 'There is nothing here.' },
      });
    }
  });

  test.each([
    ['a form of another site', { origin: 'https://evil.example.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a fetch of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a fetch of another port', { 'sec-fetch-site': 'same-site' }],
    ['one that hides in both', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'cross-site' }],
  ])('F70 %s in the operator’s browser changes nothing', async (_name, headers) => {
    const to = localServer.port;
    const before = await rig.store.tenants.get(tenant.id);
    const form = { host: `127.0.0.1:${to}`, 'content-type': 'text/plain', ...headers };
    for (const path of ['/api/uninstall', '/api/writes/approve', '/api/models/freeze']) {
      const answer = await ask(path, form, { method: 'POST', body: '{}', to });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect(await rig.store.tenants.get(tenant.id)).toEqual(before);
    expect((await ask('/api/status', form, { to })).status).toBe(200);
  });

  test('F70 the console’s own page, and a program on the machine, may change things', async () => {
    const to = localServer.port;
    const host = `127.0.0.1:${to}`;
    const body = JSON.stringify({ tenant: 'hubspot:0', off: true });
    for (const headers of [{}, { origin: `http://${host}` }, { 'sec-fetch-site': 'same-origin' }]) {
      const answer = await ask(
        '/api/models/freeze',
        { host, 'content-type': 'application/json', ...headers },
        { method: 'POST', body, to },
      );
      expect(JSON.parse(answer.text).error.code).toBe('unknown_tenant');
    }
    // As the command line asks a running server.
    const asked = await fetch(`http://${host}/api/models/freeze`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await asked.json()).toMatchObject({ error: { code: 'unknown_tenant' } });
  });

  test('the token opens it from anywhere', async () => {
    const headers = { host: 'rapport.example.test', authorization: `Bearer ${ADMIN}` };
    expect((await ask('/api/status', headers)).status).toBe(200);
  });
});

describe('the card', () => {
  const now = () => rig.clock.now();
  const card = (query: string, over: Parameters<typeof sign>[2] = {}, sent?: string) => {
    const path = `/hubspot/card?${query}`;
    const { headers } = sign('', now(), { method: 'GET', path, ...over });
    return ask(`/hubspot/card?${sent ?? query}`, headers);
  };

  test('F25 a signed call gets its card; a changed query does not', async () => {
    const query = `portalId=${tenant.accountId}&objectId=1&userEmail=ana%40example.test`;
    const answer = await card(query);
    expect([answer.status, JSON.parse(answer.text).state]).toEqual([200, 'empty']);
    expect((await card(query, {}, query.replace('objectId=1', 'objectId=2'))).status).toBe(401);
    expect((await card(query, { secret: 'a guess' })).status).toBe(401);
  });

  test('F58 an account that is not connected is told so, an odd id is refused', async () => {
    const foreign = await card('portalId=999999&objectId=1');
    expect(JSON.parse(foreign.text).state).toBe('not_connected');
    expect((await card(`portalId=${tenant.accountId}&objectId=1'--`)).status).toBe(400);
    expect((await card(`portalId=${tenant.accountId}`)).status).toBe(400);
    expect((await card(`portalId=${tenant.accountId}&portalId=1&objectId=1`)).status).toBe(401);
  });

  test('F67 a store that hangs: the card is told so within its deadline, and shown once it answers', async () => {
    const find = rig.store.tenants.find;
    const hung = { ...rig.store, tenants: { ...rig.store.tenants } };
    const stuck = await startHttpServer({ ...rig, store: hung });
    const path = `/hubspot/card?portalId=${tenant.accountId}&objectId=1`;
    const get = () =>
      ask(path, sign('', now(), { method: 'GET', path }).headers, { to: stuck.port });
    hung.tenants.find = () => new Promise(() => {});
    const begun = performance.now();
    const answer = await get();
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([503, 'store_unavailable']);
    hung.tenants.find = find;
    expect((await get()).status).toBe(200);
    await stuck.close();
  });

  test('F68 who asks faster than people do waits; colleagues, other accounts and deliveries do not', async () => {
    const own = await startHttpServer(rig);
    const to = own.port;
    const other = await newTenant(rig.store);
    const get = async (account: string, user: string) => {
      const path = `/hubspot/card?portalId=${account}&objectId=1&userId=${user}`;
      return ask(path, sign('', now(), { method: 'GET', path }).headers, { to });
    };
    const answers: Answer[] = [];
    for (let n = 0; n < PER_MINUTE.person + 20; n += 20)
      answers.push(
        ...(await Promise.all(Array.from({ length: 20 }, () => get(tenant.accountId, '1')))),
      );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(PER_MINUTE.person);
    const refused = answers.find((a) => a.status === 429);
    expect(JSON.parse(refused?.text ?? '')).toMatchObject({ error: { code: 'too_many_requests' } });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await get(tenant.accountId, '2')).status).toBe(200);
    expect((await get(other.accountId, '1')).status).toBe(200);
    const delivery = sign(
      JSON.stringify([event(1, { portalId: Number(tenant.accountId) })]),
      now(),
    );
    const sent = { method: 'POST', body: delivery.body, to };
    expect((await ask('/webhooks/hubspot', delivery.headers, sent)).status).toBe(200);
    await own.close();
  });

  test('a refresh marks the record for reading and scoring, and wakes the tenant', async () => {
    const path = `/hubspot/refresh?portalId=${tenant.accountId}&objectId=5`;
    const { headers, body } = sign('{}', now(), { path });
    const answer = await ask(path, headers, { method: 'POST', body });
    expect(answer.status).toBe(202);
    expect(await rig.store.marks.count(tenant.id)).toEqual({ sync: 1, score: 1 });
    expect(rig.queue.jobs.at(-1)).toMatchObject({ job: 'drain' });
  });
});

describe('cases', () => {
  const signed = (path: string, body: string, method: string) => {
    const { headers } = sign(body, rig.clock.now(), { method, path });
    return ask(path, headers, { method, body });
  };

  test('F58 the ticket card answers the signed account alone', async () => {
    const query = `portalId=${tenant.accountId}&objectId=7`;
    expect((await ask(`/hubspot/ticket-card?${query}`)).status).toBe(401);
    const answer = await signed(`/hubspot/ticket-card?${query}`, '', 'GET');
    expect([answer.status, JSON.parse(answer.text).state]).toEqual([200, 'empty']);
  });

  test('a correction is taken when it is signed and its message is this account’s', async () => {
    const path = `/hubspot/feedback?portalId=${tenant.accountId}`;
    const body = JSON.stringify({ kind: 'ticket', id: '7', field: 'type', label: 'praise' });
    expect((await ask(path, {}, { method: 'POST', body })).status).toBe(401);
    expect((await signed(path, body, 'POST')).status).toBe(404);
    await rig.store.records.put(tenant.id, [ticket(7, 1)]);
    expect((await signed(path, body, 'POST')).status).toBe(202);
    expect(await rig.store.corrections.all(tenant.id)).toMatchObject([{ label: 'praise' }]);
    for (const bad of ['{', '[]', '{"kind":"deal","id":"7","field":"type","label":"praise"}'])
      expect((await signed(path, bad, 'POST')).status).toBe(400);
  });

  test('a task is ordered when it is signed, for a record of this account, by somebody who may', async () => {
    const path = `/hubspot/activity?portalId=${tenant.accountId}&objectId=8&objectTypeId=0-5&userId=9`;
    const task = { kind: 'task', subject: 'Answer', body: 'Soon.', dueAt: null, type: 'todo' };
    const body = JSON.stringify(task);
    expect((await ask(path, {}, { method: 'POST', body })).status).toBe(401);
    expect((await signed(path, body, 'POST')).status).toBe(404);
    await rig.store.records.put(tenant.id, [ticket(8, 1)]);
    const ordered = await signed(path, body, 'POST');
    expect([ordered.status, JSON.parse(ordered.text)]).toEqual([202, { state: 'ordered' }]);
    for (const bad of [{ ...task, kind: 'call' }, { ...task, dueAt: 'soon' }, { kind: 'task' }])
      expect((await signed(path, JSON.stringify(bad), 'POST')).status).toBe(400);
    const odd = path.replace('0-5', '0-99');
    expect((await signed(odd, body, 'POST')).status).toBe(400);
  });

  test('where the admin named viewers, nobody else sees a card or presses its buttons', async () => {
    const closed = await newTenant(rig.store);
    await rig.store.tenants.changeSettings(closed.id, { cards: { viewers: ['ana@example.test'] } });
    const of = `portalId=${closed.accountId}&objectId=1`;
    const state = async (user: string) =>
      JSON.parse((await signed(`/hubspot/card?${of}&${user}`, '', 'GET')).text).state;
    expect(await state('userId=9&userEmail=bo%40example.test')).toBe('no_access');
    expect(await state('userId=4&userEmail=Ana%40example.test')).toBe('empty');
    const body = JSON.stringify({ reason: 'wrong_time', channel: null });
    const pressed = await signed(`/hubspot/not-now?${of}&userId=9`, body, 'POST');
    expect([pressed.status, JSON.parse(pressed.text).error.code]).toEqual([403, 'no_access']);
    const text = JSON.stringify({ text: 'I was charged twice and want my money back.' });
    for (const [path, verb, sent] of [
      ['draft', 'GET', ''],
      ['details', 'GET', ''],
      ['read', 'POST', text],
    ] as const) {
      const bare = `/hubspot/${path}?${of}`;
      expect([path, (await ask(bare, {}, { method: verb })).status]).toEqual([path, 401]);
      expect([path, (await signed(`${bare}&userId=9`, sent, verb)).status]).toEqual([path, 403]);
    }
    const read = await signed(
      `/hubspot/read?${of}&userId=4&userEmail=Ana%40example.test`,
      text,
      'POST',
    );
    expect(JSON.parse(read.text)).toMatchObject({ type: 'problem' });
  });

  test('F58 only the operator chats, labels and sets rules', async () => {
    for (const path of [
      '/api/chat',
      '/api/faq',
      '/api/labelling',
      '/api/topics',
      '/api/settings/service',
    ])
      expect([path, (await ask(path, { host: 'rapport.example.test' })).status]).toEqual([
        path,
        404,
      ]);
    const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };
    const say = (body: object) =>
      ask('/api/chat', headers, { method: 'POST', body: JSON.stringify(body) });
    const answer = await say({ tenant: tenant.id, message: 'Hello, anybody there?' });
    expect(JSON.parse(answer.text)).toMatchObject({ kind: 'handover', reason: 'nothing_known' });
    expect((await say({ tenant: tenant.id })).status).toBe(400);
    const rules = { tenant: tenant.id, service: { replies: { gate: 2, askFrom: 0 } } };
    const put = await ask('/api/settings/service', headers, {
      method: 'PUT',
      body: JSON.stringify(rules),
    });
    expect(put.status).toBe(400);
  });
});

describe('F59 what is asked is a value, never a piece of SQL or of a pattern', () => {
  const NASTY = [
    "'; DROP TABLE rapport.tenants; --",
    "1' OR '1'='1",
    '$1) OR (1=1',
    '\\',
    '%00',
    '{"$gt":""}',
    '__proto__',
    '.*)+$',
  ];
  const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };
  const READS = [
    '/api/writes?tenant=',
    '/api/writes?state=',
    '/api/writes?kind=',
    '/api/writes?before=',
    '/api/models?tenant=',
    '/api/segments?tenant=',
    '/api/settings?tenant=',
    '/api/results?tenant=',
    '/api/contacts/',
    '/api/deals/',
  ];

  test.each(NASTY)('%s', async (nasty) => {
    const before = await rig.store.tenants.all();
    for (const path of READS) {
      const answer = await ask(`${path}${encodeURIComponent(nasty)}`, headers);
      expect([path, answer.status < 500], answer.text).toEqual([path, true]);
      expect(answer.text).not.toMatch(/syntax error|rapport\.|at .*\.ts/);
    }
    for (const path of ['/api/models/rollback', '/api/segments/rename', '/api/chat', '/api/faq']) {
      const body = JSON.stringify({ tenant: nasty, version: nasty, id: nasty, message: nasty });
      const answer = await ask(path, headers, { method: 'POST', body });
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
    }
    expect(await rig.store.tenants.all()).toEqual(before);
    expect(({} as Record<string, unknown>)['tenant']).toBeUndefined();
  });
});

describe('install over HTTP', () => {
  test('F62 the browser keeps a cookie that scripts cannot read, and comes back with it', async () => {
    const start = await ask('/oauth/hubspot/start');
    expect(start.status).toBe(302);
    const cookie = String(start.headers['set-cookie']);
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/oauth', 'Secure'])
      expect(cookie).toContain(part);
    const location = new URL(String(start.headers['location']));
    expect(location.searchParams.get('redirect_uri')).toBe(`${ORIGIN}/oauth/hubspot/callback`);
    const back = `/oauth/hubspot/callback?code=x&state=${location.searchParams.get('state')}`;
    const held = cookie.split(';')[0] ?? '';
    expect((await ask(back)).status).toBe(400);
    const done = await ask(back, { cookie: `other=1; ${held}` });
    expect(JSON.parse(done.text)).toMatchObject({ connected: 'hubspot:7777' });
    expect((await ask(back, { cookie: held })).status).toBe(400);
  });

  test('F70 a cookie that somebody planted is not taken over', async () => {
    const planted = 'rapport_install=planted-by-somebody';
    const start = await ask('/oauth/hubspot/start', { cookie: planted });
    const state = new URL(String(start.headers['location'])).searchParams.get('state');
    expect(String(start.headers['set-cookie'])).not.toContain('planted');
    const back = await ask(`/oauth/hubspot/callback?code=x&state=${state}`, { cookie: planted });
    expect(back.status).toBe(400);
  });
});

test('webhooks are served before the rest, and readiness speaks of every account', async () => {
  const { body, headers } = sign(
    JSON.stringify([event(1, { portalId: Number(tenant.accountId) })]),
    rig.clock.now(),
  );
  expect((await ask('/webhooks/hubspot', headers, { method: 'POST', body })).status).toBe(200);
  expect((await ask('/healthz')).text).toBe('{"ok":true}');
  const other = await newTenant(rig.store, { state: 'scoring' });
  expect((await ask('/readyz')).status).toBe(503);
  for (const t of await rig.store.tenants.all()) await rig.store.tenants.setState(t.id, 'ready');
  expect((await ask('/readyz')).status).toBe(200);
  await rig.store.tenants.setState(other.id, 'parked');
  expect((await ask('/readyz')).status).toBe(200);
});
