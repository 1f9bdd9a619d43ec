/** Brings a portal's property definitions to what the manifest declares: creates, mends, never deletes. */
import type { Client } from '@hubspot/api-client';
import type { Manifest, ManifestProperty, WrittenKind } from '../../core/manifest.ts';
import { chosenProperties, WRITTEN_KINDS } from '../../core/manifest.ts';
import { OBJECT_TYPES } from './object-types.ts';

type Call = <T>(run: (client: Client) => Promise<T>) => Promise<T>;

export async function ensureProperties(
  manifest: Manifest,
  optional: boolean,
  call: Call,
): Promise<{ created: number; patched: number }> {
  let created = 0;
  let patched = 0;
  for (const kind of WRITTEN_KINDS) {
    await ensureGroup(manifest, kind, call);
    const { plural } = OBJECT_TYPES[kind];
    const present = await call((c) => c.crm.properties.coreApi.getAll(plural));
    const known = new Map(present.results.map((p) => [p.name, p]));
    const wanted = chosenProperties(manifest, kind, optional).map((p) =>
      definition(p, manifest.propertyGroup.name),
    );
    const missing = wanted.filter((p) => !known.has(p.name));
    if (missing.length > 0) {
      await call((c) => c.crm.properties.batchApi.create(plural, { inputs: missing }));
      created += missing.length;
    }
    for (const property of wanted) {
      const held = known.get(property.name);
      if (held === undefined || !differs(property, held)) continue;
      const patch = { options: property.options ?? [] };
      await call((c) => c.crm.properties.coreApi.update(plural, property.name, patch));
      patched += 1;
    }
  }
  return { created, patched };
}

async function ensureGroup(manifest: Manifest, kind: WrittenKind, call: Call): Promise<void> {
  const { plural } = OBJECT_TYPES[kind];
  const { name, label } = manifest.propertyGroup;
  const groups = await call((c) => c.crm.properties.groupsApi.getAll(plural));
  if (groups.results.some((g) => g.name === name)) return;
  await call((c) => c.crm.properties.groupsApi.create(plural, { name, label, displayOrder: -1 }));
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

interface HeldProperty {
  readonly options?: readonly { value: string }[];
}

/** Labels belong to the admin once they exist; only an option of ours that is missing is mended. */
function differs(wanted: PropertyDefinition, held: HeldProperty): boolean {
  const values = new Set(held.options?.map((o) => o.value));
  return (wanted.options ?? []).some((o) => !values.has(o.value));
}
