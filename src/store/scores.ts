/** Scores, and how far the first read of each kind has come. */
import { recordId } from '../core/ids.ts';
import type { RecordKind } from '../core/record.ts';
import type { ScoreRow, ScoreStore, TopicCount } from '../ports/score-store.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { CursorStore } from '../ports/sync-store.ts';
import { toJson } from './rows.ts';

interface Row {
  kind: RecordKind;
  record_id: string;
  scored_at: Date;
  model_version: string;
  data: unknown;
}

const toScore = (row: Row): ScoreRow => ({
  kind: row.kind,
  id: recordId(row.record_id),
  scoredAt: row.scored_at,
  modelVersion: row.model_version,
  data: row.data,
});

export function createScoreStore(sql: SqlClient): ScoreStore {
  return {
    async put(id, rows) {
      if (rows.length === 0) return;
      await sql.query(
        `INSERT INTO rapport.scores (tenant_id, kind, record_id, scored_at, model_version, data)
         SELECT $1, s.kind, s.record_id, s.scored_at, s.model_version, s.data
           FROM jsonb_to_recordset($2::text::jsonb)
             AS s(kind text, record_id text, scored_at timestamptz, model_version text, data jsonb)
          ORDER BY s.kind, s.record_id
         ON CONFLICT (tenant_id, kind, record_id) DO UPDATE
           SET scored_at = excluded.scored_at, model_version = excluded.model_version, data = excluded.data`,
        [
          id,
          toJson(
            rows.map(({ kind, id: record_id, scoredAt, modelVersion, data }) => ({
              kind,
              record_id,
              scored_at: scoredAt,
              model_version: modelVersion,
              data,
            })),
          ),
        ],
      );
    },
    async get(id, kind, ids) {
      const rows = await sql.query<Row>(
        `SELECT kind, record_id, scored_at, model_version, data FROM rapport.scores
          WHERE tenant_id = $1 AND kind = $2 AND record_id = ANY($3::text[])`,
        [id, kind, ids],
      );
      return rows.map(toScore);
    },
    async leastCertain(id, limit) {
      const rows = await sql.query<Row>(
        `SELECT kind, record_id, scored_at, model_version, data FROM rapport.scores s
          WHERE tenant_id = $1 AND kind IN ('ticket', 'feedback')
            AND data -> 'type' ->> 'confidence' IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM rapport.corrections c
              WHERE c.tenant_id = s.tenant_id AND c.kind = s.kind AND c.record_id = s.record_id)
          ORDER BY (data -> 'type' ->> 'confidence')::float8, kind, record_id LIMIT $2`,
        [id, limit],
      );
      return rows.map(toScore);
    },
    async likeliest(id, from, until, limit) {
      const rows = await sql.query<Row>(
        `SELECT kind, record_id, scored_at, model_version, data FROM rapport.scores
          WHERE tenant_id = $1 AND kind = 'contact' AND data ->> 'status' = 'ready'
            AND data -> 'reach' -> 'ranked' -> 0 ->> 'evidence' <> 'everyone'
            AND data -> 'reach' ->> 'nextContactAt' >= $2 AND data -> 'reach' ->> 'nextContactAt' < $3
          ORDER BY (data -> 'reach' -> 'ranked' -> 0 ->> 'chance')::float8 DESC LIMIT $4`,
        [id, from.toISOString(), until.toISOString(), limit],
      );
      return rows.map(toScore);
    },
    async topics(id, since) {
      return sql.query<TopicCount>(
        `SELECT s.data ->> 'topic' AS topic, s.kind, count(*) AS n
           FROM rapport.scores s JOIN rapport.records r USING (tenant_id, kind, record_id)
          WHERE s.tenant_id = $1 AND s.kind IN ('ticket', 'feedback') AND NOT r.deleted
            AND r.data ->> 'createdAt' >= $2
          GROUP BY 1, 2 ORDER BY 1, 2`,
        [id, since.toISOString()],
      );
    },
    async count(id, kind) {
      const [row] = await sql.query<{ n: number }>(
        'SELECT count(*) AS n FROM rapport.scores WHERE tenant_id = $1 AND kind = $2',
        [id, kind],
      );
      return row?.n ?? 0;
    },
  };
}

export function createCursorStore(sql: SqlClient): CursorStore {
  return {
    async get(id) {
      const rows = await sql.query<{
        kind: RecordKind;
        after: string | null;
        done: number;
        total: number | null;
        finished_at: Date | null;
        checked_until: Date | null;
      }>(
        'SELECT kind, after, done, total, finished_at, checked_until FROM rapport.sync_cursors WHERE tenant_id = $1',
        [id],
      );
      return rows.map((r) => ({
        kind: r.kind,
        after: r.after,
        done: r.done,
        total: r.total,
        finished: r.finished_at !== null,
        checkedUntil: r.checked_until,
      }));
    },
    async put(id, cursor, at) {
      await sql.query(
        `INSERT INTO rapport.sync_cursors (tenant_id, kind, after, done, total, finished_at, checked_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (tenant_id, kind) DO UPDATE SET after = excluded.after, done = excluded.done,
           total = excluded.total, finished_at = excluded.finished_at, checked_until = excluded.checked_until`,
        [
          id,
          cursor.kind,
          cursor.after,
          cursor.done,
          cursor.total,
          cursor.finished ? at : null,
          cursor.checkedUntil,
        ],
      );
    },
    async reset(id) {
      await sql.query('DELETE FROM rapport.sync_cursors WHERE tenant_id = $1', [id]);
    },
  };
}
