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
/** A sliding second touches two windows: two searches in each stay under HubSpot's five. */
const SEARCH_RATE = { points: 2, duration: 1 } as const;

/** Half of the rate; such a call also takes its turn among the others. */
const BACKGROUND_RATE = { points: 5, duration: 1 } as const;
type Rate = typeof RATE | typeof SEARCH_RATE | typeof BACKGROUND_RATE;

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
  const limiter = (rate: Rate, keyPrefix: string) =>
    new RateLimiterPostgres({
      ...rate,
      keyPrefix,
      storeClient,
      storeType: 'client',
      schemaName: 'rapport',
      tableName: 'limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
    });
  return wrap(
    limiter(RATE, 'call'),
    limiter(RATE, 'bulk'),
    limiter(SEARCH_RATE, 'search'),
    limiter(BACKGROUND_RATE, 'background'),
  );
}

export function createRedisLimiter(redis: Redis): Limiter {
  const limiter = (rate: Rate, name: string) =>
    new RateLimiterRedis({ ...rate, storeClient: redis, keyPrefix: `rapport:limit:${name}` });
  return wrap(
    limiter(RATE, 'call'),
    limiter(RATE, 'bulk'),
    limiter(SEARCH_RATE, 'search'),
    limiter(BACKGROUND_RATE, 'background'),
  );
}

type StoreLimiter = RateLimiterPostgres | RateLimiterRedis;

function wrap(
  calls: StoreLimiter,
  bulk: StoreLimiter,
  searches: StoreLimiter,
  background: StoreLimiter,
): Limiter {
  const queues = {
    call: new RateLimiterQueue(calls),
    // A gate before the line of the live calls: of a long first read no more than a window's worth
    // stands in it, so that a live call waits for a window and not for the whole read.
    bulk: new RateLimiterQueue(bulk),
    search: new RateLimiterQueue(searches),
    background: new RateLimiterQueue(background),
  };
  return {
    async acquire(account, kind = 'call') {
      await queues[kind].removeTokens(1, account);
      if (kind === 'background') await queues.bulk.removeTokens(1, account);
      if (kind === 'background' || kind === 'bulk') await queues.call.removeTokens(1, account);
    },
    async pause(account, ms) {
      const seconds = Math.max(1, Math.ceil(ms / 1000));
      await Promise.all([calls.block(account, seconds), searches.block(account, seconds)]);
    },
  };
}
