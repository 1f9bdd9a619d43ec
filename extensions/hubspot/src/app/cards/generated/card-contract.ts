// Copied from src/core/card.ts by `npm run manifest`; do not edit.
/** What a contact card shows: codes, numbers and ISO times, never sentences. The contract with extensions/. */

export type CardState =
  | 'ready'
  | 'baseline'
  | 'empty'
  | 'blocked'
  | 'excluded'
  | 'stale'
  | 'not_connected'
  | 'no_access';

export interface CardReason {
  readonly code: string;
  readonly effect: number;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface CardChannel {
  readonly channel: string;
  /** Probabilities, 0–1. */
  readonly chance: number;
  readonly low: number;
  readonly high: number;
  readonly usual: number;
  readonly evidence: 'personal' | 'similar' | 'everyone';
  readonly tried: number;
  readonly answered: number;
  /** The ones to show first come first. */
  readonly reasons: readonly CardReason[];
}

export interface CardFeedback {
  readonly source: 'ticket' | 'feedback';
  readonly id: string;
  readonly title: string;
  readonly type: string | null;
  readonly typeConfidence: number | null;
  readonly sentiment: string | null;
  readonly urgency: string | null;
  readonly language: string;
  readonly at: string;
  readonly open: boolean;
}

/** `GET /hubspot/card` answers this with status 200 in every state; only transport trouble is an error. */
export interface ContactCard {
  readonly state: CardState;
  /** `name` is what to call them. */
  readonly contact: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly reach: {
    readonly best: CardChannel | null;
    readonly others: readonly CardChannel[];
    readonly blocked: readonly { readonly channel: string; readonly code: string }[];
    /** ISO instants of the advised window. */
    readonly from: string | null;
    readonly until: string | null;
    readonly touches7d: number;
    readonly touchesPerWeek: number;
  } | null;
  readonly segment: {
    readonly id: string;
    readonly code: string;
    readonly reasons: readonly CardReason[];
  } | null;
  readonly value: {
    readonly band: string;
    readonly expected12m: number;
    readonly low: number;
    readonly high: number;
    readonly currency: string;
  } | null;
  readonly feedback: readonly CardFeedback[];
  /** Interactions recorded, and how many a first personal score needs. */
  readonly have: number;
  readonly need: number;
  readonly scoredAt: string | null;
  readonly modelVersion: string | null;
}
