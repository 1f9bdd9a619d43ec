/**
 * A `pg.Pool`-shaped view of the embedded engine, for libraries that expect one. Everything runs on
 * the engine's single session; LISTEN goes through the engine's own notifications, which a socket
 * would not carry. Explicit BEGIN is not isolated from other callers, so only start-up migrations
 * may use it.
 */
import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

const LISTEN = /^\s*(?:--[^\n]*\n\s*)*LISTEN\s+(\w+)\s*;?\s*$/i;

export function createPglitePool(engine: PGlite): PgPool {
  const query = async <R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> => {
    if (params === undefined) {
      const results = await engine.exec(text);
      const last = results.at(-1);
      return { rows: (last?.rows ?? []) as R[], rowCount: last?.affectedRows ?? 0 };
    }
    const result = await engine.query<R>(text, [...params]);
    return { rows: result.rows, rowCount: result.affectedRows ?? result.rows.length };
  };
  return Object.assign(new EventEmitter(), {
    query,
    connect: async () => connection(engine, query),
    end: async () => {},
  }) as PgPool;
}

function connection(engine: PGlite, query: PgPool['query']): PgPoolClient {
  const emitter = new EventEmitter();
  const stops: (() => Promise<void>)[] = [];
  return Object.assign(emitter, {
    async query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
      const channel = LISTEN.exec(text)?.[1];
      if (channel === undefined) return query<R>(text, params);
      const stop = await engine.listen(channel, (payload) =>
        emitter.emit('notification', { channel, payload }),
      );
      stops.push(() => stop());
      return { rows: [] };
    },
    release() {
      for (const stop of stops.splice(0)) stop().catch(() => {});
    },
  }) as PgPoolClient;
}
