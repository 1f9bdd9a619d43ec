/** What of an update the account's property definitions allow. */
import type { PropertyUpdate } from '../../ports/host.ts';
import type { HeldProperty } from './properties.ts';

/** The updates with only the values that fit; emptied ones are dropped. */
export function withoutUnusable(
  updates: readonly PropertyUpdate[],
  definitions: ReadonlyMap<string, HeldProperty>,
): { usable: PropertyUpdate[]; unusable: string[] } {
  const unusable = new Set<string>();
  const usable = updates.flatMap(({ id, values }): PropertyUpdate[] => {
    const kept = Object.entries(values).filter(([name, value]) => {
      const good = fits(definitions.get(name), value);
      if (!good) unusable.add(name);
      return good;
    });
    return kept.length === 0 ? [] : [{ id, values: Object.fromEntries(kept) }];
  });
  return { usable, unusable: [...unusable].sort() };
}

function fits(definition: HeldProperty | undefined, value: string | null): boolean {
  if (definition === undefined) return false;
  if (value === null || value === '' || definition.type !== 'enumeration') return true;
  const options = new Set(definition.options?.map((o) => o.value));
  return value.split(';').every((part) => options.has(part));
}
