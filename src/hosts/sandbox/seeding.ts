/** Fills the sandbox with the demo portal, once. */
import { DateTime } from 'luxon';
import type { Clock } from '../../ports/clock.ts';
import type { Sql } from '../../ports/sql.ts';
import { bothWays, type Link, withPlain } from './association-store.ts';
import { defaultAssociation, primaryAssociation } from './association-types.ts';
import {
  type DemoAssociation,
  type DemoObject,
  type DemoTruth,
  generatePortal,
} from './demo-data/generate.ts';
import { DEMO_PROPERTIES } from './demo-data/properties.ts';
import { OBJECT_TYPES, objectTypeOf, systemProperties } from './object-types.ts';
import { plainJson } from './plain-text.ts';
import { type PropertyStore, systemDefinitions } from './property-store.ts';
import type { PropertyDefinition } from './property-values.ts';
import { readSetting, writeSetting } from './settings.ts';

export interface SeedParts {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly properties: PropertyStore;
  readonly contacts: number;
  readonly seed: number;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * The finished mark is written last, so an interrupted generation starts over on empty tables. It is
 * not one transaction, because the embedded database has a single session that others wait for.
 */
export async function seedPortal(parts: SeedParts): Promise<void> {
  const { sql, contacts, seed, onProgress } = parts;
  if ((await readSetting(sql, 'seeded')) !== undefined) return;
  const now = await anchor(parts);
  await sql.query(
    `truncate sandbox.objects, sandbox.associations, sandbox.truth, sandbox.merged,
       sandbox.property_definitions, sandbox.property_groups, sandbox.pending_events`,
  );
  await seedDefinitions(parts.properties, now);
  let done = 0;
  for (const batch of generatePortal({ contacts, seed, now })) {
    await sql.transaction(async (tx) => {
      await tx.query(INSERT_OBJECTS, [plainJson(batch.objects.map(objectRow))]);
      await tx.query(INSERT_LINKS, [JSON.stringify(linkRows(batch.associations))]);
      await tx.query(INSERT_TRUTHS, [plainJson(batch.truths.map(truthRow))]);
    });
    done += batch.objects.filter((object) => object.objectType === 'contacts').length;
    onProgress(Math.min(done, contacts), contacts);
  }
  await sql.query(
    `select setval('sandbox.object_ids', (select greatest(max(id), 1000000) from sandbox.objects))`,
  );
  await sql.query('analyze sandbox.objects');
  await sql.query('analyze sandbox.associations');
  await writeSetting(sql, 'seeded', { contacts, seed, at: now.toISOString() });
}

/** A generation that starts over gives the portal it would have given the first time. */
async function anchor({ sql, clock, contacts, seed }: SeedParts): Promise<Date> {
  const begun = await readSetting<{ contacts: number; seed: number; at: string }>(sql, 'seeding');
  if (begun?.contacts === contacts && begun.seed === seed) return new Date(begun.at);
  // Midnight: two portals of one day and seed are equal to the last digit.
  const now = DateTime.fromJSDate(clock.now(), { zone: 'utc' }).startOf('day').toJSDate();
  await writeSetting(sql, 'seeding', { contacts, seed, at: now.toISOString() });
  return now;
}

const INSERT_OBJECTS = `
insert into sandbox.objects (object_type, id, properties, created_at, updated_at)
select r->>0, (r->>1)::bigint, r->2, (r->>3)::timestamptz, (r->>4)::timestamptz
from jsonb_array_elements($1::jsonb) r`;
const INSERT_LINKS = `
insert into sandbox.associations (from_type, from_id, to_type, to_id, type_id)
select r->>0, (r->>1)::bigint, r->>2, (r->>3)::bigint, (r->>4)::int
from jsonb_array_elements($1::jsonb) r on conflict do nothing`;
const INSERT_TRUTHS = `
insert into sandbox.truth (object_type, id, truth)
select r->>0, (r->>1)::bigint, r->2 from jsonb_array_elements($1::jsonb) r`;

/** System properties live in columns. */
function objectRow(object: DemoObject): unknown[] {
  const columns = systemProperties(objectTypeOf(object.objectType));
  const values = Object.entries(object.properties).filter(
    ([name, value]) => value !== '' && !columns.includes(name),
  );
  return [
    object.objectType,
    object.id,
    Object.fromEntries(values),
    object.createdAt,
    object.updatedAt,
  ];
}

const truthRow = (truth: DemoTruth): unknown[] => [truth.objectType, truth.id, truth.truth];

/** The first company of a record is its primary one. */
function linkRows(associations: readonly DemoAssociation[]): unknown[][] {
  const marked = new Set<string>();
  const links = associations.flatMap((pair): Link[] => {
    const { fromType, toType } = pair;
    const primary = toType === 'companies' ? primaryAssociation(fromType, toType) : undefined;
    const key = `${fromType}:${pair.fromId}`;
    const type =
      primary === undefined || marked.has(key) ? defaultAssociation(fromType, toType) : primary;
    if (primary !== undefined) marked.add(key);
    const link = {
      fromType,
      fromId: Number(pair.fromId),
      toType,
      toId: Number(pair.toId),
      typeId: type.typeId,
    };
    return bothWays(withPlain(link));
  });
  return links.map((link) => [link.fromType, link.fromId, link.toType, link.toId, link.typeId]);
}

async function seedDefinitions(store: PropertyStore, now: Date): Promise<void> {
  const at = now.toISOString();
  const known: Readonly<Record<string, readonly DemoDefinition[]>> = DEMO_PROPERTIES;
  for (const type of OBJECT_TYPES) {
    const columns = systemProperties(type);
    const given = (known[type.name] ?? TASK_PROPERTIES).filter(
      (one) => !columns.includes(one.name),
    );
    const group = given[0]?.groupName ?? `${type.singular}information`;
    const definitions = given.map((one) => completed(one, type.write.length === 0, at));
    await store.save(type.name, [...systemDefinitions(type, group, at), ...definitions]);
    for (const [displayOrder, name] of [
      ...new Set([group, ...given.map((one) => one.groupName)]),
    ].entries()) {
      await store.saveGroup(type.name, { name, label: name, displayOrder, archived: false });
    }
  }
  store.refresh();
}

type DemoDefinition = Pick<
  PropertyDefinition,
  'name' | 'label' | 'type' | 'fieldType' | 'groupName'
> & {
  readonly options?: PropertyDefinition['options'];
  readonly hubspotDefined: boolean;
};

const completed = (given: DemoDefinition, readOnly: boolean, at: string): PropertyDefinition => ({
  ...given,
  description: '',
  options: given.options ?? [],
  hasUniqueValue: false,
  createdAt: at,
  updatedAt: at,
  archived: false,
  modificationMetadata: {
    archivable: !given.hubspotDefined,
    readOnlyDefinition: given.hubspotDefined,
    readOnlyValue: readOnly,
  },
});

/** The demo portal holds no tasks, but the type can be written. */
const TASK_PROPERTIES: readonly DemoDefinition[] = [
  ['hs_timestamp', 'Due date', 'datetime', 'date'],
  ['hs_task_subject', 'Title', 'string', 'text'],
  ['hs_task_body', 'Notes', 'string', 'textarea'],
  [
    'hs_task_status',
    'Status',
    'enumeration',
    'select',
    'NOT_STARTED IN_PROGRESS WAITING COMPLETED DEFERRED',
  ],
  ['hs_task_priority', 'Priority', 'enumeration', 'select', 'NONE LOW MEDIUM HIGH'],
  ['hs_task_type', 'Type', 'enumeration', 'select', 'CALL EMAIL TODO'],
].map(([name = '', label = '', type = '', fieldType = '', options]) => ({
  name,
  label,
  type,
  fieldType,
  groupName: 'task',
  ...(options === undefined
    ? {}
    : {
        options: options.split(' ').map((value, displayOrder) => ({
          value,
          label: value,
          hidden: false,
          displayOrder,
        })),
      }),
  hubspotDefined: true,
}));
