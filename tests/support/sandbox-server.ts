/** A running sandbox for tests: embedded database, real queue, real HTTP on a free port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPostgresBackend, runMigrations } from 'bullmq';
import express, { type RequestHandler } from 'express';
import { createSandbox, type Sandbox, type SandboxInfo } from '../../src/hosts/sandbox/sandbox.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Sql } from '../../src/ports/sql.ts';
import { createBullQueue } from '../../src/queue/bullmq.ts';
import { createPglitePool } from '../../src/queue/pglite-pool.ts';
import { createEmptyPglite } from './empty-pglite.ts';
import { createRecordingLog } from './recorders.ts';

const QUEUE_SCHEMA = 'bullmq';

export interface SandboxServer {
  readonly sandbox: Sandbox;
  readonly info: SandboxInfo;
  readonly sql: Sql;
  readonly origin: string;
  readonly log: ReturnType<typeof createRecordingLog>;
  /** One raw call with the private token, or another. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
  readonly body: any;
}

export async function startSandbox(
  contacts = 20,
  clock: Clock = systemClock,
  onCall: RequestHandler = (_req, _res, next) => next(),
): Promise<SandboxServer> {
  const sql = await createEmptyPglite();
  const pool = createPglitePool(sql.engine);
  const session = await pool.connect();
  await runMigrations(session, QUEUE_SCHEMA);
  session.release();
  const log = createRecordingLog();
  const backend = { connection: pool, factory: createPostgresBackend };
  const queue = createBullQueue('sandbox', backend, log);
  const app = express().disable('etag');
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sandbox = await createSandbox({
    sql,
    queue,
    clock,
    log,
    publicUrl: () => origin,
    contacts,
    seed: 7,
  });
  app.use('/sandbox', onCall, sandbox.handler);
  app.all('/echo', express.text({ type: () => true }), (req, res) => {
    res.json({ method: req.method, url: req.url, headers: req.headers, body: req.body ?? '' });
  });
  await sandbox.seed();
  const info = await sandbox.info();
  return {
    sandbox,
    info,
    sql,
    origin,
    log,
    call: (method, path, body, token = info.token) =>
      call(`${info.api}${path}`, method, body, token),
    async close() {
      server.closeAllConnections();
      server.close();
      await sandbox.close();
      await sql.close();
    },
  };
}

async function call(url: string, method: string, body: unknown, token: string): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
