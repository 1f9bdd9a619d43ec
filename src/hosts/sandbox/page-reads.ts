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
  PageProperties,
  PageRecord,
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
  list(query: { q: string; after: string; limit: number }): Promise<ContactPage>;
  /** Follows a merged contact to its survivor. */
  find(id: string): Promise<StoredObject | undefined>;
  record(contact: StoredObject): Promise<ContactRecord>;
}

export function createPageReads(
  sql: Sql,
  properties: PropertyStore,
  identity: Identity,
): PageReads {
  const neighbours = (
    contactId: number,
    type: ObjectType,
    limit: number,
  ): Promise<StoredObject[]> =>
    sql.query<StoredObject>(
      `select ${OBJECT_COLUMNS} from sandbox.objects o
       where o.object_type = $1 and o.archived_at is null and o.id in
         (select to_id from sandbox.associations where from_type = 'contacts' and from_id = $2 and to_type = $1)
       order by coalesce(o.properties->>'hs_timestamp', '') desc, o.created_at desc, o.id desc limit $3`,
      [type.name, contactId, limit],
    );

  return {
    async list({ q, after, limit }) {
      const definitions = await properties.definitions(CONTACTS.name);
      const request = { query: q, after, limit, sorts: [`-${CONTACTS.modifiedProperty}`] };
      const search = searchSql(request, { type: CONTACTS, definitions });
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
        results: rows.map((row) => pageRecord(CONTACTS, row, definitions)),
        after: rows.length > 0 && end < total ? String(end) : null,
      };
    },
    async find(id) {
      const parsed = parseId(id);
      if (parsed === undefined) return undefined;
      const [found] = await readObjects(sql, CONTACTS, [await survivorOf(sql, CONTACTS, parsed)]);
      return found;
    },
    async record(contact) {
      const read = (name: string, limit = TIMELINE_LENGTH) =>
        neighbours(contact.id, objectTypeOf(name), limit);
      const definitions = await properties.definitions(CONTACTS.name);
      const [companies, deals, tickets, feedback] = await Promise.all(
        ['companies', 'deals', 'tickets', 'feedback_submissions'].map((name) => read(name)),
      );
      const touches = await Promise.all(
        TIMELINE_TYPES.map(async (name) =>
          (await read(name)).map((row) => timelineItem(objectTypeOf(name), row)),
        ),
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
        timeline: newestFirst(touches.flat()),
        definitions: shown.filter((one) => one.groupName !== SCORE_GROUP).map(shownProperty),
        scores: shown
          .filter((one) => one.groupName === SCORE_GROUP)
          .map((one) => ({
            ...shownProperty(one),
            value: propertyValue(CONTACTS, contact, one.name),
          })),
        portal: { id: identity.portalId, timezone: DEMO_PORTAL.timeZone },
        user: { id: identity.userId, email: identity.userEmail },
      };
    },
  };
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

const newestFirst = (items: readonly TimelineItem[]): TimelineItem[] =>
  items.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, TIMELINE_LENGTH);
