/** The limiter battery over the services, both at once: it spends its time waiting. */
import { Redis } from 'ioredis';
import { describe } from 'vitest';
import { createPostgresLimiter, createRedisLimiter } from '../../src/platform/limiter.ts';
import { createPostgres } from '../../src/store/postgres.ts';
import { openPostgres, withService } from '../support/databases.ts';
import { limiterContract } from './limiter.contract.ts';

describe.concurrent('limiters', () => {
  withService('PostgreSQL', 'limiter on PostgreSQL', (server) =>
    limiterContract(async () => {
      const database = await openPostgres(server);
      const pools = [database.sql];
      return {
        // Each worker has a pool of its own.
        create: () => {
          const own = createPostgres(database.url, () => {});
          pools.push(own);
          return createPostgresLimiter(own);
        },
        close: async () => {
          for (const pool of pools.slice(1)) await pool.close();
          await database.close();
        },
      };
    }),
  );

  withService('Redis', 'limiter on Redis', (server) =>
    limiterContract(async () => {
      const connections: Redis[] = [];
      return {
        create: async () => {
          const redis = new Redis(server);
          connections.push(redis);
          return createRedisLimiter(redis);
        },
        close: async () => {
          for (const redis of connections) redis.disconnect();
        },
      };
    }),
  );
});
