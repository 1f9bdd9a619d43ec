/**
 * A worker on BullMQ's Redis or PostgreSQL backend that takes a job and never ends it, in a process
 * that is meant to be killed. Prints one line when it has the job.
 */
import { createPostgresBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createBullQueue } from '../../src/queue/bullmq.ts';
import { createRecordingLog } from './recorders.ts';

const [address = '', name = ''] = process.argv.slice(2);
const backend = address.startsWith('redis:')
  ? { connection: new Redis(address, { maxRetriesPerRequest: null }) }
  : {
      connection: new pg.Pool({
        connectionString: address,
        options: '-c search_path=bullmq,public',
      }),
      factory: createPostgresBackend,
    };
const work = async (): Promise<void> => {
  process.stdout.write('at work\n');
  await new Promise(() => {});
};
await createBullQueue(name, backend, createRecordingLog()).process({ work }, 1);
