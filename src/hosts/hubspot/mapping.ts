/** HubSpot objects → our records. Values are strings; unset is null. */
import type { Channel, Consent } from '../../core/channel.ts';
import { recordId } from '../../core/ids.ts';
import {
  type CrmRecord,
  FEEDBACK_TYPES,
  type FeedbackType,
  type Interaction,
  type InteractionKind,
  type RecordKind,
  type RecordRef,
  type Ticket,
} from '../../core/record.ts';
import type { Demographic } from '../../core/tenant.ts';

export interface HubSpotObject {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: Date | string;
  readonly updatedAt: Date | string;
}

/** What a portal's own pipelines and settings say. */
export interface PortalTerms {
  readonly dealStages: ReadonlyMap<string, 'open' | 'won' | 'lost'>;
  readonly closedTicketStages: ReadonlySet<string>;
  readonly consentProperties: Readonly<Partial<Record<Channel, string>>>;
  /** Fields about the person that models may use; none when left out. */
  readonly demographics?: readonly Demographic[];
}

const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
/** Observable fields a model may use; nothing protected (age, gender, origin) is among them. */
const TRAITS = {
  hs_seniority: 'seniority',
  industry: 'industry',
  hs_analytics_source: 'source',
  hs_lead_status: 'lead_status',
} as const;

/** What an admin may allow besides: the CRM's property and the trait made of it. */
export const DEMOGRAPHIC_PROPERTIES: Readonly<Record<Demographic, string>> = {
  age: 'date_of_birth',
  gender: 'gender',
  location: 'country',
};

/** Nothing of it without the admin's opt-in; an age is kept as its decade of birth. */
function demographics(
  p: Readonly<Record<string, string | null>>,
  allowed: readonly Demographic[],
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of allowed) {
    const value = p[DEMOGRAPHIC_PROPERTIES[field]]?.trim();
    if (!value) continue;
    if (field !== 'age') found[field === 'location' ? 'country' : field] = value;
    else {
      const year = /(?:19|20)\d\d/.exec(value)?.[0];
      if (year !== undefined) found['born'] = `${year.slice(0, 3)}0s`;
    }
  }
  return found;
}
const MESSAGE_CHANNELS: Readonly<Record<string, Channel>> = {
  WHATS_APP: 'whatsapp',
  SMS: 'sms',
  LINKEDIN_MESSAGE: 'linkedin',
};
/** Logged conversations are transcripts; a line of the customer's says that they answered. */
const CUSTOMER_LINE = /^\s*(?:customer|contact|客户|客戶)\s*[:：]/im;

/** `null` for an object that is no interaction of a known channel. Throws for one that is no object of HubSpot's. */
export function toRecord(
  kind: RecordKind,
  object: HubSpotObject,
  links: readonly RecordRef[],
  terms: PortalTerms,
): CrmRecord | null {
  const p = object.properties;
  const base = {
    id: recordId(object.id),
    createdAt: instant(object.createdAt),
    updatedAt: instant(object.updatedAt),
    links,
  };
  const at = date(p['hs_timestamp']) ?? base.createdAt;
  const touch = (
    kind: InteractionKind,
    rest: Omit<Interaction, keyof typeof base | 'kind' | 'at' | 'repId'>,
  ): Interaction => ({ ...base, kind, at, ...rest, ...repOf(p) });
  switch (kind) {
    case 'contact':
      return {
        ...base,
        kind,
        firstName: text(p['firstname']),
        lastName: text(p['lastname']),
        email: p['email'] || null,
        phone: p['phone'] || p['mobilephone'] || null,
        timeZone: timeZone(p['hs_timezone']),
        language: p['hs_language'] || null,
        lifecycle: p['lifecyclestage'] || null,
        traits: {
          ...Object.fromEntries(
            Object.entries(TRAITS).flatMap(([property, trait]) =>
              p[property] ? [[trait, p[property]]] : [],
            ),
          ),
          ...demographics(p, terms.demographics ?? []),
        },
        emailOptOut: p['hs_email_optout'] === 'true',
        consent: consents(p, terms),
        doNotScore: p['rapport_do_not_score'] === 'true',
      };
    case 'company':
      return { ...base, kind, name: text(p['name']), industry: p['industry'] || null };
    case 'deal':
      return {
        ...base,
        kind,
        name: text(p['dealname']),
        amount: number(p['amount']),
        stage: terms.dealStages.get(p['dealstage'] ?? '') ?? 'open',
        closedAt: date(p['closedate']),
      };
    case 'line_item':
      return {
        ...base,
        kind,
        name: text(p['name']),
        sku: p['hs_sku'] || null,
        quantity: number(p['quantity']) ?? 1,
        price: number(p['price']) ?? 0,
      };
    case 'ticket':
      return {
        ...base,
        kind,
        subject: text(p['subject']),
        text: text(p['content']),
        category: p['hs_ticket_category'] || null,
        priority: priority(p['hs_ticket_priority']),
        open: !terms.closedTicketStages.has(p['hs_pipeline_stage'] ?? ''),
        humanType: humanTypes(p['rapport_human_type']),
        humanTopic: p['rapport_human_topic'] || null,
        ...repOf(p),
        closedAt: date(p['closed_date']),
      };
    case 'feedback':
      return {
        ...base,
        kind,
        text: text(p['hs_content']),
        rating: rating(p['hs_value'], p['hs_survey_type']),
        survey: p['hs_survey_name'] || null,
        surveyType: SURVEY_TYPES.find((type) => type === p['hs_survey_type']) ?? null,
        at: date(p['hs_submission_timestamp']) ?? base.createdAt,
      };
    case 'call': {
      const status = p['hs_call_status'];
      return touch(kind, {
        channel: 'phone',
        direction: p['hs_call_direction'] === 'INBOUND' ? 'inbound' : 'outbound',
        answered: p['hs_call_disposition']
          ? p['hs_call_disposition'] === CONNECTED
          : callAnswered(status),
        text: text(p['hs_call_body']),
      });
    }
    case 'email':
      return touch(kind, {
        channel: 'email',
        direction: p['hs_email_direction'] === 'INCOMING_EMAIL' ? 'inbound' : 'outbound',
        // Whether a mail was answered shows only in what came after it.
        answered: null,
        text: [p['hs_email_subject'], p['hs_email_text'] || p['hs_email_html']]
          .filter(Boolean)
          .join('\n'),
      });
    case 'meeting':
      return touch(kind, {
        channel: 'meeting',
        direction: 'outbound',
        answered: meetingHeld(p['hs_meeting_outcome']),
        text: text(p['hs_meeting_body']),
      });
    case 'communication': {
      const channel = MESSAGE_CHANNELS[p['hs_communication_channel_type'] ?? ''];
      if (channel === undefined) return null;
      const body = text(p['hs_communication_body']);
      return touch(kind, {
        channel,
        direction: 'outbound',
        answered: CUSTOMER_LINE.test(body),
        text: body,
      });
    }
    case 'note':
      return { ...base, kind, at, text: text(p['hs_note_body']) };
  }
}

const repOf = (p: HubSpotObject['properties']): { repId?: string } =>
  p['hubspot_owner_id'] ? { repId: p['hubspot_owner_id'] } : {};

function instant(value: Date | string): Date {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) throw new RangeError('a time that is none');
  return at;
}

const text = (value: string | null | undefined): string => value ?? '';

function number(value: string | null | undefined): number | null {
  if (value === null || value === undefined || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

/** ISO 8601 or milliseconds, as HubSpot writes both. */
function date(value: string | null | undefined): Date | null {
  if (!value) return null;
  const parsed = new Date(/^\d{10,}$/.test(value) ? Number(value) : value);
  return Number.isNaN(parsed.getTime()) ? null : parsed;
}

/** `europe_slash_lisbon` → `Europe/Lisbon`; `null` when no such zone is known. */
function timeZone(value: string | null | undefined): string | null {
  if (!value) return null;
  const name = value.replaceAll('_slash_', '/').replaceAll('_hyphen_', '-');
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function consents(
  p: Readonly<Record<string, string | null>>,
  terms: PortalTerms,
): Partial<Record<Channel, Consent>> {
  const found: Partial<Record<Channel, Consent>> = {};
  for (const [channel, property] of Object.entries(terms.consentProperties) as [
    Channel,
    string,
  ][]) {
    const value = p[property]?.toLowerCase();
    if (value === 'granted' || value === 'true' || value === 'yes') found[channel] = 'granted';
    else if (value === 'denied' || value === 'false' || value === 'no') found[channel] = 'denied';
  }
  return found;
}

function priority(value: string | null | undefined): Ticket['priority'] {
  const lower = value?.toLowerCase();
  return lower === 'urgent' || lower === 'high' || lower === 'medium' || lower === 'low'
    ? lower
    : null;
}

const humanTypes = (value: string | null | undefined): FeedbackType[] =>
  (value ?? '')
    .split(';')
    .filter((part): part is FeedbackType => (FEEDBACK_TYPES as readonly string[]).includes(part));

/** Survey scales on 0–10: NPS as it is; CSAT 1–5 and CES 1–7 stretched. */
const SURVEY_TYPES = ['NPS', 'CSAT', 'CES'] as const;

function rating(
  value: string | null | undefined,
  survey: string | null | undefined,
): number | null {
  const score = number(value);
  if (score === null) return null;
  if (survey === 'CSAT') return ((score - 1) / 4) * 10;
  if (survey === 'CES') return ((score - 1) / 6) * 10;
  return score;
}

function callAnswered(status: string | null | undefined): boolean | null {
  if (status === 'COMPLETED') return true;
  if (status === 'NO_ANSWER' || status === 'BUSY' || status === 'FAILED' || status === 'CANCELED')
    return false;
  return null;
}

/** Rescheduled and cancelled meetings say nothing about whether a person can be met. */
function meetingHeld(outcome: string | null | undefined): boolean | null {
  const value = outcome?.toUpperCase().replaceAll(' ', '_');
  if (value === 'COMPLETED') return true;
  if (value === 'NO_SHOW') return false;
  return null;
}
