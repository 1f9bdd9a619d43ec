/** Everything the sandbox's record page shows of one contact. */
import type { Sql } from '../../ports/sql.ts';
import { DEMO_PORTAL } from './demo-data/generate.ts';
import {
  OBJECT_COLUMNS,
  parseId,
  readObjects,
  type StoredObject,
  survivorOf,
} from './object-store.ts';
import { type ObjectType, objectTypeOf } from './object-types.ts';
import type {
  ContactPage,
  ContactRecord,
  ObjectRecord,
  PageProperties,
  PageRecord,
  PageType,
  ShownProperty,
  TicketRow,
  TimelineItem,
} from './page-api.ts';
import { propertyValue } from './present-object.ts';
import type { PropertyStore } from './property-store.ts';
import type { PropertyDefinition } from './property-values.ts';
import { searchSql } from './search-query.ts';
import type { Identity } from './settings.ts';
import { TIMELINE_TYPES, timelineItem } from './timeline.ts';

export const SCORE_GROUP = 'rapport';
const TIMELINE_LENGTH = 100;
const CONTACTS = objectTypeOf('contacts');
const CLOSED_STAGES = new Set(
  DEMO_PORTAL.ticketPipeline.stages
    .filter((stage) => stage.metadata['isClosed'] === 'true')
    .map((stage) => stage.id),
);

export interface PageReads {
  /** Contacts unless another type is named. */
  list(query: { q: string; after: string; limit: number }, type?: ObjectType): Promise<ContactPage>;
  /** Follows a merged record to its survivor. */
  find(id: string, type?: ObjectType): Promise<StoredObject | undefined>;
  /** A company, deal or ticket. */
  object(type: ObjectType, row: StoredObject): Promise<ObjectRecord>;
  record(contact: StoredObject): Promise<ContactRecord>;
}

export function createPageReads(
  sql: Sql,
  properties: PropertyStore,
  identity: Identity,
): PageReads {
  const neighbours = (
    of: ObjectType,
    id: number,
    type: ObjectType,
    limit: number,
  ): Promise<StoredObject[]> =>
    sql.query<StoredObject>(
      `select ${OBJECT_COLUMNS} from sandbox.objects o
       where o.object_type = $1 and o.archived_at is null and o.id in
         (select to_id from sandbox.associations where from_type = $2 and from_id = $3 and to_type = $1)
       order by coalesce(o.properties->>'hs_timestamp', '') desc, o.created_at desc, o.id desc limit $4`,
      [type.name, of.name, id, limit],
    );
  const timelineOf = async (of: ObjectType, id: number): Promise<TimelineItem[]> => {
    const touches = await Promise.all(
      TIMELINE_TYPES.map(async (name) => {
        const type = objectTypeOf(name);
        return (await neighbours(of, id, type, TIMELINE_LENGTH)).map((row) =>
          timelineItem(type, row),
        );
      }),
    );
    return newestFirst(touches.flat());
  };
  const scoresOf = (
    type: ObjectType,
    row: StoredObject,
    definitions: ReadonlyMap<string, PropertyDefinition>,
  ): ContactRecord['scores'] =>
    [...definitions.values()]
      .filter((one) => one.groupName === SCORE_GROUP)
      .map((one) => ({ ...shownProperty(one), value: propertyValue(type, row, one.name) }));
  const viewer = {
    portal: { id: identity.portalId, timezone: DEMO_PORTAL.timeZone },
    user: { id: identity.userId, email: identity.userEmail },
  };

  return {
    async list({ q, after, limit }, type = CONTACTS) {
      const definitions = await properties.definitions(type.name);
      const request = { query: q, after, limit, sorts: [`-${type.modifiedProperty}`] };
      const search = searchSql(request, { type, definitions });
      const [counted] = await sql.query<{ total: number }>(
        `select count(*)::int as total from sandbox.objects o where ${search.where}`,
        search.params,
      );
      const rows = await sql.query<StoredObject>(
        `select ${OBJECT_COLUMNS} from sandbox.objects o where ${search.where}
         order by ${search.orderBy} limit ${search.limit} offset ${search.offset}`,
        search.params,
      );
      const total = counted?.total ?? 0;
      const end = search.offset + rows.length;
      return {
        total,
        results: rows.map((row) => pageRecord(type, row, definitions)),
        after: rows.length > 0 && end < total ? String(end) : null,
        options: optionsOf(definitions),
      };
    },
    async find(id, type = CONTACTS) {
      const parsed = parseId(id);
      if (parsed === undefined) return undefined;
      const [found] = await readObjects(sql, type, [await survivorOf(sql, type, parsed)]);
      return found;
    },
    async record(contact) {
      const read = (name: string, limit = TIMELINE_LENGTH) =>
        neighbours(CONTACTS, contact.id, objectTypeOf(name), limit);
      const definitions = await properties.definitions(CONTACTS.name);
      const [companies, deals, tickets, feedback] = await Promise.all(
        ['companies', 'deals', 'tickets', 'feedback_submissions'].map((name) => read(name)),
      );
      const ticketDefinitions = await properties.definitions('tickets');
      const feedbackDefinitions = await properties.definitions('feedback_submissions');
      const company = companies?.[0];
      const shown = [...definitions.values()];
      return {
        ...pageRecord(CONTACTS, contact, definitions),
        createdAt: contact.createdAt.toISOString(),
        updatedAt: contact.updatedAt.toISOString(),
        company:
          company === undefined
            ? null
            : {
                id: String(company.id),
                name: company.properties['name'] ?? '',
                industry: company.properties['industry'] ?? null,
              },
        deals: (deals ?? []).map((row) => ({
          id: String(row.id),
          name: row.properties['dealname'] ?? '',
          amount: row.properties['amount'] ?? null,
          stage: row.properties['dealstage'] ?? '',
          closedAt: row.properties['closedate'] ?? null,
        })),
        tickets: (tickets ?? []).map((row) => ticketRow(row, ticketDefinitions)),
        feedback: (feedback ?? []).map((row) => ({
          id: String(row.id),
          content: row.properties['hs_content'] ?? '',
          rating: row.properties['hs_value'] ?? null,
          survey: row.properties['hs_survey_name'] ?? null,
          at: row.properties['hs_submission_timestamp'] ?? row.createdAt.toISOString(),
          properties: pageRecord(objectTypeOf('feedback_submissions'), row, feedbackDefinitions)
            .properties,
        })),
        timeline: await timelineOf(CONTACTS, contact.id),
        definitions: shown.filter((one) => one.groupName !== SCORE_GROUP).map(shownProperty),
        scores: scoresOf(CONTACTS, contact, definitions),
        ...viewer,
      };
    },
    async object(type, row) {
      const definitions = await properties.definitions(type.name);
      const related = await Promise.all(
        RELATED.filter((name) => name !== type.name).map(async (name) =>
          (await neighbours(type, row.id, objectTypeOf(name), RELATED_LENGTH)).map((one) => ({
            type: name,
            id: String(one.id),
            name: nameOf(one),
          })),
        ),
      );
      return {
        ...pageRecord(type, row, definitions),
        type: type.name as PageType,
        name: nameOf(row),
        related: related.flat(),
        timeline: await timelineOf(type, row.id),
        scores: scoresOf(type, row, definitions),
        ...viewer,
      };
    },
  };
}

const RELATED = ['contacts', 'companies', 'deals', 'tickets'] as const;
const RELATED_LENGTH = 20;

/** What a record of any type is called. */
function nameOf({ properties: p, id }: StoredObject): string {
  const person = /\p{Script=Han}/u.test(p['lastname'] ?? '')
    ? `${p['lastname'] ?? ''}${p['firstname'] ?? ''}`
    : [p['firstname'], p['lastname']].filter(Boolean).join(' ');
  return p['dealname'] || p['subject'] || p['name'] || person || String(id);
}

export function pageRecord(
  type: ObjectType,
  row: StoredObject,
  definitions: ReadonlyMap<string, PropertyDefinition>,
): PageRecord {
  const properties: PageProperties = Object.fromEntries(
    [...definitions.keys()].map((name) => [name, propertyValue(type, row, name)]),
  );
  return { id: String(row.id), properties };
}

function ticketRow(
  row: StoredObject,
  definitions: ReadonlyMap<string, PropertyDefinition>,
): TicketRow {
  return {
    id: String(row.id),
    subject: row.properties['subject'] ?? '',
    content: row.properties['content'] ?? '',
    open: !CLOSED_STAGES.has(row.properties['hs_pipeline_stage'] ?? ''),
    createdAt: row.createdAt.toISOString(),
    properties: pageRecord(objectTypeOf('tickets'), row, definitions).properties,
  };
}

const shownProperty = (one: PropertyDefinition): ShownProperty => ({
  name: one.name,
  label: one.label,
  type: one.type,
  fieldType: one.fieldType,
  readOnly: one.modificationMetadata?.readOnlyValue ?? false,
  options: one.options.map(({ label, value }) => ({ label, value })),
});

/** Labels of the options of what an installed app wrote, by property and value. */
const optionsOf = (definitions: ReadonlyMap<string, PropertyDefinition>): ContactPage['options'] =>
  Object.fromEntries(
    [...definitions.values()]
      .filter((one) => one.groupName === SCORE_GROUP && one.options.length > 0)
      .map(({ name, options }) => [
        name,
        Object.fromEntries(options.map(({ value, label }) => [value, label])),
      ]),
  );

const newestFirst = (items: readonly TimelineItem[]): TimelineItem[] =>
  items.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, TIMELINE_LENGTH);
