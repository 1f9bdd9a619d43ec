/** Durable memory of what is written to the CRM and answered to its workflows. */
import type { ActivityKind } from '../core/activity.ts';
import type { TenantId } from '../core/ids.ts';
import type { RecordKind } from '../core/record.ts';

/** `task` and `note` rows are activities under a key of our own, not records that were read. */
export type JournalKind = RecordKind | ActivityKind;

export interface PropertyChange {
  readonly old: string | null;
  readonly new: string | null;
}

export interface PlannedWrite {
  readonly writeId: number;
  readonly kind: JournalKind;
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
  readonly kind?: JournalKind;
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
    kind: JournalKind,
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
  planned(id: TenantId, kind: JournalKind, limit: number): Promise<PlannedWrite[]>;
  /**
   * Writes to send now, one a record: those left `sending` by a crash first, then, with `fresh`,
   * planned ones, which become `sending`; one that is just being planned anew is left for the next
   * time. From here on a new plan for the record is a row of its own.
   */
  claim(id: TenantId, kind: JournalKind, limit: number, fresh: boolean): Promise<PlannedWrite[]>;
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
    kind: JournalKind,
    ids: readonly string[],
  ): Promise<Map<string, Record<string, string>>>;
  /** The new values of each record's last write, where the CRM refused it at `since` or later. */
  refusedSince(
    id: TenantId,
    kind: JournalKind,
    ids: readonly string[],
    since: Date,
  ): Promise<Map<string, Record<string, string>>>;
  /** Properties that were made anew hold nothing of ours, and nothing of anybody's. */
  forgetValues(id: TenantId, kind: RecordKind, properties: readonly string[]): Promise<void>;
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
  countWritten(id: TenantId, kind: JournalKind): Promise<number>;
  journal(id: TenantId, kind: JournalKind, recordId: string): Promise<JournalEntry[]>;
}

/** One execution of a workflow action, and what it was answered so far. */
export interface ActionRun {
  readonly action: string;
  readonly recordId: string | null;
  readonly answer: Readonly<Record<string, string>>;
  readonly answeredAt: Date;
}

export interface ActionRunStore {
  /** `null` when the execution is new. */
  get(id: TenantId, callbackId: string): Promise<ActionRun | null>;
  /** Replaces the answer of an execution that waited. */
  complete(
    id: TenantId,
    callbackId: string,
    answer: Readonly<Record<string, string>>,
  ): Promise<void>;
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
