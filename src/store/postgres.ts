/** The production driver: a pool of PostgreSQL connections. */
import pg from 'pg';
import type { Sql } from '../ports/sql.ts';

/** A `Sql` that also hands out its pool, for libraries that bring their own SQL. */
export interface PostgresSql extends Sql {
  readonly pool: pg.Pool;
}

const INT8_OID = 20;

/** `onError` hears of idle connections that die; the pool replaces them by itself. */
export function createPostgres(
  connectionString: string,
  onError: (error: Error) => void,
): PostgresSql {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 60_000,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format as 'text')) as never,
    },
  });
  pool.on('error', onError);
  return {
    pool,
    query: (text, params) => run(pool, text, params),
    async transaction(fn) {
      const connection = await pool.connect();
      try {
        await connection.query('BEGIN');
        const result = await fn({ query: (text, params) => run(connection, text, params) });
        await connection.query('COMMIT');
        connection.release();
        return result;
      } catch (error) {
        // A connection that cannot roll back is destroyed, which rolls back on the server.
        await connection.query('ROLLBACK').then(
          () => connection.release(),
          (broken: Error) => connection.release(broken),
        );
        throw error;
      }
    },
    exec: async (script) => {
      await pool.query(script);
    },
    close: () => pool.end(),
  };
}

type Runner = { query(text: string, params: unknown[]): Promise<{ rows: unknown[] }> };

async function run<Row>(on: Runner, text: string, params: readonly unknown[] = []): Promise<Row[]> {
  return (await on.query(text, [...params])).rows as Row[];
}
