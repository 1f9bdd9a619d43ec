/** Which cases wait, and when to look at them again. */

import type { FollowUpStore } from '../ports/service-store.ts';
import type { SqlClient } from '../ports/sql.ts';

export function createFollowUpStore(sql: SqlClient): FollowUpStore {
  return {
    async put(id, rows) {
      if (rows.length === 0) return;
      await sql.query(
        `INSERT INTO rapport.follow_ups (tenant_id, kind, record_id, state, due_at, look_at)
         SELECT $1, 'ticket', f.record_id, f.state, f.due_at, f.look_at
           FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
             AS f(record_id, state, due_at, look_at)
          ORDER BY f.record_id
         ON CONFLICT (tenant_id, kind, record_id) DO UPDATE
           SET state = excluded.state, due_at = excluded.due_at, look_at = excluded.look_at`,
        [
          id,
          rows.map((r) => r.id),
          rows.map((r) => r.state),
          rows.map((r) => r.dueAt?.toISOString() ?? null),
          rows.map((r) => r.lookAt?.toISOString() ?? null),
        ],
      );
    },

    async remove(id, ticketIds) {
      if (ticketIds.length === 0) return;
      await sql.query(
        "DELETE FROM rapport.follow_ups WHERE tenant_id = $1 AND kind = 'ticket' AND record_id = ANY($2::text[])",
        [id, ticketIds],
      );
    },

    async takeDue(id, now, limit) {
      const rows = await sql.query<{ record_id: string; look_at: Date }>(
        `WITH due AS (
           SELECT kind, record_id, look_at FROM rapport.follow_ups
            WHERE tenant_id = $1 AND look_at <= $2 ORDER BY look_at, record_id LIMIT $3 FOR UPDATE)
         UPDATE rapport.follow_ups f SET look_at = NULL FROM due
          WHERE f.tenant_id = $1 AND f.kind = due.kind AND f.record_id = due.record_id
         RETURNING f.record_id, due.look_at`,
        [id, now, limit],
      );
      return rows.sort((a, b) => a.look_at.getTime() - b.look_at.getTime()).map((r) => r.record_id);
    },

    async waiting(id, ticketIds) {
      const rows = await sql.query<{ record_id: string }>(
        `SELECT record_id FROM rapport.follow_ups
          WHERE tenant_id = $1 AND kind = 'ticket' AND record_id = ANY($2::text[])
            AND state IN ('open', 'overdue') ORDER BY record_id`,
        [id, ticketIds],
      );
      return rows.map((r) => r.record_id);
    },

    async pressing(id, limit) {
      const rows = await sql.query<{ record_id: string; state: string; due_at: Date }>(
        `SELECT record_id, state, due_at FROM rapport.follow_ups
          WHERE tenant_id = $1 AND kind = 'ticket' AND state IN ('open', 'overdue')
            AND due_at IS NOT NULL ORDER BY due_at, record_id LIMIT $2`,
        [id, limit],
      );
      return rows.map((r) => ({
        id: r.record_id,
        overdue: r.state === 'overdue',
        dueAt: r.due_at,
      }));
    },

    async counts(id) {
      const [row] = await sql.query<{ waiting: number; overdue: number }>(
        `SELECT count(*) AS waiting, count(*) FILTER (WHERE state = 'overdue') AS overdue
           FROM rapport.follow_ups
          WHERE tenant_id = $1 AND kind = 'ticket' AND state IN ('open', 'overdue')`,
        [id],
      );
      return row ?? { waiting: 0, overdue: 0 };
    },
  };
}
