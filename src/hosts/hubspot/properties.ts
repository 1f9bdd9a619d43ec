/** Brings a portal's property definitions to what the manifest declares: creates, mends, never deletes. */
import type { Client } from '@hubspot/api-client';
import type { Manifest, ManifestProperty, WrittenKind } from '../../core/manifest.ts';
import { chosenProperties, WRITTEN_KINDS } from '../../core/manifest.ts';
import type { RecordKind } from '../../core/record.ts';
import type { TenantSettings } from '../../core/tenant.ts';
import type { Topic } from '../../core/topic.ts';
import type { PropertyOption } from '../../ports/host.ts';
import { OBJECT_TYPES } from './object-types.ts';

type Call = <T>(run: (client: Client) => Promise<T>) => Promise<T>;

export async function ensureProperties(
  manifest: Manifest,
  { properties, feedback }: Pick<TenantSettings, 'properties' | 'feedback'>,
  call: Call,
): Promise<{ created: number; patched: number }> {
  let created = 0;
  let patched = 0;
  for (const kind of WRITTEN_KINDS) {
    await ensureGroup(manifest, kind, call);
    const { plural } = OBJECT_TYPES[kind];
    const present = await call((c) => c.crm.properties.coreApi.getAll(plural));
    const known = new Map(present.results.map((p) => [p.name, p]));
    const wanted = chosenProperties(manifest, kind, properties.optional).map((p) =>
      definition(
        p.optionsFrom === 'topics' ? withTopics(p, feedback.topics) : p,
        manifest.propertyGroup.name,
      ),
    );
    const missing = wanted.filter((p) => !known.has(p.name));
    if (missing.length > 0) {
      await call((c) => c.crm.properties.batchApi.create(plural, { inputs: missing }));
      created += missing.length;
    }
    for (const property of wanted) {
      const held = known.get(property.name);
      if (held === undefined || !differs(property, held)) continue;
      const patch = {
        ...(property.type === held.type
          ? {}
          : { type: property.type as string, fieldType: property.fieldType as string }),
        options: joined(held.options ?? [], property.options ?? []),
      } as PropertyPatch;
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
type PropertyPatch = Parameters<Client['crm']['properties']['coreApi']['update']>[2];

interface HeldOption extends PropertyOption {
  readonly hidden: boolean;
  readonly displayOrder?: number;
  readonly description?: string;
}
interface HeldProperty {
  readonly type: string;
  readonly fieldType: string;
  readonly options?: readonly HeldOption[];
}

/** Labels belong to the admin once they exist; only an option of ours that is missing is mended, or a type. */
function differs(wanted: PropertyDefinition, held: HeldProperty): boolean {
  const values = new Set(held.options?.map((o) => o.value));
  return wanted.type !== held.type || (wanted.options ?? []).some((o) => !values.has(o.value));
}

const withTopics = (property: ManifestProperty, topics: readonly Topic[]): ManifestProperty => ({
  ...property,
  options: { ...property.options, ...Object.fromEntries(topics.map((t) => [t.id, t.name.en])) },
});

/** See `HostSession.ensureOptions`. */
export async function ensureOptions(
  kind: RecordKind,
  name: string,
  options: readonly PropertyOption[],
  call: Call,
): Promise<number> {
  const { plural } = OBJECT_TYPES[kind];
  const held = await call((c) => c.crm.properties.coreApi.getByName(plural, name));
  const after = joined(held.options, options);
  const added = after.length - held.options.length;
  if (added > 0)
    await call((c) => c.crm.properties.coreApi.update(plural, name, { options: after }));
  return added;
}

/**
 * The options held, then the new ones. HubSpot tells neither values nor labels apart by their case:
 * a value held in another spelling is not added, a label that is taken gets its value beside it.
 */
function joined(
  held: readonly HeldOption[],
  wanted: readonly PropertyOption[],
): (HeldOption & { readonly displayOrder: number })[] {
  const values = new Set(held.map((o) => o.value.toLowerCase()));
  const labels = new Set(held.map((o) => o.label.toLowerCase()));
  const added = wanted.flatMap(({ value, label }) => {
    if (values.has(value.toLowerCase())) return [];
    values.add(value.toLowerCase());
    const own = labels.has(label.toLowerCase()) ? `${label} (${value})` : label;
    labels.add(own.toLowerCase());
    return [{ value, label: own, hidden: false }];
  });
  return [...held, ...added].map((option, displayOrder) => ({ displayOrder, ...option }));
}
