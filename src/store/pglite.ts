/** The embedded driver: PostgreSQL in this process, in a data folder or in memory. */
import { PGlite, types } from '@electric-sql/pglite';
import type { Sql, SqlClient } from '../ports/sql.ts';

/** A `Sql` that also hands out the engine, so that the queue can live in the same database. */
export interface PgliteSql extends Sql {
  readonly engine: PGlite;
}

/**
 * Opens (or creates) the database in `dataDir`; in memory when it is left out. The caller must hold
 * the folder's lock: two processes on one folder corrupt it. Nothing here calls fsync, so an
 * acknowledged row survives a crash of the program, not of the machine.
 * @param image what a new database begins with (another engine's `dumpDataDir`), a third of the work of making one.
 */
export async function createPglite(dataDir?: string, image?: Blob): Promise<PgliteSql> {
  const engine = await PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(image === undefined ? {} : { loadDataDir: image }),
    parsers: { [types.INT8]: Number },
  });
  // The queue's SQL uses unqualified names; ours are all qualified.
  await engine.exec('SET search_path TO bullmq, public');
  return {
    engine,
    query: (text, params) => run(engine, text, params),
    transaction: (fn) => engine.transaction((tx) => fn(client(tx))),
    exec: async (script) => {
      await engine.exec(script);
    },
    close: () => engine.close(),
  };
}

type Runner = Pick<PGlite, 'query'>;

const client = (tx: Runner): SqlClient => ({ query: (text, params) => run(tx, text, params) });

async function run<Row>(on: Runner, text: string, params: readonly unknown[] = []): Promise<Row[]> {
  return (await on.query<Row>(text, [...params])).rows;
}
