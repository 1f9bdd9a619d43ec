/** Durable memory of the models: their versions, drift, the names people gave to segments. */
import type { TenantId } from '../core/ids.ts';
import type { ModelState, TrainingQuery, Verdict } from '../core/model.ts';

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
  /** The champion's version alone, for whoever holds the models already. */
  championVersion(id: TenantId): Promise<string | null>;
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
