/** The synchronised copy of the CRM's records and how they hang together. */
import { createHash } from 'node:crypto';
import { recordId, type TenantId } from '../core/ids.ts';
import type { CrmRecord, RecordKind, RecordRef } from '../core/record.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { RecordStore } from '../ports/sync-store.ts';
import { fromRecordJson, toJson } from './rows.ts';

interface RecordRow {
  kind: RecordKind;
  record_id: string;
  data: unknown;
}

export function createRecordStore(sql: SqlClient): RecordStore {
  return {
    async put(id, records, readAt) {
      if (records.length === 0) return [];
      const barred = await erasedAmong(sql, id, records);
      const kept = newestOfEach(records.filter((r) => !barred.has(erasedHash(id, r))));
      // The newest copy wins: a slow reader never puts an old state over a new one. A new time alone
      // is no change: our own writes give one to every record they touch.
      const stored = await sql.query<{ kind: RecordKind; record_id: string; changed: boolean }>(
        `WITH incoming AS (
           SELECT * FROM jsonb_to_recordset($2::text::jsonb)
             AS i(kind text, record_id text, data jsonb, updated_at timestamptz)),
         before AS (
           SELECT r.kind, r.record_id, r.data, r.deleted FROM rapport.records r JOIN incoming i USING (kind, record_id)
            WHERE r.tenant_id = $1)
         INSERT INTO rapport.records AS r (tenant_id, kind, record_id, data, updated_at)
         SELECT $1, kind, record_id, data, updated_at FROM incoming ORDER BY kind, record_id
         ON CONFLICT (tenant_id, kind, record_id) DO UPDATE
           SET data = excluded.data, updated_at = excluded.updated_at, deleted = false
           WHERE r.updated_at <= excluded.updated_at OR (r.deleted AND r.updated_at <= $3)
         RETURNING r.kind, r.record_id, NOT EXISTS (
           SELECT 1 FROM before b WHERE b.kind = r.kind AND b.record_id = r.record_id
              AND b.data - 'updatedAt' = r.data - 'updatedAt' AND NOT b.deleted) AS changed`,
        [
          id,
          toJson(
            kept.map((data) => ({
              kind: data.kind,
              record_id: data.id,
              data,
              updated_at: data.updatedAt,
            })),
          ),
          readAt ?? null,
        ],
      );
      const changed = stored.filter((r) => r.changed);
      const keys = new Set(changed.map((r) => `${r.kind} ${r.record_id}`));
      await replaceLinks(
        sql,
        id,
        kept.filter((r) => keys.has(`${r.kind} ${r.id}`)),
      );
      return changed.map((r) => ({ kind: r.kind, id: recordId(r.record_id) }));
    },

    async get<R extends CrmRecord>(id: TenantId, kind: R['kind'], ids: readonly string[]) {
      const rows = await sql.query<RecordRow>(
        `SELECT kind, record_id, data FROM rapport.records
          WHERE tenant_id = $1 AND kind = $2 AND record_id = ANY($3::text[]) AND NOT deleted
          ORDER BY length(record_id), record_id`,
        [id, kind, ids],
      );
      return rows.map((r) => fromRecordJson(r.data) as R);
    },

    async remove(id, refs, at) {
      if (refs.length === 0) return;
      await sql.query(
        `INSERT INTO rapport.records (tenant_id, kind, record_id, data, updated_at, deleted)
         SELECT $1, r.kind, r.record_id, '{}', $4, true FROM unnest($2::text[], $3::text[]) AS r(kind, record_id)
         ON CONFLICT (tenant_id, kind, record_id) DO UPDATE SET data = '{}', updated_at = excluded.updated_at, deleted = true`,
        [id, refs.map((r) => r.kind), refs.map((r) => r.id), at],
      );
      await sql.query(
        `DELETE FROM rapport.links l USING unnest($2::text[], $3::text[]) AS r(kind, record_id)
          WHERE l.tenant_id = $1 AND l.kind = r.kind AND l.record_id = r.record_id`,
        [id, refs.map((r) => r.kind), refs.map((r) => r.id)],
      );
    },

    async erase(id, contactId, at) {
      // What hangs on the person, and the mails and notes that hang only on one of their cases.
      const children = await sql.query<{ kind: string; record_id: string }>(
        `WITH own AS (
           SELECT kind, record_id FROM rapport.links
            WHERE tenant_id = $1 AND parent_kind = 'contact' AND parent_id = $2 AND kind <> 'deal')
         SELECT kind, record_id FROM own
          UNION
         SELECT l.kind, l.record_id FROM rapport.links l
           JOIN own ON own.kind = 'ticket' AND l.parent_kind = 'ticket' AND l.parent_id = own.record_id
          WHERE l.tenant_id = $1`,
        [id, contactId],
      );
      const known = [{ kind: 'contact', record_id: contactId }, ...children];
      // Tasks and notes about any of them carry their names and words.
      const ours = await sql.query<{ kind: string; record_id: string }>(
        `DELETE FROM rapport.activities a
          WHERE a.tenant_id = $1 AND EXISTS (
            SELECT 1 FROM unnest($2::text[], $3::text[]) AS r(kind, record_id)
             WHERE a.about @> jsonb_build_array(jsonb_build_object('kind', r.kind, 'id', r.record_id)))
         RETURNING kind, record_id`,
        [id, known.map((c) => c.kind), known.map((c) => c.record_id)],
      );
      const kinds = [...known, ...ours].map((c) => c.kind);
      const ids = [...known, ...ours].map((c) => c.record_id);
      for (const table of [
        'records',
        'links',
        'scores',
        'score_history',
        'written',
        'kept_values',
        'follow_ups',
        'corrections',
        'marks',
        'seen_changes',
        'writes',
      ])
        await sql.query(
          `DELETE FROM rapport.${table} t USING unnest($2::text[], $3::text[]) AS r(kind, record_id)
            WHERE t.tenant_id = $1 AND t.kind = r.kind AND t.record_id = r.record_id`,
          [id, kinds, ids],
        );
      await sql.query('DELETE FROM rapport.chats WHERE tenant_id = $1 AND contact_id = $2', [
        id,
        contactId,
      ]);
      await sql.query('DELETE FROM rapport.not_now WHERE tenant_id = $1 AND contact_id = $2', [
        id,
        contactId,
      ]);
      await sql.query('DELETE FROM rapport.exposures WHERE tenant_id = $1 AND contact_id = $2', [
        id,
        contactId,
      ]);
      await sql.query(
        "DELETE FROM rapport.links WHERE tenant_id = $1 AND parent_kind = 'contact' AND parent_id = $2",
        [id, contactId],
      );
      // Deliveries that could not be read may still name the person.
      await sql.query('DELETE FROM rapport.dead_letters WHERE tenant_id = $1 AND body ~ $2', [
        id,
        `(^|[^0-9])${contactId.replaceAll(/[^0-9]/g, '')}([^0-9]|$)`,
      ]);
      await sql.query('DELETE FROM rapport.action_runs WHERE tenant_id = $1 AND record_id = $2', [
        id,
        contactId,
      ]);
      await sql.query(
        `INSERT INTO rapport.erased (tenant_id, record_hash, erased_at)
         SELECT $1, hash, $3 FROM unnest($2::text[]) AS hash ON CONFLICT DO NOTHING`,
        [id, kinds.map((kind, i) => erasedHash(id, { kind, id: ids[i] ?? '' })), at],
      );
    },

    // How many parents there are is kept from the planner: for some hundred it would read all links.
    async children(id, parentKind, parentIds, kinds) {
      const rows = await sql.query<RecordRow & { parent_id: string }>(
        `SELECT l.parent_id, r.kind, r.record_id, r.data
           FROM rapport.links l
           JOIN rapport.records r ON r.tenant_id = l.tenant_id AND r.kind = l.kind AND r.record_id = l.record_id
          WHERE l.tenant_id = $1 AND l.parent_kind = $2 AND l.parent_id = ANY((SELECT $3::text[])::text[])
            AND l.kind = ANY($4::text[]) AND NOT r.deleted
          ORDER BY length(r.record_id), r.record_id, r.kind`,
        [id, parentKind, parentIds, kinds],
      );
      return rows.map((r) => ({ parentId: r.parent_id, record: fromRecordJson(r.data) }));
    },

    async parents(id, refs, parentKind) {
      const rows = await sql.query<{ parent_id: string }>(
        `SELECT DISTINCT l.parent_id FROM rapport.links l
           JOIN unnest($2::text[], $3::text[]) AS r(kind, record_id) ON l.kind = r.kind AND l.record_id = r.record_id
          WHERE l.tenant_id = $1 AND l.parent_kind = $4`,
        [id, refs.map((r) => r.kind), refs.map((r) => r.id), parentKind],
      );
      return rows.map((r) => ({ kind: parentKind, id: recordId(r.parent_id) }));
    },

    async page(id, kind, after, limit) {
      const rows = await sql.query<{ record_id: string }>(
        `SELECT record_id FROM rapport.records
          WHERE tenant_id = $1 AND kind = $2 AND NOT deleted
            AND ($3::text IS NULL OR (length(record_id), record_id) > (length($3::text), $3::text))
          ORDER BY length(record_id), record_id LIMIT $4`,
        [id, kind, after, limit],
      );
      return rows.map((r) => r.record_id);
    },

    async count(id, kind) {
      const [row] = await sql.query<{ n: number }>(
        'SELECT count(*) AS n FROM rapport.records WHERE tenant_id = $1 AND kind = $2 AND NOT deleted',
        [id, kind],
      );
      return row?.n ?? 0;
    },

    async versions(id, kind, ids) {
      const rows = await sql.query<{ record_id: string; updated_at: Date }>(
        `SELECT record_id, updated_at FROM rapport.records
          WHERE tenant_id = $1 AND kind = $2 AND record_id = ANY($3::text[])`,
        [id, kind, ids],
      );
      return new Map(rows.map((r) => [r.record_id, r.updated_at]));
    },
  };
}

/** A CRM may answer several ids with one record, as it does for merged ones. */
const newestOfEach = (records: readonly CrmRecord[]): CrmRecord[] => {
  const newest = new Map<string, CrmRecord>();
  for (const record of records) {
    const key = `${record.kind} ${record.id}`;
    const known = newest.get(key);
    if (known === undefined || known.updatedAt < record.updatedAt) newest.set(key, record);
  }
  return [...newest.values()];
};

async function replaceLinks(
  sql: SqlClient,
  id: TenantId,
  records: readonly CrmRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await sql.query(
    `DELETE FROM rapport.links l USING unnest($2::text[], $3::text[]) AS r(kind, record_id)
      WHERE l.tenant_id = $1 AND l.kind = r.kind AND l.record_id = r.record_id`,
    [id, records.map((r) => r.kind), records.map((r) => r.id)],
  );
  const links = records.flatMap((r) => r.links.map((parent) => ({ record: r, parent })));
  await sql.query(
    `INSERT INTO rapport.links (tenant_id, kind, record_id, parent_kind, parent_id)
     SELECT $1, l.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS l ON CONFLICT DO NOTHING`,
    [
      id,
      links.map((l) => l.record.kind),
      links.map((l) => l.record.id),
      links.map((l) => l.parent.kind),
      links.map((l) => l.parent.id),
    ],
  );
}

const erasedHash = (id: TenantId, record: { kind: string; id: string }): string =>
  createHash('sha256').update(`${id}\n${record.kind}\n${record.id}`).digest('hex');

/** The hashes, among those of these records, that bar their return. */
async function erasedAmong(
  sql: SqlClient,
  id: TenantId,
  records: readonly RecordRef[],
): Promise<Set<string>> {
  const rows = await sql.query<{ record_hash: string }>(
    'SELECT record_hash FROM rapport.erased WHERE tenant_id = $1 AND record_hash = ANY($2::text[])',
    [id, records.map((r) => erasedHash(id, r))],
  );
  return new Set(rows.map((r) => r.record_hash));
}
