/** Property definitions and groups. */
import type { Clock } from '../../ports/clock.ts';
import type { ApiRoute, Call } from './api.ts';
import {
  ApiError,
  conflict,
  invalid,
  objectNotFound,
  partialError,
  readOnlyObject,
} from './api-error.ts';
import { OBJECT_TYPES, type ObjectType } from './object-types.ts';
import {
  type DefinitionInput,
  definitionFrom,
  definitionIsReadOnly,
  patchedDefinition,
} from './property-checks.ts';
import type { PropertyStore } from './property-store.ts';
import type { PropertyDefinition } from './property-values.ts';
import { batchBody, checkBatchSize, isTrue, typeFor, typeNamed } from './request-parts.ts';

const BASE = '/crm/v3/properties/:objectType';
const PER_OBJECT = 1_000;

export function propertyRoutes(store: PropertyStore, clock: Clock): readonly ApiRoute[] {
  const groupNames = async (type: ObjectType) =>
    new Set((await store.groups(type.name)).map((group) => group.name));
  const existing = async (type: ObjectType, name: string): Promise<PropertyDefinition> => {
    const found = (await store.definitions(type.name)).get(name);
    if (found === undefined) throw objectNotFound(`Property "${name.slice(0, 120)}"`);
    return found;
  };

  return [
    {
      method: 'get',
      path: `${BASE}/groups`,
      replies: { 200: 'properties.CollectionResponsePropertyGroupNoPaging' },
      handle: async (call) => ({
        status: 200,
        body: { results: await store.groups(typeFor(call, 'read').name) },
      }),
    },
    {
      method: 'post',
      path: `${BASE}/groups`,
      request: 'properties.PropertyGroupCreate',
      replies: { 201: 'properties.PropertyGroup' },
      async handle(call) {
        const type = schemaOf(call);
        const body = call.body as { name: string; label: string; displayOrder?: number };
        if (!/^[a-z][a-z0-9_-]{0,99}$/.test(body.name))
          throw invalid(`Group name "${body.name}" is not valid.`);
        if ((await groupNames(type)).has(body.name)) {
          throw conflict(
            `A group named '${body.name}' already exists.`,
            'Properties.PROPERTY_GROUP_WITH_NAME_EXISTS',
          );
        }
        const group = { ...body, displayOrder: body.displayOrder ?? -1, archived: false };
        await store.saveGroup(type.name, group);
        return { status: 201, body: group };
      },
    },
    {
      method: 'get',
      path: `${BASE}/groups/:groupName`,
      replies: { 200: 'properties.PropertyGroup' },
      handle: async (call) => ({
        status: 200,
        body: await groupOf(store, typeFor(call, 'read'), call),
      }),
    },
    {
      method: 'patch',
      path: `${BASE}/groups/:groupName`,
      request: 'properties.PropertyGroupUpdate',
      replies: { 200: 'properties.PropertyGroup' },
      async handle(call) {
        const type = schemaOf(call);
        const group = {
          ...(await groupOf(store, type, call)),
          ...(call.body as { label?: string }),
        };
        await store.saveGroup(type.name, group);
        return { status: 200, body: group };
      },
    },
    {
      method: 'delete',
      path: `${BASE}/groups/:groupName`,
      replies: {},
      async handle(call) {
        const type = schemaOf(call);
        await store.deleteGroup(type.name, (await groupOf(store, type, call)).name);
        return { status: 204 };
      },
    },
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
        const type = schemaOf(call);
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
        await store.save(type.name, made);
        return {
          status: errors.length > 0 ? 207 : 201,
          body: batchBody(startedAt, clock.now(), made, errors),
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
        const type = schemaOf(call);
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
        const type = schemaOf(call);
        const input = call.body as DefinitionInput;
        const known = await store.definitions(type.name);
        const definition = definitionFrom(input, await groupNames(type), known, clock.now());
        await store.save(type.name, [definition]);
        return { status: 201, body: definition };
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
        const type = schemaOf(call);
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
        const type = schemaOf(call);
        const definition = await existing(type, call.param('propertyName'));
        if (definition.hubspotDefined === true) throw definitionIsReadOnly(definition.name);
        await store.archive(type.name, [definition.name]);
        return { status: 204 };
      },
    },
    {
      method: 'get',
      path: '/crm/v3/limits/custom-properties',
      replies: { 200: 'own.PropertyLimits' },
      async handle() {
        const byObjectType = await Promise.all(
          OBJECT_TYPES.map(async (type) => {
            const all = [...(await store.definitions(type.name)).values()];
            const usage = all.filter((one) => one.hubspotDefined !== true).length;
            return {
              objectTypeId: type.typeId,
              singularLabel: type.singular,
              pluralLabel: type.name,
              limit: PER_OBJECT,
              usage,
              percentage: (usage / PER_OBJECT) * 100,
            };
          }),
        );
        const overallUsage = byObjectType.reduce((sum, one) => sum + one.usage, 0);
        const overallLimit = PER_OBJECT * byObjectType.length;
        const overallPercentage = (overallUsage / overallLimit) * 100;
        return {
          status: 200,
          body: { overallLimit, overallUsage, overallPercentage, byObjectType },
        };
      },
    },
  ];
}

/** The type whose definitions the caller may change. */
function schemaOf(call: Call): ObjectType {
  const type = typeNamed(call.param('objectType'));
  if (type.schemaWrite.length === 0) throw readOnlyObject(`${type.name} properties`);
  call.need(type.schemaWrite);
  return type;
}

async function groupOf(store: PropertyStore, type: ObjectType, call: Call) {
  const found = (await store.groups(type.name)).find(
    (group) => group.name === call.param('groupName'),
  );
  if (found === undefined) throw objectNotFound('The property group');
  return found;
}

const existsAlready = (name: string, message: string): Record<string, unknown> =>
  partialError({
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    message,
    context: { name: [name] },
  });
