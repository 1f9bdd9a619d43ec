/** The `associations` part of records that are listed or read one by one. */
import type { Sql } from '../../ports/sql.ts';
import { readNeighbours } from './association-store.ts';
import { associationType } from './association-types.ts';
import type { ObjectType } from './object-types.ts';
import { typeNamed } from './request-parts.ts';

type LinkLists = { associations?: Record<string, { results: { id: string; type: string }[] }> };

/** The `associations` part of listed records; types without any are left out. */
export async function associationsOf(
  sql: Sql,
  from: ObjectType,
  ids: readonly number[],
  toNames: readonly string[],
): Promise<ReadonlyMap<number, LinkLists>> {
  const lists = new Map<number, LinkLists>();
  for (const to of toNames.map(typeNamed)) {
    for (const { fromId, toId, typeIds } of await readNeighbours(sql, from.name, to.name, ids)) {
      const own = lists.get(fromId)?.associations ?? {};
      lists.set(fromId, { associations: own });
      const key = to.name.replace('_', ' ');
      own[key] ??= { results: [] };
      for (const typeId of typeIds) {
        const primary = associationType(typeId)?.label === 'Primary';
        const name = `${from.singular}_to_${to.singular}`;
        const labelled = typeIds.length > 1 && !primary ? `${name}_unlabeled` : name;
        own[key].results.push({ id: String(toId), type: labelled });
      }
    }
  }
  return lists;
}
