/** Batches of up to 100 records, with HubSpot's partial answers. */
import type { Clock } from '../../ports/clock.ts';
import type { ApiRoute } from './api.ts';
import { invalid, partialError } from './api-error.ts';
import { checkedValues } from './checked-values.ts';
import { type CreationBody, newObjects, refuseTakenEmails } from './object-creation.ts';
import { everything, type ObjectParts } from './object-routes.ts';
import {
  parseId,
  parseIds,
  readObjects,
  readObjectsBy,
  type StoredObject,
} from './object-store.ts';
import type { ObjectType } from './object-types.ts';
import { presentObject } from './present-object.ts';
import { batchBody, checkBatchSize, isTrue, readable, typeFor } from './request-parts.ts';
import type { Knobs } from './settings.ts';

interface ReadBody {
  inputs: { id: string }[];
  properties: string[];
  propertiesWithHistory?: string[];
  idProperty?: string;
}
interface WriteInput {
  id: string;
  idProperty?: string;
  objectWriteTraceId?: string;
  properties: Record<string, string>;
}

const BASE = '/crm/v3/objects/:objectType/batch';
const WHOLE = 'objects.BatchResponseSimplePublicObject';
const PARTIAL = 'objects.BatchResponseSimplePublicObjectWithErrors';

interface BatchParts extends ObjectParts {
  readonly clock: Clock;
  readonly knobs: () => Knobs;
}

export function batchRoutes(parts: BatchParts): readonly ApiRoute[] {
  const { sql, properties, writes, clock, knobs } = parts;
  return [
    {
      method: 'post',
      path: `${BASE}/read`,
      request: 'objects.BatchReadInputSimplePublicObjectId',
      replies: { 200: WHOLE, 207: PARTIAL },
      async handle(call) {
        const startedAt = clock.now();
        const type = typeFor(call, 'read');
        const body = call.body as ReadBody;
        checkBatchSize(body.inputs);
        const asked = body.inputs.map((input) => input.id);
        const found = await readBatch(
          parts,
          type,
          asked,
          body.idProperty,
          isTrue(call.query, 'archived'),
        );
        const definitions = readable(call, type, await properties.definitions(type.name));
        const selection = {
          properties: body.properties,
          withHistory: body.propertiesWithHistory ?? [],
        };
        const results = found.rows.map((row) => presentObject(type, row, definitions, selection));
        const errors = missingErrors(type, found.missing);
        return {
          status: errors.length > 0 ? 207 : 200,
          body: batchBody(startedAt, clock.now(), results, errors),
        };
      },
    },
    {
      method: 'post',
      path: `${BASE}/create`,
      request: 'objects.BatchInputSimplePublicObjectBatchInputForCreate',
      replies: { 201: WHOLE },
      async handle(call) {
        const startedAt = clock.now();
        const type = typeFor(call, 'write');
        const { inputs } = call.body as {
          inputs: (CreationBody & { objectWriteTraceId?: string })[];
        };
        checkBatchSize(inputs);
        const definitions = await properties.definitions(type.name);
        const made = await writes.create(
          type,
          await newObjects(sql, type, definitions, inputs),
          call.actor,
        );
        const results = made.map((row, index) => ({
          ...presentObject(type, row, definitions, everything(definitions, row)),
          ...trace(inputs[index]),
        }));
        return { status: 201, body: batchBody(startedAt, clock.now(), results) };
      },
    },
    {
      method: 'post',
      path: `${BASE}/update`,
      request: 'objects.BatchInputSimplePublicObjectBatchInput',
      replies: { 200: WHOLE, 207: PARTIAL },
      async handle(call) {
        const startedAt = clock.now();
        const type = typeFor(call, 'write');
        const { inputs } = call.body as { inputs: WriteInput[] };
        checkBatchSize(inputs);
        const definitions = await properties.definitions(type.name);
        const values = checkedValues(
          definitions,
          inputs.map((input) => input.properties),
        );
        const ids = await idsOf(type, inputs);
        const known = ids.filter((id) => id !== undefined);
        refuseByRule(known, knobs().rateRefused);
        if (new Set(known).size < known.length)
          throw invalid('Duplicate IDs found in batch input.');
        const patches = ids.flatMap((id, index) =>
          id === undefined ? [] : [{ id, properties: values[index] ?? {} }],
        );
        await refuseTakenEmails(
          sql,
          type,
          patches.map((p) => ({ id: p.id, email: p.properties['email'] })),
        );
        const rows = new Map(
          (await writes.update(type, patches, call.actor)).map((row) => [row.id, row]),
        );
        const results = inputs.flatMap((input, index) => {
          const row = rows.get(ids[index] ?? -1);
          if (row === undefined) return [];
          const selection = { properties: Object.keys(input.properties), withHistory: [] };
          return [{ ...presentObject(type, row, definitions, selection), ...trace(input) }];
        });
        const errors = missingErrors(
          type,
          inputs.filter((_input, index) => !rows.has(ids[index] ?? -1)).map((input) => input.id),
          inputs,
        );
        return {
          status: errors.length > 0 ? 207 : 200,
          body: batchBody(startedAt, clock.now(), results, errors),
        };
      },
    },
    {
      method: 'post',
      path: `${BASE}/upsert`,
      request: 'objects.BatchInputSimplePublicObjectBatchInputUpsert',
      replies: { 200: 'objects.BatchResponseSimplePublicUpsertObject' },
      async handle(call) {
        const startedAt = clock.now();
        const type = typeFor(call, 'write');
        const { inputs } = call.body as { inputs: WriteInput[] };
        checkBatchSize(inputs);
        const definitions = await properties.definitions(type.name);
        const keyed = inputs.map((input) => {
          const unique =
            input.idProperty === 'email' || definitions.get(input.idProperty ?? '')?.hasUniqueValue;
          if (input.idProperty === undefined || unique !== true)
            throw invalid('idProperty must be a unique property.');
          return { ...input, properties: { ...input.properties, [input.idProperty]: input.id } };
        });
        const values = checkedValues(
          definitions,
          keyed.map((input) => input.properties),
        );
        const ids = await idsOf(type, keyed);
        const fresh = keyed.filter((_input, index) => ids[index] === undefined);
        const patches = ids.flatMap((id, index) =>
          id === undefined ? [] : [{ id, properties: values[index] ?? {} }],
        );
        const created = await writes.create(
          type,
          await newObjects(sql, type, definitions, fresh),
          call.actor,
        );
        const updated = await writes.update(type, patches, call.actor);
        const show = (row: StoredObject, isNew: boolean) => ({
          ...presentObject(type, row, definitions, everything(definitions, row)),
          new: isNew,
        });
        // This model alone knows no null.
        const results = [
          ...created.map((row) => show(row, true)),
          ...updated.map((row) => show(row, false)),
        ];
        return { status: 200, body: batchBody(startedAt, clock.now(), results) };
      },
    },
    {
      method: 'post',
      path: `${BASE}/archive`,
      request: 'objects.BatchInputSimplePublicObjectId',
      replies: {},
      async handle(call) {
        const type = typeFor(call, 'write');
        const { inputs } = call.body as { inputs: { id: string }[] };
        checkBatchSize(inputs);
        await writes.archive(type, parseIds(inputs.map((input) => input.id)), call.actor);
        return { status: 204 };
      },
    },
  ];

  /** One id per input; `undefined` where nothing can be meant. */
  async function idsOf(type: ObjectType, inputs: readonly WriteInput[]) {
    return Promise.all(
      inputs.map(async ({ id, idProperty }) =>
        idProperty === undefined
          ? parseId(id)
          : (await readObjectsBy(sql, type, idProperty, [id]))[0]?.id,
      ),
    );
  }
}

const trace = (input: { objectWriteTraceId?: string } | undefined) =>
  input?.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: input.objectWriteTraceId };

async function readBatch(
  { sql }: ObjectParts,
  type: ObjectType,
  asked: readonly string[],
  idProperty: string | undefined,
  archived: boolean,
): Promise<{ rows: StoredObject[]; missing: string[] }> {
  const byOther = idProperty !== undefined && idProperty !== 'hs_object_id';
  const rows = byOther
    ? await readObjectsBy(sql, type, idProperty, asked)
    : await readObjects(sql, type, parseIds(asked), archived);
  const have = new Set(
    rows.map((row) =>
      byOther ? (row.properties[idProperty] ?? '').toLowerCase() : String(row.id),
    ),
  );
  return { rows, missing: asked.filter((id) => !have.has(byOther ? id.toLowerCase() : id)) };
}

function missingErrors(
  type: ObjectType,
  missing: readonly string[],
  inputs: readonly WriteInput[] = [],
): Record<string, unknown>[] {
  if (missing.length === 0) return [];
  const traces = inputs
    .filter((input) => missing.includes(input.id))
    .flatMap((input) => input.objectWriteTraceId ?? []);
  return [
    partialError({
      category: 'OBJECT_NOT_FOUND',
      message: `Could not get some ${type.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
      context: { ids: missing, ...(traces.length === 0 ? {} : { objectWriteTraceId: traces }) },
    }),
  ];
}

/** A rule of the account's own refuses the whole batch for one record, and does not say which. */
function refuseByRule(ids: readonly number[], share: number): void {
  // Spread by the golden ratio, so that the same records are refused each time.
  const refused = ids.filter((id) => (id * 0.618_033_988_749_895) % 1 < share);
  if (refused.length > 0)
    throw invalid('A validation rule of this account was not met.', [
      { message: 'A required property is missing.', code: 'MISSING_REQUIRED_PROPERTY' },
    ]);
}
