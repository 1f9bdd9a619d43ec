/** Single records: list, read, create, update, archive, merge, privacy deletion. */
import type { Sql } from '../../ports/sql.ts';
import type { ApiRoute, Call, Reply } from './api.ts';
import { invalid, objectNotFound } from './api-error.ts';
import { checkedValues, type Definitions } from './checked-values.ts';
import { associationsOf } from './listed-associations.ts';
import { type CreationBody, newObjects, refuseTakenEmails } from './object-creation.ts';
import {
  listObjects,
  parseId,
  readObjects,
  readObjectsBy,
  type StoredObject,
  survivorOf,
} from './object-store.ts';
import { type ObjectType, objectTypeOf } from './object-types.ts';
import { presentObject, type Selection } from './present-object.ts';
import type { PropertyStore } from './property-store.ts';
import { afterOf, idOf, isTrue, limitOf, listOf, readable, typeFor } from './request-parts.ts';
import type { Writes } from './writes.ts';

export interface ObjectParts {
  readonly sql: Sql;
  readonly properties: PropertyStore;
  readonly writes: Writes;
}

const BASE = '/crm/v3/objects/:objectType';
const ONE = 'objects.SimplePublicObject';
const WITH_LINKS = 'objects.SimplePublicObjectWithAssociations';

export function objectRoutes(parts: ObjectParts): readonly ApiRoute[] {
  const { sql, properties, writes } = parts;
  return [
    {
      method: 'get',
      path: BASE,
      replies: { 200: 'objects.CollectionResponseSimplePublicObjectWithAssociationsForwardPaging' },
      handle: (call) => listPage(parts, call),
    },
    {
      method: 'post',
      path: `${BASE}/merge`,
      request: 'contacts.PublicMergeInput',
      replies: { 200: ONE },
      async handle(call) {
        const type = typeFor(call, 'write');
        if (!type.mergeable) throw invalid(`${type.name} cannot be merged.`);
        const body = call.body as { primaryObjectId: string; objectIdToMerge: string };
        const [primary, other] = [body.primaryObjectId, body.objectIdToMerge].map(parseId);
        if (primary === undefined || other === undefined || primary === other) {
          throw invalid('primaryObjectId and objectIdToMerge must be the ids of two records.');
        }
        const merged = await writes.merge(type, primary, other, call.actor);
        return {
          status: 200,
          body: presentObject(type, merged, await properties.definitions(type.name)),
        };
      },
    },
    {
      method: 'post',
      path: '/crm/v3/objects/contacts/gdpr-delete',
      request: 'contacts.PublicGdprDeleteInput',
      replies: {},
      async handle(call) {
        call.need(['crm.objects.contacts.write']);
        const type = objectTypeOf('contacts');
        const { objectId, idProperty } = call.body as { objectId: string; idProperty?: string };
        if (idProperty !== undefined && idProperty !== 'email')
          throw invalid('idProperty must be email.');
        const found =
          idProperty === 'email' ? await readObjectsBy(sql, type, 'email', [objectId]) : [];
        const id = idProperty === 'email' ? found[0]?.id : parseId(objectId);
        // An unknown person is as good as erased; the address merely goes on HubSpot's block list.
        if (id !== undefined) await writes.erase(type, id, call.actor);
        return { status: 204 };
      },
    },
    {
      method: 'post',
      path: BASE,
      request: 'objects.SimplePublicObjectInputForCreate',
      replies: { 201: ONE },
      async handle(call) {
        const type = typeFor(call, 'write');
        const definitions = await properties.definitions(type.name);
        const input = await newObjects(sql, type, definitions, [call.body as CreationBody]);
        const [made] = await writes.create(type, input, call.actor);
        if (made === undefined) throw new Error('The new record was not stored.');
        return {
          status: 201,
          body: presentObject(type, made, definitions, everything(definitions, made)),
        };
      },
    },
    {
      method: 'get',
      path: `${BASE}/:objectId`,
      replies: { 200: WITH_LINKS },
      async handle(call) {
        const type = typeFor(call, 'read');
        const object = await readOne(parts, type, call);
        const definitions = readable(call, type, await properties.definitions(type.name));
        const shown = presentObject(type, object, definitions, selectionOf(call.query));
        const links = await associationsOf(
          sql,
          type,
          [object.id],
          listOf(call.query, 'associations'),
        );
        return { status: 200, body: { ...shown, ...links.get(object.id) } };
      },
    },
    {
      method: 'patch',
      path: `${BASE}/:objectId`,
      request: 'objects.SimplePublicObjectInput',
      replies: { 200: ONE },
      async handle(call) {
        const type = typeFor(call, 'write');
        const definitions = await properties.definitions(type.name);
        const body = call.body as { properties: Record<string, string> };
        const [values] = checkedValues(definitions, [body.properties]);
        const before = await readOne(parts, type, call);
        await refuseTakenEmails(sql, type, [{ id: before.id, email: values?.['email'] }]);
        const [row] = await writes.update(
          type,
          [{ id: before.id, properties: values ?? {} }],
          call.actor,
        );
        if (row === undefined) throw objectNotFound('The record');
        const selection = { properties: Object.keys(body.properties), withHistory: [] };
        return { status: 200, body: presentObject(type, row, definitions, selection) };
      },
    },
    {
      method: 'delete',
      path: `${BASE}/:objectId`,
      replies: {},
      async handle(call) {
        const type = typeFor(call, 'write');
        await writes.archive(type, [idOf(call, 'objectId')], call.actor);
        return { status: 204 };
      },
    },
  ];
}

export const selectionOf = (query: URLSearchParams): Selection => ({
  properties: listOf(query, 'properties'),
  withHistory: listOf(query, 'propertiesWithHistory'),
});

/** A created record is answered with all that was set. */
export const everything = (definitions: Definitions, object: StoredObject): Selection => ({
  properties: Object.keys(object.properties).filter((name) => definitions.has(name)),
  withHistory: [],
});

async function listPage({ sql, properties }: ObjectParts, call: Call): Promise<Reply> {
  const type = typeFor(call, 'read');
  const selection = selectionOf(call.query);
  const limit = limitOf(call.query, 10, selection.withHistory.length > 0 ? 50 : 100);
  const page = { after: afterOf(call.query), limit, archived: isTrue(call.query, 'archived') };
  const rows = await listObjects(sql, type, page);
  const shown = rows.slice(0, limit);
  const definitions = readable(call, type, await properties.definitions(type.name));
  const links = await associationsOf(
    sql,
    type,
    shown.map((row) => row.id),
    listOf(call.query, 'associations'),
  );
  const last = shown.at(-1);
  return {
    status: 200,
    body: {
      results: shown.map((row) => ({
        ...presentObject(type, row, definitions, selection),
        ...links.get(row.id),
      })),
      ...(rows.length > limit && last !== undefined
        ? { paging: { next: { after: String(last.id) } } }
        : {}),
    },
  };
}

/** Single reads and updates follow a merged record to its survivor. */
async function readOne({ sql }: ObjectParts, type: ObjectType, call: Call): Promise<StoredObject> {
  const idProperty = call.query.get('idProperty');
  const key = call.param('objectId');
  const found =
    idProperty !== null && idProperty !== 'hs_object_id'
      ? await readObjectsBy(sql, type, idProperty, [key])
      : await readObjects(
          sql,
          type,
          [await survivorOf(sql, type, idOf(call, 'objectId'))],
          isTrue(call.query, 'archived'),
        );
  if (found[0] === undefined) throw objectNotFound(`${type.singular} with id ${key.slice(0, 100)}`);
  return found[0];
}
