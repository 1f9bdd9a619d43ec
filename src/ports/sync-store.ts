/** Durable memory of the copy of the CRM: what arrived, what is due, the records, how far reading is. */
import type { TenantId } from '../core/ids.ts';
import type { CrmRecord, RecordKind, RecordRef } from '../core/record.ts';
import type { HostName } from '../core/tenant.ts';

export interface InboxRow {
  readonly id: number;
  readonly body: string;
  readonly receivedAt: Date;
}

export interface DeadLetter {
  readonly tenantId: TenantId | '';
  readonly host: HostName;
  readonly reason: string;
  readonly body: string;
}

export interface InboxStore {
  /** All rows and dead letters of one delivery, or none. Durable when it resolves. */
  accept(
    rows: readonly { tenantId: TenantId; body: string }[],
    dead: readonly DeadLetter[],
    at: Date,
  ): Promise<void>;
  /** Oldest first. */
  take(id: TenantId, limit: number): Promise<InboxRow[]>;
  remove(id: TenantId, inboxIds: readonly number[]): Promise<void>;
  bury(letters: readonly DeadLetter[], at: Date): Promise<void>;
  size(id: TenantId): Promise<number>;
  /** Dead letters of a tenant, or of nobody with `''`; newest first. */
  deadLetters(id: TenantId | '', limit: number): Promise<(DeadLetter & { receivedAt: Date })[]>;
}

export interface SeenStore {
  /**
   * Remembers changes of records; returns the records of those that were not known. A change that
   * comes twice, by a webhook and by the journal, is the same when kind, id, what and when are.
   */
  add(
    id: TenantId,
    changes: readonly (RecordRef & { change: string; occurredAt: Date })[],
  ): Promise<RecordRef[]>;
  /** Forgets changes from before `before`. */
  prune(id: TenantId, before: Date): Promise<void>;
}

/** How far the journal of each host's app is read; no tenant's, because it is of all of them. */
export interface JournalStore {
  /** `null` at the beginning. */
  offset(host: HostName): Promise<string | null>;
  /** Goes on to `to`; false, and nothing changes, when another reader has left `from` before. */
  advance(host: HostName, from: string | null, to: string | null, at: Date): Promise<boolean>;
}

export type Stage = 'sync' | 'score';

export interface Mark extends RecordRef {
  readonly version: number;
  readonly change: string;
  /** When the oldest event behind this mark reached us; `null` when no event caused it. */
  readonly eventAt: Date | null;
}

export interface MarkStore {
  /** Raises each mark: a new one, or the next version of a known one. */
  raise(
    id: TenantId,
    stage: Stage,
    marks: readonly (RecordRef & { change: string; eventAt: Date | null })[],
    at: Date,
  ): Promise<void>;
  /** Raises a `score` mark for every stored record of `kind`. */
  raiseAll(id: TenantId, kind: RecordKind, at: Date): Promise<void>;
  /** Marks of one kind, those with the oldest event first. */
  take(id: TenantId, stage: Stage, kind: RecordKind, limit: number): Promise<Mark[]>;
  /** `sync` marks of people to be forgotten, oldest first, as many as are marked. */
  erasures(id: TenantId): Promise<Mark[]>;
  /** Clears each mark whose version is still the one that was taken; others stay raised. */
  clear(id: TenantId, stage: Stage, marks: readonly Mark[]): Promise<void>;
  count(id: TenantId): Promise<{ sync: number; score: number }>;
}

export interface RecordStore {
  /**
   * Stores each record unless a newer copy (by `updatedAt`) is held; returns the refs of those
   * whose content changed. Erased people are passed over. `readAt` is when the host was asked: what
   * was removed before that has been restored since, whatever its modification time.
   */
  put(id: TenantId, records: readonly CrmRecord[], readAt?: Date): Promise<RecordRef[]>;
  get<R extends CrmRecord>(id: TenantId, kind: R['kind'], ids: readonly string[]): Promise<R[]>;
  /**
   * Marks records deleted and takes their own links away; unknown ids are remembered as deleted.
   * What hangs on them keeps its links, so that a restored record has its history at once.
   */
  remove(id: TenantId, refs: readonly RecordRef[], at: Date): Promise<void>;
  /** Deletes everything known of a person and bars their return. */
  erase(id: TenantId, contactId: string, at: Date): Promise<void>;
  /** Records of `kinds` whose links lead to one of the parents, in id order. */
  children(
    id: TenantId,
    parentKind: RecordKind,
    parentIds: readonly string[],
    kinds: readonly RecordKind[],
  ): Promise<{ parentId: string; record: CrmRecord }[]>;
  /** Parents of `parentKind` that the given records are linked to. */
  parents(id: TenantId, refs: readonly RecordRef[], parentKind: RecordKind): Promise<RecordRef[]>;
  /** Live ids of a kind in numeric order after `after`, at most `limit`. */
  page(id: TenantId, kind: RecordKind, after: string | null, limit: number): Promise<string[]>;
  count(id: TenantId, kind: RecordKind): Promise<number>;
  /** Modification times of the copies held, deleted ones included, by id. */
  versions(id: TenantId, kind: RecordKind, ids: readonly string[]): Promise<Map<string, Date>>;
}

export interface Cursor {
  readonly kind: RecordKind;
  readonly after: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly finished: boolean;
  /** Changes before this moment have been looked for; `null` before the first look. */
  readonly checkedUntil: Date | null;
}

export interface CursorStore {
  get(id: TenantId): Promise<Cursor[]>;
  put(id: TenantId, cursor: Cursor, at: Date): Promise<void>;
  reset(id: TenantId): Promise<void>;
}

/** How many ids, and their order-free checksum (`flows/id-checksum.ts`). */
export interface IdSum {
  readonly count: number;
  readonly checksum: string;
}

/** A comparison of ids, so far or finished. */
export interface Sweep {
  /** Compared up to and with this id; `null` at either end. */
  readonly after: string | null;
  /** Where the CRM's list goes on. */
  readonly cursor: string | null;
  readonly crm: IdSum;
  readonly stored: IdSum;
  /** In the CRM, not here. */
  readonly missing: number;
  /** Here, not in the CRM. */
  readonly surplus: number;
}

export interface Certificate {
  readonly kind: RecordKind;
  /** The last finished comparison; complete when both sums are equal. */
  readonly checked: { readonly at: Date; readonly crm: IdSum; readonly stored: IdSum } | null;
  /** The last difference that was found. */
  readonly gap: { readonly at: Date; readonly missing: number; readonly surplus: number } | null;
  readonly sweep: Sweep | null;
}

export interface CertificateStore {
  all(id: TenantId): Promise<Certificate[]>;
  /** Keeps how far a comparison is. */
  proceed(id: TenantId, kind: RecordKind, sweep: Sweep): Promise<void>;
  /** Keeps a finished comparison; a gap in it becomes the last gap. */
  finish(id: TenantId, kind: RecordKind, sweep: Sweep, at: Date): Promise<void>;
}
