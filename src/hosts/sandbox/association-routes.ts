/** Associations, version 4: batch read, create, archive and the single-record forms. */
import type { Clock } from '../../ports/clock.ts';
import type { Sql } from '../../ports/sql.ts';
import type { ApiRoute, Call } from './api.ts';
import { invalid, objectNotFound, partialError } from './api-error.ts';
import { type Link, type Neighbour, readNeighbours } from './association-store.ts';
import { associationType, defaultAssociation, primaryAssociation } from './association-types.ts';
import { parseId, parseIds, readObjects } from './object-store.ts';
import type { ObjectType } from './object-types.ts';
import {
  afterOf,
  batchBody,
  checkBatchSize,
  idOf,
  limitOf,
  typeFor,
  typeNamed,
} from './request-parts.ts';
import type { Writes } from './writes.ts';

interface Spec {
  associationCategory: string;
  associationTypeId: number;
}
interface Id {
  id: string;
}

const BATCH = '/crm/v4/associations/:fromObjectType/:toObjectType';
const LIMITS = { read: 1_000, create: 2_000, archive: 100 } as const;
/** Neighbours of one record per page. */
const PAGE = 500;

export interface AssociationParts {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly writes: Writes;
}

export function associationRoutes({ sql, clock, writes }: AssociationParts): readonly ApiRoute[] {
  return [
    {
      method: 'post',
      path: `${BATCH}/batch/read`,
      request: 'associations.BatchInputPublicFetchAssociationsBatchRequest',
      replies: {
        200: 'associations.BatchResponsePublicAssociationMultiWithLabel',
        207: 'associations.BatchResponsePublicAssociationMultiWithLabelWithErrors',
      },
      async handle(call) {
        const startedAt = clock.now();
        const [from, to] = pairFor(call, 'read');
        const { inputs } = call.body as { inputs: { id: string; after?: string }[] };
        checkBatchSize(inputs, LIMITS.read);
        const ids = [...new Set(inputs.map((input) => input.id))];
        const byFrom = grouped(await readNeighbours(sql, from.name, to.name, parseIds(ids)));
        const afters = new Map(inputs.map((input) => [input.id, parseId(input.after ?? '0') ?? 0]));
        const results = ids.flatMap((id) => {
          const all = (byFrom.get(id) ?? []).filter(({ toId }) => toId > (afters.get(id) ?? 0));
          return all.length === 0 ? [] : [{ from: { id }, ...neighbourPage(all, PAGE, 'to') }];
        });
        const errors = ids
          .filter((id) => !byFrom.has(id))
          .map((id) =>
            partialError({
              category: 'OBJECT_NOT_FOUND',
              subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
              message: `No ${to.singular} is associated with ${from.singular} ${id}.`,
              context: {
                fromObjectId: [id],
                fromObjectType: [from.singular],
                toObjectType: [to.singular],
              },
            }),
          );
        return {
          status: errors.length > 0 ? 207 : 200,
          body: batchBody(startedAt, clock.now(), results, errors),
        };
      },
    },
    {
      method: 'post',
      path: `${BATCH}/batch/create`,
      request: 'associations.BatchInputPublicAssociationMultiPost',
      replies: { 201: 'associations.BatchResponseLabelsBetweenObjectPair' },
      async handle(call) {
        const startedAt = clock.now();
        const [from, to] = pairFor(call, 'write');
        const { inputs } = call.body as { inputs: { from: Id; to: Id; types: Spec[] }[] };
        checkBatchSize(inputs, LIMITS.create);
        const links = inputs.flatMap((input) =>
          input.types.map((spec) =>
            link(from, input.from.id, to, input.to.id, typeIdOf(spec, from, to)),
          ),
        );
        await refuseUnknownEnds(from, to, links);
        await writes.link(links, call.actor);
        return {
          status: 201,
          body: batchBody(
            startedAt,
            clock.now(),
            links.map((one) => labels(one, from, to)),
          ),
        };
      },
    },
    {
      method: 'post',
      path: `${BATCH}/batch/associate/default`,
      request: 'associations.BatchInputPublicDefaultAssociationMultiPost',
      replies: { 200: 'associations.BatchResponsePublicDefaultAssociation' },
      async handle(call) {
        const startedAt = clock.now();
        const [from, to] = pairFor(call, 'write');
        const { inputs } = call.body as { inputs: { from: Id; to: Id }[] };
        checkBatchSize(inputs, LIMITS.create);
        const pairs = inputs.map((input) => link(from, input.from.id, to, input.to.id, 0));
        await refuseUnknownEnds(from, to, pairs);
        await writes.linkByDefault(pairs, call.actor);
        return { status: 200, body: defaultBody(startedAt, from, to, pairs) };
      },
    },
    {
      method: 'post',
      path: `${BATCH}/batch/archive`,
      request: 'associations.BatchInputPublicAssociationMultiArchive',
      replies: {},
      async handle(call) {
        const [from, to] = pairFor(call, 'write');
        const { inputs } = call.body as { inputs: { from: Id; to: Id[] }[] };
        checkBatchSize(inputs, LIMITS.archive);
        const links = inputs.flatMap((input) =>
          input.to.map((end) => link(from, input.from.id, to, end.id, 0)),
        );
        await writes.unlink(links, call.actor);
        return { status: 204 };
      },
    },
    {
      method: 'get',
      path: `${BATCH}/labels`,
      replies: { 200: 'own.AssociationLabels' },
      async handle(call) {
        const [from, to] = pairFor(call, 'read');
        const types = [
          defaultAssociation(from.name, to.name),
          primaryAssociation(from.name, to.name),
        ];
        const results = types.flatMap((type) =>
          type === undefined
            ? []
            : [{ category: 'HUBSPOT_DEFINED', typeId: type.typeId, label: type.label }],
        );
        return { status: 200, body: { results } };
      },
    },
    {
      method: 'get',
      path: '/crm/v4/objects/:fromObjectType/:objectId/associations/:toObjectType',
      replies: {
        200: 'associations.CollectionResponseMultiAssociatedObjectWithLabelForwardPaging',
      },
      async handle(call) {
        const [from, to] = pairFor(call, 'read');
        const id = idOf(call, 'objectId');
        const all = await readNeighbours(sql, from.name, to.name, [id]);
        const rest = all.filter(({ toId }) => toId > afterOf(call.query));
        return {
          status: 200,
          body: neighbourPage(rest, limitOf(call.query, PAGE, PAGE), 'results'),
        };
      },
    },
    {
      method: 'put',
      path: '/crm/v4/objects/:fromObjectType/:fromObjectId/associations/default/:toObjectType/:toObjectId',
      replies: { 200: 'associations.BatchResponsePublicDefaultAssociation' },
      async handle(call) {
        const startedAt = clock.now();
        const [from, to] = pairFor(call, 'write');
        const pair = link(from, call.param('fromObjectId'), to, call.param('toObjectId'), 0);
        await refuseUnknownEnds(from, to, [pair]);
        await writes.linkByDefault([pair], call.actor);
        return { status: 200, body: defaultBody(startedAt, from, to, [pair]) };
      },
    },
    {
      method: 'delete',
      path: '/crm/v4/objects/:fromObjectType/:fromObjectId/associations/:toObjectType/:toObjectId',
      replies: {},
      async handle(call) {
        const [from, to] = pairFor(call, 'write');
        const pair = link(from, call.param('fromObjectId'), to, call.param('toObjectId'), 0);
        await writes.unlink([pair], call.actor);
        return { status: 204 };
      },
    },
  ];

  async function refuseUnknownEnds(
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

  function defaultBody(startedAt: Date, from: ObjectType, to: ObjectType, pairs: readonly Link[]) {
    const results = pairs.flatMap((pair) => {
      const there = defaultAssociation(from.name, to.name);
      const one = (fromId: number, toId: number, typeId: number) => ({
        from: { id: String(fromId) },
        to: { id: String(toId) },
        associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId },
      });
      return [
        one(pair.fromId, pair.toId, there.typeId),
        one(pair.toId, pair.fromId, there.inverse),
      ];
    });
    return batchBody(startedAt, clock.now(), results);
  }
}

function pairFor(call: Call, access: 'read' | 'write'): [from: ObjectType, to: ObjectType] {
  if (access === 'read')
    return [typeFor(call, 'read', 'fromObjectType'), typeFor(call, 'read', 'toObjectType')];
  const pair: [ObjectType, ObjectType] = [
    typeNamed(call.param('fromObjectType')),
    typeNamed(call.param('toObjectType')),
  ];
  for (const type of pair) call.need(type.write.length > 0 ? type.write : type.read);
  return pair;
}

function link(
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

function typeIdOf(spec: Spec, from: ObjectType, to: ObjectType): number {
  const known = associationType(spec.associationTypeId);
  const fits = known?.from === from.name && known.to === to.name;
  if (spec.associationCategory !== 'HUBSPOT_DEFINED' || !fits) {
    throw invalid(
      `Association type ${spec.associationTypeId} does not lead from ${from.name} to ${to.name}.`,
    );
  }
  return spec.associationTypeId;
}

function grouped(neighbours: readonly Neighbour[]): Map<string, Neighbour[]> {
  const groups = new Map<string, Neighbour[]>();
  for (const one of neighbours) {
    const group = groups.get(String(one.fromId));
    if (group === undefined) groups.set(String(one.fromId), [one]);
    else group.push(one);
  }
  return groups;
}

function neighbourPage(all: readonly Neighbour[], size: number, key: 'to' | 'results') {
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

function labels(one: Link, from: ObjectType, to: ObjectType) {
  const label = associationType(one.typeId)?.label ?? null;
  return {
    fromObjectTypeId: from.typeId,
    fromObjectId: String(one.fromId),
    toObjectTypeId: to.typeId,
    toObjectId: String(one.toId),
    labels: label === null ? [] : [label],
  };
}
