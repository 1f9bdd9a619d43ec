/** Engagements as lines of a contact's timeline. */
import { convert } from 'html-to-text';
import type { StoredObject } from './object-store.ts';
import type { ObjectType } from './object-types.ts';
import type { TimelineItem } from './page-api.ts';

export const TIMELINE_TYPES = [
  'calls',
  'emails',
  'meetings',
  'notes',
  'communications',
  'tasks',
] as const;

/** HubSpot's call outcomes. */
export const CALL_CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
export const CALL_NO_ANSWER = '73a0d17f-1163-4015-bdd5-ec830791da20';
export const LIVE_MESSAGE = 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff';

/** Bodies may be HTML, as HubSpot's own editor writes them. */
const plain = (body: string): string =>
  /<\w|&\w+;/.test(body) ? convert(body, { wordwrap: false }) : body;

type Line = Pick<TimelineItem, 'kind' | 'direction' | 'title' | 'body' | 'answered'>;

export function timelineItem(type: ObjectType, row: StoredObject): TimelineItem {
  const at = row.properties['hs_timestamp'] ?? row.createdAt.toISOString();
  return { id: String(row.id), at, ...line(type.name, (name) => row.properties[name] ?? '') };
}

function line(typeName: string, value: (name: string) => string): Line {
  switch (typeName) {
    case 'calls': {
      const disposition = value('hs_call_disposition');
      return {
        kind: 'call',
        direction: value('hs_call_direction') === 'INBOUND' ? 'inbound' : 'outbound',
        title: value('hs_call_title'),
        body: value('hs_call_body'),
        answered: disposition === '' ? null : [CALL_CONNECTED, LIVE_MESSAGE].includes(disposition),
      };
    }
    case 'emails':
      return {
        kind: 'email',
        direction: value('hs_email_direction') === 'INCOMING_EMAIL' ? 'inbound' : 'outbound',
        title: value('hs_email_subject'),
        body: value('hs_email_text'),
        answered: null,
      };
    case 'meetings': {
      const outcome = value('hs_meeting_outcome').toUpperCase();
      return {
        kind: 'meeting',
        direction: null,
        title: value('hs_meeting_title'),
        body: value('hs_meeting_body'),
        answered: ({ COMPLETED: true, NO_SHOW: false } as Record<string, boolean>)[outcome] ?? null,
      };
    }
    case 'communications':
      return {
        kind: 'communication',
        direction: null,
        title: value('hs_communication_channel_type'),
        body: value('hs_communication_body'),
        answered: null,
      };
    case 'tasks':
      return {
        kind: 'task',
        direction: null,
        title: value('hs_task_subject'),
        body: plain(value('hs_task_body')),
        answered: null,
      };
    default:
      return {
        kind: 'note',
        direction: null,
        title: '',
        body: plain(value('hs_note_body')),
        answered: null,
      };
  }
}
