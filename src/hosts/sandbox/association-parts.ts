/** What the association routes share: the pair of types, ends that must exist, the shapes of replies. */
import type { SqlClient } from '../../ports/sql.ts';
import type { Call } from './api.ts';
import { invalid, objectNotFound } from './api-error.ts';
import type { Link, Neighbour } from './association-store.ts';
import { associationType, defaultAssociation } from './association-types.ts';
import { parseId, readObjects } from './object-store.ts';
import type { ObjectType } from './object-types.ts';
import { typeFor, typeNamed } from './request-parts.ts';

export interface AssociationSpec {
  readonly associationCategory: string;
  readonly associationTypeId: number;
}

/** Neighbours of one record per page. */
export const PAGE = 500;

export function pairFor(call: Call, access: 'read' | 'write'): [from: ObjectType, to: ObjectType] {
  if (access === 'read')
    return [typeFor(call, 'read', 'fromObjectType'), typeFor(call, 'read', 'toObjectType')];
  const pair: [ObjectType, ObjectType] = [
    typeNamed(call.param('fromObjectType')),
    typeNamed(call.param('toObjectType')),
  ];
  for (const type of pair) call.need(type.write.length > 0 ? type.write : type.read);
  return pair;
}

export function link(
  from: ObjectType,
  fromText: string,
  to: ObjectType,
  toText: string,
  typeId: number,
): Link {
  const [fromId, toId] = [parseId(fromText), parseId(toText)];
  if (fromId === undefined || toId === undefined) throw invalid('Ids must be whole numbers.');
  return { fromType: from.name, fromId, toType: to.name, toId, typeId };
}

export function typeIdOf(spec: AssociationSpec, from: ObjectType, to: ObjectType): number {
  const known = associationType(spec.associationTypeId);
  const fits = known?.from === from.name && known.to === to.name;
  if (spec.associationCategory !== 'HUBSPOT_DEFINED' || !fits) {
    throw invalid(
      `Association type ${spec.associationTypeId} does not lead from ${from.name} to ${to.name}.`,
    );
  }
  return spec.associationTypeId;
}

export function grouped(neighbours: readonly Neighbour[]): Map<string, Neighbour[]> {
  const groups = new Map<string, Neighbour[]>();
  for (const one of neighbours) {
    const group = groups.get(String(one.fromId));
    if (group === undefined) groups.set(String(one.fromId), [one]);
    else group.push(one);
  }
  return groups;
}

export function neighbourPage(all: readonly Neighbour[], size: number, key: 'to' | 'results') {
  const shown = all.slice(0, size);
  const last = shown.at(-1);
  return {
    [key]: shown.map(({ toId, typeIds }) => ({
      toObjectId: String(toId),
      associationTypes: typeIds.map((typeId) => {
        const label = associationType(typeId)?.label ?? null;
        return { category: 'HUBSPOT_DEFINED', typeId, ...(label === null ? {} : { label }) };
      }),
    })),
    ...(all.length > size && last !== undefined
      ? { paging: { next: { after: String(last.toId) } } }
      : {}),
  };
}

export function labels(one: Link, from: ObjectType, to: ObjectType) {
  const label = associationType(one.typeId)?.label ?? null;
  return {
    fromObjectTypeId: from.typeId,
    fromObjectId: String(one.fromId),
    toObjectTypeId: to.typeId,
    toObjectId: String(one.toId),
    labels: label === null ? [] : [label],
  };
}

export async function refuseUnknownEnds(
  sql: SqlClient,
  from: ObjectType,
  to: ObjectType,
  links: readonly Link[],
): Promise<void> {
  const ends = [
    { type: from, ids: new Set(links.map((one) => one.fromId)) },
    { type: to, ids: new Set(links.map((one) => one.toId)) },
  ];
  for (const { type, ids } of ends) {
    const known = await readObjects(sql, type, [...ids]);
    if (known.length < ids.size) throw objectNotFound(`Some ${type.singular} to associate`);
  }
}

export function defaultResults(from: ObjectType, to: ObjectType, pairs: readonly Link[]) {
  return pairs.flatMap((pair) => {
    const there = defaultAssociation(from.name, to.name);
    const one = (fromId: number, toId: number, typeId: number) => ({
      from: { id: String(fromId) },
      to: { id: String(toId) },
      associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId },
    });
    return [one(pair.fromId, pair.toId, there.typeId), one(pair.toId, pair.fromId, there.inverse)];
  });
}
