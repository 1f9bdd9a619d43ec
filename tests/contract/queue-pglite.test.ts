/** The queue battery on BullMQ's PostgreSQL backend inside the embedded database. */
import { type EventEmitter, setMaxListeners } from 'node:events';
import { createPostgresBackend, runMigrations } from 'bullmq';
import { describe } from 'vitest';
import { createPglitePool } from '../../src/queue/pglite-pool.ts';
import { jobsHeld, openPglite } from '../support/databases.ts';
import { queueContract } from './queue.contract.ts';

describe('queue on PGlite', () =>
  queueContract(async () => {
    const database = await openPglite();
    const pool = createPglitePool(database.sql.engine);
    // Every instance of every test listens to the one pool.
    setMaxListeners(0, pool as unknown as EventEmitter);
    const session = await pool.connect();
    await runMigrations(session, 'bullmq');
    session.release();
    return {
      backend: { connection: pool, factory: createPostgresBackend },
      held: (queue) => jobsHeld(database.sql, queue),
      close: () => database.close(),
    };
  }));
