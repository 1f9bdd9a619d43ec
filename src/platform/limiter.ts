/** The limiter port, fulfilled by rate-limiter-flexible over PostgreSQL or Redis. */
import type { Redis } from 'ioredis';
import { RateLimiterPostgres, RateLimiterQueue, RateLimiterRedis } from 'rate-limiter-flexible';
import type { CallKind, Limiter } from '../ports/limiter.ts';
import type { Sql } from '../ports/sql.ts';

interface Rate {
  readonly points: number;
  readonly windowMs: number;
}

/**
 * Two calls in windows of 187 ms that never overlap: any sliding 10 s touches at most 55 of them
 * (54 × 187 ms > 10 s), so HubSpot's 110 calls per 10 s hold in every window, not only on average,
 * with 98 ms to spare for what the network delays. Shorter windows would let a busy process fall
 * behind, longer ones would leave more of the rate unused: these allow 10.7 of its 11 calls a second.
 */
const RATE: Rate = { points: 2, windowMs: 187 };
/** Six in a row take 1.25 s: HubSpot's five searches per second hold with 250 ms to spare. */
const SEARCH_RATE: Rate = { points: 1, windowMs: 250 };
/** Half of the rate; such a call also takes its turn among the others. */
const BACKGROUND_RATE: Rate = { points: 1, windowMs: 187 };

/** The library's own script counts in whole seconds; here the duration it is given is in milliseconds. */
const WINDOW_SCRIPT = `
  redis.call('set', KEYS[1], 0, 'PX', ARGV[2], 'NX')
  return { redis.call('incrby', KEYS[1], ARGV[1]), redis.call('pttl', KEYS[1]) }`;

/** Further ahead than this ends no window: the clock was wrong when it was written, and would hold up calls until then. */
const FURTHEST_MS = 3600_000;
const JUMP_MS = 1_000;

/** Says, once for each time, that the wall's clock was set back. */
function watchForBackwards(): () => boolean {
  const ahead = () => Date.now() - performance.now();
  let known = ahead();
  return () => {
    const before = known;
    known = ahead();
    return known < before - JUMP_MS;
  };
}

export async function createPostgresLimiter(sql: Sql): Promise<Limiter> {
  await sql.exec(
    'CREATE TABLE IF NOT EXISTS rapport.limits (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)',
  );
  const backwards = watchForBackwards();
  const forgetAfter = (ms: number) =>
    sql.query('DELETE FROM rapport.limits WHERE expire > $1', [Date.now() + ms]);
  await forgetAfter(FURTHEST_MS);
  // The library wants a client that takes { text, values }; ours takes them apart.
  const storeClient = {
    query: async (q: { text: string; values: unknown[] }) => {
      if (backwards()) await forgetAfter(0);
      return { rows: await sql.query(q.text, q.values) };
    },
  };
  return wrap(
    ({ points, windowMs }, keyPrefix) =>
      new RateLimiterPostgres({
        points,
        duration: windowMs / 1000,
        keyPrefix,
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
  return wrap(
    ({ points, windowMs }, name) =>
      new RateLimiterRedis({
        points,
        duration: windowMs,
        storeClient: redis,
        keyPrefix: `rapport:limit:${name}`,
        customIncrTtlLuaScript: WINDOW_SCRIPT,
      }),
  );
}

type StoreLimiter = RateLimiterPostgres | RateLimiterRedis;

function wrap(limiter: (rate: Rate, name: string) => StoreLimiter): Limiter {
  const limits = {
    call: limiter(RATE, 'call'),
    // A gate before the line of the live calls: of a long first read no more than a window's worth
    // stands in it, so that a live call waits for a window and not for the whole read.
    bulk: limiter(RATE, 'bulk'),
    search: limiter(SEARCH_RATE, 'search'),
    background: limiter(BACKGROUND_RATE, 'background'),
  };
  const linesOf = new Map<string, Record<CallKind, RateLimiterQueue>>();
  const linesFor = (account: string) => {
    const known = linesOf.get(account);
    if (known !== undefined) return known;
    const lines = {
      call: new RateLimiterQueue(limits.call),
      bulk: new RateLimiterQueue(limits.bulk),
      search: new RateLimiterQueue(limits.search),
      background: new RateLimiterQueue(limits.background),
    };
    linesOf.set(account, lines);
    return lines;
  };
  return {
    async acquire(account, kind = 'call') {
      const lines = linesFor(account);
      await lines[kind].removeTokens(1, account);
      if (kind === 'background') await lines.bulk.removeTokens(1, account);
      if (kind === 'background' || kind === 'bulk') await lines.call.removeTokens(1, account);
    },
    async pause(account, ms) {
      const seconds = Math.max(1, Math.ceil(ms / 1000));
      await Promise.all([
        limits.call.block(account, seconds),
        limits.search.block(account, seconds),
      ]);
    },
    async forget(account) {
      linesOf.delete(account);
      await Promise.all(Object.values(limits).map((limit) => limit.delete(account)));
    },
  };
}
