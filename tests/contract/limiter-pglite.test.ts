/** The limiter battery on the embedded engine, in a process of its own: the engine keeps others waiting. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createPostgresLimiter } from '../../src/platform/limiter.ts';
import { openPglite } from '../support/databases.ts';
import { limiterContract } from './limiter.contract.ts';

describe('limiter on PGlite', () =>
  limiterContract(async () => {
    const { sql, close } = await openPglite();
    return { create: () => createPostgresLimiter(sql), close };
  }));

describe('F40 the clock is set back by a day', () => {
  afterEach(() => void vi.useRealTimers());
  const DAY_MS = 86_400_000;
  const inTime = (work: Promise<void>) =>
    Promise.race([
      work.then(() => 'in time'),
      new Promise((resolve) => setTimeout(() => resolve('held up'), 3_000)),
    ]);

  test.each(['while the process runs', 'while it is down'])('%s: calls go on', async (when) => {
    const { sql, close } = await openPglite();
    const limiter = await createPostgresLimiter(sql);
    await Promise.all([1, 2, 3].map(() => limiter.acquire('hubspot:1')));
    const now = Date.now() - DAY_MS;
    vi.useFakeTimers({ toFake: ['Date'], now, shouldAdvanceTime: true });
    const after = when === 'while it is down' ? await createPostgresLimiter(sql) : limiter;
    for (let n = 0; n < 3; n++) expect(await inTime(after.acquire('hubspot:1'))).toBe('in time');
    await close();
  });
});
