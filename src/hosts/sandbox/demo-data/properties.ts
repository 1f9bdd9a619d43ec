/** Definitions of every property the generator fills, in HubSpot's shape, HubSpot's own and the portal's. */
import { hubspotZone, TIME_ZONES } from './places.ts';
import { FIELD_WEIGHTS } from './profile.ts';
import { REPS } from './reps.ts';
import type { DemoObjectType, PropertyDefinition } from './types.ts';

type Type = PropertyDefinition['type'];
type Row = readonly [name: string, label: string, type: Type, options?: readonly string[]];

const FIELD_TYPE: Readonly<Record<Type, PropertyDefinition['fieldType']>> = {
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  number: 'number',
  phone_number: 'phonenumber',
  string: 'text',
};
const LONG_TEXT = /_(body|text|content)$|^content$/;

function option(text: string, displayOrder: number) {
  const [value, label] = text.split('=', 2) as [string, string | undefined];
  const words = value.replaceAll('_', ' ').toLowerCase();
  return {
    label: label ?? words.charAt(0).toUpperCase() + words.slice(1),
    value,
    hidden: false as const,
    displayOrder,
  };
}

function define(
  groupName: string,
  rows: readonly Row[],
  hubspotDefined = true,
): PropertyDefinition[] {
  return rows.map(([name, label, type, values]) => {
    const options = type === 'bool' ? ['true=Yes', 'false=No'] : values;
    return {
      name,
      label,
      type,
      fieldType: LONG_TEXT.test(name) ? 'textarea' : FIELD_TYPE[type],
      groupName,
      ...(options === undefined ? {} : { options: options.map(option) }),
      hubspotDefined,
    };
  });
}

const OWNER: Row = [
  'hubspot_owner_id',
  'Owner',
  'enumeration',
  REPS.map((rep) => `${rep.id}=${rep.firstName} ${rep.lastName}`),
];
const ID: Row = ['hs_object_id', 'Record ID', 'number'];
const CREATED: Row = ['createdate', 'Create date', 'datetime'];
const HS_CREATED: Row = ['hs_createdate', 'Object create date/time', 'datetime'];
const MODIFIED: Row = ['hs_lastmodifieddate', 'Last modified date', 'datetime'];
const LIFECYCLE: Row = [
  'lifecyclestage',
  'Lifecycle stage',
  'enumeration',
  [
    'subscriber',
    'lead',
    'marketingqualifiedlead=Marketing qualified lead',
    'salesqualifiedlead=Sales qualified lead',
    'opportunity',
    'customer',
    'evangelist',
    'other',
  ],
];
const ENGAGEMENT: readonly Row[] = [
  ID,
  HS_CREATED,
  MODIFIED,
  ['hs_timestamp', 'Activity date', 'datetime'],
  OWNER,
];
const CONSENT = ['granted', 'denied'];

/** By HubSpot's plural type name. */
export const DEMO_PROPERTIES: Readonly<Record<DemoObjectType, readonly PropertyDefinition[]>> &
  Readonly<Record<string, readonly PropertyDefinition[]>> = {
  contacts: [
    ...define('contactinformation', [
      ID,
      ['firstname', 'First name', 'string'],
      ['lastname', 'Last name', 'string'],
      ['email', 'Email', 'string'],
      ['phone', 'Phone number', 'phone_number'],
      ['mobilephone', 'Mobile phone number', 'phone_number'],
      ['jobtitle', 'Job title', 'string'],
      [
        'hs_seniority',
        'Employment seniority',
        'enumeration',
        ['executive', 'director', 'manager', 'senior', 'entry'],
      ],
      ['company', 'Company name', 'string'],
      ['city', 'City', 'string'],
      ['country', 'Country/Region', 'string'],
      ['industry', 'Industry', 'string'],
      [
        'hs_language',
        'Preferred language',
        'enumeration',
        [
          'en=English',
          'zh-cn=Chinese - China',
          'zh-tw=Chinese - Taiwan',
          'pt=Portuguese',
          'de=German',
        ],
      ],
      [
        'hs_timezone',
        'Time zone',
        'enumeration',
        TIME_ZONES.map((zone) => `${hubspotZone(zone)}=${zone}`),
      ],
      LIFECYCLE,
      [
        'hs_lead_status',
        'Lead status',
        'enumeration',
        [
          'NEW',
          'OPEN',
          'IN_PROGRESS',
          'OPEN_DEAL',
          'UNQUALIFIED',
          'ATTEMPTED_TO_CONTACT',
          'CONNECTED',
          'BAD_TIMING',
        ],
      ],
      ['hs_linkedin_url', 'LinkedIn URL', 'string'],
      ['hs_email_optout', 'Unsubscribed from all email', 'bool'],
      OWNER,
      CREATED,
      ['lastmodifieddate', 'Last modified date', 'datetime'],
    ]),
    ...define('analyticsinformation', [
      [
        'hs_analytics_source',
        'Original traffic source',
        'enumeration',
        [
          'ORGANIC_SEARCH',
          'PAID_SEARCH',
          'EMAIL_MARKETING',
          'SOCIAL_MEDIA',
          'REFERRALS',
          'OTHER_CAMPAIGNS',
          'DIRECT_TRAFFIC',
          'OFFLINE',
          'PAID_SOCIAL',
        ],
      ],
    ]),
    ...define(
      'consent',
      [
        ['phone_consent', 'Phone consent', 'enumeration', CONSENT],
        ['sms_consent', 'SMS consent', 'enumeration', CONSENT],
        ['whatsapp_consent', 'WhatsApp consent', 'enumeration', CONSENT],
      ],
      false,
    ),
  ],
  companies: define('companyinformation', [
    ID,
    ['name', 'Company name', 'string'],
    ['domain', 'Company domain name', 'string'],
    ['industry', 'Industry', 'enumeration', Object.keys(FIELD_WEIGHTS.industry)],
    ['city', 'City', 'string'],
    ['country', 'Country/Region', 'string'],
    ['numberofemployees', 'Number of employees', 'number'],
    LIFECYCLE,
    OWNER,
    CREATED,
    MODIFIED,
  ]),
  deals: define('dealinformation', [
    ID,
    ['dealname', 'Deal name', 'string'],
    ['amount', 'Amount', 'number'],
    ['pipeline', 'Pipeline', 'enumeration', ['default=Sales Pipeline']],
    [
      'dealstage',
      'Deal stage',
      'enumeration',
      [
        'appointmentscheduled=Appointment scheduled',
        'qualifiedtobuy=Qualified to buy',
        'presentationscheduled=Presentation scheduled',
        'decisionmakerboughtin=Decision maker bought-in',
        'contractsent=Contract sent',
        'closedwon=Closed won',
        'closedlost=Closed lost',
      ],
    ],
    ['closedate', 'Close date', 'datetime'],
    OWNER,
    CREATED,
    MODIFIED,
  ]),
  line_items: define('lineiteminformation', [
    ID,
    ['name', 'Name', 'string'],
    ['hs_sku', 'SKU', 'string'],
    ['quantity', 'Quantity', 'number'],
    ['price', 'Unit price', 'number'],
    ['amount', 'Net price', 'number'],
    ['hs_product_id', 'Product ID', 'number'],
    CREATED,
    MODIFIED,
  ]),
  products: define('productinformation', [
    ID,
    ['name', 'Name', 'string'],
    ['hs_sku', 'SKU', 'string'],
    ['price', 'Unit price', 'number'],
    CREATED,
    MODIFIED,
  ]),
  tickets: define('ticketinformation', [
    ID,
    ['subject', 'Ticket name', 'string'],
    ['content', 'Ticket description', 'string'],
    ['hs_pipeline', 'Pipeline', 'enumeration', ['0=Support Pipeline']],
    [
      'hs_pipeline_stage',
      'Ticket status',
      'enumeration',
      ['1=New', '2=Waiting on contact', '3=Waiting on us', '4=Closed'],
    ],
    ['hs_ticket_priority', 'Priority', 'enumeration', ['LOW', 'MEDIUM', 'HIGH', 'URGENT']],
    [
      'hs_ticket_category',
      'Category',
      'enumeration',
      ['PRODUCT_ISSUE', 'BILLING_ISSUE', 'FEATURE_REQUEST', 'GENERAL_INQUIRY', 'PRAISE'],
    ],
    ['closed_date', 'Close date', 'datetime'],
    OWNER,
    CREATED,
    MODIFIED,
  ]),
  feedback_submissions: define('feedback_submission_information', [
    ID,
    ['hs_content', 'Feedback content', 'string'],
    ['hs_value', 'Rating', 'number'],
    ['hs_response_group', 'Response group', 'enumeration', ['PROMOTER', 'PASSIVE', 'DETRACTOR']],
    ['hs_survey_type', 'Survey type', 'enumeration', ['NPS', 'CSAT', 'CES']],
    ['hs_survey_name', 'Survey name', 'string'],
    ['hs_submission_timestamp', 'Submission date', 'datetime'],
    HS_CREATED,
    MODIFIED,
  ]),
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
};
