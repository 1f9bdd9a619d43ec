/** Forgets, after a rest, what was worked off: the journal of writes, runs, answers to workflows, dead letters. */
import { WORKED_OFF, type WorkedOff } from '../ports/retention-store.ts';
import type { FlowContext, TenantContext } from './context.ts';

const DAY_MS = 86_400_000;
const BATCH = 1_000;

/** A run can be undone, and a workflow ask again, for so long. */
export const KEPT_DAYS: Readonly<Record<WorkedOff, number>> = {
  writes: 90,
  runs: 90,
  action_runs: 90,
  dead_letters: 30,
};
const UNOWNED_DAYS = 30;

/** In small batches, so that nothing waits for it; returns how many rows went. */
export async function forgetOld({
  store,
  tenant,
  clock,
  signal,
}: Pick<TenantContext, 'store' | 'tenant' | 'clock' | 'signal'>): Promise<number> {
  let forgotten = 0;
  for (const what of WORKED_OFF) {
    const before = new Date(clock.now().getTime() - KEPT_DAYS[what] * DAY_MS);
    let gone = BATCH;
    while (gone === BATCH && !signal.aborted) {
      gone = await store.retention.prune(tenant.id, what, before, BATCH);
      forgotten += gone;
    }
  }
  return forgotten;
}

/** What is of no account: one batch at a time, the sweep comes again. */
export function forgetUnowned({
  store,
  clock,
}: Pick<FlowContext, 'store' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - UNOWNED_DAYS * DAY_MS);
  return store.retention.pruneUnowned(before, BATCH);
}
