/** Runs: what work went on when, and what it counted. */
import type { SqlClient } from '../ports/sql.ts';
import type { RunStore } from '../ports/write-store.ts';
import { toJson } from './rows.ts';

export function createRunStore(sql: SqlClient): RunStore {
  return {
    async start(id, kind, at) {
      const [row] = await sql.query<{ run_id: number }>(
        'INSERT INTO rapport.runs (tenant_id, kind, started_at) VALUES ($1, $2, $3) RETURNING run_id',
        [id, kind, at],
      );
      return row?.run_id ?? 0;
    },
    async progress(id, runId, counts, at) {
      await sql.query(
        `UPDATE rapport.runs SET finished_at = $4, counts = counts || (
           SELECT coalesce(jsonb_object_agg(key, value::bigint + coalesce((counts ->> key)::bigint, 0)), '{}')
             FROM jsonb_each_text($3::jsonb))
          WHERE tenant_id = $1 AND run_id = $2`,
        [id, runId, toJson(counts), at],
      );
    },
    async latest(id, limit) {
      const rows = await sql.query<{
        run_id: number;
        kind: string;
        started_at: Date;
        finished_at: Date | null;
        counts: Record<string, number>;
      }>(
        `SELECT run_id, kind, started_at, finished_at, counts FROM rapport.runs
          WHERE tenant_id = $1 ORDER BY run_id DESC LIMIT $2`,
        [id, limit],
      );
      return rows.map((r) => ({
        runId: r.run_id,
        kind: r.kind,
        startedAt: r.started_at,
        finishedAt: r.finished_at,
        counts: r.counts,
      }));
    },
  };
}
