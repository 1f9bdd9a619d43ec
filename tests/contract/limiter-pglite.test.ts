/** The limiter battery on the embedded engine, in a process of its own: the engine keeps others waiting. */
import { describe } from 'vitest';
import { createPostgresLimiter } from '../../src/platform/limiter.ts';
import { openPglite } from '../support/databases.ts';
import { limiterContract } from './limiter.contract.ts';

describe('limiter on PGlite', () =>
  limiterContract(async () => {
    const { sql, close } = await openPglite();
    return { create: () => createPostgresLimiter(sql), close };
  }));
