/** What the CRM holds of ours, and what people put there in its place. */
import type { SqlClient } from '../ports/sql.ts';
import type { WriteStore } from '../ports/write-store.ts';

export type HeldValues = Pick<
  WriteStore,
  'written' | 'countWritten' | 'keep' | 'kept' | 'release' | 'forgetValues'
>;

export function createHeldValues(sql: SqlClient): HeldValues {
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

    async countWritten(id, kind) {
      const [row] = await sql.query<{ n: number }>(
        'SELECT count(*) AS n FROM rapport.written WHERE tenant_id = $1 AND kind = $2',
        [id, kind],
      );
      return row?.n ?? 0;
    },

    async keep(id, writeId, values, at) {
      const properties = values.map((v) => v.property);
      const columns = [
        values.map((v) => v.kind),
        values.map((v) => v.id),
        properties,
        values.map((v) => v.value),
      ];
      await sql.query(
        `INSERT INTO rapport.kept_values (tenant_id, kind, record_id, property, value, noticed_at)
         SELECT $1, v.kind, v.record_id, v.property, v.value, $6
           FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS v(kind, record_id, property, value)
         ON CONFLICT (tenant_id, kind, record_id, property) DO UPDATE
           SET value = excluded.value, noticed_at = excluded.noticed_at`,
        [id, ...columns, at],
      );
      await sql.query(
        `UPDATE rapport.written AS w SET "values" = w."values" || k.held
           FROM (SELECT kind, record_id, jsonb_object_agg(property, value) AS held
                   FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS v(kind, record_id, property, value)
                  GROUP BY kind, record_id) AS k
          WHERE w.tenant_id = $1 AND w.kind = k.kind AND w.record_id = k.record_id`,
        [id, ...columns],
      );
      await sql.query(
        `UPDATE rapport.writes SET changes = changes - $3::text[],
           state = CASE WHEN changes - $3::text[] = '{}'::jsonb THEN 'kept' ELSE state END,
           reason = 'edited in the CRM: ' || array_to_string($3::text[], ', ')
          WHERE tenant_id = $1 AND write_id = $2`,
        [id, writeId, properties],
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
  };
}
