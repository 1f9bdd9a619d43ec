/** The limiter port, fulfilled by rate-limiter-flexible over PostgreSQL or Redis. */
import type { Redis } from 'ioredis';
import { RateLimiterPostgres, RateLimiterQueue, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Limiter } from '../ports/limiter.ts';
import type { Sql } from '../ports/sql.ts';

/**
 * Fixed windows of one second with 10 calls each: any sliding 10 s touches at most eleven of them,
 * so HubSpot's 110 calls per 10 s hold in every window, not only on average.
 */
const RATE = { points: 10, duration: 1 } as const;

export async function createPostgresLimiter(sql: Sql): Promise<Limiter> {
  await sql.exec(
    'CREATE TABLE IF NOT EXISTS rapport.limits (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)',
  );
  // The library wants a client that takes { text, values }; ours takes them apart.
  const storeClient = {
    query: async (q: { text: string; values: unknown[] }) => ({
      rows: await sql.query(q.text, q.values),
    }),
  };
  return wrap(
    new RateLimiterPostgres({
      ...RATE,
      storeClient,
      storeType: 'client',
      schemaName: 'rapport',
      tableName: 'limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
    }),
  );
}

export function createRedisLimiter(redis: Redis): Limiter {
  return wrap(new RateLimiterRedis({ ...RATE, storeClient: redis, keyPrefix: 'rapport:limit' }));
}

function wrap(limiter: RateLimiterPostgres | RateLimiterRedis): Limiter {
  const queue = new RateLimiterQueue(limiter);
  return {
    async acquire(account) {
      await queue.removeTokens(1, account);
    },
    async pause(account, ms) {
      await limiter.block(account, Math.max(1, Math.ceil(ms / 1000)));
    },
  };
}
