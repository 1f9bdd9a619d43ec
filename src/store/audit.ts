/** Decisions of an admin that must be answered for. */
import type { SqlClient } from '../ports/sql.ts';
import type { AuditStore } from '../ports/tenant-store.ts';
import { toJson } from './rows.ts';

export function createAuditStore(sql: SqlClient): AuditStore {
  return {
    async add(id, { at, actor, action, detail }) {
      await sql.query(
        `INSERT INTO rapport.audit (tenant_id, at, actor, action, detail)
         VALUES ($1, $2, $3, $4, $5::jsonb)`,
        [id, at, actor, action, toJson(detail)],
      );
    },
    async latest(id, limit) {
      return sql.query(
        `SELECT at, actor, action, detail FROM rapport.audit
          WHERE tenant_id = $1 ORDER BY audit_id DESC LIMIT $2`,
        [id, limit],
      );
    },
  };
}
