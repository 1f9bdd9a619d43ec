// Copied from src/core/team-page.ts by `npm run manifest`; do not edit.
/** What the app page shows a team: today's list and how it is going. The contract with extensions/. */

export interface TeamPage {
  readonly state: 'ready' | 'learning' | 'not_connected';
  readonly statistics: {
    readonly contacts: number;
    readonly scored: number;
    /** Share of touches of the last `days` that were answered; `null` before there is a figure. */
    readonly replies: TeamRate | null;
    readonly open: number;
    readonly overdue: number;
  } | null;
  /** Cases whose answer is due or overdue, the most overdue first. */
  readonly cases: readonly TeamCase[];
  /** People to reach in the next 24 hours, the likeliest to answer first; nobody of the holdout. */
  readonly contacts: readonly TeamContact[];
  readonly results: {
    readonly holdoutShare: number;
    /** Differences of chances, 0–1; `null` before the first month is over. */
    readonly uplift: {
      readonly verdict: 'helps' | 'hurts' | 'cannot_tell';
      readonly estimate: number;
      readonly low: number | null;
      readonly high: number | null;
    } | null;
    /** Share of answers in time; `null` before there is a figure. */
    readonly onTime: TeamRate | null;
  } | null;
  readonly sync: {
    readonly state: string;
    readonly lastEventAt: string | null;
    /** Kinds of record of which everything is here, of those compared so far. */
    readonly complete: number;
    readonly compared: number;
  } | null;
  /** Only for those who may change the settings. */
  readonly consoleUrl: string | null;
}

export interface TeamRate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly days: number;
}

export interface TeamCase {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly contact: string | null;
  readonly overdue: boolean;
  readonly dueAt: string;
  readonly type: string | null;
  readonly urgency: string | null;
}

export interface TeamContact {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly channel: string;
  readonly chance: number;
  readonly usual: number;
  readonly evidence: string;
  readonly from: string;
  readonly until: string | null;
  readonly timeZone: string;
}
