/** Records of every type: one table, system properties in columns, all other values in a JSON object. */
import type { SqlClient } from '../../ports/sql.ts';
import type { ObjectType } from './object-types.ts';
import { plainJson } from './plain-text.ts';

export type Values = Readonly<Record<string, string>>;

export interface StoredObject {
  readonly id: number;
  readonly properties: Values;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
}

/** `null` clears. */
export interface Patch {
  readonly id: number;
  readonly properties: Readonly<Record<string, string | null>>;
}

export const OBJECT_COLUMNS =
  'o.id, o.properties, o.created_at as "createdAt", o.updated_at as "updatedAt", o.archived_at as "archivedAt"';

/** An id as it came over the wire; `undefined` when it cannot be one. */
export function parseId(text: string): number | undefined {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : undefined;
}

export const parseIds = (texts: readonly string[]): number[] =>
  texts.map(parseId).filter((id) => id !== undefined);

export async function readObjects(
  sql: SqlClient,
  type: ObjectType,
  ids: readonly number[],
  archived = false,
): Promise<StoredObject[]> {
  return sql.query<StoredObject>(
    `select ${OBJECT_COLUMNS} from sandbox.objects o
     where o.object_type = $1 and o.id = any($2::bigint[]) and (o.archived_at is not null) = $3 order by o.id`,
    [type.name, ids, archived],
  );
}

/** By the value of a unique property; e-mail addresses compare without case. */
export async function readObjectsBy(
  sql: SqlClient,
  type: ObjectType,
  property: string,
  values: readonly string[],
): Promise<StoredObject[]> {
  return sql.query<StoredObject>(
    property === 'email'
      ? `select ${OBJECT_COLUMNS} from sandbox.objects o where o.object_type = $1 and o.archived_at is null
         and $2::text = 'email' and lower(o.properties->>'email') = any($3::text[])`
      : `select ${OBJECT_COLUMNS} from sandbox.objects o where o.object_type = $1 and o.archived_at is null
         and o.properties->>$2::text = any($3::text[])`,
    [type.name, property, property === 'email' ? values.map((v) => v.toLowerCase()) : values],
  );
}

export interface PageOptions {
  readonly after: number;
  readonly limit: number;
  readonly archived: boolean;
}

/** One page in the order of ids, one row longer than asked so that the caller sees whether more follow. */
export async function listObjects(
  sql: SqlClient,
  type: ObjectType,
  page: PageOptions,
): Promise<StoredObject[]> {
  return sql.query<StoredObject>(
    `select ${OBJECT_COLUMNS} from sandbox.objects o
     where o.object_type = $1 and o.id > $2 and (o.archived_at is not null) = $3 order by o.id limit $4`,
    [type.name, page.after, page.archived, page.limit + 1],
  );
}

export async function insertObjects(
  sql: SqlClient,
  type: ObjectType,
  values: readonly Values[],
  at: Date,
): Promise<StoredObject[]> {
  const rows = await sql.query<StoredObject>(
    `insert into sandbox.objects as o (object_type, id, properties, created_at, updated_at)
     select $1, nextval('sandbox.object_ids'), v.value, $3, $3
     from jsonb_array_elements($2::jsonb) with ordinality v(value, n) order by v.n
     returning ${OBJECT_COLUMNS}`,
    [type.name, plainJson(values), at],
  );
  return rows.sort((a, b) => a.id - b.id);
}

/** Patches must name each record once; records that are gone are left out of the answer. */
export async function patchObjects(
  sql: SqlClient,
  type: ObjectType,
  patches: readonly Patch[],
  at: Date,
): Promise<StoredObject[]> {
  if (patches.length === 0) return [];
  return sql.query<StoredObject>(
    `update sandbox.objects o
     set properties = jsonb_strip_nulls(o.properties || v.properties), updated_at = $3
     from jsonb_to_recordset($2::jsonb) as v(id bigint, properties jsonb)
     where o.object_type = $1 and o.id = v.id and o.archived_at is null
     returning ${OBJECT_COLUMNS}`,
    [type.name, plainJson(patches), at],
  );
}

/** Archives, or brings back with `at: null`; answers the ids that changed. */
export async function setArchived(
  sql: SqlClient,
  type: ObjectType,
  ids: readonly number[],
  at: Date | null,
): Promise<number[]> {
  const rows = await sql.query<{ id: number }>(
    `update sandbox.objects set archived_at = $3
     where object_type = $1 and id = any($2::bigint[]) and (archived_at is null) = ($3::timestamptz is not null)
     returning id`,
    [type.name, ids, at],
  );
  return rows.map((row) => row.id);
}

/** Nothing of the record stays, not even in the recycle bin. */
export async function eraseObject(sql: SqlClient, type: ObjectType, id: number): Promise<boolean> {
  await sql.query(
    `delete from sandbox.associations
     where (from_type = $1 and from_id = $2) or (to_type = $1 and to_id = $2)`,
    [type.name, id],
  );
  const gone = await sql.query(
    'delete from sandbox.objects where object_type = $1 and id = $2 returning id',
    [type.name, id],
  );
  return gone.length > 0;
}

/** Where a merged record lives on; the id itself when it was never merged. */
export async function survivorOf(sql: SqlClient, type: ObjectType, id: number): Promise<number> {
  const rows = await sql.query<{ into_id: number }>(
    'select into_id from sandbox.merged where object_type = $1 and id = $2',
    [type.name, id],
  );
  return rows[0]?.into_id ?? id;
}

export async function recordMerge(
  sql: SqlClient,
  type: ObjectType,
  ids: readonly number[],
  intoId: number,
): Promise<void> {
  await sql.query(
    'update sandbox.merged set into_id = $3 where object_type = $1 and into_id = any($2::bigint[])',
    [type.name, ids, intoId],
  );
  await sql.query(
    `insert into sandbox.merged (object_type, id, into_id) select $1, unnest($2::bigint[]), $3
     on conflict (object_type, id) do update set into_id = excluded.into_id`,
    [type.name, ids, intoId],
  );
}
