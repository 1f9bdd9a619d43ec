/** Associations between records, kept once per direction so that either end reads its own rows. */
import type { SqlClient } from '../../ports/sql.ts';
import { associationType, defaultAssociation, primaryAssociation } from './association-types.ts';
import { plainJson } from './plain-text.ts';

export interface Link {
  readonly fromType: string;
  readonly fromId: number;
  readonly toType: string;
  readonly toId: number;
  readonly typeId: number;
}

export interface Neighbour {
  readonly fromId: number;
  readonly toId: number;
  readonly typeIds: readonly number[];
}

const inverse = (link: Link): Link => ({
  fromType: link.toType,
  fromId: link.toId,
  toType: link.fromType,
  toId: link.fromId,
  typeId: associationType(link.typeId)?.inverse ?? link.typeId,
});

/** Both directions of each link. */
export const bothWays = (links: readonly Link[]): Link[] =>
  links.flatMap((link) => [link, inverse(link)]);

/** Every labelled association includes the plain one. */
export const withPlain = (link: Link): Link[] => {
  const plain = { ...link, typeId: defaultAssociation(link.fromType, link.toType).typeId };
  return plain.typeId === link.typeId ? [link] : [link, plain];
};

/** Adds links in both directions; answers those that were new. */
export async function insertLinks(sql: SqlClient, links: readonly Link[]): Promise<Link[]> {
  if (links.length === 0) return [];
  const all = bothWays(links.flatMap(withPlain));
  return sql.query<Link>(
    `insert into sandbox.associations (from_type, from_id, to_type, to_id, type_id)
     select "fromType", "fromId", "toType", "toId", "typeId" from jsonb_to_recordset($1::jsonb)
       as v("fromType" text, "fromId" bigint, "toType" text, "toId" bigint, "typeId" int)
     on conflict do nothing
     returning from_type as "fromType", from_id as "fromId", to_type as "toType", to_id as "toId", type_id as "typeId"`,
    [plainJson(all)],
  );
}

/** Removes links in both directions, whatever their label when `typeId` is 0; answers the removed. */
export async function deleteLinks(sql: SqlClient, links: readonly Link[]): Promise<Link[]> {
  if (links.length === 0) return [];
  return sql.query<Link>(
    `delete from sandbox.associations a using jsonb_to_recordset($1::jsonb)
       as v("fromType" text, "fromId" bigint, "toType" text, "toId" bigint, "typeId" int)
     where a.from_type = v."fromType" and a.from_id = v."fromId" and a.to_type = v."toType"
       and a.to_id = v."toId" and (v."typeId" = 0 or a.type_id = v."typeId")
     returning a.from_type as "fromType", a.from_id as "fromId", a.to_type as "toType", a.to_id as "toId",
       a.type_id as "typeId"`,
    [plainJson(bothWays(links))],
  );
}

/** Neighbours of `fromIds` among living records of `toType`, by id. */
export async function readNeighbours(
  sql: SqlClient,
  fromType: string,
  toType: string,
  fromIds: readonly number[],
): Promise<Neighbour[]> {
  return sql.query<Neighbour>(
    `select a.from_id as "fromId", a.to_id as "toId", array_agg(a.type_id order by a.type_id) as "typeIds"
     from sandbox.associations a
     join sandbox.objects o on o.object_type = a.to_type and o.id = a.to_id and o.archived_at is null
     where a.from_type = $1 and a.to_type = $2 and a.from_id = any($3::bigint[])
     group by a.from_id, a.to_id order by a.from_id, a.to_id`,
    [fromType, toType, fromIds],
  );
}

/** All links that touch one record, from its own side. */
export async function readLinks(sql: SqlClient, type: string, id: number): Promise<Link[]> {
  return sql.query<Link>(
    `select from_type as "fromType", from_id as "fromId", to_type as "toType", to_id as "toId", type_id as "typeId"
     from sandbox.associations where from_type = $1 and from_id = $2`,
    [type, id],
  );
}

/** The default link of a pair, marked primary where the record has no primary yet. */
export async function defaultLinks(
  sql: SqlClient,
  pairs: readonly Omit<Link, 'typeId'>[],
): Promise<Link[]> {
  const links: Link[] = [];
  for (const pair of pairs) {
    const primary = primaryAssociation(pair.fromType, pair.toType);
    const markable = primary !== undefined && pair.toType === 'companies';
    const taken =
      markable &&
      (await sql.query(
        'select 1 from sandbox.associations where from_type = $1 and from_id = $2 and type_id = $3 limit 1',
        [pair.fromType, pair.fromId, primary.typeId],
      ));
    const type =
      markable && taken !== false && taken.length === 0
        ? primary
        : defaultAssociation(pair.fromType, pair.toType);
    links.push({ ...pair, typeId: type.typeId });
  }
  return links;
}
