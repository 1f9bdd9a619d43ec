/** A model's answer: value, interval, reasons and the version that gave it. */
import type { Blocked, Channel, DayPart } from './channel.ts';
import type { FeedbackType, Sentiment, TextLanguage, Urgency } from './record.ts';

/**
 * One counted reason. `effect` is its share of the score on the score's own additive scale
 * (log-odds for a chance); effects plus the base add up to the score exactly.
 */
export interface Reason {
  readonly code: string;
  readonly effect: number;
  readonly params: Readonly<Record<string, string | number>>;
}

export const STATUSES = [
  'ready',
  'learning',
  'no_data',
  'consent_blocked',
  'excluded',
  'holdout',
  'unsupported_language',
  'error',
] as const;
export type ScoreStatus = (typeof STATUSES)[number];

export const EVIDENCES = ['personal', 'similar', 'everyone'] as const;
export type Evidence = (typeof EVIDENCES)[number];
export const VALUE_BANDS = ['top', 'high', 'mid', 'low'] as const;
export type ValueBand = (typeof VALUE_BANDS)[number];
export const CHURN_BANDS = ['high', 'rising', 'normal'] as const;
export type ChurnBand = (typeof CHURN_BANDS)[number];
/** `high` from this multiple of the usual odds on; `rising` from this many points more than last month. */
export const CHURN_HIGH_ODDS = 2;
export const CHURN_RISING = 0.05;

/** One channel's chance for one contact. `chance`, `low`, `high`, `usual` are probabilities. */
export interface ChannelChance<C extends string = Channel> {
  readonly channel: C;
  readonly dayPart: DayPart;
  readonly chance: number;
  /** 95 % interval of the chance. */
  readonly low: number;
  readonly high: number;
  /** The portal's usual rate on this channel. */
  readonly usual: number;
  readonly evidence: Evidence;
  /** Outbound touches of this contact on this channel, and how many were answered. */
  readonly tried: number;
  readonly answered: number;
  /** Log-odds at the start of the sum; `base + Σ reasons.effect = logit(chance)`. */
  readonly base: number;
  readonly reasons: readonly Reason[];
}

export interface ReachAdvice {
  /** Best first, among those allowed. Empty when nothing is allowed. */
  readonly ranked: readonly ChannelChance[];
  readonly blocked: readonly Blocked[];
  readonly nextContactAt: string | null;
  readonly nextContactUntil: string | null;
  readonly timeZone: string;
  readonly touches7d: number;
  /** How the first of `ranked` came to be first; `null` without any. */
  readonly choice: {
    /** Drawn to keep learning instead of being the best. */
    readonly explored: boolean;
    /** The chance with which this channel comes first for this contact in this week. */
    readonly propensity: number;
  } | null;
}

export interface SegmentScore {
  readonly id: string;
  /** When the group got its id, ISO 8601; `null` for an outlier. */
  readonly since: string | null;
  readonly code: string;
  readonly distance: number;
  readonly runnerUp: string | null;
  readonly reasons: readonly Reason[];
}

export interface ValueScore {
  readonly band: ValueBand;
  /** Expected spend in the next 12 months, portal currency, with a 90 % interval. */
  readonly expected12m: number;
  readonly low: number;
  readonly high: number;
  /** Money at the start of the sum; `base + Σ reasons.effect = expected12m`. */
  readonly base: number;
  readonly reasons: readonly Reason[];
}

/** Why an offer may not be made now; the first rule that forbids it is the one shown. */
export const OFFER_BLOCKS = ['open_problem', 'no_consent'] as const;
export type OfferBlock = (typeof OFFER_BLOCKS)[number];

/** What to offer next: never owned, never in an open deal. "Bought by 31 % like her, usually 9 %, n = 412". */
export interface OfferScore {
  readonly sku: string;
  readonly name: string;
  /** `rule`: who has `because` also took it; `similar`: by who they are; `everyone`: it sells best. */
  readonly basis: 'rule' | 'similar' | 'everyone';
  readonly because: { readonly sku: string; readonly name: string } | null;
  /** Shares, 0–1: among those like them, and usually. */
  readonly chance: number;
  readonly usual: number;
  readonly lift: number;
  /** How many of the `n` took it; `null` where a classifier answers. */
  readonly count: number | null;
  readonly n: number;
  readonly blocked: OfferBlock | null;
}

export const MOODS = ['negative', 'mixed', 'neutral', 'positive'] as const;
export type Mood = (typeof MOODS)[number];

/** What a contact said of late, in sum. */
export interface Voice {
  /** `null` without a message whose sentiment is known. */
  readonly sentiment90d: Mood | null;
  readonly messages90d: number;
  /** Cases that are still open. */
  readonly openFeedback: number;
}

/** What was said of a contact in one month; `month` like `2026-11`. */
export interface ScorePoint {
  readonly month: string;
  readonly value12m: number | null;
  readonly churnChance: number | null;
}

/** Chance of falling silent: neither a purchase nor an answer within `days`. */
export interface RiskScore {
  readonly band: ChurnBand;
  readonly chance: number;
  /** The portal's rate in the newest such window. */
  readonly usual: number;
  readonly days: number;
  /** Log-odds at the start of the sum; `base + Σ reasons.effect = logit(chance)`. */
  readonly base: number;
  readonly reasons: readonly Reason[];
  /** What was said at the end of last month; `null` when nothing was. */
  readonly before: ScorePoint | null;
}

/** Everything Rapport says of one contact. `null` parts are unknown, never zero. */
export interface ContactScore {
  readonly status: ScoreStatus;
  readonly segment: SegmentScore | null;
  readonly value: ValueScore | null;
  readonly risk: RiskScore | null;
  readonly reach: ReachAdvice | null;
  readonly offer: OfferScore | null;
  /**
   * Which side of the holdout the contact is on; `null` = on neither, because it is not compared.
   * With `true` the status is `holdout` and nothing of the score may be shown.
   */
  readonly heldOut: boolean | null;
  readonly voice: Voice | null;
  readonly modelVersion: string;
}

/** A name, number, date or amount in a text; `value` is its one form for all ways of writing it. */
export interface TextEntity {
  readonly kind: string;
  readonly text: string;
  readonly value?: string;
}

/** Everything Rapport says of one piece of customer text (ticket or feedback item). */
export interface TextScore {
  readonly status: ScoreStatus;
  readonly language: TextLanguage;
  /** The likeliest type, the first of `types`. */
  readonly type: { readonly label: FeedbackType; readonly confidence: number } | null;
  /** Several at once are usual: a complaint that asks for something. */
  readonly types: readonly { readonly label: FeedbackType; readonly confidence: number }[];
  readonly sentiment: { readonly label: Sentiment; readonly confidence: number } | null;
  readonly urgency: { readonly label: Urgency; readonly confidence: number } | null;
  /** Id of the topic that speaks most. */
  readonly topic: string | null;
  readonly entities: readonly TextEntity[];
  /** The sentence that speaks most for the type, as written. */
  readonly evidence: string | null;
  /** The sentence that speaks most for the sentiment, as written; `null` where it is neutral. */
  readonly sentimentEvidence: string | null;
  /** Terms that moved the type most, with their additive effects. */
  readonly reasons: readonly Reason[];
  readonly modelVersion: string;
}

export const WIN_BANDS = ['strong', 'even', 'weak'] as const;
export type WinBand = (typeof WIN_BANDS)[number];

/** An open deal's chance of being won; probabilities, the interval is 90 %. */
export interface WinChance {
  readonly chance: number;
  readonly low: number;
  readonly high: number;
  /** Share of won deals among the closed ones. */
  readonly usual: number;
  readonly band: WinBand;
  /** Log-odds at the start of the sum; `base + Σ reasons.effect = logit(chance)`. */
  readonly base: number;
  readonly reasons: readonly Reason[];
  /** Whether such chances foresaw later deals better than the usual rate; `null` = too few to tell. */
  readonly better: boolean | null;
  /** Closed deals the chance rests on. */
  readonly won: number;
  readonly lost: number;
}

/** Everything Rapport says of one open deal. `null` parts are unknown, never zero. */
export interface DealScore {
  readonly status: ScoreStatus;
  readonly win: WinChance | null;
  /** Days since the last touch with anybody on the deal, or since it began. */
  readonly silentDays: number | null;
  /** Nine of ten won deals never were silent for longer. */
  readonly stalledAfterDays: number | null;
  readonly stalled: boolean | null;
  readonly nextTouch: {
    readonly contactId: string;
    readonly channel: Channel;
    readonly chance: number;
    readonly at: string | null;
  } | null;
  /** Chance × amount, portal currency. */
  readonly expectedValue: number | null;
  readonly modelVersion: string;
}

export const HEALTH_BANDS = ['healthy', 'watch', 'at_risk'] as const;
export type HealthBand = (typeof HEALTH_BANDS)[number];

/** Everything Rapport says of one company, rolled up from its people. `null` parts are unknown. */
export interface CompanyScore {
  readonly status: ScoreStatus;
  /** People counted; those marked do-not-score are not. */
  readonly people: number;
  /** `Σ reasons.effect = total`, points by stated rules. */
  readonly health: {
    readonly band: HealthBand;
    readonly total: number;
    readonly reasons: readonly Reason[];
  } | null;
  /** Expected spend of its people in 12 months, portal currency, with a 90 % interval. */
  readonly value12m: {
    readonly expected: number;
    readonly low: number;
    readonly high: number;
  } | null;
  /** People who answered, wrote or met within 90 days. */
  readonly engaged90d: number | null;
  readonly singleThreaded: boolean | null;
  readonly bestContact: {
    readonly id: string;
    readonly channel: Channel;
    readonly chance: number;
    readonly at: string | null;
  } | null;
  readonly sentiment90d: Mood | null;
  /** The highest risk among the people who carry most of the expected spend; `of` is how many they are. */
  readonly churn: {
    readonly band: ChurnBand;
    readonly contactId: string;
    readonly of: number;
  } | null;
  /** What its people are likeliest to buy next and nobody there owns; `people` would be offered it. */
  readonly nextOffer: {
    readonly sku: string;
    readonly name: string;
    readonly people: number;
  } | null;
  /** People per segment, the largest first; those held out are counted, their advice is not. */
  readonly segments: readonly {
    readonly id: string;
    readonly since: string | null;
    readonly code: string;
    readonly people: number;
  }[];
  /** Cases of the last 90 days by topic, the commonest first. */
  readonly topics: readonly { readonly id: string; readonly cases: number }[];
  /** Answers of each person within 90 days: the most first, at most `PEOPLE_NAMED`. */
  readonly mostEngaged: readonly { readonly id: string; readonly answers: number }[];
  /** People who gave no answer within 90 days, at most `PEOPLE_NAMED`. */
  readonly leastEngaged: readonly { readonly id: string; readonly answers: number }[];
  /** The commonest topic, or where none is known the CRM's category, of cases of the last 90 days. */
  readonly topIssue: { readonly category: string; readonly cases: number } | null;
  readonly modelVersion: string;
}
