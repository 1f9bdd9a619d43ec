/** Property groups, and how many properties of its own an account has. */
import type { ApiRoute, Call } from './api.ts';
import { conflict, invalid, objectNotFound } from './api-error.ts';
import { OBJECT_TYPES, type ObjectType } from './object-types.ts';
import type { PropertyStore } from './property-store.ts';
import { schemaFor, typeFor } from './request-parts.ts';
import type { Knobs } from './settings.ts';

const BASE = '/crm/v3/properties/:objectType';

export function propertyGroupRoutes(store: PropertyStore, knobs: () => Knobs): readonly ApiRoute[] {
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
        const type = schemaFor(call);
        const body = call.body as { name: string; label: string; displayOrder?: number };
        if (!/^[a-z][a-z0-9_-]{0,99}$/.test(body.name))
          throw invalid(`Group name "${body.name}" is not valid.`);
        if ((await store.groups(type.name)).some((group) => group.name === body.name)) {
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
        const type = schemaFor(call);
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
        const type = schemaFor(call);
        await store.deleteGroup(type.name, (await groupOf(store, type, call)).name);
        return { status: 204 };
      },
    },
    {
      method: 'get',
      path: '/crm/v3/limits/custom-properties',
      replies: { 200: 'own.PropertyLimits' },
      async handle() {
        const limit = knobs().propertyLimit;
        const byObjectType = await Promise.all(
          OBJECT_TYPES.map(async (type) => {
            const all = [...(await store.definitions(type.name)).values()];
            const usage = all.filter((one) => one.hubspotDefined !== true).length;
            return {
              objectTypeId: type.typeId,
              singularLabel: type.singular,
              pluralLabel: type.name,
              limit,
              usage,
              percentage: limit === 0 ? 100 : (usage / limit) * 100,
            };
          }),
        );
        const overallUsage = byObjectType.reduce((sum, one) => sum + one.usage, 0);
        const overallLimit = limit * byObjectType.length;
        const overallPercentage = limit === 0 ? 100 : (overallUsage / overallLimit) * 100;
        return {
          status: 200,
          body: { overallLimit, overallUsage, overallPercentage, byObjectType },
        };
      },
    },
  ];
}

async function groupOf(store: PropertyStore, type: ObjectType, call: Call) {
  const found = (await store.groups(type.name)).find(
    (group) => group.name === call.param('groupName'),
  );
  if (found === undefined) throw objectNotFound('The property group');
  return found;
}
