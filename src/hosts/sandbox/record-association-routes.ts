/** Associations, version 4, of one record at a time. */
import type { ApiRoute } from './api.ts';
import {
  defaultResults,
  link,
  neighbourPage,
  PAGE,
  pairFor,
  refuseUnknownEnds,
} from './association-parts.ts';
import type { AssociationParts } from './association-routes.ts';
import { readNeighbours } from './association-store.ts';
import { afterOf, batchBody, idOf, limitOf } from './request-parts.ts';

export function recordAssociationRoutes({
  sql,
  clock,
  writes,
}: AssociationParts): readonly ApiRoute[] {
  return [
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
        await refuseUnknownEnds(sql, from, to, [pair]);
        await writes.linkByDefault([pair], call.actor);
        return {
          status: 200,
          body: batchBody(startedAt, clock.now(), defaultResults(from, to, [pair])),
        };
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
}
