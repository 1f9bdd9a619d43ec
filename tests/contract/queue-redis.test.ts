/** The queue battery on BullMQ's Redis backend. */
import { Redis } from 'ioredis';
import { withService } from '../support/databases.ts';
import { queueContract } from './queue.contract.ts';

withService('Redis', 'queue on Redis', (server) =>
  queueContract(async () => {
    const redis = new Redis(server, { maxRetriesPerRequest: null });
    return {
      backend: { connection: redis },
      held: async (queue) =>
        (await redis.keys(`bull:${queue}:*`)).filter((key) => /:\d+$/.test(key)).length,
      close: async () => redis.disconnect(),
    };
  }),
);
