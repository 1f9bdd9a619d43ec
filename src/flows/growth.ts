/** Keeps the database's picture of its tables true while they grow from nothing by a thousandfold. */
import type { Store } from '../ports/store.ts';

/** Below this many rows a wrong plan costs nothing. */
const FIRST = 1_000;

/**
 * A counter of new rows that refreshes the planner's statistics whenever they have doubled: with
 * those of an empty table it would look through all of it for every batch.
 */
export function watchGrowth(store: Pick<Store, 'analyze'>): (rows: number) => Promise<void> {
  let grown = 0;
  let next = FIRST;
  return async (rows) => {
    grown += rows;
    if (grown < next) return;
    next = 2 * grown;
    await store.analyze();
  };
}
