/** Durable memory of what was said: scores, their history, what was shown to whom. */
import type { TenantId } from '../core/ids.ts';
import type { RecordKind } from '../core/record.ts';
import type { ScorePoint } from '../core/score.ts';

export interface ScoreRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly scoredAt: Date;
  readonly modelVersion: string;
  readonly data: unknown;
}

export interface ScoreStore {
  put(id: TenantId, rows: readonly ScoreRow[]): Promise<void>;
  get(id: TenantId, kind: RecordKind, ids: readonly string[]): Promise<ScoreRow[]>;
  /** Scores of tickets and feedback by the confidence of their type, lowest first; corrected ones are left out. */
  leastCertain(id: TenantId, limit: number): Promise<ScoreRow[]>;
  /**
   * Ready scores of contacts with a next contact time in `[from, until)` and a chance that is more
   * than everybody's, the likeliest to answer first.
   */
  likeliest(id: TenantId, from: Date, until: Date, limit: number): Promise<ScoreRow[]>;
  /**
   * What live tickets and survey answers made since `since` are about, by topic and kind; `topic` is
   * `null` for those read without finding one. What could not be read counts among them.
   */
  topics(id: TenantId, since: Date): Promise<TopicCount[]>;
  count(id: TenantId, kind: RecordKind): Promise<number>;
}

export interface TopicCount {
  readonly topic: string | null;
  readonly kind: 'ticket' | 'feedback';
  readonly n: number;
}

export interface HistoryRow extends ScorePoint {
  readonly id: string;
  readonly modelVersion: string;
}

export interface HistoryStore {
  /** Keeps what was said of contacts in a month; a later word of the same month replaces it. */
  put(id: TenantId, rows: readonly HistoryRow[]): Promise<void>;
  /** What was said of these contacts in `month`; contacts of whom nothing was said are absent. */
  of(id: TenantId, ids: readonly string[], month: string): Promise<HistoryRow[]>;
  /** The newest months in which something was said of a contact, at most `limit`, oldest first. */
  months(id: TenantId, contactId: string, limit: number): Promise<ScorePoint[]>;
}

/** One side of the holdout, and what was advised: on `holdout` what would have been. */
export interface Exposure {
  readonly contactId: string;
  /** `2026-11`. */
  readonly period: string;
  readonly arm: 'shown' | 'holdout';
  readonly channel: string | null;
  readonly dayPart: string | null;
  readonly chance: number | null;
  /** Chance, in (0, 1], with which this channel was chosen for the contact. */
  readonly propensity: number;
  readonly modelVersion: string;
  readonly at: Date;
}

/** One channel that was shown as the best, since when, and the chance with which it was chosen. */
export type ShownAdvice = Pick<Exposure, 'contactId' | 'propensity' | 'at'> & {
  readonly channel: string;
};

export interface ExposureStore {
  /** Keeps each distinct advice of a contact and period at its first time; repeats are ignored. */
  record(id: TenantId, exposures: readonly Exposure[]): Promise<void>;
  /** Everything a contact was exposed to, oldest first. */
  of(id: TenantId, contactId: string): Promise<Exposure[]>;
  /** The first moment of every contact on its side, per period. */
  firsts(id: TenantId): Promise<Pick<Exposure, 'contactId' | 'period' | 'arm' | 'at'>[]>;
  /** Every advice that was shown, oldest first; what was held out is not among them. */
  advised(id: TenantId): Promise<ShownAdvice[]>;
}
