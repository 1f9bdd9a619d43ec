/** Databases for tests: PGlite always, PostgreSQL and Redis when their address is given. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import pg from 'pg';
import { describe, test } from 'vitest';
import type { Sql } from '../../src/ports/sql.ts';
import type { Store } from '../../src/ports/store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createPglite, type PgliteSql } from '../../src/store/pglite.ts';
import { createPostgres, type PostgresSql } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import { createEmptyPglite } from './empty-pglite.ts';

export const MIGRATIONS = resolve(import.meta.dirname, '../../src/store/migrations');

export interface Database<S extends Sql = Sql> {
  readonly sql: S;
  readonly store: Store;
  close(): Promise<void>;
}

/** An embedded database in memory, or in a folder, with the schema in place. */
export async function openPglite(dataDir?: string): Promise<Database<PgliteSql>> {
  const sql = dataDir === undefined ? await createEmptyPglite() : await createPglite(dataDir);
  await migrate(sql, MIGRATIONS);
  return { sql, store: createStore(sql), close: () => sql.close() };
}

/** A PostgreSQL database of its own, dropped again by `close`. */
export async function openPostgres(
  server: string,
): Promise<Database<PostgresSql> & { readonly url: string }> {
  const name = `rapport_test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const sql = createPostgres(url.href, () => {});
  await migrate(sql, MIGRATIONS);
  return {
    sql,
    store: createStore(sql),
    url: url.href,
    async close() {
      await sql.close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** Jobs of a queue that its PostgreSQL backend holds. */
export async function jobsHeld(sql: Sql, queue: string): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM bullmq.job WHERE queue = $1',
    [queue],
  );
  return rows[0]?.n ?? 0;
}

const SERVICES = {
  PostgreSQL: 'RAPPORT_TEST_DATABASE_URL',
  Redis: 'RAPPORT_TEST_REDIS_URL',
} as const;

/** Runs `body` with the service's address; says why when it cannot, and fails in CI. */
export function withService(
  service: keyof typeof SERVICES,
  title: string,
  body: (address: string) => void,
): void {
  const variable = SERVICES[service];
  const address = process.env[variable];
  if (address !== undefined && address !== '') {
    describe(title, () => body(address));
    return;
  }
  const why = `${title}: ${variable} is not set`;
  if (process.env['CI'] === 'true') {
    test(title, () => {
      throw new Error(why);
    });
  } else {
    process.stderr.write(`skipped: ${why}\n`);
    test.skip(why, () => {});
  }
}
