/** What workflow actions were answered, by the host's id of the execution. */
import type { SqlClient } from '../ports/sql.ts';
import type { ActionRunStore } from '../ports/write-store.ts';
import { toJson } from './rows.ts';

export function createActionRunStore(sql: SqlClient): ActionRunStore {
  return {
    async get(id, callbackId) {
      const [row] = await sql.query<{ answer: Record<string, string> }>(
        'SELECT answer FROM rapport.action_runs WHERE tenant_id = $1 AND callback_id = $2',
        [id, callbackId],
      );
      return row?.answer ?? null;
    },
    async keep(id, { callbackId, action, recordId, answer }, at) {
      const [row] = await sql.query<{ answer: Record<string, string> }>(
        `INSERT INTO rapport.action_runs AS a (tenant_id, callback_id, action, record_id, answer, answered_at)
         VALUES ($1, $2, $3, $4, $5::jsonb, $6)
         ON CONFLICT (tenant_id, callback_id) DO UPDATE SET answered_at = a.answered_at
         RETURNING answer`,
        [id, callbackId, action, recordId, toJson(answer), at],
      );
      return row?.answer ?? answer;
    },
  };
}
