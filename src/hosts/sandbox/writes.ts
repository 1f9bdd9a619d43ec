/** Every change to the sandbox's records: stored and announced in one transaction. */
import type { Clock } from '../../ports/clock.ts';
import type { Sql, SqlClient } from '../../ports/sql.ts';
import { objectNotFound } from './api-error.ts';
import {
  defaultLinks,
  deleteLinks,
  insertLinks,
  type Link,
  readLinks,
} from './association-store.ts';
import type { Actor, Change } from './events.ts';
import {
  eraseObject,
  insertObjects,
  type Patch,
  patchObjects,
  readObjects,
  recordMerge,
  type StoredObject,
  setArchived,
  type Values,
} from './object-store.ts';
import { type ObjectType, objectTypeOf } from './object-types.ts';
import type { Outbox } from './outbox.ts';
import type { PropertyStore } from './property-store.ts';
import { appended, type PropertyDefinition } from './property-values.ts';

export interface NewObject {
  readonly values: Values;
  /** `typeId` undefined stands for the default association. */
  readonly links: readonly {
    readonly toType: ObjectType;
    readonly toId: number;
    readonly typeId?: number;
  }[];
}

export interface Writes {
  create(type: ObjectType, inputs: readonly NewObject[], actor: Actor): Promise<StoredObject[]>;
  /** Values that are the same already change nothing, not even the modification time. */
  update(type: ObjectType, patches: readonly Patch[], actor: Actor): Promise<StoredObject[]>;
  archive(type: ObjectType, ids: readonly number[], actor: Actor): Promise<number[]>;
  restore(type: ObjectType, ids: readonly number[], actor: Actor): Promise<number[]>;
  /** The survivor is a new record with a new id; both old ids lead to it. */
  merge(type: ObjectType, primaryId: number, otherId: number, actor: Actor): Promise<StoredObject>;
  /** Erases for ever, with everything that points at it. */
  erase(type: ObjectType, id: number, actor: Actor): Promise<boolean>;
  link(links: readonly Link[], actor: Actor): Promise<void>;
  linkByDefault(pairs: readonly Omit<Link, 'typeId'>[], actor: Actor): Promise<readonly Link[]>;
  unlink(links: readonly Link[], actor: Actor): Promise<void>;
}

export interface WriteParts {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly properties: PropertyStore;
}

export function createWrites({ sql, clock, outbox, properties }: WriteParts): Writes {
  async function announced<T>(
    actor: Actor,
    work: (tx: SqlClient, note: (...changes: Change[]) => void) => Promise<T>,
  ): Promise<T> {
    const changes: Change[] = [];
    const result = await sql.transaction(async (tx) => {
      const worked = await work(tx, (...more) => changes.push(...more));
      await outbox.record(tx, changes, actor);
      return worked;
    });
    if (changes.length > 0) outbox.flushSoon();
    return result;
  }

  return {
    create: (type, inputs, actor) =>
      announced(actor, async (tx, note) => {
        const rows = await insertObjects(
          tx,
          type,
          inputs.map((input) => input.values),
          clock.now(),
        );
        const links: Link[] = [];
        for (const [index, row] of rows.entries()) {
          note(
            { kind: 'creation', type, id: row.id },
            ...valueChanges(type, row.id, {}, row.properties),
          );
          for (const { toType, toId, typeId } of inputs[index]?.links ?? []) {
            const pair = { fromType: type.name, fromId: row.id, toType: toType.name, toId };
            links.push(
              ...(typeId === undefined ? await defaultLinks(tx, [pair]) : [{ ...pair, typeId }]),
            );
          }
        }
        note(...linkChanges(await insertLinks(tx, links), false));
        return rows;
      }),

    async update(type, patches, actor) {
      const definitions = await properties.definitions(type.name);
      return announced(actor, async (tx, note) => {
        const ids = patches.map((patch) => patch.id);
        const before = new Map((await readObjects(tx, type, ids)).map((row) => [row.id, row]));
        const real = patches.flatMap((patch) =>
          realPatch(before.get(patch.id), patch, definitions),
        );
        for (const row of await patchObjects(tx, type, real, clock.now())) {
          note(...valueChanges(type, row.id, before.get(row.id)?.properties ?? {}, row.properties));
          before.set(row.id, row);
        }
        return ids.map((id) => before.get(id)).filter((row) => row !== undefined);
      });
    },

    archive: (type, ids, actor) =>
      announced(actor, async (tx, note) => {
        const gone = await setArchived(tx, type, ids, clock.now());
        note(...gone.map((id): Change => ({ kind: 'deletion', type, id })));
        return gone;
      }),

    restore: (type, ids, actor) =>
      announced(actor, async (tx, note) => {
        const back = await setArchived(tx, type, ids, null);
        note(...back.map((id): Change => ({ kind: 'restore', type, id })));
        return back;
      }),

    merge: (type, primaryId, otherId, actor) =>
      announced(actor, async (tx, note) => {
        const rows = await readObjects(tx, type, [primaryId, otherId]);
        const primary = rows.find((row) => row.id === primaryId);
        const other = rows.find((row) => row.id === otherId);
        if (primary === undefined || other === undefined) throw objectNotFound('A record to merge');
        const merged = { ...other.properties, ...primary.properties };
        const moved = Object.keys(merged).length - Object.keys(primary.properties).length;
        const links = await Promise.all(
          [primaryId, otherId].map((id) => readLinks(tx, type.name, id)),
        );
        for (const id of [primaryId, otherId]) await eraseObject(tx, type, id);
        const [survivor] = await insertObjects(tx, type, [merged], clock.now());
        if (survivor === undefined) throw new Error('The merged record was not stored.');
        await insertLinks(
          tx,
          links.flat().map((link) => ({ ...link, fromId: survivor.id })),
        );
        await recordMerge(tx, type, [primaryId, otherId], survivor.id);
        note({ kind: 'merge', type, primaryId, mergedIds: [otherId], newId: survivor.id, moved });
        return survivor;
      }),

    erase: (type, id, actor) =>
      announced(actor, async (tx, note) => {
        const gone = await eraseObject(tx, type, id);
        if (gone) note({ kind: 'privacyDeletion', type, id }, { kind: 'deletion', type, id });
        return gone;
      }),

    link: (links, actor) =>
      announced(actor, async (tx, note) =>
        note(...linkChanges(await insertLinks(tx, links), false)),
      ),

    linkByDefault: (pairs, actor) =>
      announced(actor, async (tx, note) => {
        const links = await defaultLinks(tx, pairs);
        note(...linkChanges(await insertLinks(tx, links), false));
        return links;
      }),

    unlink: (links, actor) =>
      announced(actor, async (tx, note) =>
        note(...linkChanges(await deleteLinks(tx, links), true)),
      ),
  };
}

/** The part of a patch that differs from what is stored. */
function realPatch(
  row: StoredObject | undefined,
  patch: Patch,
  definitions: ReadonlyMap<string, PropertyDefinition>,
): Patch[] {
  if (row === undefined) return [];
  const changed = Object.entries(patch.properties).flatMap(
    ([name, value]): [string, string | null][] => {
      const before = row.properties[name] ?? null;
      const definition = definitions.get(name);
      const after =
        value === null || definition === undefined ? value : appended(definition, before, value);
      return after === before ? [] : [[name, after]];
    },
  );
  return changed.length === 0 ? [] : [{ id: row.id, properties: Object.fromEntries(changed) }];
}

function valueChanges(type: ObjectType, id: number, before: Values, after: Values): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): Change[] => {
    const value = after[name] ?? null;
    return value === (before[name] ?? null)
      ? []
      : [{ kind: 'propertyChange', type, id, name, value }];
  });
}

const linkChanges = (links: readonly Link[], removed: boolean): Change[] =>
  links.map((link) => ({
    kind: 'associationChange',
    from: objectTypeOf(link.fromType),
    fromId: link.fromId,
    to: objectTypeOf(link.toType),
    toId: link.toId,
    typeId: link.typeId,
    removed,
  }));
