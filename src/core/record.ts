/** The host-neutral records Rapport keeps: what a CRM's objects are called in our words. */
import type { Channel, Consent } from './channel.ts';
import type { RecordId } from './ids.ts';

export const RECORD_KINDS = [
  'contact',
  'company',
  'deal',
  'line_item',
  'ticket',
  'feedback',
  'call',
  'email',
  'meeting',
  'note',
  'communication',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];
/** The kinds that say "somebody touched somebody". */
export const INTERACTION_KINDS = ['call', 'email', 'meeting', 'communication'] as const;
export type InteractionKind = (typeof INTERACTION_KINDS)[number];

export interface RecordRef {
  readonly kind: RecordKind;
  readonly id: RecordId;
}

interface Base<K extends RecordKind> {
  readonly kind: K;
  readonly id: RecordId;
  readonly createdAt: Date;
  /** The CRM's own modification time; the newest wins when copies disagree. */
  readonly updatedAt: Date;
  /** Records this one is associated with, as the CRM told us. */
  readonly links: readonly RecordRef[];
}

/** A person. `traits` are the observable, non-protected fields a model may use (all categorical). */
export interface Contact extends Base<'contact'> {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** IANA time zone, `null` when unknown. */
  readonly timeZone: string | null;
  readonly language: string | null;
  readonly lifecycle: string | null;
  readonly traits: Readonly<Record<string, string>>;
  readonly emailOptOut: boolean;
  readonly consent: Readonly<Partial<Record<Channel, Consent>>>;
  readonly doNotScore: boolean;
}

export interface Company extends Base<'company'> {
  readonly name: string;
  readonly industry: string | null;
}

/** A purchase once `stage` is won; amounts in the portal's currency. */
export interface Deal extends Base<'deal'> {
  readonly name: string;
  readonly amount: number | null;
  readonly stage: 'open' | 'won' | 'lost';
  readonly closedAt: Date | null;
}

export interface LineItem extends Base<'line_item'> {
  readonly name: string;
  readonly sku: string | null;
  readonly quantity: number;
  readonly price: number;
}

/** One touch. `answered` is what came back: `null` = cannot be known from this record alone. */
export interface Interaction extends Base<InteractionKind> {
  readonly channel: Channel;
  readonly direction: 'outbound' | 'inbound';
  readonly at: Date;
  readonly answered: boolean | null;
  /** Who in the business made the touch, by the CRM's user or owner id; absent when unknown. */
  readonly repId?: string;
  readonly text: string;
}

export interface Note extends Base<'note'> {
  readonly at: Date;
  readonly text: string;
}

/** A support case. `category` and `priority` are what people in the CRM chose: weak labels. */
export interface Ticket extends Base<'ticket'> {
  readonly subject: string;
  readonly text: string;
  readonly category: string | null;
  readonly priority: 'urgent' | 'high' | 'medium' | 'low' | null;
  readonly open: boolean;
  /** A person's correction of the type, which outranks every other label. */
  readonly humanType: readonly FeedbackType[];
  /** The same for the topic. */
  readonly humanTopic?: string | null;
  /** Who works on it, by the CRM's owner id; absent when unknown. */
  readonly repId?: string;
  readonly closedAt?: Date | null;
}

/** A survey answer; `rating` is on the survey's own scale mapped to 0–10. */
export interface FeedbackItem extends Base<'feedback'> {
  readonly text: string;
  readonly rating: number | null;
  readonly survey: string | null;
  /** `null` or absent where the CRM names another kind. */
  readonly surveyType?: 'NPS' | 'CSAT' | 'CES' | null;
  readonly at: Date;
  /** A person's correction of the type, which outranks the rating. */
  readonly humanType?: readonly FeedbackType[];
  /** A person's correction of the topic, an id of the list. */
  readonly humanTopic?: string | null;
}

export type CrmRecord =
  | Contact
  | Company
  | Deal
  | LineItem
  | Interaction
  | Note
  | Ticket
  | FeedbackItem;

export const FEEDBACK_TYPES = ['problem', 'suggestion', 'praise', 'question'] as const;
export type FeedbackType = (typeof FEEDBACK_TYPES)[number];
export const SENTIMENTS = [
  'very_negative',
  'negative',
  'neutral',
  'positive',
  'very_positive',
] as const;
export type Sentiment = (typeof SENTIMENTS)[number];
export const URGENCIES = ['now', 'today', 'this_week', 'none'] as const;
export type Urgency = (typeof URGENCIES)[number];
export const TEXT_LANGUAGES = ['en', 'zh_hans', 'zh_hant', 'mixed', 'other'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];
