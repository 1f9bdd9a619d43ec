/** The journal of writes, what the CRM holds of ours, and the runs they belong to. */
import { recordId } from '../core/ids.ts';
import type { RecordKind } from '../core/record.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { JournalEntry, PropertyChange, RunStore, WriteStore } from '../ports/store.ts';
import { toJson } from './rows.ts';

interface WriteRow {
  write_id: number;
  run_id: number;
  kind: RecordKind;
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
      if (writes.length === 0) return;
      await sql.query(
        `INSERT INTO rapport.writes (tenant_id, run_id, kind, record_id, changes, model_version, event_at, state, planned_at)
         SELECT $1, $2, w.kind, w.record_id, w.changes::jsonb, w.model_version, w.event_at, 'planned', $8
           FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
             AS w(kind, record_id, changes, model_version, event_at)
          ORDER BY w.kind, w.record_id
         ON CONFLICT (tenant_id, kind, record_id) WHERE state = 'planned' DO UPDATE
           SET write_id = DEFAULT, run_id = excluded.run_id, changes = excluded.changes, model_version = excluded.model_version,
               event_at = least(rapport.writes.event_at, excluded.event_at)`,
        [
          id,
          runId,
          writes.map((w) => w.kind),
          writes.map((w) => w.id),
          writes.map((w) => toJson(w.changes)),
          writes.map((w) => w.modelVersion),
          writes.map((w) => w.eventAt?.toISOString() ?? null),
          at,
        ],
      );
    },

    async planned(id, kind, limit) {
      const rows = await sql.query<WriteRow>(
        `SELECT ${COLUMNS} FROM rapport.writes WHERE tenant_id = $1 AND kind = $2 AND state = 'planned'
          ORDER BY event_at NULLS LAST, write_id LIMIT $3`,
        [id, kind, limit],
      );
      return rows.map(toEntry);
    },

    async sent(id, writes, at) {
      if (writes.length === 0) return;
      await sql.query(
        `UPDATE rapport.writes SET state = 'sent', sent_at = $3
          WHERE tenant_id = $1 AND write_id = ANY($2::bigint[]) AND state = 'planned'`,
        [id, writes.map((w) => w.writeId), at],
      );
      await sql.query(
        `INSERT INTO rapport.written (tenant_id, kind, record_id, "values", written_at)
         SELECT $1, w.kind, w.record_id, w.new_values::jsonb, $5
           FROM unnest($2::text[], $3::text[], $4::text[]) AS w(kind, record_id, new_values)
         ON CONFLICT (tenant_id, kind, record_id) DO UPDATE
           SET "values" = rapport.written."values" || excluded."values", written_at = excluded.written_at`,
        [
          id,
          writes.map((w) => w.kind),
          writes.map((w) => w.id),
          writes.map((w) => toJson(newValues(w.changes))),
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
