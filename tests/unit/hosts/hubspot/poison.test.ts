/** F32 Objects in a form HubSpot never sends: passed over and counted, and the others are read. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSession } from '../../../../src/hosts/hubspot/session.ts';
import type { HostSession } from '../../../../src/ports/host.ts';
import { tenant } from '../../../support/builders.ts';
import { manifest } from '../../../support/flow-context.ts';
import { type HttpServer, listening } from '../../../support/http-server.ts';
import { createRecordingMeter } from '../../../support/recorders.ts';

const AT = '2026-03-01T09:00:00.000Z';
const object = (id: string, over: object = {}) => ({
  id,
  properties: { firstname: 'Ana' },
  createdAt: AT,
  updatedAt: AT,
  archived: false,
  ...over,
});
const OBJECTS = [
  object('1'),
  object('2', { properties: { hs_timezone: 7 } }),
  object('3', { updatedAt: 'soon' }),
  object('4', { properties: null }),
  object('5'),
];
const BROKEN = 3;

let server: HttpServer;
let session: HostSession;
let meter: ReturnType<typeof createRecordingMeter>;
beforeAll(async () => {
  server = await listening(
    createServer((req, res) => {
      req.resume();
      const [path = ''] = (req.url ?? '').split('?');
      const results = /pipelines|associations/.test(path) ? [] : OBJECTS;
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ status: 'COMPLETE', startedAt: AT, completedAt: AT, results }));
    }),
  );
  meter = createRecordingMeter();
  session = createSession({
    apiOrigin: server.origin,
    manifest,
    tenant: tenant('7777'),
    accessToken: async () => 'token',
    pace: async () => {},
    meter,
  });
});
afterAll(() => server?.close());

test('F32 of a page and of a batch the readable records come, and no other counts as gone', async () => {
  const page = await session.list('contact', null);
  expect(page.records.map((r) => r.id as string)).toEqual(['1', '5']);
  expect(await meter.total('records_failed', { kind: 'contact' })).toBe(BROKEN);
  const read = await session.read(
    'contact',
    OBJECTS.map((o) => o.id),
  );
  expect(read.records.map((r) => r.id as string)).toEqual(['1', '5']);
  expect(read.gone).toEqual([]);
});
