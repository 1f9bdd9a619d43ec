/** The journal of writes, what the CRM holds of ours, and the runs they belong to. */
import { recordId, type TenantId } from '../core/ids.ts';
import type { SqlClient } from '../ports/sql.ts';
import type {
  JournalEntry,
  JournalKind,
  PlannedWrite,
  PropertyChange,
  RunStore,
  WriteStore,
} from '../ports/write-store.ts';
import { toJson } from './rows.ts';

interface WriteRow {
  write_id: number;
  run_id: number;
  kind: JournalKind;
  record_id: string;
  changes: Record<string, PropertyChange>;
  model_version: string;
  state: JournalEntry['state'];
  reason: string | null;
  event_at: Date | null;
  planned_at: Date;
  sent_at: Date | null;
}

const COLUMNS =
  'write_id, run_id, kind, record_id, changes, model_version, state, reason, event_at, planned_at, sent_at';

const toEntry = (r: WriteRow): JournalEntry => ({
  writeId: r.write_id,
  runId: r.run_id,
  kind: r.kind,
  id: recordId(r.record_id),
  changes: r.changes,
  modelVersion: r.model_version,
  state: r.state,
  reason: r.reason,
  eventAt: r.event_at,
  plannedAt: r.planned_at,
  sentAt: r.sent_at,
});

export function createWriteStore(sql: SqlClient): WriteStore {
  return {
    async written(id, kind, ids) {
      const rows = await sql.query<{
        record_id: string;
        values: Record<string, string>;
        written_at: Date;
      }>(
        `SELECT record_id, "values", written_at FROM rapport.written
          WHERE tenant_id = $1 AND kind = $2 AND record_id = ANY($3::text[])`,
        [id, kind, ids],
      );
      return new Map(rows.map((r) => [r.record_id, { values: r.values, writtenAt: r.written_at }]));
    },

    async plan(id, runId, writes, at) {
      await insert(sql, id, runId, 'planned', writes, at);
    },

    async order(id, runId, writes, at) {
      await insert(sql, id, runId, 'sending', writes, at);
    },

    async planned(id, kind, limit) {
      const rows = await sql.query<WriteRow>(
        `SELECT ${COLUMNS} FROM rapport.writes WHERE tenant_id = $1 AND kind = $2 AND state = 'planned'
          ORDER BY event_at NULLS LAST, write_id LIMIT $3`,
        [id, kind, limit],
      );
      return rows.map(toEntry);
    },

    async claim(id, kind, limit, fresh) {
      if (fresh)
        await sql.query(
          `UPDATE rapport.writes SET state = 'sending'
            WHERE tenant_id = $1 AND write_id IN (
              SELECT write_id FROM rapport.writes WHERE tenant_id = $1 AND kind = $2 AND state = 'planned'
               ORDER BY event_at NULLS LAST, write_id LIMIT $3)`,
          [id, kind, limit],
        );
      const rows = await sql.query<WriteRow>(
        `SELECT ${COLUMNS} FROM rapport.writes w WHERE tenant_id = $1 AND kind = $2 AND state = 'sending'
            AND NOT EXISTS (SELECT 1 FROM rapport.writes o WHERE o.tenant_id = $1 AND o.kind = $2
              AND o.record_id = w.record_id AND o.state = 'sending' AND o.write_id < w.write_id)
          ORDER BY write_id LIMIT $3`,
        [id, kind, limit],
      );
      return rows.map(toEntry);
    },

    async pending(id) {
      const [row] = await sql.query<{ planned: number; sending: number }>(
        `SELECT count(*) FILTER (WHERE state = 'planned') AS planned,
                count(*) FILTER (WHERE state = 'sending') AS sending
           FROM rapport.writes WHERE tenant_id = $1 AND state IN ('planned', 'sending')`,
        [id],
      );
      return { planned: row?.planned ?? 0, sending: row?.sending ?? 0 };
    },

    async keep(id, writeId, values, at) {
      await sql.query(
        `INSERT INTO rapport.kept_values (tenant_id, kind, record_id, property, value, noticed_at)
         SELECT $1, v.kind, v.record_id, v.property, v.value, $6
           FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS v(kind, record_id, property, value)
         ON CONFLICT (tenant_id, kind, record_id, property) DO UPDATE
           SET value = excluded.value, noticed_at = excluded.noticed_at`,
        [
          id,
          values.map((v) => v.kind),
          values.map((v) => v.id),
          values.map((v) => v.property),
          values.map((v) => v.value),
          at,
        ],
      );
      await sql.query(
        `UPDATE rapport.written AS w SET "values" = w."values" || k.held
           FROM (SELECT kind, record_id, jsonb_object_agg(property, value) AS held
                   FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS v(kind, record_id, property, value)
                  GROUP BY kind, record_id) AS k
          WHERE w.tenant_id = $1 AND w.kind = k.kind AND w.record_id = k.record_id`,
        [
          id,
          values.map((v) => v.kind),
          values.map((v) => v.id),
          values.map((v) => v.property),
          values.map((v) => v.value),
        ],
      );
      await sql.query(
        `UPDATE rapport.writes SET changes = changes - $3::text[],
           state = CASE WHEN changes - $3::text[] = '{}'::jsonb THEN 'kept' ELSE state END,
           reason = 'edited in the CRM: ' || array_to_string($3::text[], ', ')
          WHERE tenant_id = $1 AND write_id = $2`,
        [id, writeId, values.map((v) => v.property)],
      );
    },

    async forgetValues(id, kind, properties) {
      await sql.query(
        'UPDATE rapport.written SET "values" = "values" - $3::text[] WHERE tenant_id = $1 AND kind = $2',
        [id, kind, properties],
      );
      await sql.query(
        'DELETE FROM rapport.kept_values WHERE tenant_id = $1 AND kind = $2 AND property = ANY($3::text[])',
        [id, kind, properties],
      );
    },

    async kept(id, kind, ids) {
      const rows = await sql.query<{ record_id: string; values: Record<string, string> }>(
        `SELECT record_id, jsonb_object_agg(property, value) AS "values" FROM rapport.kept_values
          WHERE tenant_id = $1 AND kind = $2 AND record_id = ANY($3::text[]) GROUP BY record_id`,
        [id, kind, ids],
      );
      return new Map(rows.map((r) => [r.record_id, r.values]));
    },

    async release(id) {
      const rows = await sql.query(
        'DELETE FROM rapport.kept_values WHERE tenant_id = $1 RETURNING 1',
        [id],
      );
      return rows.length;
    },

    async list(id, { state, runId, kind, before }, limit) {
      const rows = await sql.query<WriteRow>(
        `SELECT ${COLUMNS} FROM rapport.writes
          WHERE tenant_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::bigint IS NULL OR run_id = $3)
            AND ($4::text IS NULL OR kind = $4) AND ($5::bigint IS NULL OR write_id < $5)
          ORDER BY write_id DESC LIMIT $6`,
        [id, state ?? null, runId ?? null, kind ?? null, before ?? null, limit],
      );
      return rows.map(toEntry);
    },

    async sent(id, writes, at) {
      if (writes.length === 0) return;
      await sql.query(
        `UPDATE rapport.writes SET state = 'sent', sent_at = $3
          WHERE tenant_id = $1 AND write_id = ANY($2::bigint[]) AND state IN ('planned', 'sending')`,
        [id, writes.map((w) => w.writeId), at],
      );
      await sql.query(
        `INSERT INTO rapport.written (tenant_id, kind, record_id, "values", written_at)
         SELECT $1, w.kind, w.record_id, w.new_values, $3
           FROM jsonb_to_recordset($2::text::jsonb) AS w(kind text, record_id text, new_values jsonb)
         ON CONFLICT (tenant_id, kind, record_id) DO UPDATE
           SET "values" = rapport.written."values" || excluded."values", written_at = excluded.written_at`,
        [
          id,
          toJson(
            writes.map(({ kind, id: record_id, changes }) => ({
              kind,
              record_id,
              new_values: newValues(changes),
            })),
          ),
          at,
        ],
      );
    },

    async refused(id, writes, at) {
      await sql.query(
        `UPDATE rapport.writes AS t SET state = 'refused', reason = w.reason, sent_at = $4
           FROM unnest($2::bigint[], $3::text[]) AS w(write_id, reason)
          WHERE t.tenant_id = $1 AND t.write_id = w.write_id`,
        [id, writes.map((w) => w.writeId), writes.map((w) => w.reason.slice(0, 500)), at],
      );
    },

    async countWritten(id, kind) {
      const [row] = await sql.query<{ n: number }>(
        'SELECT count(*) AS n FROM rapport.written WHERE tenant_id = $1 AND kind = $2',
        [id, kind],
      );
      return row?.n ?? 0;
    },

    async journal(id, kind, record) {
      const rows = await sql.query<WriteRow>(
        `SELECT ${COLUMNS} FROM rapport.writes WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 ORDER BY write_id`,
        [id, kind, record],
      );
      return rows.map(toEntry);
    },
  };
}

async function insert(
  sql: SqlClient,
  id: TenantId,
  runId: number,
  state: 'planned' | 'sending',
  writes: readonly Omit<PlannedWrite, 'writeId'>[],
  at: Date,
): Promise<void> {
  if (writes.length === 0) return;
  await sql.query(
    `INSERT INTO rapport.writes (tenant_id, run_id, kind, record_id, changes, model_version, event_at, state, planned_at)
     SELECT $1, $2, w.kind, w.record_id, w.changes, w.model_version, w.event_at, $5, $4
       FROM jsonb_to_recordset($3::text::jsonb)
         AS w(kind text, record_id text, changes jsonb, model_version text, event_at timestamptz)
      ORDER BY w.kind, w.record_id
     ON CONFLICT (tenant_id, kind, record_id) WHERE state = 'planned' DO UPDATE
       SET write_id = DEFAULT, run_id = excluded.run_id, changes = excluded.changes, model_version = excluded.model_version,
           event_at = least(rapport.writes.event_at, excluded.event_at)`,
    [
      id,
      runId,
      toJson(
        writes.map(({ kind, id: record_id, changes, modelVersion, eventAt }) => ({
          kind,
          record_id,
          changes,
          model_version: modelVersion,
          event_at: eventAt,
        })),
      ),
      at,
      state,
    ],
  );
}

/** An emptied property is kept as the empty text, which is how CRMs clear a value. */
const newValues = (changes: Readonly<Record<string, PropertyChange>>): Record<string, string> =>
  Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change.new ?? '']));

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
