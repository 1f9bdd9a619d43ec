/** Names that people gave to segments. */

import type { SegmentNameStore } from '../ports/model-store.ts';
import type { SqlClient } from '../ports/sql.ts';
import { toText } from './rows.ts';

export function createSegmentNameStore(sql: SqlClient): SegmentNameStore {
  return {
    async put(id, segmentId, name, at) {
      await sql.query(
        `INSERT INTO rapport.segment_names (tenant_id, segment_id, name, named_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, segment_id) DO UPDATE SET name = excluded.name, named_at = excluded.named_at`,
        [id, segmentId, toText(name), at],
      );
    },
    async remove(id, segmentId) {
      await sql.query(
        'DELETE FROM rapport.segment_names WHERE tenant_id = $1 AND segment_id = $2',
        [id, segmentId],
      );
    },
    async all(id) {
      const rows = await sql.query<{ segment_id: string; name: string; named_at: Date }>(
        'SELECT segment_id, name, named_at FROM rapport.segment_names WHERE tenant_id = $1 ORDER BY segment_id',
        [id],
      );
      return rows.map((r) => ({ segmentId: r.segment_id, name: r.name, namedAt: r.named_at }));
    },
  };
}
