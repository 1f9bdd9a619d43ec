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

test('F74 accounts come and go, and no row of theirs stays', async () => {
  const { sql, close } = await openPglite();
  const limiter = await createPostgresLimiter(sql);
  const kinds = ['call', 'bulk', 'search', 'background'] as const;
  await limiter.acquire('hubspot:stays');
  for (let n = 0; n < 25; n++) {
    for (const kind of kinds) await limiter.acquire(`hubspot:${n}`, kind);
    await limiter.pause(`hubspot:${n}`, 60_000);
    await limiter.forget(`hubspot:${n}`);
  }
  const rows = await sql.query<{ key: string }>('SELECT key FROM rapport.limits');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.key).toContain('hubspot:stays');
  // An account that comes back begins anew, without the pause of its former life.
  const begun = performance.now();
  await limiter.acquire('hubspot:1');
  expect(performance.now() - begun).toBeLessThan(2_000);
  await close();
});
