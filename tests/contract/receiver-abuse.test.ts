/** Senders that mean no good, and a disk that is full: the receiver goes on answering whoever signs. */

import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tenant } from '../../src/core/tenant.ts';
import { newTenant } from '../support/builders.ts';
import { type Database, openPglite } from '../support/databases.ts';
import { event, PATH, SECRET, sign } from '../support/deliveries.ts';
import { createRig, type Rig } from '../support/flow-context.ts';
import { type HttpServer, startHttpServer } from '../support/http-server.ts';

let database: Database;
let rig: Rig;
let tenant: Tenant;
let server: HttpServer;
let full = false;

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
  const { inbox } = rig.store;
  /** What PostgreSQL answers when its disk has no room. */
  const accept: typeof inbox.accept = async (...args) => {
    if (full)
      throw Object.assign(new Error('could not extend file: No space left on device'), {
        code: '53100',
      });
    await inbox.accept(...args);
  };
  const ctx = { ...rig, store: { ...rig.store, inbox: { ...inbox, accept } } };
  server = await startHttpServer(ctx);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const delivery = (secret = SECRET) => {
  const events = Array.from({ length: 100 }, (_, n) =>
    event(n + 1, { portalId: Number(tenant.accountId) }),
  );
  return sign(JSON.stringify(events), rig.clock.now(), { secret });
};
async function send(secret?: string): Promise<{ status: number; ms: number }> {
  const { body, headers } = delivery(secret);
  const began = performance.now();
  const { status } = await fetch(`${server.origin}${PATH}`, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  });
  return { status, ms: performance.now() - began };
}
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

test('F05 I8 a full disk is answered 503 and logged, nothing is half kept, and it recovers by itself', async () => {
  full = true;
  const before = await rig.store.inbox.size(tenant.id);
  expect((await send()).status).toBe(503);
  expect(await rig.store.inbox.size(tenant.id)).toBe(before);
  expect(rig.log.lines.at(-1)).toMatchObject({ level: 'error', fields: { host: 'hubspot' } });
  full = false;
  expect((await send()).status).toBe(200);
  expect(await rig.store.inbox.size(tenant.id)).toBe(before + 1);
});

test('F27 a forged delivery is refused for less than a signed one costs, and stores nothing', async () => {
  const forged: number[] = [];
  const signed: number[] = [];
  const before = await rig.store.inbox.size(tenant.id);
  for (let n = 0; n < 40; n++) {
    for (let k = 0; k < 9; k++) {
      const { status, ms } = await send('somebody else’s secret');
      expect(status).toBe(401);
      forged.push(ms);
    }
    const { status, ms } = await send();
    expect(status).toBe(200);
    signed.push(ms);
  }
  expect(await rig.store.inbox.size(tenant.id)).toBe(before + 40);
  expect(median(forged)).toBeLessThan(median(signed));
});

test('F18 senders of a byte a second are cut off, and signed deliveries are answered meanwhile', async () => {
  const open: Socket[] = [];
  let cut = 0;
  for (let n = 0; n < 300; n++) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => {
      cut += 1;
    });
    socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\nx-slow: `);
    open.push(socket);
  }
  const drip = setInterval(() => {
    for (const socket of open) if (!socket.destroyed) socket.write('a');
  }, 1_000);
  try {
    const times: number[] = [];
    for (let n = 0; n < 20; n++) {
      const { status, ms } = await send();
      expect(status).toBe(200);
      times.push(ms);
    }
    expect(median(times)).toBeLessThan(1_000);
    const end = Date.now() + 25_000;
    while (cut < open.length && Date.now() < end) await setTimeout(200);
    expect(cut).toBe(open.length);
    expect((await send()).status).toBe(200);
  } finally {
    clearInterval(drip);
    for (const socket of open) socket.destroy();
  }
});
