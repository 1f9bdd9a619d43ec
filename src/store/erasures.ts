/** The list of who was erased, read, added to, and compared with what is held. */
import type { ErasureStore } from '../ports/erasure-store.ts';
import type { SqlClient } from '../ports/sql.ts';

export function createErasureStore(sql: SqlClient): ErasureStore {
  return {
    async all(id) {
      const rows = await sql.query<{ record_hash: string; erased_at: Date }>(
        `SELECT record_hash, erased_at FROM rapport.erased
          WHERE tenant_id = $1 ORDER BY erased_at, record_hash`,
        [id],
      );
      return rows.map((r) => ({ hash: r.record_hash, at: r.erased_at }));
    },
    async bar(id, erasures) {
      await sql.query(
        `INSERT INTO rapport.erased (tenant_id, record_hash, erased_at)
         SELECT $1, e.* FROM unnest($2::text[], $3::timestamptz[]) AS e ON CONFLICT DO NOTHING`,
        [id, erasures.map((e) => e.hash), erasures.map((e) => e.at)],
      );
    },
    // The hash is that of records.ts, which bars by it.
    async heldPeople(id) {
      const rows = await sql.query<{ record_id: string }>(
        `SELECT r.record_id FROM rapport.records r
           JOIN rapport.erased e ON e.tenant_id = r.tenant_id AND e.record_hash = encode(
             sha256(convert_to(r.tenant_id || chr(10) || r.kind || chr(10) || r.record_id, 'UTF8')), 'hex')
          WHERE r.tenant_id = $1 AND r.kind = 'contact' ORDER BY length(r.record_id), r.record_id`,
        [id],
      );
      return rows.map((r) => r.record_id);
    },
  };
}
