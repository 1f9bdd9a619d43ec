/** Versioned "look again" marks: raised by every change, cleared only at the version that was read. */
import { recordId } from '../core/ids.ts';
import type { RecordKind } from '../core/record.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { Mark, MarkStore } from '../ports/sync-store.ts';

interface MarkRow {
  kind: RecordKind;
  record_id: string;
  version: number;
  change: string;
  event_at: Date | null;
}

const toMark = (r: MarkRow): Mark => ({
  kind: r.kind,
  id: recordId(r.record_id),
  version: r.version,
  change: r.change,
  eventAt: r.event_at,
});

export function createMarkStore(sql: SqlClient): MarkStore {
  const ON_CONFLICT = `ON CONFLICT (tenant_id, stage, kind, record_id) DO UPDATE SET
     version = nextval('rapport.mark_versions'),
     change = CASE WHEN rapport.marks.change = 'privacy_deleted' THEN rapport.marks.change ELSE excluded.change END,
     event_at = least(rapport.marks.event_at, excluded.event_at)`;
  return {
    async raise(id, stage, marks, at) {
      if (marks.length === 0) return;
      const unique = [...new Map(marks.map((m) => [`${m.kind} ${m.id}`, m])).values()];
      await sql.query(
        `INSERT INTO rapport.marks (tenant_id, stage, kind, record_id, change, event_at, marked_at)
         SELECT $1, $2, m.kind, m.record_id, m.change, m.event_at, $7
           FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS m(kind, record_id, change, event_at)
          ORDER BY m.kind, m.record_id
         ${ON_CONFLICT}`,
        [
          id,
          stage,
          unique.map((m) => m.kind),
          unique.map((m) => m.id),
          unique.map((m) => m.change),
          unique.map((m) => m.eventAt?.toISOString() ?? null),
          at,
        ],
      );
    },
    async raiseAll(id, kind, at) {
      await sql.query(
        `INSERT INTO rapport.marks (tenant_id, stage, kind, record_id, change, marked_at)
         SELECT tenant_id, 'score', kind, record_id, 'rescore', $3 FROM rapport.records
          WHERE tenant_id = $1 AND kind = $2 AND NOT deleted
         ${ON_CONFLICT}`,
        [id, kind, at],
      );
    },
    async take(id, stage, kind, limit) {
      const rows = await sql.query<MarkRow>(
        `SELECT kind, record_id, version, change, event_at FROM rapport.marks
          WHERE tenant_id = $1 AND stage = $2 AND kind = $3
          ORDER BY event_at NULLS LAST, marked_at, record_id LIMIT $4`,
        [id, stage, kind, limit],
      );
      return rows.map(toMark);
    },
    async erasures(id) {
      const rows = await sql.query<MarkRow>(
        `SELECT kind, record_id, version, change, event_at FROM rapport.marks
          WHERE tenant_id = $1 AND stage = 'sync' AND kind = 'contact' AND change = 'privacy_deleted'
          ORDER BY marked_at, record_id`,
        [id],
      );
      return rows.map(toMark);
    },
    async clear(id, stage, marks) {
      if (marks.length === 0) return;
      await sql.query(
        `DELETE FROM rapport.marks AS m
          USING unnest($3::text[], $4::text[], $5::bigint[]) AS t(kind, record_id, version)
          WHERE m.tenant_id = $1 AND m.stage = $2 AND m.kind = t.kind
            AND m.record_id = t.record_id AND m.version = t.version`,
        [id, stage, marks.map((m) => m.kind), marks.map((m) => m.id), marks.map((m) => m.version)],
      );
    },
    async count(id) {
      const rows = await sql.query<{ stage: 'sync' | 'score'; n: number }>(
        'SELECT stage, count(*) AS n FROM rapport.marks WHERE tenant_id = $1 GROUP BY stage',
        [id],
      );
      const of = (stage: string) => rows.find((r) => r.stage === stage)?.n ?? 0;
      return { sync: of('sync'), score: of('score') };
    },
  };
}
