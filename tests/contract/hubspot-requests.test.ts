/** Every request Rapport sends, and every answer it gets, against the JSON Schemas of the client's own model types. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewActivity } from '../../src/core/activity.ts';
import { forTenant } from '../../src/flows/context.ts';
import { createSchemaCheck } from '../../src/hosts/sandbox/schema-check.ts';
import { ref } from '../support/builders.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { type RecordedCall, recordCall } from '../support/recorded-calls.ts';

interface Endpoint {
  /** As the source calls it: through the client, or by a path of our own. */
  readonly by: string;
  readonly method: string;
  readonly path: RegExp;
  readonly request?: string;
  /** Status → schema; `null` has no body. */
  readonly replies: Readonly<Record<number, string | null>>;
}

const OBJECTS = '/crm/v3/objects/[a-z_]+';
const PROPERTIES = '/crm/v3/properties/[a-z_]+';
const page = 'objects.CollectionResponseSimplePublicObjectWithAssociationsForwardPaging';
const whole = 'objects.BatchResponseSimplePublicObject';
const partial = 'objects.BatchResponseSimplePublicObjectWithErrors';
const refusal = 'objects.ModelError';

const at = (
  by: string,
  method: string,
  path: string,
  request: string | null,
  replies: Endpoint['replies'],
): Endpoint => ({
  by,
  method,
  path: new RegExp(`^${path}$`),
  ...(request === null ? {} : { request }),
  replies,
});

const ENDPOINTS: readonly Endpoint[] = [
  at('token', 'POST', '/oauth/2026-03/token', null, { 200: 'own.Token' }),
  at('token/introspect', 'POST', '/oauth/2026-03/token/introspect', null, { 200: 'own.TokenInfo' }),
  at('account-info', 'GET', '/account-info/2026-03/details', null, { 200: 'own.AccountDetails' }),
  at('limits', 'GET', '/crm/v3/limits/custom-properties', null, { 200: 'own.PropertyLimits' }),
  at('external-install', 'DELETE', '/appinstalls/2026-03/external-install', null, { 204: null }),
  at('properties.groupsApi.getAll', 'GET', `${PROPERTIES}/groups`, null, {
    200: 'properties.CollectionResponsePropertyGroupNoPaging',
  }),
  at(
    'properties.groupsApi.create',
    'POST',
    `${PROPERTIES}/groups`,
    'properties.PropertyGroupCreate',
    {
      201: 'properties.PropertyGroup',
    },
  ),
  at('properties.coreApi.getAll', 'GET', PROPERTIES, null, {
    200: 'properties.CollectionResponsePropertyNoPaging',
  }),
  at('properties.coreApi.getByName', 'GET', `${PROPERTIES}/rapport_[a-z_]+`, null, {
    200: 'properties.Property',
  }),
  at('properties.coreApi.create', 'POST', PROPERTIES, 'properties.PropertyCreate', {
    201: 'properties.Property',
    409: refusal,
  }),
  at(
    'properties.coreApi.update',
    'PATCH',
    `${PROPERTIES}/rapport_[a-z_]+`,
    'properties.PropertyUpdate',
    { 200: 'properties.Property' },
  ),
  at(
    'properties.batchApi.create',
    'POST',
    `${PROPERTIES}/batch/create`,
    'properties.BatchInputPropertyCreate',
    {
      201: 'properties.BatchResponseProperty',
      207: 'properties.BatchResponsePropertyWithErrors',
      400: refusal,
    },
  ),
  at('pipelines.pipelinesApi.getAll', 'GET', '/crm/v3/pipelines/[a-z]+', null, {
    200: 'pipelines.CollectionResponsePipelineNoPaging',
  }),
  at('objects.basicApi.getPage', 'GET', OBJECTS, null, { 200: page }),
  at('objects.basicApi.create', 'POST', OBJECTS, 'objects.SimplePublicObjectInputForCreate', {
    201: 'objects.SimplePublicObject',
  }),
  at('objects.basicApi.archive', 'DELETE', `${OBJECTS}/\\d+`, null, { 204: null }),
  at(
    'objects.batchApi.read',
    'POST',
    `${OBJECTS}/batch/read`,
    'objects.BatchReadInputSimplePublicObjectId',
    { 200: whole, 207: partial },
  ),
  at(
    'objects.batchApi.update',
    'POST',
    `${OBJECTS}/batch/update`,
    'objects.BatchInputSimplePublicObjectBatchInput',
    { 200: whole, 207: partial, 400: refusal },
  ),
  at(
    'objects.searchApi.doSearch',
    'POST',
    `${OBJECTS}/search`,
    'objects.PublicObjectSearchRequest',
    {
      200: 'objects.CollectionResponseWithTotalSimplePublicObjectForwardPaging',
    },
  ),
  at(
    'associations.v4.batchApi.getPage',
    'POST',
    '/crm/v4/associations/[a-z_]+/[a-z_]+/batch/read',
    'associations.BatchInputPublicFetchAssociationsBatchRequest',
    {
      200: 'associations.BatchResponsePublicAssociationMultiWithLabel',
      207: 'associations.BatchResponsePublicAssociationMultiWithLabelWithErrors',
    },
  ),
];

interface Seen {
  readonly endpoint: Endpoint;
  readonly call: RecordedCall;
}

const seen: Seen[] = [];
const strangers: string[] = [];
const schemas = createSchemaCheck();
let app: Installation;
/** Calls of the test itself are not the product's. */
let ours = '';

beforeAll(async () => {
  app = await startInstallation({
    contacts: 8,
    onCall: (req, res, next) => {
      const path = req.path.replace(/^\/hubspot/, '');
      const own =
        req.path.startsWith('/hubspot/') &&
        !path.startsWith('/sandbox/') &&
        req.headers.authorization !== ours;
      if (!own) return next();
      const endpoint = ENDPOINTS.find((e) => e.method === req.method && e.path.test(path));
      if (endpoint === undefined) {
        strangers.push(`${req.method} ${path}`);
        return next();
      }
      seen.push({ endpoint, call: recordCall(req, res, `${req.method} ${path}`) });
      next();
    },
  });
  ours = `Bearer ${app.sandbox.info.token}`;
  await everything();
}, 300_000);
afterAll(() => app?.close());

/** The whole life of an account, with what goes wrong in it. */
async function everything(): Promise<void> {
  const { crm } = app;
  await crm('POST', '/crm/v3/properties/contacts/groups', { name: 'other', label: 'Other' });
  // One name is taken in another shape, so that it is mended; one record is refused.
  await crm('POST', '/crm/v3/properties/contacts', {
    name: 'rapport_model',
    label: 'Model',
    type: 'string',
    fieldType: 'textarea',
    groupName: 'other',
  });
  await app.install();
  await app.settle();
  const [first, second] = (await crm('GET', '/crm/v3/objects/contacts?limit=2')).body.results;
  await crm('PATCH', `/crm/v3/objects/contacts/${first.id}`, {
    properties: { rapport_do_not_score: 'true' },
  });
  await crm('DELETE', `/crm/v3/objects/contacts/${second.id}`);
  await app.knobs({ rateRefused: 1 });
  await app.settle();
  await app.knobs();
  for (const job of ['reconcile', 'certify']) await app.job(job);
  await app.settle();
  const { session } = await forTenant(app.ctx, app.id);
  const task: NewActivity = {
    kind: 'task',
    subject: 'Call',
    body: 'why',
    at: app.clock.now(),
    type: 'call',
    ownerId: null,
    about: [ref('contact', first.id)],
  };
  const id = await session.createTask(task);
  await session.createNote({ ...task, kind: 'note' });
  expect(await session.findActivity(task)).toBe(id);
  await session.removeActivity('task', id);
  await session.ensureOptions('contact', 'rapport_next_offer', [{ value: 'a', label: 'A' }]);
  await session.write('contact', [{ id: second.id, values: { rapport_model: 'x' } }]);
  // A batch that is refused as a whole is made one by one.
  await crm('DELETE', '/crm/v3/properties/deals/rapport_win_prob');
  await app.knobs({ rate5xx: 0 });
  await session.ensureProperties();
  await app.job('drain');
  expect((await fetch(`${app.origin}/api/uninstall`, { method: 'POST' })).status).toBe(200);
}

test('every endpoint the source names stands in the table', () => {
  const folder = resolve(import.meta.dirname, '../../src/hosts/hubspot');
  const source = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const named = [...source.matchAll(/c\.crm\.([\w.]+)\(/g)].map((m) => m[1] ?? '');
  expect(named.length).toBeGreaterThan(15);
  const known = new Set(ENDPOINTS.map((e) => e.by));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('nothing else was called', () => expect([...new Set(strangers)]).toEqual([]));

describe.each(ENDPOINTS.map((endpoint) => [endpoint.by, endpoint] as const))(
  '%s',
  (by, endpoint) => {
    const calls = () => seen.filter((s) => s.endpoint === endpoint).map((s) => s.call);
    /** Only ever used where a batch was refused; the installation test walks through it. */
    const rare = by === 'properties.coreApi.create';

    test('was called, and every request and answer has the shape of the model', () => {
      if (!rare) expect(calls().length).toBeGreaterThan(0);
      for (const { line, body, status, reply } of calls()) {
        if (endpoint.request !== undefined)
          expect([line, schemas.problems(endpoint.request, JSON.parse(body))]).toEqual([line, []]);
        expect(Object.keys(endpoint.replies).map(Number), line).toContain(status);
        const schema = endpoint.replies[status];
        if (schema != null)
          expect([line, schemas.problems(schema, JSON.parse(reply))]).toEqual([line, []]);
      }
    });

    test('a deliberately wrong request fails', async () => {
      const [call] = calls();
      if (endpoint.request === undefined || call === undefined) return;
      const right = JSON.parse(call.body) as Record<string, unknown>;
      const [key = ''] = Object.keys(right);
      for (const wrong of [
        { ...right, surplus: 1 },
        { ...right, [key]: { wrong: true } },
      ]) {
        expect(schemas.problems(endpoint.request, wrong)).not.toEqual([]);
        const [method = '', path = ''] = call.line.split(' ');
        expect((await app.crm(method, path, wrong)).status).toBe(400);
      }
    });
  },
);
