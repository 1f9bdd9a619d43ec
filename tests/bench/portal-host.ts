/** The whole application in this process, on a database of its own, counting the calls that its limiter is asked for. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/app/config.ts';
import { type Running, run } from '../../src/app/roles.ts';
import { createClosers } from '../../src/app/shutdown.ts';
import type { OnProgress } from '../../src/flows/context.ts';
import { generateKey } from '../../src/platform/vault.ts';
import type { CallKind, Limiter } from '../../src/ports/limiter.ts';

export interface PortalHost {
  readonly running: Running;
  readonly url: string;
  readonly engine: 'PostgreSQL' | 'PGlite';
  /** Calls of each kind our limiter was asked for so far. */
  readonly calls: Readonly<Record<CallKind, number>>;
  close(): Promise<void>;
}

export interface PortalHostOptions {
  readonly contacts: number;
  readonly seed: number;
  /** PostgreSQL server in which a database is made and dropped; absent = PGlite. */
  readonly server: string | undefined;
  /** Whether the limiter holds calls up; without it they are only counted. */
  readonly paced: boolean;
  readonly onProgress: OnProgress;
}

export async function openPortal(options: PortalHostOptions): Promise<PortalHost> {
  const { contacts, seed, server, paced, onProgress } = options;
  const closers = createClosers();
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-portal-'));
  closers.add(() => rm(dataDir, { recursive: true, force: true }));
  const database = server === undefined ? undefined : await ownDatabase(server);
  if (database !== undefined) closers.add(database.drop);
  const port = await freePort();
  const config = readConfig(
    {},
    {
      PORT: String(port),
      RAPPORT_DATA_DIR: dataDir,
      RAPPORT_LOG_LEVEL: 'error',
      RAPPORT_DEMO_CONTACTS: String(contacts),
      RAPPORT_DEMO_SEED: String(seed),
      ...(database === undefined
        ? {}
        : { DATABASE_URL: database.url, RAPPORT_ENCRYPTION_KEYS: generateKey() }),
    },
  );
  const calls: Record<CallKind, number> = { call: 0, bulk: 0, search: 0, background: 0 };
  const counting = (limiter: Limiter): Limiter => ({
    acquire: async (account, kind = 'call') => {
      if (paced) await limiter.acquire(account, kind);
      calls[kind]++;
    },
    pause: (account, ms) => limiter.pause(account, ms),
    forget: (account) => limiter.forget(account),
  });
  const running = await run(
    config,
    { web: true, worker: true, sandbox: true },
    closers,
    onProgress,
    (parts) => ({ ...parts, limiter: counting(parts.limiter) }),
  );
  return {
    running,
    url: config.publicUrl,
    engine: database === undefined ? 'PGlite' : 'PostgreSQL',
    calls,
    close: () => closers.closeAll(),
  };
}

async function ownDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `rapport_bench_${randomBytes(6).toString('hex')}`;
  const ask = async (sql: string): Promise<void> => {
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  };
  await ask(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(`DROP DATABASE ${name} WITH (FORCE)`) };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
