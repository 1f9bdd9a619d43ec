/** The journal of writes: what was planned, is being sent, was taken or refused, in order. */
import { recordId, type TenantId } from '../core/ids.ts';
import type { SqlClient } from '../ports/sql.ts';
import type {
  JournalEntry,
  JournalKind,
  PlannedWrite,
  PropertyChange,
  WriteStore,
} from '../ports/write-store.ts';
import { createHeldValues } from './held-values.ts';
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
    ...createHeldValues(sql),

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
          `WITH chosen AS MATERIALIZED (
             SELECT write_id FROM rapport.writes WHERE tenant_id = $1 AND kind = $2 AND state = 'planned'
              ORDER BY event_at NULLS LAST, write_id LIMIT $3 FOR UPDATE SKIP LOCKED)
           UPDATE rapport.writes AS w SET state = 'sending' FROM chosen
            WHERE w.tenant_id = $1 AND w.write_id = chosen.write_id`,
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

    async refusedSince(id, kind, ids, since) {
      const rows = await sql.query<Pick<WriteRow, 'record_id' | 'changes'>>(
        `SELECT record_id, changes FROM (
           SELECT DISTINCT ON (record_id) record_id, changes, state, sent_at FROM rapport.writes
            WHERE tenant_id = $1 AND kind = $2 AND record_id = ANY($3::text[]) AND state IN ('sent', 'refused')
            ORDER BY record_id, write_id DESC) AS last
          WHERE state = 'refused' AND sent_at >= $4`,
        [id, kind, ids, since],
      );
      return new Map(rows.map((r) => [r.record_id, newValues(r.changes)]));
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
