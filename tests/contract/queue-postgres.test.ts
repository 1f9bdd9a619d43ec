/** The queue battery on BullMQ's PostgreSQL backend, in a database of its own. */
import { type EventEmitter, setMaxListeners } from 'node:events';
import { createPostgresBackend, runMigrations } from 'bullmq';
import pg from 'pg';
import { jobsHeld, openPostgres, withService } from '../support/databases.ts';
import { queueContract } from './queue.contract.ts';

withService('PostgreSQL', 'queue on PostgreSQL', (server) =>
  queueContract(async () => {
    const database = await openPostgres(server);
    const pool = new pg.Pool({
      connectionString: database.url,
      options: '-c search_path=bullmq,public',
      max: 10,
    });
    pool.on('error', () => {});
    // Every instance of every test listens to the one pool.
    setMaxListeners(0, pool as unknown as EventEmitter);
    const session = await pool.connect();
    await runMigrations(session, 'bullmq').finally(() => session.release());
    return {
      backend: { connection: pool, factory: createPostgresBackend },
      held: (queue) => jobsHeld(database.sql, queue),
      close: async () => {
        await pool.end();
        await database.close();
      },
    };
  }),
);
