/** F29 A worker that is killed in the middle of a job: others take it over, and it uses up no try. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { createPostgresBackend, runMigrations } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BullBackend, createBullQueue } from '../../src/queue/bullmq.ts';
import { bundle } from '../support/bundle.ts';
import { openPostgres, withService } from '../support/databases.ts';
import { createRecordingLog } from '../support/recorders.ts';

/** A lease, and until the next look for what stalled. */
const FREED_WITHIN_MS = 30_000;
const KILLS = 2;

let script: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
  script = await bundle('worker-process.ts');
});
afterAll(() => script?.remove());

async function killAtWork(address: string, name: string): Promise<void> {
  const child = spawn(process.execPath, [script.file, address, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await exited;
}

/** A job that may be tried once; its worker is killed again and again, then one finishes it. */
async function survives(address: string, backend: BullBackend): Promise<void> {
  const name = `kill-${randomBytes(6).toString('hex')}`;
  const queue = createBullQueue(name, backend, createRecordingLog());
  await queue.add('work', { n: '1' }, { attempts: 1 });
  for (let kill = 0; kill < KILLS; kill++) await killAtWork(address, name);
  const done: unknown[] = [];
  const killedAt = performance.now();
  await queue.process({ work: async (payload) => void done.push(payload) }, 1);
  while (done.length === 0 && performance.now() - killedAt < FREED_WITHIN_MS) await setTimeout(100);
  expect(done).toEqual([{ n: '1' }]);
  expect((await queue.counts()).failed).toBe(0);
  await queue.close();
}

withService('Redis', 'a killed worker on Redis', (address) => {
  test(`F29 after ${KILLS} kills its job is done by another worker in time`, async () => {
    const redis = new Redis(address, { maxRetriesPerRequest: null });
    await survives(address, { connection: redis });
    redis.disconnect();
  });
});

withService('PostgreSQL', 'a killed worker on PostgreSQL', (server) => {
  test(`F29 after ${KILLS} kills its job is done by another worker in time`, async () => {
    const database = await openPostgres(server);
    const pool = new pg.Pool({
      connectionString: database.url,
      options: '-c search_path=bullmq,public',
    });
    pool.on('error', () => {});
    const session = await pool.connect();
    await runMigrations(session, 'bullmq').finally(() => session.release());
    await survives(database.url, { connection: pool, factory: createPostgresBackend });
    await pool.end();
    await database.close();
  });
});
