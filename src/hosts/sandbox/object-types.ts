/** The object types the sandbox knows: names, type ids, system properties, scopes, rules of creation. */

export interface ObjectType {
  /** The name in API paths. */
  readonly name: string;
  readonly singular: string;
  readonly typeId: string;
  readonly createdProperty: string;
  readonly modifiedProperty: string;
  /** Returned when a request names no properties, besides the system ones. */
  readonly defaults: readonly string[];
  /** Searched by the `query` of a search request. */
  readonly searchable: readonly string[];
  /** Of each group at least one property must be given at creation. */
  readonly required: readonly (readonly string[])[];
  /** Any one of these scopes allows the access; an empty list refuses it to everybody. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Scopes that allow changing the property definitions. */
  readonly schemaWrite: readonly string[];
  readonly mergeable: boolean;
}

const MODIFIED = 'hs_lastmodifieddate';
const CONTACTS_READ = 'crm.objects.contacts.read';
const CONTACTS_WRITE = 'crm.objects.contacts.write';

function engagement(
  name: string,
  singular: string,
  typeId: string,
  extra: { searchable: readonly string[]; required?: readonly (readonly string[])[] },
): ObjectType {
  return {
    name,
    singular,
    typeId,
    createdProperty: 'hs_createdate',
    modifiedProperty: MODIFIED,
    defaults: [],
    searchable: extra.searchable,
    required: [['hs_timestamp'], ...(extra.required ?? [])],
    read: [CONTACTS_READ],
    write: [CONTACTS_WRITE],
    schemaWrite: ['crm.schemas.contacts.write'],
    mergeable: false,
  };
}

export const OBJECT_TYPES: readonly ObjectType[] = [
  {
    name: 'contacts',
    singular: 'contact',
    typeId: '0-1',
    createdProperty: 'createdate',
    modifiedProperty: 'lastmodifieddate',
    defaults: ['email', 'firstname', 'lastname'],
    searchable: ['firstname', 'lastname', 'email', 'phone', 'mobilephone', 'company'],
    required: [['email', 'firstname', 'lastname']],
    read: [CONTACTS_READ],
    write: [CONTACTS_WRITE],
    schemaWrite: ['crm.schemas.contacts.write'],
    mergeable: true,
  },
  {
    name: 'companies',
    singular: 'company',
    typeId: '0-2',
    createdProperty: 'createdate',
    modifiedProperty: MODIFIED,
    defaults: ['name', 'domain'],
    searchable: ['name', 'domain', 'website', 'phone'],
    required: [['name', 'domain']],
    read: ['crm.objects.companies.read'],
    write: ['crm.objects.companies.write'],
    schemaWrite: ['crm.schemas.companies.write'],
    mergeable: true,
  },
  {
    name: 'deals',
    singular: 'deal',
    typeId: '0-3',
    createdProperty: 'createdate',
    modifiedProperty: MODIFIED,
    defaults: ['dealname', 'amount', 'closedate', 'dealstage', 'pipeline'],
    searchable: ['dealname', 'pipeline', 'dealstage', 'description'],
    required: [['dealname'], ['dealstage']],
    read: ['crm.objects.deals.read'],
    write: ['crm.objects.deals.write'],
    schemaWrite: ['crm.schemas.deals.write'],
    mergeable: true,
  },
  {
    name: 'tickets',
    singular: 'ticket',
    typeId: '0-5',
    createdProperty: 'createdate',
    modifiedProperty: MODIFIED,
    defaults: [
      'subject',
      'content',
      'hs_pipeline',
      'hs_pipeline_stage',
      'hs_ticket_category',
      'hs_ticket_priority',
    ],
    searchable: ['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_category'],
    required: [['subject'], ['hs_pipeline_stage']],
    read: ['tickets', 'crm.objects.tickets.read'],
    write: ['tickets', 'crm.objects.tickets.write'],
    schemaWrite: ['tickets', 'crm.schemas.tickets.write'],
    mergeable: true,
  },
  {
    name: 'products',
    singular: 'product',
    typeId: '0-7',
    createdProperty: 'createdate',
    modifiedProperty: MODIFIED,
    defaults: ['name', 'description', 'price'],
    searchable: ['name', 'hs_sku', 'description'],
    required: [['name']],
    read: ['e-commerce', 'crm.objects.products.read'],
    write: ['e-commerce', 'crm.objects.products.write'],
    schemaWrite: ['e-commerce', 'crm.schemas.products.write'],
    mergeable: false,
  },
  {
    name: 'line_items',
    singular: 'line_item',
    typeId: '0-8',
    createdProperty: 'createdate',
    modifiedProperty: MODIFIED,
    defaults: ['name', 'quantity', 'price', 'amount'],
    searchable: ['name', 'hs_sku', 'description'],
    required: [['name', 'hs_product_id']],
    read: ['e-commerce', 'crm.objects.line_items.read'],
    write: ['e-commerce', 'crm.objects.line_items.write'],
    schemaWrite: ['e-commerce', 'crm.schemas.line_items.write'],
    mergeable: false,
  },
  {
    name: 'feedback_submissions',
    singular: 'feedback_submission',
    typeId: '0-19',
    createdProperty: 'hs_createdate',
    modifiedProperty: MODIFIED,
    defaults: [],
    searchable: ['hs_submission_name', 'hs_content'],
    required: [],
    read: ['crm.objects.feedback_submissions.read'],
    write: [],
    schemaWrite: [],
    mergeable: false,
  },
  engagement('calls', 'call', '0-48', { searchable: ['hs_call_title', 'hs_call_body'] }),
  engagement('emails', 'email', '0-49', { searchable: ['hs_email_subject'] }),
  engagement('meetings', 'meeting_event', '0-47', {
    searchable: ['hs_meeting_title', 'hs_meeting_body'],
  }),
  engagement('notes', 'note', '0-46', { searchable: ['hs_note_body'] }),
  engagement('communications', 'communication', '0-18', {
    searchable: ['hs_communication_body'],
    required: [['hs_communication_channel_type'], ['hs_communication_logged_from']],
  }),
  engagement('tasks', 'task', '0-27', { searchable: ['hs_task_subject', 'hs_task_body'] }),
];

const BY_ALIAS = new Map<string, ObjectType>();
for (const type of OBJECT_TYPES) {
  for (const alias of [type.name, type.singular, type.typeId]) BY_ALIAS.set(alias, type);
}
BY_ALIAS.set('meeting', objectTypeOf('meetings'));

/** By path name, singular or type id; `undefined` when there is no such type. */
export function findObjectType(alias: string): ObjectType | undefined {
  return BY_ALIAS.get(alias.toLowerCase().replaceAll(' ', '_'));
}

/** For names the code itself gives. */
export function objectTypeOf(name: string): ObjectType {
  const type = BY_ALIAS.get(name);
  if (type === undefined) throw new RangeError(`No object type ${name}.`);
  return type;
}

/** The properties every record has, kept in columns rather than among the values. */
export function systemProperties(type: ObjectType): readonly string[] {
  return [type.createdProperty, type.modifiedProperty, 'hs_object_id'];
}
