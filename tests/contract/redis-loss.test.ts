/** F33 A Redis that loses or may lose what it holds: refused, warned of, and made up for from the inbox. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isForgetful, refuseEviction } from '../../src/app/reach.ts';
import { arrange, arrangeIfLost } from '../../src/flows/arrange.ts';
import { createBullQueue } from '../../src/queue/bullmq.ts';
import { freePort } from '../support/app.ts';
import { newTenant } from '../support/builders.ts';
import { type Database, openPglite, withService } from '../support/databases.ts';
import { createRig, type Rig } from '../support/flow-context.ts';

withService('Redis', 'a Redis of its own that is emptied', () => {
  let folder: string;
  let server: ChildProcess;
  let redis: Redis;
  let database: Database;
  let rig: Rig;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-redis-'));
    const port = await freePort();
    const set = ['--port', String(port), '--dir', folder, '--appendonly', 'no', '--save', ''];
    server = spawn('redis-server', ['--bind', '127.0.0.1', ...set], { stdio: 'ignore' });
    await once(server, 'spawn');
    redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
    redis.on('error', () => {});
    await redis.ping();
    database = await openPglite();
    rig = createRig(database.store);
  });
  afterAll(async () => {
    redis?.disconnect();
    server?.kill('SIGKILL');
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('F33 a Redis that may evict jobs is refused', async () => {
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(refuseEviction(redis)).rejects.toMatchObject({ code: 'config_invalid' });
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await expect(refuseEviction(redis)).resolves.toBeUndefined();
  });

  test('F33 a Redis without an append-only file is noticed', async () => {
    expect(await isForgetful(redis)).toBe(true);
    await redis.config('SET', 'appendonly', 'yes');
    expect(await isForgetful(redis)).toBe(false);
  });

  test('F33 after FLUSHALL what was accepted is worked off, and what comes round does so again', async () => {
    const tenant = await newTenant(rig.store, { state: 'ready' });
    const queue = createBullQueue('loss', { connection: redis }, rig.log);
    const ctx = { ...rig, queue };
    await arrange(ctx);
    await rig.store.inbox.accept([{ tenantId: tenant.id, body: '[]' }], [], rig.clock.now());
    await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
    expect(await arrangeIfLost(ctx)).toBe(false);
    await redis.flushall();

    expect(await arrangeIfLost(ctx)).toBe(true);
    expect(await arrangeIfLost(ctx)).toBe(false);
    const woken = new Set<string>();
    const note = (job: string) => async () => void woken.add(job);
    const jobs = ['recover', 'sweep', 'drain', 'reconcile', 'certify', 'watch'];
    await queue.process(Object.fromEntries(jobs.map((job) => [job, note(job)])), 2);
    for (let n = 0; n < 200 && woken.size < jobs.length; n++) await setTimeout(25);
    expect([...woken].sort()).toEqual([...jobs].sort());
    await queue.close();
  });
});
