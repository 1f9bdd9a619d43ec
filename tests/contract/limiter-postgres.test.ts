/** The limiter battery over PostgreSQL, each worker on a pool of its own. */
import { createPostgresLimiter } from '../../src/platform/limiter.ts';
import { createPostgres } from '../../src/store/postgres.ts';
import { openPostgres, withService } from '../support/databases.ts';
import { limiterContract } from './limiter.contract.ts';

withService('PostgreSQL', 'limiter on PostgreSQL', (server) =>
  limiterContract(async () => {
    const database = await openPostgres(server);
    const pools = [database.sql];
    return {
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
