/** Deliveries as they came, and those that could not be used. */
import { asTenantId } from '../core/ids.ts';
import type { HostName } from '../core/tenant.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { DeadLetter, InboxStore } from '../ports/sync-store.ts';

/** PostgreSQL text cannot hold NUL. */
const storable = (body: string): string => body.toWellFormed().replaceAll('\u0000', '\ufffd');

export function createInboxStore(sql: SqlClient): InboxStore {
  const insertDead = `INSERT INTO rapport.dead_letters (tenant_id, received_at, host, reason, body)
     SELECT d.tenant_id, $5, d.host, d.reason, d.body
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS d(tenant_id, host, reason, body)`;
  const deadParams = (dead: readonly DeadLetter[], at: Date) => [
    dead.map((d) => d.tenantId),
    dead.map((d) => d.host),
    dead.map((d) => d.reason),
    dead.map((d) => storable(d.body)),
    at,
  ];
  return {
    async accept(rows, dead, at) {
      if (rows.length === 0 && dead.length === 0) return;
      // One statement is one transaction: a delivery is kept whole or not at all.
      await sql.query(
        `WITH buried AS (${insertDead})
         INSERT INTO rapport.inbox (tenant_id, received_at, body)
         SELECT r.tenant_id, $5, r.body FROM unnest($6::text[], $7::text[]) AS r(tenant_id, body)`,
        [...deadParams(dead, at), rows.map((r) => r.tenantId), rows.map((r) => storable(r.body))],
      );
    },
    async take(id, limit) {
      const rows = await sql.query<{ inbox_id: number; body: string; received_at: Date }>(
        'SELECT inbox_id, body, received_at FROM rapport.inbox WHERE tenant_id = $1 ORDER BY inbox_id LIMIT $2',
        [id, limit],
      );
      return rows.map((r) => ({ id: r.inbox_id, body: r.body, receivedAt: r.received_at }));
    },
    async remove(id, inboxIds) {
      await sql.query(
        'DELETE FROM rapport.inbox WHERE tenant_id = $1 AND inbox_id = ANY($2::bigint[])',
        [id, inboxIds],
      );
    },
    async bury(letters, at) {
      if (letters.length > 0) await sql.query(insertDead, deadParams(letters, at));
    },
    async size(id) {
      const [row] = await sql.query<{ n: number }>(
        'SELECT count(*) AS n FROM rapport.inbox WHERE tenant_id = $1',
        [id],
      );
      return row?.n ?? 0;
    },
    async deadLetters(id, limit) {
      const rows = await sql.query<{
        tenant_id: string;
        host: HostName;
        reason: string;
        body: string;
        received_at: Date;
      }>(
        `SELECT tenant_id, host, reason, body, received_at FROM rapport.dead_letters
          WHERE tenant_id = $1 ORDER BY dead_letter_id DESC LIMIT $2`,
        [id, limit],
      );
      return rows.map((r) => ({
        tenantId: r.tenant_id === '' ? '' : asTenantId(r.tenant_id),
        host: r.host,
        reason: r.reason,
        body: r.body,
        receivedAt: r.received_at,
      }));
    },
  };
}
