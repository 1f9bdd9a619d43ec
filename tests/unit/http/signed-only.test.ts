/** The guard in front of every signed path: who is limited, what that saves, and who never is. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signedOnly } from '../../../src/http/middleware/signed-only.ts';
import { createRefusals } from '../../../src/platform/refusals.ts';
import { createHubSpotSource } from '../../../webhooks/hubspot/source.ts';
import { ORIGIN, PATH, SECRET, sign } from '../../support/deliveries.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createRecordingMeter } from '../../support/recorders.ts';

const source = createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: [SECRET] }]);
let server: Server;
let port = 0;
let bodies = 0;
let clock: ReturnType<typeof createFakeClock>;
let meter: ReturnType<typeof createRecordingMeter>;

beforeEach(async () => {
  clock = createFakeClock();
  meter = createRecordingMeter();
  bodies = 0;
  const isRefused = signedOnly(source.mayBeSigned, createRefusals(), { clock, meter });
  server = createServer(async (req, res) => {
    if (await isRefused(req, res)) return;
    const body = Buffer.from(await text(req));
    bodies += 1;
    const { url: pathAndQuery = '', method = '', headers } = req;
    const request = { method, pathAndQuery, headers, body };
    const host = source.verify(request, clock.now().getTime());
    res.writeHead(host === null ? 401 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Sent {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}
const send = async ({ path = PATH, headers = {}, body = Buffer.from('[]') }: Sent = {}) => {
  const request = { method: 'POST', headers, body: new Uint8Array(body) };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, request);
  await answer.text();
  return answer;
};
const statusOf = async (sent?: Sent) => (await send(sent)).status;
const flood = async (n: number, sent?: Sent) => {
  const statuses: number[] = [];
  for (let i = 0; i < n; i++) statuses.push(await statusOf(sent));
  return statuses;
};

test('F27 after 60 refusals an unsigned request is answered without its body being read', async () => {
  expect(new Set(await flood(60))).toEqual(new Set([401]));
  expect(bodies).toBe(60);
  expect(new Set(await flood(20))).toEqual(new Set([429]));
  expect(bodies).toBe(60);
  expect(await meter.total('unsigned_requests', { outcome: 'limited' })).toBe(20);
  // Nine megabytes are promised and none is sent: the answer does not wait for them.
  const raw = connect(port, '127.0.0.1');
  raw.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 9000000\r\n\r\n`);
  expect(await text(raw)).toMatch(/^HTTP\/1.1 429 /);
});

test('F27 a signed request from a limited address is answered, new apps and old versions too', async () => {
  await flood(60);
  expect(await statusOf()).toBe(429);
  const signed = await send(sign('[]', clock.now()));
  expect(signed.status).toBe(200);
  const hash = { 'x-hubspot-signature': '0'.repeat(64), 'x-hubspot-signature-version': 'v2' };
  expect(await statusOf({ headers: hash })).toBe(401);
});

test('F27 a forged signature costs the sender its connection, and one that is stale its body', async () => {
  const forged = () => sign('[]', clock.now(), { secret: 'a guess' });
  await flood(60, forged());
  const refused = await send(forged());
  expect([refused.status, refused.headers.get('connection')]).toEqual([401, 'close']);
  const stale = sign('[]', new Date(clock.now().getTime() - 6 * 60_000));
  expect(await statusOf(stale)).toBe(429);
});

test('cards and actions are guarded, everything else is not, and answers that were taken do not count', async () => {
  for (let n = 0; n < 70; n++) await send(sign('[]', clock.now()));
  expect(await statusOf()).toBe(401);
  await flood(59);
  expect(await statusOf({ path: '/hubspot/cards/contact' })).toBe(429);
  expect(await statusOf({ path: '/actions/score-contact' })).toBe(429);
  expect(await statusOf({ path: '/healthz' })).toBe(401);
});
