/** What the generator fills of calls, emails, meetings, notes and messages. */
import { define, HS_CREATED, ID, MODIFIED, OWNER, type Row } from './property-rows.ts';
import type { PropertyDefinition } from './types.ts';

const ENGAGEMENT: readonly Row[] = [
  ID,
  HS_CREATED,
  MODIFIED,
  ['hs_timestamp', 'Activity date', 'datetime'],
  OWNER,
];

export const ACTIVITY_PROPERTIES = {
  calls: define('call', [
    ...ENGAGEMENT,
    ['hs_call_title', 'Call title', 'string'],
    ['hs_call_direction', 'Call direction', 'enumeration', ['INBOUND', 'OUTBOUND']],
    [
      'hs_call_status',
      'Call status',
      'enumeration',
      [
        'BUSY',
        'CALLING_CRM_USER',
        'CANCELED',
        'COMPLETED',
        'CONNECTING',
        'FAILED',
        'IN_PROGRESS',
        'NO_ANSWER',
        'QUEUED',
        'RINGING',
      ],
    ],
    [
      'hs_call_disposition',
      'Call outcome',
      'enumeration',
      [
        '9d9162e7-6cf3-4944-bf63-4dff82258764=Busy',
        'f240bbac-87c9-4f6e-bf70-924b57d47db7=Connected',
        'a4c4c377-d246-4b32-a13b-75a56a4cd0ff=Left live message',
        'b2cf5968-551e-4856-9783-52b3da59a7d0=Left voicemail',
        '73a0d17f-1163-4015-bdd5-ec830791da20=No answer',
        '17b47fee-58de-441e-a44c-c6300d46f273=Wrong number',
      ],
    ],
    ['hs_call_duration', 'Call duration', 'number'],
    ['hs_call_body', 'Call notes', 'string'],
  ]),
  emails: define('email', [
    ...ENGAGEMENT,
    [
      'hs_email_direction',
      'Email direction',
      'enumeration',
      ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL'],
    ],
    [
      'hs_email_status',
      'Email send status',
      'enumeration',
      ['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING', 'SENT'],
    ],
    ['hs_email_subject', 'Email subject', 'string'],
    ['hs_email_text', 'Text body', 'string'],
  ]),
  meetings: define('meeting', [
    ...ENGAGEMENT,
    ['hs_meeting_title', 'Meeting name', 'string'],
    ['hs_meeting_body', 'Meeting description', 'string'],
    ['hs_meeting_start_time', 'Meeting start time', 'datetime'],
    ['hs_meeting_end_time', 'Meeting end time', 'datetime'],
    [
      'hs_meeting_outcome',
      'Meeting outcome',
      'enumeration',
      ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED'],
    ],
  ]),
  notes: define('note', [...ENGAGEMENT, ['hs_note_body', 'Note body', 'string']]),
  communications: define('communications', [
    ...ENGAGEMENT,
    [
      'hs_communication_channel_type',
      'Channel type',
      'enumeration',
      ['WHATS_APP', 'LINKEDIN_MESSAGE', 'SMS'],
    ],
    ['hs_communication_logged_from', 'Logged from', 'enumeration', ['CRM']],
    ['hs_communication_body', 'Communication body', 'string'],
  ]),
} satisfies Readonly<Record<string, readonly PropertyDefinition[]>>;
