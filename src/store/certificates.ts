/** Completeness certificates: how the copy of each object compared with the CRM, and how far a comparison is. */
import type { RecordKind } from '../core/record.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { CertificateStore, Sweep } from '../ports/sync-store.ts';
import { toJson } from './rows.ts';

interface CertificateRow {
  kind: RecordKind;
  checked_at: Date | null;
  crm_count: number | null;
  stored_count: number | null;
  crm_checksum: string | null;
  stored_checksum: string | null;
  gap_at: Date | null;
  gap_missing: number | null;
  gap_surplus: number | null;
  sweep: Sweep | null;
}

export function createCertificateStore(sql: SqlClient): CertificateStore {
  return {
    async all(id) {
      const rows = await sql.query<CertificateRow>(
        `SELECT kind, checked_at, crm_count, stored_count, crm_checksum, stored_checksum, gap_at, gap_missing, gap_surplus, sweep
           FROM rapport.certificates WHERE tenant_id = $1 ORDER BY kind`,
        [id],
      );
      return rows.map((r) => ({
        kind: r.kind,
        checked:
          r.checked_at === null
            ? null
            : {
                at: r.checked_at,
                crm: { count: r.crm_count ?? 0, checksum: r.crm_checksum ?? '' },
                stored: { count: r.stored_count ?? 0, checksum: r.stored_checksum ?? '' },
              },
        gap:
          r.gap_at === null
            ? null
            : { at: r.gap_at, missing: r.gap_missing ?? 0, surplus: r.gap_surplus ?? 0 },
        sweep: r.sweep,
      }));
    },

    async proceed(id, kind, sweep) {
      await sql.query(
        `INSERT INTO rapport.certificates (tenant_id, kind, sweep) VALUES ($1, $2, $3::jsonb)
         ON CONFLICT (tenant_id, kind) DO UPDATE SET sweep = excluded.sweep`,
        [id, kind, toJson(sweep)],
      );
    },

    async finish(id, kind, { crm, stored, missing, surplus }, at) {
      await sql.query(
        `INSERT INTO rapport.certificates AS c (tenant_id, kind, checked_at, crm_count, crm_checksum, stored_count,
                                               stored_checksum, gap_at, gap_missing, gap_surplus)
         VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $10 THEN $3::timestamptz END,
                 CASE WHEN $10 THEN $8::bigint END, CASE WHEN $10 THEN $9::bigint END)
         ON CONFLICT (tenant_id, kind) DO UPDATE SET
           checked_at = excluded.checked_at, crm_count = excluded.crm_count, crm_checksum = excluded.crm_checksum,
           stored_count = excluded.stored_count, stored_checksum = excluded.stored_checksum, sweep = NULL,
           gap_at = coalesce(excluded.gap_at, c.gap_at),
           gap_missing = coalesce(excluded.gap_missing, c.gap_missing),
           gap_surplus = coalesce(excluded.gap_surplus, c.gap_surplus)`,
        [
          id,
          kind,
          at,
          crm.count,
          crm.checksum,
          stored.count,
          stored.checksum,
          missing,
          surplus,
          missing + surplus > 0,
        ],
      );
    },
  };
}
