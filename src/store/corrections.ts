/** What people said of messages, against what Rapport had said. */
import type { CorrectedField, Correction } from '../core/service.ts';
import type { CorrectionStore } from '../ports/service-store.ts';
import type { SqlClient } from '../ports/sql.ts';

interface CorrectionRow {
  kind: Correction['kind'];
  record_id: string;
  field: CorrectedField;
  label: string;
  was: string | null;
  source: Correction['source'];
  corrected_at: Date;
}

const COLUMNS = 'kind, record_id, field, label, was, source, corrected_at';

const toCorrection = (r: CorrectionRow): Correction => ({
  kind: r.kind,
  id: r.record_id,
  field: r.field,
  label: r.label,
  was: r.was,
  source: r.source,
  at: r.corrected_at,
});

export function createCorrectionStore(sql: SqlClient): CorrectionStore {
  return {
    async put(id, c) {
      await sql.query(
        `INSERT INTO rapport.corrections (tenant_id, ${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (tenant_id, kind, record_id, field) DO UPDATE
           SET label = excluded.label, source = excluded.source, corrected_at = excluded.corrected_at`,
        [id, c.kind, c.id, c.field, c.label, c.was, c.source, c.at],
      );
    },
    async of(id, kind, ids) {
      const rows = await sql.query<CorrectionRow>(
        `SELECT ${COLUMNS} FROM rapport.corrections
          WHERE tenant_id = $1 AND kind = $2 AND record_id = ANY($3::text[]) ORDER BY corrected_at, field`,
        [id, kind, ids],
      );
      return rows.map(toCorrection);
    },
    async all(id) {
      const rows = await sql.query<CorrectionRow>(
        `SELECT ${COLUMNS} FROM rapport.corrections WHERE tenant_id = $1 ORDER BY corrected_at, kind, record_id, field`,
        [id],
      );
      return rows.map(toCorrection);
    },
  };
}
