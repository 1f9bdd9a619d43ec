/** InboundEvent: what changed in a CRM, where and when, in our words. */
import type { RecordRef } from './record.ts';

export type ChangeType =
  | 'created'
  | 'changed'
  | 'deleted'
  | 'restored'
  | 'merged'
  | 'privacy_deleted'
  | 'associated';

/**
 * One change. It only says "look again": the state itself is read from the CRM.
 * `records` are all the records to look at again (both ends of an association, the survivor and
 * the merged of a merge).
 */
export interface InboundEvent {
  readonly change: ChangeType;
  readonly records: readonly RecordRef[];
  /** Milliseconds since the epoch, clamped to the time of receipt when the host's value is absurd. */
  readonly occurredAtMs: number;
  /** One of many made at once, as by an import: what people do comes first. */
  readonly bulk: boolean;
}
