/** Property definitions. */
import type { Clock } from '../../ports/clock.ts';
import type { ApiRoute } from './api.ts';
import { ApiError, invalid, objectNotFound, partialError } from './api-error.ts';
import type { ObjectType } from './object-types.ts';
import {
  type DefinitionInput,
  definitionFrom,
  definitionIsReadOnly,
  patchedDefinition,
} from './property-checks.ts';
import type { PropertyStore } from './property-store.ts';
import type { PropertyDefinition } from './property-values.ts';
import { batchBody, checkBatchSize, isTrue, schemaFor, typeFor } from './request-parts.ts';
import type { Knobs } from './settings.ts';

const BASE = '/crm/v3/properties/:objectType';

export function propertyRoutes(
  store: PropertyStore,
  clock: Clock,
  knobs: () => Knobs,
): readonly ApiRoute[] {
  const groupNames = async (type: ObjectType) =>
    new Set((await store.groups(type.name)).map((group) => group.name));
  const existing = async (type: ObjectType, name: string): Promise<PropertyDefinition> => {
    const found = (await store.definitions(type.name)).get(name);
    if (found === undefined) throw objectNotFound(`Property "${name.slice(0, 120)}"`);
    return found;
  };

  /** Takes the definitions, or brings archived ones of their names back as they were. */
  const saved = async (type: ObjectType, made: readonly PropertyDefinition[]) => {
    const living = [...(await store.definitions(type.name)).values()];
    const own = living.filter((one) => one.hubspotDefined !== true).length;
    if (own + made.length > knobs().propertyLimit)
      throw invalid('This account has reached its limit of custom properties.', [
        { message: 'Too many properties.', code: 'PROPERTY_LIMIT_REACHED' },
      ]);
    const archived = new Map((await store.archived(type.name)).map((one) => [one.name, one]));
    const kept = made.map((one) => {
      const former = archived.get(one.name);
      if (former === undefined) return one;
      const { archivedAt: _, ...definition } = former;
      return { ...definition, archived: false };
    });
    await store.save(type.name, kept);
    return kept;
  };

  return [
    {
      method: 'post',
      path: `${BASE}/batch/create`,
      request: 'properties.BatchInputPropertyCreate',
      replies: {
        201: 'properties.BatchResponseProperty',
        207: 'properties.BatchResponsePropertyWithErrors',
      },
      async handle(call) {
        const startedAt = clock.now();
        const type = schemaFor(call);
        const { inputs } = call.body as { inputs: DefinitionInput[] };
        checkBatchSize(inputs);
        const groups = await groupNames(type);
        const known = new Map(await store.definitions(type.name));
        const made: PropertyDefinition[] = [];
        const errors: Record<string, unknown>[] = [];
        for (const input of inputs) {
          try {
            const definition = definitionFrom(input, groups, known, clock.now());
            known.set(input.name, definition);
            made.push(definition);
          } catch (error) {
            // What exists already is a partial error; anything else refuses the batch.
            if (!(error instanceof ApiError) || error.status !== 409) throw error;
            errors.push(existsAlready(input.name, error.message));
          }
        }
        return {
          status: errors.length > 0 ? 207 : 201,
          body: batchBody(startedAt, clock.now(), await saved(type, made), errors),
        };
      },
    },
    {
      method: 'post',
      path: `${BASE}/batch/read`,
      request: 'properties.BatchReadInputPropertyName',
      replies: {
        200: 'properties.BatchResponseProperty',
        207: 'properties.BatchResponsePropertyWithErrors',
      },
      async handle(call) {
        const startedAt = clock.now();
        const type = typeFor(call, 'read');
        const body = call.body as { archived: boolean; inputs: { name: string }[] };
        checkBatchSize(body.inputs);
        const all = body.archived
          ? new Map((await store.archived(type.name)).map((one) => [one.name, one]))
          : await store.definitions(type.name);
        const names = body.inputs.map((input) => input.name);
        const missing = names.filter((name) => !all.has(name));
        const results = names.flatMap((name) => all.get(name) ?? []);
        const errors = missing.map((name) =>
          partialError({
            category: 'OBJECT_NOT_FOUND',
            message: `Property "${name.slice(0, 120)}" was not found.`,
            context: { name: [name] },
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
      path: `${BASE}/batch/archive`,
      request: 'properties.BatchInputPropertyName',
      replies: {},
      async handle(call) {
        const type = schemaFor(call);
        const { inputs } = call.body as { inputs: { name: string }[] };
        checkBatchSize(inputs);
        const known = await store.definitions(type.name);
        const names = inputs
          .map((input) => input.name)
          .filter((name) => known.get(name)?.hubspotDefined === false);
        await store.archive(type.name, names);
        return { status: 204 };
      },
    },
    {
      method: 'get',
      path: BASE,
      replies: { 200: 'properties.CollectionResponsePropertyNoPaging' },
      async handle(call) {
        const type = typeFor(call, 'read');
        const archived = isTrue(call.query, 'archived');
        const results = archived
          ? await store.archived(type.name)
          : [...(await store.definitions(type.name)).values()];
        return { status: 200, body: { results } };
      },
    },
    {
      method: 'post',
      path: BASE,
      request: 'properties.PropertyCreate',
      replies: { 201: 'properties.Property' },
      async handle(call) {
        const type = schemaFor(call);
        const input = call.body as DefinitionInput;
        const known = await store.definitions(type.name);
        const definition = definitionFrom(input, await groupNames(type), known, clock.now());
        return { status: 201, body: (await saved(type, [definition]))[0] };
      },
    },
    {
      method: 'get',
      path: `${BASE}/:propertyName`,
      replies: { 200: 'properties.Property' },
      async handle(call) {
        const type = typeFor(call, 'read');
        if (!isTrue(call.query, 'archived')) {
          return { status: 200, body: await existing(type, call.param('propertyName')) };
        }
        const found = (await store.archived(type.name)).find(
          (one) => one.name === call.param('propertyName'),
        );
        if (found === undefined) throw objectNotFound('The archived property');
        return { status: 200, body: found };
      },
    },
    {
      method: 'patch',
      path: `${BASE}/:propertyName`,
      request: 'properties.PropertyUpdate',
      replies: { 200: 'properties.Property' },
      async handle(call) {
        const type = schemaFor(call);
        const before = await existing(type, call.param('propertyName'));
        const patch = call.body as Partial<DefinitionInput>;
        const definition = patchedDefinition(before, patch, await groupNames(type), clock.now());
        await store.save(type.name, [definition]);
        return { status: 200, body: definition };
      },
    },
    {
      method: 'delete',
      path: `${BASE}/:propertyName`,
      replies: {},
      async handle(call) {
        const type = schemaFor(call);
        const definition = await existing(type, call.param('propertyName'));
        if (definition.hubspotDefined === true) throw definitionIsReadOnly(definition.name);
        await store.archive(type.name, [definition.name]);
        return { status: 204 };
      },
    },
  ];
}

const existsAlready = (name: string, message: string): Record<string, unknown> =>
  partialError({
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    message,
    context: { name: [name] },
  });
