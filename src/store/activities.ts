/** Tasks and notes we put on records, and advice that people set aside. */
import type { NotNowReason } from '../core/activity.ts';
import type { ActivityStore, NotNowStore } from '../ports/activity-store.ts';
import type { SqlClient } from '../ports/sql.ts';
import { toJson } from './rows.ts';

export function createActivityStore(sql: SqlClient): ActivityStore {
  return {
    async remember(id, { kind, key, about }, at) {
      const rows = await sql.query(
        `INSERT INTO rapport.activities (tenant_id, kind, record_id, about, asked_at)
         VALUES ($1, $2, $3, $4::jsonb, $5)
         ON CONFLICT (tenant_id, kind, record_id) DO UPDATE
           SET crm_id = NULL, removed_at = NULL, asked_at = excluded.asked_at
           WHERE rapport.activities.removed_at IS NOT NULL
         RETURNING 1`,
        [id, kind, key, toJson(about.map((ref) => ({ kind: ref.kind, id: ref.id }))), at],
      );
      return rows.length > 0;
    },
    async get(id, kind, key) {
      const [row] = await sql.query<{ crm_id: string | null; removed_at: Date | null }>(
        'SELECT crm_id, removed_at FROM rapport.activities WHERE tenant_id = $1 AND kind = $2 AND record_id = $3',
        [id, kind, key],
      );
      return row === undefined ? null : { crmId: row.crm_id, removed: row.removed_at !== null };
    },
    async made(id, kind, key, crmId) {
      await sql.query(
        `UPDATE rapport.activities SET crm_id = $4, removed_at = NULL
          WHERE tenant_id = $1 AND kind = $2 AND record_id = $3`,
        [id, kind, key, crmId],
      );
    },
    async removed(id, kind, key, at) {
      await sql.query(
        `UPDATE rapport.activities SET removed_at = $4
          WHERE tenant_id = $1 AND kind = $2 AND record_id = $3`,
        [id, kind, key, at],
      );
    },
  };
}

export function createNotNowStore(sql: SqlClient): NotNowStore {
  return {
    async add(id, { contactId, at, reason, channel, userId, modelVersion }) {
      await sql.query(
        `INSERT INTO rapport.not_now (tenant_id, contact_id, said_at, reason, channel, user_id, model_version)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
        [id, contactId, at, reason, channel, userId, modelVersion],
      );
    },
    async latest(id, contactId, since) {
      const [row] = await sql.query<{
        said_at: Date;
        reason: NotNowReason;
        channel: string | null;
        user_id: string | null;
        model_version: string;
      }>(
        `SELECT said_at, reason, channel, user_id, model_version FROM rapport.not_now
          WHERE tenant_id = $1 AND contact_id = $2 AND said_at >= $3 ORDER BY said_at DESC LIMIT 1`,
        [id, contactId, since],
      );
      return row === undefined
        ? null
        : {
            contactId,
            reason: row.reason,
            channel: row.channel,
            userId: row.user_id,
            modelVersion: row.model_version,
            at: row.said_at,
          };
    },
    async counts(id) {
      const rows = await sql.query<{ reason: NotNowReason; n: number }>(
        'SELECT reason, count(*) AS n FROM rapport.not_now WHERE tenant_id = $1 GROUP BY reason',
        [id],
      );
      return Object.fromEntries(rows.map((r) => [r.reason, r.n]));
    },
  };
}
