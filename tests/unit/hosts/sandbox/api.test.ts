/** One route through the gateway: schema in, schema out. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { type ApiRoute, createApi } from '../../../../src/hosts/sandbox/api.ts';
import { createCallLimits } from '../../../../src/hosts/sandbox/call-limits.ts';
import { createSchemaCheck } from '../../../../src/hosts/sandbox/schema-check.ts';
import { DEFAULT_KNOBS } from '../../../../src/hosts/sandbox/settings.ts';
import type { Tokens } from '../../../../src/hosts/sandbox/tokens.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createRecordingLog } from '../../../support/recorders.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function call(reply: unknown, request: unknown) {
  const log = createRecordingLog();
  const route: ApiRoute = {
    method: 'post',
    path: '/merge',
    request: 'contacts.PublicMergeInput',
    replies: { 200: 'objects.SimplePublicObject' },
    handle: async () => ({ status: 200, body: reply }),
  };
  const tokens = {
    caller: async () => ({ kind: 'private', scopes: new Set() }),
  } as unknown as Tokens;
  const api = createApi(
    {
      tokens,
      log,
      limits: createCallLimits(createFakeClock()),
      schemas: createSchemaCheck(),
      knobs: () => DEFAULT_KNOBS,
      random: () => 0,
      identity: {
        portalId: 1,
        appId: 2,
        clientId: '',
        clientSecret: '',
        token: '',
        userId: 9,
        userEmail: '',
      },
    },
    [route],
  );
  server = createServer(express().use(api));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/merge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return {
    status: response.status,
    errors: log.lines.filter((line) => line.level === 'error').length,
  };
}

const AT = '2026-01-01T00:00:00.000Z';
const GOOD = { id: '1', properties: { a: null }, createdAt: AT, updatedAt: AT };
const ASK = { primaryObjectId: '1', objectIdToMerge: '2' };

test('good in, good out', async () => {
  expect(await call(GOOD, ASK)).toEqual({ status: 200, errors: 0 });
});

test.each<[string, unknown]>([
  ['a missing field', { primaryObjectId: '1' }],
  ['an unknown field', { ...ASK, force: true }],
  ['a number for an id', { ...ASK, primaryObjectId: 1 }],
  ['a list', [ASK]],
])('refuses %s', async (_what, request) => {
  expect(await call(GOOD, request)).toEqual({ status: 400, errors: 0 });
});

test.each<[string, unknown]>([
  ['lacks a field', { ...GOOD, id: undefined }],
  ['has a field the client does not know', { ...GOOD, mood: 'fine' }],
  ['has a number for a value', { ...GOOD, properties: { a: 1 } }],
  ['has a date in other words', { ...GOOD, createdAt: 'yesterday' }],
])('a reply that %s is not sent', async (_what, reply) => {
  expect(await call(reply, ASK)).toEqual({ status: 500, errors: 1 });
});
