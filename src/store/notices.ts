/** What an account's admin has to know or do. */
import type { Notice } from '../core/notice.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { NoticeStore } from '../ports/tenant-store.ts';
import { toJson } from './rows.ts';

export function createNoticeStore(sql: SqlClient): NoticeStore {
  return {
    async put(id, code, details, at) {
      await sql.query(
        `INSERT INTO rapport.notices (tenant_id, code, details, since) VALUES ($1, $2, $3::jsonb, $4)
         ON CONFLICT (tenant_id, code) DO UPDATE SET details = excluded.details`,
        [id, code, toJson(details), at],
      );
    },
    async clear(id, codes) {
      await sql.query(
        'DELETE FROM rapport.notices WHERE tenant_id = $1 AND code = ANY($2::text[])',
        [id, codes],
      );
    },
    async all(id) {
      return sql.query<Notice & Record<string, unknown>>(
        'SELECT code, details, since FROM rapport.notices WHERE tenant_id = $1 ORDER BY since, code',
        [id],
      );
    },
  };
}
