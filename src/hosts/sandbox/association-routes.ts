/** Associations, version 4, in batches. */
import type { Clock } from '../../ports/clock.ts';
import type { Sql } from '../../ports/sql.ts';
import type { ApiRoute } from './api.ts';
import { partialError } from './api-error.ts';
import {
  type AssociationSpec,
  defaultResults,
  grouped,
  labels,
  link,
  neighbourPage,
  PAGE,
  pairFor,
  refuseUnknownEnds,
  typeIdOf,
} from './association-parts.ts';
import { readNeighbours } from './association-store.ts';
import { defaultAssociation, primaryAssociation } from './association-types.ts';
import { parseId, parseIds } from './object-store.ts';
import { batchBody, checkBatchSize } from './request-parts.ts';
import type { Writes } from './writes.ts';

interface Id {
  id: string;
}

const BATCH = '/crm/v4/associations/:fromObjectType/:toObjectType';
const LIMITS = { read: 1_000, create: 2_000, archive: 100 } as const;

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
        const { inputs } = call.body as {
          inputs: { from: Id; to: Id; types: AssociationSpec[] }[];
        };
        checkBatchSize(inputs, LIMITS.create);
        const links = inputs.flatMap((input) =>
          input.types.map((spec) =>
            link(from, input.from.id, to, input.to.id, typeIdOf(spec, from, to)),
          ),
        );
        await refuseUnknownEnds(sql, from, to, links);
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
        await refuseUnknownEnds(sql, from, to, pairs);
        await writes.linkByDefault(pairs, call.actor);
        return {
          status: 200,
          body: batchBody(startedAt, clock.now(), defaultResults(from, to, pairs)),
        };
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
  ];
}
