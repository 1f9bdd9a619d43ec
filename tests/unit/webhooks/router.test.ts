/** The webhook path over a real HTTP server: what is refused before a byte is understood. */
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tenant } from '../../../src/core/tenant.ts';
import { createHubSpotSource } from '../../../webhooks/hubspot/source.ts';
import { createWebhookHandler } from '../../../webhooks/router.ts';
import { newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { event, ORIGIN, SECRET, sign } from '../../support/deliveries.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';

const source = createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: [SECRET] }]);
const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20);
let database: Database;
let rig: Rig;
let server: Server;
let tenant: Tenant;
let port = 0;

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
  const handler = createWebhookHandler(rig, { hubspot: source });
  server = createServer((req, res) => {
    handler(req, res).catch(() => res.writeHead(503).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await database?.close();
});

interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** Sent one after another, chunked unless a length is given. */
  chunks?: readonly (string | Uint8Array)[];
}

function ask({ method = 'POST', path = '/webhooks/hubspot', headers = {}, chunks = [] }: Ask) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const req = httpRequest({ port, method, path, headers }, (res: IncomingMessage) => {
      let body = '';
      res.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body }));
    });
    req.on('error', reject);
    for (const chunk of chunks) req.write(chunk);
    req.end();
  });
}

const delivery = (id: number) => sign(body(id), rig.clock.now());
const body = (id: number) => JSON.stringify([event(id, { portalId: Number(tenant.accountId) })]);

describe('POST /webhooks/:host', () => {
  test('takes a signed delivery, with and without a content-length', async () => {
    const before = await rig.store.inbox.size(tenant.id);
    const one = delivery(1);
    const two = delivery(2);
    const length = { 'content-length': String(one.body.length) };
    expect(await ask({ headers: { ...one.headers, ...length }, chunks: [one.body] })).toEqual({
      status: 200,
      body: '{"ok":true}',
    });
    const [head, tail] = [two.body.subarray(0, 9), two.body.subarray(9)];
    expect((await ask({ headers: two.headers, chunks: [head, tail] })).status).toBe(200);
    expect(await rig.store.inbox.size(tenant.id)).toBe(before + 2);
  });

  test('F21 refuses what is not signed, always in the same words', async () => {
    const forged = sign(body(1), rig.clock.now(), { secret: 'a guess' });
    const answers = await Promise.all([
      ask({ chunks: [body(1)] }),
      ask({ headers: forged.headers, chunks: [forged.body] }),
      ask({ headers: forged.headers, chunks: ['not even JSON'] }),
      ask({ headers: { 'x-hubspot-signature-v3': 'x', 'x-hubspot-request-timestamp': 'NaN' } }),
    ]);
    expect(new Set(answers.map((a) => JSON.stringify(a)))).toEqual(
      new Set(['{"status":401,"body":"{\\"ok\\":false}"}']),
    );
  });

  test('F21 a doubled signature header is refused', async () => {
    const { body: bytes, headers } = delivery(1);
    const lines = [
      'POST /webhooks/hubspot HTTP/1.1',
      'host: x',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `x-hubspot-signature-v3: ${headers['x-hubspot-signature-v3']}`,
      `content-length: ${bytes.length}`,
      'connection: close',
    ];
    expect(await raw(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]))).toMatch(
      /^HTTP\/1\.1 401/,
    );
  });

  test('F25 the query is part of what is signed', async () => {
    const path = '/webhooks/hubspot?from=%40here';
    const signed = sign(body(3), rig.clock.now(), { path });
    expect((await ask({ path, headers: signed.headers, chunks: [signed.body] })).status).toBe(200);
    expect((await ask({ headers: signed.headers, chunks: [signed.body] })).status).toBe(401);
  });

  test.each(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is not allowed', async (method) => {
    expect((await ask({ method })).status).toBe(405);
  });

  test.each([
    '/webhooks/',
    '/webhooks/salesforce',
    '/webhooks/hubspot/',
    '/webhooks/hubspot/x',
    '/webhooks/%68ubspot',
  ])('%s is unknown', async (path) => {
    expect((await ask({ path, chunks: ['[]'] })).status).toBe(404);
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'F28 /webhooks/%s is unknown too',
    async (name) => {
      expect((await ask({ path: `/webhooks/${name}`, chunks: ['[]'] })).status).toBe(404);
    },
  );
});

describe('F17 bodies that are too large', () => {
  test('by their content-length: 413 before they are read', async () => {
    const head = `POST /webhooks/hubspot HTTP/1.1\r\nhost: x\r\ncontent-length: ${11 * 1024 * 1024}\r\n\r\n`;
    expect(await raw(Buffer.from(head))).toMatch(/^HTTP\/1\.1 413/);
  });

  test('without a content-length: 413 once the cap is passed', async () => {
    const chunks = Array.from({ length: 11 }, () => MEGABYTE);
    expect((await ask({ chunks })).status).toBe(413);
  });

  test('an endless body is cut off, and the next delivery is answered', async () => {
    let sent = 0;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /webhooks/hubspot HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n',
        );
        const more = (): void => {
          while (!socket.destroyed && socket.writable) {
            sent += 1;
            if (
              !socket.write(
                Buffer.concat([Buffer.from('100000\r\n'), MEGABYTE, Buffer.from('\r\n')]),
              )
            )
              return void socket.once('drain', more);
          }
        };
        more();
      });
      socket.on('error', () => {});
      socket.on('data', () => socket.end());
      socket.on('close', () => resolve());
    });
    expect(sent).toBeLessThan(60);
    const { headers, body: bytes } = delivery(4);
    expect((await ask({ headers, chunks: [bytes] })).status).toBe(200);
  });
});

describe('F28 requests that are built to be misread', () => {
  test.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n'],
    ['length and chunked', 'content-length: 2\r\ntransfer-encoding: chunked\r\n'],
    ['a length that is no number', 'content-length: +2\r\n'],
  ])('%s: 400', async (_name, headers) => {
    const text = `POST /webhooks/hubspot HTTP/1.1\r\nhost: x\r\n${headers}\r\n[]`;
    expect(await raw(Buffer.from(text))).toMatch(/^HTTP\/1\.1 400/);
  });

  test('a client that hangs up half way leaves nothing behind', async () => {
    const before = await rig.store.inbox.size(tenant.id);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /webhooks/hubspot HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n[');
        setTimeout(() => socket.destroy(), 50);
      });
      socket.on('close', () => resolve());
    });
    expect(await rig.store.inbox.size(tenant.id)).toBe(before);
    const { headers, body: bytes } = delivery(5);
    expect((await ask({ headers, chunks: [bytes] })).status).toBe(200);
  });
});

/** Sends bytes as they are and returns what comes back until the server closes or pauses. */
const raw = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
