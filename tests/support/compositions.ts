/** The compositions an end-to-end test runs on: embedded always, PostgreSQL with Redis when their servers are named. */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { generateKey } from '../../src/platform/vault.ts';

export interface Composition {
  readonly name: string;
  /** Environment of a fresh, empty installation. */
  prepare(): Promise<{ env: Record<string, string>; dispose: () => Promise<void> }>;
}

const embedded: Composition = {
  name: 'embedded (PGlite)',
  prepare: async () => ({ env: {}, dispose: async () => {} }),
};

const production = (databaseUrl: string, redisUrl: string): Composition => ({
  name: 'production (PostgreSQL and Redis)',
  async prepare() {
    const name = `rapport_e2e_${randomBytes(6).toString('hex')}`;
    const admin = new pg.Client({ connectionString: databaseUrl });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    const redis = new Redis(redisUrl);
    await redis.flushall();
    const url = new URL(databaseUrl);
    url.pathname = `/${name}`;
    return {
      env: { DATABASE_URL: url.href, REDIS_URL: redisUrl, RAPPORT_ENCRYPTION_KEYS: generateKey() },
      async dispose() {
        redis.disconnect();
        await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
        await admin.end();
      },
    };
  },
});

export function compositions(): Composition[] {
  const databaseUrl = process.env['RAPPORT_TEST_DATABASE_URL'];
  const redisUrl = process.env['RAPPORT_TEST_REDIS_URL'];
  if (databaseUrl !== undefined && redisUrl !== undefined)
    return [embedded, production(databaseUrl, redisUrl)];
  if (process.env['CI'] === 'true' && process.env['RAPPORT_TEST_SERVICES'] === 'required')
    throw new Error('Set RAPPORT_TEST_DATABASE_URL and RAPPORT_TEST_REDIS_URL.');
  console.log(
    'skipped: production composition (RAPPORT_TEST_DATABASE_URL and RAPPORT_TEST_REDIS_URL are not set)',
  );
  return [embedded];
}
