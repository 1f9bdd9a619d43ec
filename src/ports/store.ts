/** Durable memory, grouped by aggregate. Every method is about one tenant unless it says otherwise. */
import type { TenantId } from '../core/ids.ts';
import type { ModelState, TrainingQuery, Verdict } from '../core/model.ts';
import type { CrmRecord, RecordKind, RecordRef } from '../core/record.ts';
import type { ScorePoint } from '../core/score.ts';
import type { HostName, Tenant, TenantSettings, TenantState } from '../core/tenant.ts';
import type { ChatStore, CorrectionStore, FaqStore, FollowUpStore } from './service-store.ts';

export interface Store {
  readonly tenants: TenantStore;
  readonly secrets: SecretStore;
  readonly installs: InstallStore;
  readonly inbox: InboxStore;
  readonly marks: MarkStore;
  readonly records: RecordStore;
  readonly cursors: CursorStore;
  readonly certificates: CertificateStore;
  readonly models: ModelStore;
  readonly drift: DriftStore;
  readonly scores: ScoreStore;
  readonly history: HistoryStore;
  readonly segmentNames: SegmentNameStore;
  readonly audit: AuditStore;
  readonly writes: WriteStore;
  readonly runs: RunStore;
  readonly followUps: FollowUpStore;
  readonly corrections: CorrectionStore;
  readonly faq: FaqStore;
  readonly chats: ChatStore;
  readonly actionRuns: ActionRunStore;
  readonly exposures: ExposureStore;
  /** Runs `fn` with a store whose every call is part of one transaction. Not nestable. */
  transaction<T>(fn: (store: Store) => Promise<T>): Promise<T>;
  /** Refreshes the planner's statistics and frees dead rows; the embedded engine never does so by itself. */
  tidy(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
}

export interface TenantStore {
  /** Creates the tenant or re-activates it; settings of a known tenant are kept. */
  upsert(
    tenant: Omit<Tenant, 'settings' | 'lastEventAt' | 'lastError'> & { settings: TenantSettings },
    at: Date,
  ): Promise<void>;
  get(id: TenantId): Promise<Tenant | null>;
  find(host: HostName, accountId: string): Promise<Tenant | null>;
  /** Every tenant of this installation, oldest first. */
  all(): Promise<Tenant[]>;
  setState(id: TenantId, state: TenantState): Promise<void>;
  /** Replaces the given parts of the settings; the others stay. */
  changeSettings(id: TenantId, settings: Partial<TenantSettings>): Promise<void>;
  noteEvent(id: TenantId, at: Date): Promise<void>;
  noteError(id: TenantId, message: string, at: Date): Promise<void>;
  clearError(id: TenantId): Promise<void>;
}

export interface SealedSecret {
  readonly sealed: string;
  readonly expiresAt: Date | null;
}

export interface SecretStore {
  put(id: TenantId, name: string, secret: SealedSecret): Promise<void>;
  get(id: TenantId, name: string): Promise<SealedSecret | null>;
  /** Runs `fn` alone among all processes for this tenant; the lock ends with `fn`. */
  exclusive<T>(
    id: TenantId,
    fn: (secrets: Pick<SecretStore, 'get' | 'put'>) => Promise<T>,
  ): Promise<T>;
}

export interface InstallStore {
  /** Remembers an installation under way; only hashes are given. */
  begin(
    host: HostName,
    stateHash: string,
    browserHash: string,
    expiresAt: Date,
    writeAtOnce: boolean,
  ): Promise<void>;
  /** Answers once at most: the state existed, belongs to this browser and has not expired; else `null`. */
  consume(
    host: HostName,
    stateHash: string,
    browserHash: string,
    now: Date,
  ): Promise<{ writeAtOnce: boolean } | null>;
}

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

export interface ModelRow {
  readonly version: string;
  readonly trainedAt: Date;
  readonly artefact: string;
  readonly report: unknown;
  readonly query: TrainingQuery;
  readonly verdict: Verdict;
}

/** A model without its artefact, which may be large. */
export interface ModelEntry extends Omit<ModelRow, 'artefact'> {
  readonly state: ModelState;
  readonly promotedAt: Date | null;
}

export interface ModelStore {
  /** Stores a model as a shadow; a known version keeps its state and takes the new verdict. */
  put(id: TenantId, model: ModelRow): Promise<void>;
  /** Makes a stored version the champion and retires the one before; false for an unknown version. */
  promote(id: TenantId, version: string, at: Date): Promise<boolean>;
  get(id: TenantId, version: string): Promise<(ModelEntry & ModelRow) | null>;
  /** The champion. */
  active(id: TenantId): Promise<(ModelEntry & ModelRow) | null>;
  /** The champion without its artefact. */
  summary(id: TenantId): Promise<ModelEntry | null>;
  /** Every version, the newest first. */
  list(id: TenantId): Promise<ModelEntry[]>;
  /** Forgets all but the champion and the `keep` newest of the others. */
  prune(id: TenantId, keep: number): Promise<void>;
}

export interface DriftCheck {
  /** UTC day, YYYY-MM-DD. */
  readonly day: string;
  readonly checkedAt: Date;
  /** Names of the fields that moved. */
  readonly alarms: readonly string[];
  readonly report: unknown;
}

export interface DriftStore {
  /** The check of a day; a later one of the same day replaces it. */
  put(id: TenantId, check: DriftCheck): Promise<void>;
  /** The newest first. */
  latest(id: TenantId, limit: number): Promise<DriftCheck[]>;
}

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
  count(id: TenantId, kind: RecordKind): Promise<number>;
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
}

export interface SegmentName {
  readonly segmentId: string;
  readonly name: string;
  readonly namedAt: Date;
}

export interface SegmentNameStore {
  put(id: TenantId, segmentId: string, name: string, at: Date): Promise<void>;
  remove(id: TenantId, segmentId: string): Promise<void>;
  all(id: TenantId): Promise<SegmentName[]>;
}

export interface AuditEntry {
  readonly at: Date;
  /** Who decided, as far as it is known: `command line` or `console`. */
  readonly actor: string;
  readonly action: string;
  readonly detail: unknown;
}

export interface AuditStore {
  add(id: TenantId, entry: AuditEntry): Promise<void>;
  /** Newest first. */
  latest(id: TenantId, limit: number): Promise<AuditEntry[]>;
}

export interface PropertyChange {
  readonly old: string | null;
  readonly new: string | null;
}

export interface PlannedWrite {
  readonly writeId: number;
  readonly kind: RecordKind;
  readonly id: string;
  readonly changes: Readonly<Record<string, PropertyChange>>;
  readonly modelVersion: string;
  readonly eventAt: Date | null;
}

export interface WrittenValues {
  readonly values: Readonly<Record<string, string>>;
  readonly writtenAt: Date;
}

export const WRITE_STATES = ['planned', 'sending', 'sent', 'refused', 'kept'] as const;
export type WriteState = (typeof WRITE_STATES)[number];

/** One property of one record that a person gave a value of their own. */
export interface KeptValue {
  readonly kind: RecordKind;
  readonly id: string;
  readonly property: string;
  readonly value: string;
}

export interface JournalFilter {
  readonly state?: WriteState;
  readonly runId?: number;
  readonly kind?: RecordKind;
  /** Only entries older than this one. */
  readonly before?: number;
}

export interface JournalEntry extends PlannedWrite {
  readonly runId: number;
  /** `kept`: a person had changed every one of these values. */
  readonly state: WriteState;
  readonly reason: string | null;
  readonly plannedAt: Date;
  readonly sentAt: Date | null;
}

export interface WriteStore {
  /** What the CRM holds of ours, by record id. */
  written(
    id: TenantId,
    kind: RecordKind,
    ids: readonly string[],
  ): Promise<Map<string, WrittenValues>>;
  /** Journals changes before they are sent; a planned write of the same record is replaced. */
  plan(
    id: TenantId,
    runId: number,
    writes: readonly Omit<PlannedWrite, 'writeId'>[],
    at: Date,
  ): Promise<void>;
  /** Planned writes of one kind, oldest first. */
  planned(id: TenantId, kind: RecordKind, limit: number): Promise<PlannedWrite[]>;
  /**
   * Writes to send now, one a record: those left `sending` by a crash first, then, with `fresh`,
   * planned ones, which become `sending`. From here on a new plan for the record is a row of its own.
   */
  claim(id: TenantId, kind: RecordKind, limit: number, fresh: boolean): Promise<PlannedWrite[]>;
  /** Whether a write is planned, and whether one is under way. */
  pending(id: TenantId): Promise<{ planned: number; sending: number }>;
  /** Journals writes that are sent whatever the tenant's mode: an undo is approved by being asked for. */
  order(
    id: TenantId,
    runId: number,
    writes: readonly Omit<PlannedWrite, 'writeId'>[],
    at: Date,
  ): Promise<void>;
  /** Takes values that people changed out of a claimed write and remembers them; a write with nothing left is `kept`. */
  keep(id: TenantId, writeId: number, values: readonly KeptValue[], at: Date): Promise<void>;
  /** Values people gave, by record id. */
  kept(
    id: TenantId,
    kind: RecordKind,
    ids: readonly string[],
  ): Promise<Map<string, Record<string, string>>>;
  /** Lets Rapport write again what people had changed; returns how many values. */
  release(id: TenantId): Promise<number>;
  /** Journal entries, newest first. */
  list(id: TenantId, filter: JournalFilter, limit: number): Promise<JournalEntry[]>;
  /** Records the CRM's acceptance and what it now holds. */
  sent(id: TenantId, writes: readonly PlannedWrite[], at: Date): Promise<void>;
  refused(
    id: TenantId,
    writes: readonly { writeId: number; reason: string }[],
    at: Date,
  ): Promise<void>;
  countWritten(id: TenantId, kind: RecordKind): Promise<number>;
  journal(id: TenantId, kind: RecordKind, recordId: string): Promise<JournalEntry[]>;
}

export interface ActionRunStore {
  /** What an execution was answered; `null` when it is new. */
  get(id: TenantId, callbackId: string): Promise<Record<string, string> | null>;
  /** Keeps the first answer of an execution and returns the one that is kept. */
  keep(
    id: TenantId,
    run: {
      readonly callbackId: string;
      readonly action: string;
      readonly recordId: string | null;
      readonly answer: Readonly<Record<string, string>>;
    },
    at: Date,
  ): Promise<Record<string, string>>;
}

export interface Run {
  readonly runId: number;
  readonly kind: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly counts: Readonly<Record<string, number>>;
}

export interface RunStore {
  start(id: TenantId, kind: string, at: Date): Promise<number>;
  /** Adds to a run's counts; `at` finishes it. */
  progress(
    id: TenantId,
    runId: number,
    counts: Readonly<Record<string, number>>,
    at: Date | null,
  ): Promise<void>;
  latest(id: TenantId, limit: number): Promise<Run[]>;
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

export interface ExposureStore {
  /** Keeps each distinct advice of a contact and period at its first time; repeats are ignored. */
  record(id: TenantId, exposures: readonly Exposure[]): Promise<void>;
  /** Everything a contact was exposed to, oldest first. */
  of(id: TenantId, contactId: string): Promise<Exposure[]>;
  /** The first moment of every contact on its side, per period. */
  firsts(id: TenantId): Promise<Pick<Exposure, 'contactId' | 'period' | 'arm' | 'at'>[]>;
}
