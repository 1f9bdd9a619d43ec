/** Options only a portal's own data name, its articles and topics: made to exist before the first write that needs them. */
import { chosenProperties, type ManifestProperty, type WrittenKind } from '../core/manifest.ts';
import type { PropertyOption } from '../ports/host.ts';
import type { PlannedWrite } from '../ports/write-store.ts';
import { activeModels } from './active-models.ts';
import type { TenantContext } from './context.ts';

type Source = NonNullable<ManifestProperty['optionsFrom']>;

/**
 * Adds the options that these writes name and their properties lack. `ensured` remembers what was
 * added, so that a run asks the CRM once per property and not once per batch.
 */
export async function ensureOptions(
  ctx: TenantContext,
  kind: WrittenKind,
  writes: readonly PlannedWrite[],
  ensured: Map<string, Set<string>>,
): Promise<void> {
  const { manifest, tenant, session, log } = ctx;
  for (const property of chosenProperties(manifest, kind, tenant.settings.properties.optional)) {
    if (property.optionsFrom === undefined) continue;
    const key = `${kind} ${property.name}`;
    const known = ensured.get(key) ?? new Set(Object.keys(property.options ?? {}));
    ensured.set(key, known);
    const named = writes.flatMap((w) => w.changes[property.name]?.new ?? []);
    if (named.every((value) => known.has(value))) continue;
    const source = await optionsOf(ctx, property.optionsFrom);
    const labels = new Map(source.map(({ value, label }) => [value, label]));
    for (const value of named) if (!labels.has(value)) labels.set(value, value);
    const options = [...labels].map(([value, label]) => ({ value, label }));
    const added = await session.ensureOptions(kind, property.name, options);
    for (const { value } of options) known.add(value);
    if (added > 0) log.info('options added', { kind, event: property.name, added });
  }
}

async function optionsOf(ctx: TenantContext, source: Source): Promise<PropertyOption[]> {
  if (source === 'topics')
    return ctx.tenant.settings.feedback.topics.map(({ id, name }) => ({
      value: id,
      label: name.en,
    }));
  const models = await activeModels(ctx);
  return (models?.offers?.catalogue ?? []).map(({ sku, name }) => ({ value: sku, label: name }));
}
