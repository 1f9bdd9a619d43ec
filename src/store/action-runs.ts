/** What workflow actions were answered, by the host's id of the execution. */
import type { SqlClient } from '../ports/sql.ts';
import type { ActionRunStore } from '../ports/write-store.ts';
import { toJson } from './rows.ts';

export function createActionRunStore(sql: SqlClient): ActionRunStore {
  return {
    async get(id, callbackId) {
      const [row] = await sql.query<{
        action: string;
        record_id: string | null;
        answer: Record<string, string>;
        answered_at: Date;
      }>(
        `SELECT action, record_id, answer, answered_at FROM rapport.action_runs
          WHERE tenant_id = $1 AND callback_id = $2`,
        [id, callbackId],
      );
      return row === undefined
        ? null
        : {
            action: row.action,
            recordId: row.record_id,
            answer: row.answer,
            answeredAt: row.answered_at,
          };
    },
    async complete(id, callbackId, answer) {
      await sql.query(
        'UPDATE rapport.action_runs SET answer = $3::jsonb WHERE tenant_id = $1 AND callback_id = $2',
        [id, callbackId, toJson(answer)],
      );
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
