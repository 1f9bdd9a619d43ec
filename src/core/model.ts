/** The life of a tenant's model: what it was trained from, how it was judged, and what it is now. */
import type { ReachRules } from './channel.ts';

/** `shadow`: trained, not in use. `champion`: gives every score. `retired`: was champion once. */
export const MODEL_STATES = ['shadow', 'champion', 'retired'] as const;
export type ModelState = (typeof MODEL_STATES)[number];

export const TRAINING_CAUSES = ['first', 'schedule', 'drift', 'admin'] as const;
export type TrainingCause = (typeof TRAINING_CAUSES)[number];

/** Enough to train the same bytes again from the same stored facts. */
export interface TrainingQuery {
  /** ISO instant; nothing later was looked at. */
  readonly asOf: string;
  readonly seed: number;
  readonly rules: ReachRules;
  /** What was left out. */
  readonly filters: readonly 'do_not_score'[];
  /** SHA-256 of the rules, the filters and the recipe's version. */
  readonly settingsHash: string;
  /** SHA-256 of the facts up to `asOf`: another hash, and the CRM's past was edited since. */
  readonly factsHash: string;
}

/**
 * One part's comparison on the newest time slice. `difference` is the challenger's log-loss minus
 * the champion's, nats per row, with its 95 % interval; below zero the challenger is better.
 */
export interface PartVerdict {
  readonly part: 'reach' | 'deals' | 'value' | 'text' | 'segments';
  /** `no_contest`: the part foresees nothing that happens later; its figures are stabilities, 0–1. */
  readonly outcome:
    | 'better'
    | 'not_worse'
    | 'worse'
    | 'cannot_tell'
    | 'nothing_to_lose'
    | 'no_contest';
  readonly rows: number;
  readonly champion: number | null;
  readonly challenger: number | null;
  readonly difference: {
    readonly estimate: number;
    readonly low: number;
    readonly high: number;
  } | null;
}

export interface Verdict {
  readonly promoted: boolean;
  /** `first`: no champion before. `same`: the very bytes of the champion. `frozen`: an admin holds the champion. */
  readonly reason: PartVerdict['outcome'] | 'first' | 'same' | 'frozen';
  readonly cause: TrainingCause;
  /** Version compared with. */
  readonly against: string | null;
  /** The slice began here. */
  readonly cutAt: string | null;
  readonly parts: readonly PartVerdict[];
}

/** Why nothing is written to the CRM now. */
export interface Freeze {
  readonly at: string;
  readonly by: 'admin' | 'drift';
  /** The fields that moved, when drift froze. */
  readonly fields: readonly string[];
}

/** What an admin may set about models. */
export interface ModelSettings {
  readonly retrainEveryDays: number;
  /** Stops writes when the data drift, until a model fitted on the new data is in use. */
  readonly autoFreeze: boolean;
  readonly freeze: Freeze | null;
}

export const DEFAULT_MODEL_SETTINGS: ModelSettings = {
  retrainEveryDays: 7,
  autoFreeze: true,
  freeze: null,
};
