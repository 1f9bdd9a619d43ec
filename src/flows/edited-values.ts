/** Finds, before a write, the properties of ours that a person gave a value of their own since. */
import type { Manifest, ManifestProperty, WrittenKind } from '../core/manifest.ts';
import type { KeptValue, PlannedWrite, WrittenValues } from '../ports/write-store.ts';

type Values = Readonly<Record<string, string>>;

/**
 * What the CRM holds, though neither what we wrote last nor what we are about to write. Records
 * never written before have nothing to compare with.
 */
export function editedValues(
  manifest: Manifest,
  kind: WrittenKind,
  write: PlannedWrite,
  written: WrittenValues | undefined,
  present: Values | undefined,
): KeptValue[] {
  if (written === undefined || present === undefined) return [];
  const properties = new Map(manifest.properties[kind].map((p) => [p.name, p]));
  return Object.entries(write.changes).flatMap(([name, change]) => {
    const value = present[name];
    // Nobody edits a property that is gone; the write will tell.
    if (value === undefined) return [];
    const ours = [written.values[name] ?? '', change.new ?? ''];
    const property = properties.get(name);
    return property === undefined || ours.some((known) => sameValue(property, known, value))
      ? []
      : [{ kind, id: write.id, property: name, value }];
  });
}

/** CRMs spell a value their own way: 0.50 as 0.5, a time with milliseconds, options in their order. */
export function sameValue(
  property: Pick<ManifestProperty, 'type' | 'fieldType'>,
  a: string,
  b: string,
): boolean {
  if (a === b) return true;
  if (a === '' || b === '') return false;
  if (property.type === 'number') return Number(a) === Number(b);
  if (property.type === 'datetime') return instant(a) === instant(b);
  if (property.fieldType === 'checkbox') return options(a) === options(b);
  return a.trim() === b.trim();
}

const instant = (value: string): number =>
  /^\d+$/.test(value) ? Number(value) : Date.parse(value);
const options = (value: string): string => value.split(';').filter(Boolean).sort().join(';');
