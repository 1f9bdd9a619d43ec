/** How far each journal is read, and which changes were told already. */
import { recordId } from '../core/ids.ts';
import type { RecordKind } from '../core/record.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { JournalStore, SeenStore } from '../ports/sync-store.ts';

export function createJournalStore(sql: SqlClient): JournalStore {
  return {
    async offset(host) {
      const [row] = await sql.query<{ journal_offset: string | null }>(
        'SELECT journal_offset FROM rapport.journals WHERE host = $1',
        [host],
      );
      return row?.journal_offset ?? null;
    },
    async advance(host, from, to, at) {
      const moved = await sql.query(
        `INSERT INTO rapport.journals AS j (host, journal_offset, moved_at) VALUES ($1, $3, $4)
         ON CONFLICT (host) DO UPDATE SET journal_offset = excluded.journal_offset, moved_at = excluded.moved_at
           WHERE j.journal_offset IS NOT DISTINCT FROM $2
         RETURNING host`,
        [host, from, to, at],
      );
      return moved.length > 0;
    },
  };
}

export function createSeenStore(sql: SqlClient): SeenStore {
  return {
    async add(id, changes) {
      if (changes.length === 0) return [];
      // In order, so that two readers of the same events wait for each other instead of locking up.
      const rows = await sql.query<{ kind: RecordKind; record_id: string }>(
        `INSERT INTO rapport.seen_changes (tenant_id, kind, record_id, change, occurred_at)
         SELECT DISTINCT $1, c.kind, c.record_id, c.change, c.occurred_at
           FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[])
             AS c(kind, record_id, change, occurred_at)
          ORDER BY 2, 3, 4, 5
         ON CONFLICT DO NOTHING RETURNING kind, record_id`,
        [
          id,
          changes.map((c) => c.kind),
          changes.map((c) => c.id),
          changes.map((c) => c.change),
          changes.map((c) => c.occurredAt.toISOString()),
        ],
      );
      const known = new Map(rows.map((r) => [`${r.kind} ${r.record_id}`, r]));
      return [...known.values()].map((r) => ({ kind: r.kind, id: recordId(r.record_id) }));
    },
    async prune(id, before) {
      await sql.query(
        'DELETE FROM rapport.seen_changes WHERE tenant_id = $1 AND occurred_at < $2',
        [id, before],
      );
    },
  };
}
