/** What the demo generator yields: CRM objects in HubSpot's own words, and the hidden truth beside them. */
import type { DayPart } from '../../../core/channel.ts';
import type { FeedbackType, Sentiment, TextLanguage, Urgency } from '../../../core/record.ts';

export interface DemoOptions {
  readonly contacts: number;
  readonly seed: number;
  /** The anchor: no timestamp of the portal lies after it. */
  readonly now: Date;
}

/** Channels the portal's people are reached on; the other ones of the product are not made up. */
export const DEMO_CHANNELS = ['phone', 'email', 'meeting', 'sms', 'whatsapp', 'linkedin'] as const;
export type DemoChannel = (typeof DEMO_CHANNELS)[number];

export const DEMO_OBJECT_TYPES = [
  'contacts',
  'companies',
  'deals',
  'line_items',
  'products',
  'tickets',
  'feedback_submissions',
  'calls',
  'emails',
  'meetings',
  'notes',
  'communications',
] as const;
export type DemoObjectType = (typeof DEMO_OBJECT_TYPES)[number];

export interface DemoObject {
  /** HubSpot's plural name of the type. */
  readonly objectType: DemoObjectType;
  /** Numeric text, unique within its type. */
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One row per pair of objects; the CRM shows it from both sides. */
export interface DemoAssociation {
  readonly fromType: DemoObjectType;
  readonly fromId: string;
  readonly toType: DemoObjectType;
  readonly toId: string;
}

export const DEMO_SEGMENTS = [
  'champion',
  'steady',
  'occasional',
  'bargain',
  'newcomer',
  'dormant',
  'prospect',
] as const;
export type DemoSegment = (typeof DEMO_SEGMENTS)[number];

export interface ContactTruth {
  readonly segment: DemoSegment;
  /** Chance of a reply per channel, the plain mean over the day parts of business hours. */
  readonly replyProb: Readonly<Record<DemoChannel, number>>;
  readonly replyProbByDayPart: Readonly<Record<DemoChannel, Readonly<Record<DayPart, number>>>>;
  /** The channel with the highest `replyProb`, whether or not consent allows it. */
  readonly bestChannel: DemoChannel;
}

export interface TextTruth {
  readonly type: FeedbackType;
  readonly sentiment: Sentiment;
  readonly urgency: Urgency;
  readonly language: TextLanguage;
}

/** What really holds for an object; never shown to a model. */
export interface DemoTruth {
  readonly objectType: DemoObjectType;
  readonly id: string;
  readonly truth: ContactTruth | TextTruth;
}

/** Some contacts with everything that hangs on them; associations stay inside a batch. */
export interface DemoBatch {
  readonly objects: readonly DemoObject[];
  readonly associations: readonly DemoAssociation[];
  readonly truths: readonly DemoTruth[];
}

/** A property definition as HubSpot's properties API shows it. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type:
    | 'bool'
    | 'date'
    | 'datetime'
    | 'enumeration'
    | 'number'
    | 'phone_number'
    | 'string';
  readonly fieldType:
    | 'booleancheckbox'
    | 'checkbox'
    | 'date'
    | 'html'
    | 'number'
    | 'phonenumber'
    | 'radio'
    | 'select'
    | 'text'
    | 'textarea';
  readonly groupName: string;
  readonly options?: readonly {
    readonly label: string;
    readonly value: string;
    readonly hidden: false;
    readonly displayOrder: number;
  }[];
  /** `true` for what every HubSpot portal has, `false` for what this portal added. */
  readonly hubspotDefined: boolean;
}
