/** HubSpot's names for our kinds, and which parents each kind is read with. */
import type { RecordKind } from '../../core/record.ts';

interface ObjectType {
  /** Plural used in paths. */
  readonly plural: string;
  /** Singular used in webhook subscriptions. */
  readonly event: string;
  readonly typeId: string;
  readonly modified: string;
  readonly parents: readonly RecordKind[];
}

export const OBJECT_TYPES: Readonly<Record<RecordKind, ObjectType>> = {
  contact: {
    plural: 'contacts',
    event: 'contact',
    typeId: '0-1',
    modified: 'lastmodifieddate',
    parents: ['company'],
  },
  company: {
    plural: 'companies',
    event: 'company',
    typeId: '0-2',
    modified: 'hs_lastmodifieddate',
    parents: [],
  },
  deal: {
    plural: 'deals',
    event: 'deal',
    typeId: '0-3',
    modified: 'hs_lastmodifieddate',
    parents: ['contact'],
  },
  line_item: {
    plural: 'line_items',
    event: 'line_item',
    typeId: '0-8',
    modified: 'hs_lastmodifieddate',
    parents: ['deal'],
  },
  ticket: {
    plural: 'tickets',
    event: 'ticket',
    typeId: '0-5',
    modified: 'hs_lastmodifieddate',
    parents: ['contact'],
  },
  feedback: {
    plural: 'feedback_submissions',
    event: 'feedback_submission',
    typeId: '0-19',
    modified: 'hs_lastmodifieddate',
    parents: ['contact', 'ticket'],
  },
  call: {
    plural: 'calls',
    event: 'call',
    typeId: '0-48',
    modified: 'hs_lastmodifieddate',
    parents: ['contact', 'ticket'],
  },
  email: {
    plural: 'emails',
    event: 'email',
    typeId: '0-49',
    modified: 'hs_lastmodifieddate',
    parents: ['contact', 'ticket'],
  },
  meeting: {
    plural: 'meetings',
    event: 'meeting',
    typeId: '0-47',
    modified: 'hs_lastmodifieddate',
    parents: ['contact', 'ticket'],
  },
  note: {
    plural: 'notes',
    event: 'note',
    typeId: '0-46',
    modified: 'hs_lastmodifieddate',
    parents: ['contact', 'ticket'],
  },
  communication: {
    plural: 'communications',
    event: 'communication',
    typeId: '0-18',
    modified: 'hs_lastmodifieddate',
    parents: ['contact', 'ticket'],
  },
};
