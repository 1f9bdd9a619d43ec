/** Brings a portal's property definitions to what the manifest declares: creates, mends, never deletes. */
import type { Client } from '@hubspot/api-client';
import { z } from 'zod';
import { RapportError } from '../../core/errors.ts';
import type { Manifest, ManifestProperty, WrittenKind } from '../../core/manifest.ts';
import { chosenProperties, WRITTEN_KINDS } from '../../core/manifest.ts';
import type { TenantSettings } from '../../core/tenant.ts';
import type { Topic } from '../../core/topic.ts';
import type { EnsuredProperties } from '../../ports/host.ts';
import { CRM_API_VERSION } from './api-version.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { type Call, type HeldOption, joined } from './property-options.ts';

/**
 * What exists is read first, because a batch creation is not idempotent: the missing are created
 * (HubSpot brings an archived one of that name back, with whatever definition it had), then what
 * differs is mended. Where the account has no room for all, those people set get it, then the core ones.
 */
export async function ensureProperties(
  manifest: Manifest,
  { properties, feedback }: Pick<TenantSettings, 'properties' | 'feedback'>,
  call: Call,
): Promise<EnsuredProperties> {
  const done: Record<keyof EnsuredProperties, string[]> = {
    created: [],
    patched: [],
    noRoom: [],
    refused: [],
  };
  const room = await freeRoom(call);
  for (const kind of WRITTEN_KINDS) {
    const { plural, typeId } = OBJECT_TYPES[kind];
    const named = (properties: readonly PropertyDefinition[]) =>
      properties.map((p) => `${kind}.${p.name}`);
    const wanted = inOrder(chosenProperties(manifest, kind, properties.optional)).map((p) =>
      definition(
        p.optionsFrom === 'topics' ? withTopics(p, feedback.topics) : p,
        manifest.propertyGroup.name,
      ),
    );
    try {
      await ensureGroup(manifest, kind, call);
      const before = await readDefinitions(plural, call);
      const missing = wanted.filter((p) => !before.has(p.name));
      const fitting = missing.slice(0, Math.max(0, room.get(typeId) ?? missing.length));
      const made = await create(plural, fitting, call);
      done.created.push(...named(made.created));
      done.noRoom.push(...named(missing.slice(fitting.length)));
      done.refused.push(...named(made.refused));
      const held = made.created.length === 0 ? before : await readDefinitions(plural, call);
      for (const property of wanted) {
        const present = held.get(property.name);
        const patch = present === undefined ? null : patchOf(property, present);
        if (patch === null) continue;
        if (await taken(call, (c) => c.crm.properties.coreApi.update(plural, property.name, patch)))
          done.patched.push(...named([property]));
        else done.refused.push(...named([property]));
      }
    } catch (error) {
      // Reading and scoring go on without the right to define properties of one object.
      if (!isRefusal(error, 'missing_scope')) throw error;
      done.refused.push(...named(wanted));
    }
  }
  return done;
}

export async function readDefinitions(
  plural: string,
  call: Call,
): Promise<Map<string, HeldProperty>> {
  const present = await call((c) => c.crm.properties.coreApi.getAll(plural));
  return new Map(present.results.map((p) => [p.name, p]));
}

async function ensureGroup(manifest: Manifest, kind: WrittenKind, call: Call): Promise<void> {
  const { plural } = OBJECT_TYPES[kind];
  const { name, label } = manifest.propertyGroup;
  const groups = await call((c) => c.crm.properties.groupsApi.getAll(plural));
  if (groups.results.some((g) => g.name === name)) return;
  // Another worker may just have made it.
  await taken(call, (c) =>
    c.crm.properties.groupsApi.create(plural, { name, label, displayOrder: -1 }),
  );
}

interface Created {
  readonly created: readonly PropertyDefinition[];
  readonly refused: readonly PropertyDefinition[];
}

/** All at once; singly when HubSpot refuses the batch, so that one definition never costs the others. */
async function create(
  plural: string,
  inputs: readonly PropertyDefinition[],
  call: Call,
): Promise<Created> {
  if (inputs.length === 0) return { created: [], refused: [] };
  const whole = await taken(call, (c) =>
    c.crm.properties.batchApi.create(plural, { inputs: [...inputs] }),
  );
  if (whole) return { created: inputs, refused: [] };
  const created: PropertyDefinition[] = [];
  const refused: PropertyDefinition[] = [];
  for (const input of inputs) {
    try {
      await call((c) => c.crm.properties.coreApi.create(plural, input));
      created.push(input);
    } catch (error) {
      // Made meanwhile, by a worker of ours or by a person: it is mended like any other.
      if (isRefusal(error, 'already_exists')) created.push(input);
      else if (isRefusal(error, 'host_rejected')) refused.push(input);
      else throw error;
    }
  }
  return { created, refused };
}

/** Whether HubSpot took it; refusals of the thing itself are `false`, everything else is thrown. */
async function taken(call: Call, run: (client: Client) => Promise<unknown>): Promise<boolean> {
  try {
    await call(run);
    return true;
  } catch (error) {
    if (isRefusal(error, 'already_exists') || isRefusal(error, 'host_rejected')) return false;
    throw error;
  }
}

const isRefusal = (error: unknown, code: RapportError['code']): boolean =>
  error instanceof RapportError && error.code === code;

const limits = z.object({
  overallLimit: z.number(),
  overallUsage: z.number(),
  byObjectType: z.array(
    z.object({ objectTypeId: z.string(), limit: z.number(), usage: z.number() }),
  ),
});

/** Free custom properties by object type id; nothing is known where the account does not say. */
async function freeRoom(call: Call): Promise<ReadonlyMap<string, number>> {
  const answer = await call(async (c) => {
    const response = await c.apiRequest({
      method: 'GET',
      path: `/crm/${CRM_API_VERSION}/limits/custom-properties`,
    });
    return response.ok ? ((await response.json().catch(() => null)) as unknown) : null;
  });
  const found = limits.safeParse(answer);
  if (!found.success) return new Map();
  const { overallLimit, overallUsage, byObjectType } = found.data;
  return new Map(
    byObjectType.map(({ objectTypeId, limit, usage }) => [
      objectTypeId,
      Math.min(limit - usage, overallLimit - overallUsage),
    ]),
  );
}

function definition(property: ManifestProperty, groupName: string) {
  return {
    name: property.name,
    label: property.label,
    description: property.description,
    type: property.type,
    fieldType: property.fieldType,
    groupName,
    ...(property.options === undefined
      ? {}
      : {
          options: Object.entries(property.options).map(([value, label], displayOrder) => ({
            value,
            label,
            hidden: false,
            displayOrder,
          })),
        }),
  } as PropertyDefinition;
}

/** The client's enums are string enums of the same words. */
type PropertyDefinition = Parameters<Client['crm']['properties']['coreApi']['create']>[1];
type PropertyPatch = Parameters<Client['crm']['properties']['coreApi']['update']>[2];

export interface HeldProperty {
  readonly type?: string;
  readonly fieldType?: string;
  readonly options?: readonly HeldOption[];
}

/**
 * What is to be mended, or `null`: another type or field, and options of ours that are missing.
 * Labels and further options belong to the admin once they exist, so a patch keeps them.
 */
function patchOf(wanted: PropertyDefinition, held: HeldProperty): PropertyPatch | null {
  const present = held.options ?? [];
  const options = joined(present, wanted.options ?? []);
  const retyped = held.type !== String(wanted.type) || held.fieldType !== String(wanted.fieldType);
  if (!retyped && options.length === present.length) return null;
  const patch: Record<string, unknown> = {
    ...(retyped ? { type: wanted.type, fieldType: wanted.fieldType } : {}),
    ...(wanted.options === undefined ? {} : { options }),
  };
  return patch;
}

const inOrder = (properties: readonly ManifestProperty[]): ManifestProperty[] => {
  const rank = (p: ManifestProperty) => (p.writes === 'never' ? 0 : p.optIn === true ? 2 : 1);
  return [...properties].sort((a, b) => rank(a) - rank(b));
};

const withTopics = (property: ManifestProperty, topics: readonly Topic[]): ManifestProperty => ({
  ...property,
  options: { ...property.options, ...Object.fromEntries(topics.map((t) => [t.id, t.name.en])) },
});
