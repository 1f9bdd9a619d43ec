/** Property definitions and their groups. */
import type { Clock } from '../../ports/clock.ts';
import type { Sql } from '../../ports/sql.ts';
import { type ObjectType, systemProperties } from './object-types.ts';
import { plainJson } from './plain-text.ts';
import type { PropertyDefinition } from './property-values.ts';

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
}

export interface PropertyStore {
  /** The living definitions of a type, by name. */
  definitions(objectType: string): Promise<ReadonlyMap<string, PropertyDefinition>>;
  archived(objectType: string): Promise<readonly PropertyDefinition[]>;
  /** Creates or replaces; a definition archived before comes back to life. */
  save(objectType: string, definitions: readonly PropertyDefinition[]): Promise<void>;
  archive(objectType: string, names: readonly string[]): Promise<void>;
  groups(objectType: string): Promise<readonly PropertyGroup[]>;
  saveGroup(objectType: string, group: PropertyGroup): Promise<void>;
  deleteGroup(objectType: string, name: string): Promise<boolean>;
  /** Forgets what was read, after the tables were filled behind its back. */
  refresh(): void;
}

interface Row {
  definition: PropertyDefinition;
  archived_at: Date | null;
}

export function createPropertyStore(sql: Sql, clock: Clock): PropertyStore {
  const cache = new Map<string, Promise<ReadonlyMap<string, PropertyDefinition>>>();

  const rows = (objectType: string, archived: boolean): Promise<Row[]> =>
    sql.query<Row>(
      `select definition, archived_at from sandbox.property_definitions
       where object_type = $1 and (archived_at is not null) = $2 order by name`,
      [objectType, archived],
    );

  return {
    definitions(objectType) {
      const known = cache.get(objectType);
      if (known !== undefined) return known;
      const loading = rows(objectType, false).then(
        (found) => new Map(found.map(({ definition }) => [definition.name, definition])),
      );
      cache.set(objectType, loading);
      loading.catch(() => cache.delete(objectType));
      return loading;
    },
    async archived(objectType) {
      return (await rows(objectType, true)).map(({ definition, archived_at }) => ({
        ...definition,
        archived: true,
        ...(archived_at === null ? {} : { archivedAt: archived_at.toISOString() }),
      }));
    },
    async save(objectType, definitions) {
      await sql.query(
        `insert into sandbox.property_definitions (object_type, name, definition)
         select $1, d->>'name', d from jsonb_array_elements($2::jsonb) d
         on conflict (object_type, name) do update set definition = excluded.definition, archived_at = null`,
        [objectType, plainJson(definitions)],
      );
      cache.delete(objectType);
    },
    async archive(objectType, names) {
      await sql.query(
        `update sandbox.property_definitions set archived_at = $3
         where object_type = $1 and name = any($2::text[]) and archived_at is null`,
        [objectType, names, clock.now()],
      );
      cache.delete(objectType);
    },
    async groups(objectType) {
      const found = await sql.query<Omit<PropertyGroup, 'archived'>>(
        `select name, label, display_order as "displayOrder" from sandbox.property_groups
         where object_type = $1 order by display_order, name`,
        [objectType],
      );
      return found.map((group) => ({ ...group, archived: false }));
    },
    async saveGroup(objectType, group) {
      await sql.query(
        `insert into sandbox.property_groups (object_type, name, label, display_order) values ($1, $2, $3, $4)
         on conflict (object_type, name) do update
         set label = excluded.label, display_order = excluded.display_order`,
        [objectType, group.name, group.label, group.displayOrder],
      );
    },
    async deleteGroup(objectType, name) {
      const gone = await sql.query(
        'delete from sandbox.property_groups where object_type = $1 and name = $2 returning name',
        [objectType, name],
      );
      return gone.length > 0;
    },
    refresh: () => cache.clear(),
  };
}

/** The definitions behind the columns: creation, modification and id, which nobody can write. */
export function systemDefinitions(
  type: ObjectType,
  groupName: string,
  at: string,
): PropertyDefinition[] {
  return systemProperties(type).map((name) => ({
    name,
    label:
      { hs_object_id: 'Record ID', [type.createdProperty]: 'Create date' }[name] ??
      'Last modified date',
    type: name === 'hs_object_id' ? 'number' : 'datetime',
    fieldType: name === 'hs_object_id' ? 'number' : 'date',
    groupName,
    description: '',
    options: [],
    hubspotDefined: true,
    createdAt: at,
    updatedAt: at,
    modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue: true },
  }));
}
