/** What the cards show: codes, numbers and ISO times, never sentences. The contract with extensions/. */

export type CardState =
  | 'ready'
  | 'baseline'
  | 'empty'
  | 'blocked'
  | 'excluded'
  | 'holdout'
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
    /** The best of the allowed channels on which one writes; `null` where there is none. */
    readonly written: string | null;
  } | null;
  readonly segment: {
    readonly id: string;
    /** What sets the group apart: words joined by `+`, or `outlier`. */
    readonly code: string;
    /** What people called it; `null` while nobody has. */
    readonly name: string | null;
    /** Standard deviations from the group's centre, and the next nearest group. */
    readonly distance: number;
    readonly runnerUp: string | null;
    readonly reasons: readonly CardReason[];
  } | null;
  /** Chance of falling silent within `days`; `null` where nothing can be said. */
  readonly risk: {
    readonly band: string;
    readonly chance: number;
    readonly usual: number;
    readonly days: number;
    /** Chance minus that of the end of last month; `null` when nothing was said then. */
    readonly change: number | null;
    readonly reasons: readonly CardReason[];
  } | null;
  readonly value: {
    readonly band: string;
    readonly expected12m: number;
    readonly low: number;
    readonly high: number;
    readonly currency: string;
  } | null;
  /** What to offer next; `blocked` says why it may not be offered now. */
  readonly offer: {
    readonly name: string;
    readonly basis: 'rule' | 'similar' | 'everyone';
    readonly because: string | null;
    /** Shares, 0–1: among people like them, and usually. */
    readonly chance: number;
    readonly usual: number;
    readonly n: number;
    readonly blocked: string | null;
  } | null;
  readonly feedback: readonly CardFeedback[];
  /** Somebody said "not now" to the advice of these days, and why. */
  readonly setAside: { readonly reason: string; readonly at: string } | null;
  /** What was said month by month, oldest first; `month` like `2026-11`, `churn` 0–1. */
  readonly trend: readonly {
    readonly month: string;
    readonly churn: number | null;
    readonly value: number | null;
  }[];
  /** Interactions recorded, and how many a first personal score needs. */
  readonly have: number;
  readonly need: number;
  readonly scoredAt: string | null;
  readonly modelVersion: string | null;
}

/** A message to copy, `GET /hubspot/draft`, in the customer's language. */
export interface CardDraft {
  /** `null` where no written channel is allowed, or in a language that is not written. */
  readonly text: string | null;
  /** The answer or case it is taken from; `null` for a beginning that a person goes on with. */
  readonly from: string | null;
  /** Places to fill in before sending. */
  readonly blanks: number;
}

/** How a chance came about, `GET /hubspot/details`. Probabilities, 0–1. */
export interface CardDetails {
  readonly channel: string;
  /** Where the sum begins, and the chance after each reason; the last one is the chance shown. */
  readonly start: number;
  readonly steps: readonly { readonly reason: CardReason; readonly chance: number }[];
  /** What would change it. */
  readonly changes: readonly {
    readonly code: 'answered_once' | 'missed_once' | 'allowed';
    readonly channel: string;
    readonly chance: number;
  }[];
}

/** What the models read in a text, `POST /hubspot/read`; `null` = unknown. */
export interface CardReading {
  readonly type: string | null;
  readonly urgency: string | null;
  readonly sentiment: string | null;
}

export interface CardLabel {
  readonly label: string;
  /** 0–1; 1 when a person said it. */
  readonly confidence: number;
}

/** A record of the CRM that something was taken from. */
export interface CardSource {
  readonly kind: string;
  readonly id: string;
}

export interface CardSimilarCase {
  readonly id: string;
  readonly subject: string;
  /** Cosine, 0–1. */
  readonly similarity: number;
  readonly outcome: 'open' | 'closed';
  readonly closedAt: string | null;
  readonly days: number | null;
  /** Our last words to that customer, or else a colleague's last note. */
  readonly resolution: string | null;
}

export interface CardReply {
  readonly kind: 'answer' | 'ask' | 'handover';
  /** `null` when a person is needed; `reason` says why. */
  readonly text: string | null;
  readonly language: string | null;
  readonly confidence: number;
  readonly source: (CardSource & { readonly title: string }) | null;
  readonly reason: string | null;
  /** Places to fill in before sending. */
  readonly blanks: number;
}

export type TicketCardState =
  | 'ready'
  | 'learning'
  | 'stale'
  | 'empty'
  | 'unsupported_language'
  | 'not_connected'
  | 'no_access';

/** What messages are about, by the admin's list; a topic that has left it is named by its id. */
export interface CardTopic {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
}

/** `GET /hubspot/ticket-card` answers this with status 200 in every state. */
export interface TicketCard {
  readonly state: TicketCardState;
  readonly ticket: { readonly id: string; readonly subject: string; readonly open: boolean };
  /** Most certain first; empty while unknown. */
  readonly types: readonly CardLabel[];
  /** `evidence`: the customer's sentence that speaks most for it, as written. */
  readonly sentiment: (CardLabel & { readonly evidence: string | null }) | null;
  readonly urgency: CardLabel | null;
  readonly topic: CardTopic | null;
  /** What it may be corrected to. */
  readonly topics: readonly CardTopic[];
  /** The customer's sentence that speaks most for the likeliest type, as written. */
  readonly evidence: string | null;
  /** Fields whose value a person gave. */
  readonly corrected: readonly string[];
  readonly language: string;
  /** Languages of the customer's sentences, with how many there are. */
  readonly languages: readonly { readonly language: string; readonly sentences: number }[];
  readonly entities: readonly {
    readonly kind: string;
    readonly text: string;
    readonly value: string | null;
  }[];
  readonly summary: readonly {
    readonly text: string;
    readonly from: 'customer' | 'us' | 'internal';
    readonly at: string;
    readonly source: CardSource;
  }[];
  readonly similar: readonly CardSimilarCase[];
  readonly reply: CardReply | null;
  readonly followUp: {
    readonly state: 'none' | 'open' | 'done' | 'overdue';
    readonly dueAt: string | null;
    readonly waitingSince: string | null;
    readonly answeredAt: string | null;
    readonly answeredBy: (CardSource & { readonly repId: string | null }) | null;
    readonly cameBack: boolean;
    readonly evidence: 'case' | 'contact';
  } | null;
  /** `score` = 100 × the product of `value ^ weight` over `parts`, rounded. */
  readonly priority: {
    readonly score: number;
    readonly parts: readonly {
      readonly factor: 'urgency' | 'value' | 'waiting';
      readonly input: string;
      readonly value: number;
      readonly weight: number;
    }[];
  } | null;
  readonly reasons: readonly CardReason[];
  /** Whose case it is and how to reach them; `null` while unknown or not to be said. */
  readonly person: CardPerson | null;
  /** The same person's other messages, newest first. */
  readonly past: readonly CardFeedback[];
  readonly scoredAt: string | null;
  readonly modelVersion: string | null;
}

/** Somebody to reach, and how. `at` is the start of the advised hour, an ISO instant. */
export interface CardPerson {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly channel: string;
  /** Probability, 0–1. */
  readonly chance: number;
  readonly at: string | null;
}

/** Somebody on a deal; `channel` and `chance` are `null` where nothing may be advised. */
export interface CardDealPerson {
  readonly id: string;
  readonly name: string;
  readonly channel: string | null;
  /** Probability, 0–1. */
  readonly chance: number | null;
  /** The last touch in either direction. */
  readonly lastTouchAt: string | null;
}

/** What the deal card shows; a closed deal is `empty`. */
export interface DealCard {
  readonly state: CardState;
  readonly deal: {
    readonly id: string;
    readonly name: string;
    readonly amount: number | null;
    readonly currency: string;
  };
  readonly win: {
    /** Probabilities, 0–1. */
    readonly chance: number;
    readonly low: number;
    readonly high: number;
    readonly usual: number;
    readonly band: string;
    /** Whether such chances foresaw later deals better than the usual rate; `null` = too few to tell. */
    readonly better: boolean | null;
    /** Closed deals the chance rests on. */
    readonly won: number;
    readonly lost: number;
    /** The ones to show first come first. */
    readonly reasons: readonly CardReason[];
  } | null;
  readonly silentDays: number | null;
  /** Nine of ten won deals never were silent for longer. */
  readonly stalledAfterDays: number | null;
  readonly stalled: boolean | null;
  /** Those last in touch first. */
  readonly people: readonly CardDealPerson[];
  readonly nextTouch: CardPerson | null;
  readonly expectedValue: number | null;
  readonly scoredAt: string | null;
  readonly modelVersion: string | null;
}

export interface CardEngaged {
  readonly id: string;
  readonly name: string;
  readonly answers90d: number;
}

/** What the company card shows. */
export interface CompanyCard {
  readonly state: CardState;
  readonly company: { readonly id: string; readonly name: string };
  readonly health: {
    readonly band: string;
    /** Whole, 0–100; the host colours it by the same cuts as the band: below 33, below 66, above. */
    readonly score: number;
    readonly reasons: readonly CardReason[];
  } | null;
  readonly value: {
    readonly expected12m: number;
    readonly low: number;
    readonly high: number;
    readonly currency: string;
  } | null;
  readonly people: number;
  readonly engaged90d: number | null;
  readonly singleThreaded: boolean | null;
  readonly bestContact: CardPerson | null;
  /** People per segment, the largest first. */
  readonly segments: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string | null;
    readonly people: number;
  }[];
  /** Cases of 90 days by topic, the commonest first. */
  readonly topics: readonly { readonly topic: CardTopic; readonly cases: number }[];
  /** Answers within 90 days: the most first, and who has given none. */
  readonly mostEngaged: readonly CardEngaged[];
  readonly leastEngaged: readonly CardEngaged[];
  readonly sentiment90d: string | null;
  readonly topIssue: { readonly category: string; readonly cases: number } | null;
  readonly scoredAt: string | null;
  readonly modelVersion: string | null;
}
