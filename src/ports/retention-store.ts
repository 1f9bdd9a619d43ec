/** Forgetting what was worked off long ago, so that no table grows for ever. */
import type { TenantId } from '../core/ids.ts';

/** `writes` are journal entries that are neither planned nor under way; `runs` those no entry belongs to any more. */
export const WORKED_OFF = ['writes', 'runs', 'action_runs', 'dead_letters'] as const;
export type WorkedOff = (typeof WORKED_OFF)[number];

export interface RetentionStore {
  /** Deletes at most `limit` of what is older than `before`; returns how many. */
  prune(id: TenantId, what: WorkedOff, before: Date, limit: number): Promise<number>;
  /** The same of what is of no account: installations never finished, deliveries that named nobody. */
  pruneUnowned(before: Date, limit: number): Promise<number>;
}
