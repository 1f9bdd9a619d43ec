/** Every request Rapport sends, and every answer it gets, against the JSON Schemas of the client's own model types. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewActivity } from '../../src/core/activity.ts';
import { forTenant } from '../../src/flows/context.ts';
import { createSchemaCheck } from '../../src/hosts/sandbox/schema-check.ts';
import { ref } from '../support/builders.ts';
import { type CallSites, watchCallSites } from '../support/call-sites.ts';
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
  at('crm.properties.groupsApi.getAll', 'GET', `${PROPERTIES}/groups`, null, {
    200: 'properties.CollectionResponsePropertyGroupNoPaging',
  }),
  at(
    'crm.properties.groupsApi.create',
    'POST',
    `${PROPERTIES}/groups`,
    'properties.PropertyGroupCreate',
    {
      201: 'properties.PropertyGroup',
    },
  ),
  at('crm.properties.coreApi.getAll', 'GET', PROPERTIES, null, {
    200: 'properties.CollectionResponsePropertyNoPaging',
  }),
  at('crm.properties.coreApi.getByName', 'GET', `${PROPERTIES}/rapport_[a-z_]+`, null, {
    200: 'properties.Property',
  }),
  at('crm.properties.coreApi.create', 'POST', PROPERTIES, 'properties.PropertyCreate', {
    201: 'properties.Property',
    409: refusal,
  }),
  at(
    'crm.properties.coreApi.update',
    'PATCH',
    `${PROPERTIES}/rapport_[a-z_]+`,
    'properties.PropertyUpdate',
    { 200: 'properties.Property' },
  ),
  at(
    'crm.properties.batchApi.create',
    'POST',
    `${PROPERTIES}/batch/create`,
    'properties.BatchInputPropertyCreate',
    {
      201: 'properties.BatchResponseProperty',
      207: 'properties.BatchResponsePropertyWithErrors',
      400: refusal,
    },
  ),
  at('crm.pipelines.pipelinesApi.getAll', 'GET', '/crm/v3/pipelines/[a-z]+', null, {
    200: 'pipelines.CollectionResponsePipelineNoPaging',
  }),
  at('crm.objects.basicApi.getPage', 'GET', OBJECTS, null, { 200: page }),
  at('crm.objects.basicApi.create', 'POST', OBJECTS, 'objects.SimplePublicObjectInputForCreate', {
    201: 'objects.SimplePublicObject',
  }),
  at('crm.objects.basicApi.archive', 'DELETE', `${OBJECTS}/\\d+`, null, { 204: null }),
  at(
    'crm.objects.batchApi.read',
    'POST',
    `${OBJECTS}/batch/read`,
    'objects.BatchReadInputSimplePublicObjectId',
    { 200: whole, 207: partial },
  ),
  at(
    'automation.actions.callbacksApi.complete',
    'POST',
    '/automation/v4/actions/callbacks/[^/]+/complete',
    'actions.CallbackCompletionRequest',
    { 204: null },
  ),
  at(
    'crm.objects.batchApi.update',
    'POST',
    `${OBJECTS}/batch/update`,
    'objects.BatchInputSimplePublicObjectBatchInput',
    { 200: whole, 207: partial, 400: refusal },
  ),
  at(
    'crm.objects.searchApi.doSearch',
    'POST',
    `${OBJECTS}/search`,
    'objects.PublicObjectSearchRequest',
    {
      200: 'objects.CollectionResponseWithTotalSimplePublicObjectForwardPaging',
    },
  ),
  at(
    'crm.associations.v4.batchApi.getPage',
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
let sites: CallSites;
const SOURCE = resolve(import.meta.dirname, '../../src/hosts/hubspot');
/** Called once, before the next call of ours to this path goes on. */
const meanwhile = new Map<string, () => Promise<unknown>>();

const watch: RequestHandler = (req, res, next) => {
  const path = req.path.replace(/^\/hubspot/, '');
  const own =
    req.path.startsWith('/hubspot/') &&
    !path.startsWith('/sandbox/') &&
    req.headers.authorization !== ours;
  if (!own) return next();
  const line = `${req.method} ${path}`;
  const endpoint = ENDPOINTS.find((e) => e.method === req.method && e.path.test(path));
  const go = () => {
    if (endpoint === undefined) strangers.push(line);
    else seen.push({ endpoint, call: recordCall(req, res, line) });
    next();
  };
  const happens = meanwhile.get(line);
  meanwhile.delete(line);
  if (happens === undefined) go();
  else happens().then(go, next);
};

beforeAll(async () => {
  sites = watchCallSites(SOURCE);
  app = await startInstallation({ contacts: 8, onCall: watch });
  ours = `Bearer ${app.sandbox.info.token}`;
  await everything();
}, 300_000);
afterAll(async () => {
  sites?.restore();
  await app?.close();
});

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
  await propertiesBySomebodyElse();
  const { body } = await crm('POST', '/sandbox/actions/score-contact-now', {
    objectType: 'CONTACT',
    objectId: Number(first.id),
    inputFields: {},
  });
  expect(body).toMatchObject({ state: 'BLOCK' });
  await app.settle();
  expect(await session.hasActivity(id, task)).toBe(false);
  await session.relabelOption('contact', 'rapport_next_offer', {
    value: 'a',
    from: 'A',
    to: 'Offer A',
  });
  expect((await fetch(`${app.origin}/api/uninstall`, { method: 'POST' })).status).toBe(200);
}

/** Somebody makes properties of ours between our look and our making: a batch is answered in part, then refused. */
async function propertiesBySomebodyElse(): Promise<void> {
  const { crm } = app;
  const { session } = await forTenant(app.ctx, app.id);
  const properties = '/crm/v3/properties/deals';
  const [one, two, three] = ['rapport_win_prob', 'rapport_win_band', 'rapport_stalled'];
  const make = (name: string) =>
    crm('POST', properties, {
      name,
      label: name,
      type: 'string',
      fieldType: 'text',
      groupName: 'rapport',
    });
  for (const name of [one, two, three]) await crm('DELETE', `${properties}/${name}`);
  meanwhile.set(`POST ${properties}/batch/create`, () => make(one ?? ''));
  await session.ensureProperties();
  for (const name of [one, two, three]) await crm('DELETE', `${properties}/${name}`);
  meanwhile.set(`POST ${properties}/batch/create`, () => app.knobs({ propertyLimit: 1 }));
  meanwhile.set(`POST ${properties}`, async () => {
    await app.knobs();
    await make(two ?? '');
  });
  await session.ensureProperties();
}

test('every call the source makes of the client was made, and stands in the table', () => {
  expect(sites.named.length).toBeGreaterThan(20);
  expect(sites.named.filter((site) => !sites.reached.has(site))).toEqual([]);
  expect([...sites.reached].filter((site) => !sites.named.includes(site))).toEqual([]);
  const known = new Set(ENDPOINTS.map((e) => e.by));
  expect([...sites.methods].filter((m) => m !== 'apiRequest' && !known.has(m))).toEqual([]);
});

test('every path of our own is of the one API version, and in this table or the journal’s', () => {
  const source = readdirSync(SOURCE)
    .map((file) => readFileSync(join(SOURCE, file), 'utf8'))
    .join('\n');
  const own = [...source.matchAll(/[`'](?:\$\{app\.apiOrigin\})?(\/[a-z][\w$/{}.-]+)[`']/g)].map(
    (m) => m[1] ?? '',
  );
  expect(own.filter((path) => !path.startsWith('/webhooks-journal/')).sort()).toEqual(
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the source writes them.
      ...['/account-info/${API_VERSION}/details', '/appinstalls/${API_VERSION}/external-install'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the source writes them.
      ...['/crm/${CRM_API_VERSION}/limits/custom-properties', '/oauth/${API_VERSION}/${path}'],
    ].sort(),
  );
});

test('no v1 or v2 was called of anything, and v3 and v4 by HubSpot’s client alone', () => {
  const paths = [...new Set(seen.map((s) => s.call.line.split(' ')[1] ?? ''))];
  const versions = (pattern: RegExp) => paths.filter((path) => pattern.test(path));
  expect(versions(/\/v[12]\//)).toEqual([]);
  for (const path of versions(/\/v[34]\//)) expect(path).toMatch(/^\/(crm|automation)\/v[34]\//);
});

test('nothing else was called', () => expect([...new Set(strangers)]).toEqual([]));

describe.each(ENDPOINTS.map((endpoint) => [endpoint.by, endpoint] as const))(
  '%s',
  (_by, endpoint) => {
    const calls = () => seen.filter((s) => s.endpoint === endpoint).map((s) => s.call);

    test('was called and answered in every way it can be, each in the shape of the model', () => {
      expect([...new Set(calls().map((c) => c.status))].sort()).toEqual(
        Object.keys(endpoint.replies).map(Number),
      );
      for (const { line, body, status, reply } of calls()) {
        if (endpoint.request !== undefined)
          expect([line, schemas.problems(endpoint.request, JSON.parse(body))]).toEqual([line, []]);
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
