/** A stored record in the shape of the API: every value a string, unset ones null. */

import type { StoredObject } from './object-store.ts';
import type { ObjectType } from './object-types.ts';
import type { PropertyDefinition } from './property-values.ts';

export interface PublicObject {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
  readonly propertiesWithHistory?: Readonly<Record<string, readonly HistoryEntry[]>>;
}
interface HistoryEntry {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
}

export interface Selection {
  /** Empty: the type's defaults. Names without a definition are passed over, as HubSpot does. */
  readonly properties: readonly string[];
  readonly withHistory: readonly string[];
}
export const DEFAULT_SELECTION: Selection = { properties: [], withHistory: [] };

export function propertyValue(type: ObjectType, object: StoredObject, name: string): string | null {
  if (name === 'hs_object_id') return String(object.id);
  if (name === type.createdProperty) return object.createdAt.toISOString();
  if (name === type.modifiedProperty) return object.updatedAt.toISOString();
  return object.properties[name] ?? null;
}

export function presentObject(
  type: ObjectType,
  object: StoredObject,
  definitions: ReadonlyMap<string, PropertyDefinition>,
  selection: Selection = DEFAULT_SELECTION,
): PublicObject {
  const asked = selection.properties.length === 0 ? type.defaults : selection.properties;
  const names = [type.createdProperty, ...asked, 'hs_object_id', type.modifiedProperty];
  const history = selection.withHistory.filter((name) => definitions.has(name));
  return {
    id: String(object.id),
    properties: pick(
      names.filter((name) => definitions.has(name)),
      (name) => propertyValue(type, object, name),
    ),
    createdAt: object.createdAt.toISOString(),
    updatedAt: object.updatedAt.toISOString(),
    archived: object.archivedAt !== null,
    ...(object.archivedAt === null ? {} : { archivedAt: object.archivedAt.toISOString() }),
    // Only the value that holds now is kept; the depth of HubSpot's own history is not documented.
    ...(history.length === 0
      ? {}
      : {
          propertiesWithHistory: pick(history, (name) =>
            entries(object, propertyValue(type, object, name)),
          ),
        }),
  };
}

const pick = <T>(names: readonly string[], valueFor: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, valueFor(name)]));

const entries = (object: StoredObject, value: string | null): HistoryEntry[] =>
  value === null
    ? []
    : [{ value, timestamp: object.updatedAt.toISOString(), sourceType: 'CRM_UI' }];
