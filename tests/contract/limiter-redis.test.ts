/** The limiter battery over Redis, each worker on a connection of its own. */
import { Redis } from 'ioredis';
import { createRedisLimiter } from '../../src/platform/limiter.ts';
import { withService } from '../support/databases.ts';
import { limiterContract } from './limiter.contract.ts';

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
