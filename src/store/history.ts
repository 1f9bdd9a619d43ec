/** What was said of each contact in each month. */
import { recordId } from '../core/ids.ts';
import type { HistoryStore } from '../ports/score-store.ts';
import type { SqlClient } from '../ports/sql.ts';

export function createHistoryStore(sql: SqlClient): HistoryStore {
  return {
    async put(id, rows) {
      if (rows.length === 0) return;
      await sql.query(
        `INSERT INTO rapport.score_history (tenant_id, kind, record_id, month, value_12m, churn_chance, model_version)
         SELECT $1, 'contact', h.* FROM unnest($2::text[], $3::text[], $4::float8[], $5::float8[], $6::text[])
             AS h(record_id, month, value_12m, churn_chance, model_version)
          ORDER BY h.record_id, h.month
         ON CONFLICT (tenant_id, kind, record_id, month) DO UPDATE
           SET value_12m = excluded.value_12m, churn_chance = excluded.churn_chance,
               model_version = excluded.model_version`,
        [
          id,
          rows.map((r) => r.id),
          rows.map((r) => r.month),
          rows.map((r) => r.value12m),
          rows.map((r) => r.churnChance),
          rows.map((r) => r.modelVersion),
        ],
      );
    },
    async of(id, ids, month) {
      const rows = await sql.query<{
        record_id: string;
        value_12m: number | null;
        churn_chance: number | null;
        model_version: string;
      }>(
        `SELECT record_id, value_12m, churn_chance, model_version FROM rapport.score_history
          WHERE tenant_id = $1 AND kind = 'contact' AND record_id = ANY($2::text[]) AND month = $3`,
        [id, ids, month],
      );
      return rows.map((r) => ({
        id: recordId(r.record_id),
        month,
        value12m: r.value_12m,
        churnChance: r.churn_chance,
        modelVersion: r.model_version,
      }));
    },
    async months(id, contactId, limit) {
      const rows = await sql.query<{
        month: string;
        value_12m: number | null;
        churn_chance: number | null;
      }>(
        `SELECT month, value_12m, churn_chance FROM rapport.score_history
          WHERE tenant_id = $1 AND kind = 'contact' AND record_id = $2
          ORDER BY month DESC LIMIT $3`,
        [id, contactId, limit],
      );
      return rows
        .map((r) => ({ month: r.month, value12m: r.value_12m, churnChance: r.churn_chance }))
        .reverse();
    },
  };
}
