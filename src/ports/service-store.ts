/** Durable memory of serving customers: what waits, what was corrected, the tenant's answers, chats. */
import type { TenantId } from '../core/ids.ts';
import type { Correction, FollowUpState } from '../core/service.ts';

export interface FollowUpRow {
  readonly id: string;
  readonly state: FollowUpState;
  readonly dueAt: Date | null;
  /** When to look at the case again though nothing happened; `null` = never. */
  readonly lookAt: Date | null;
}

/** Of tickets. */
export interface FollowUpStore {
  put(id: TenantId, rows: readonly FollowUpRow[]): Promise<void>;
  remove(id: TenantId, ticketIds: readonly string[]): Promise<void>;
  /** Ids whose `lookAt` has come, earliest first; their `lookAt` is cleared, so each is given once. */
  takeDue(id: TenantId, now: Date, limit: number): Promise<string[]>;
  /** Those of the given tickets that wait for an answer. */
  waiting(id: TenantId, ticketIds: readonly string[]): Promise<string[]>;
  /** Those that wait for an answer with a due time, the earliest due first. */
  pressing(id: TenantId, limit: number): Promise<{ id: string; overdue: boolean; dueAt: Date }[]>;
  /** How many wait for an answer, and how many of them are overdue. */
  counts(id: TenantId): Promise<{ waiting: number; overdue: number }>;
}

export interface CorrectionStore {
  /** Replaces an earlier correction of the same field, of which `was` is kept. */
  put(id: TenantId, correction: Correction): Promise<void>;
  /** Of some records. */
  of(id: TenantId, kind: Correction['kind'], ids: readonly string[]): Promise<Correction[]>;
  /** All of them, oldest first. */
  all(id: TenantId): Promise<Correction[]>;
}

export interface FaqEntry {
  /** Equal for translations of one entry. */
  readonly id: string;
  readonly language: 'en' | 'zh';
  readonly question: string;
  readonly answer: string;
  /** Alternatives divided by `;`, words that must all occur by `+`: `refund+order;money back`. */
  readonly keywords: string;
}

export interface FaqStore {
  /** In order of id and language. */
  all(id: TenantId): Promise<FaqEntry[]>;
  /** The given entries instead of all held before. */
  replace(id: TenantId, entries: readonly FaqEntry[]): Promise<void>;
}

export interface ChatStore {
  /** Plain data; `null` for a conversation that is not this tenant's or was forgotten. */
  get(id: TenantId, conversationId: string): Promise<unknown>;
  put(
    id: TenantId,
    chat: { conversationId: string; contactId: string | null; state: unknown },
    at: Date,
  ): Promise<void>;
  /** Forgets conversations that rest since before `before`. */
  prune(id: TenantId, before: Date): Promise<void>;
}
