/** F37 What every store must do so that nothing grows for ever: forget what was worked off, and nothing else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TenantId } from '../../src/core/ids.ts';
import { forgetOld, forgetUnowned, KEPT_DAYS } from '../../src/flows/forget-old.ts';
import { WORKED_OFF } from '../../src/ports/retention-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { AT, later, newTenant } from '../support/builders.ts';
import type { Database } from '../support/databases.ts';

const DAY = 86_400_000;

export function retentionContract(open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    database = await open();
    store = database.store;
  });
  afterAll(() => database?.close());

  const write = (id: string) => ({
    kind: 'contact' as const,
    id,
    changes: { rapport_segment: { old: null, new: 'a' } },
    modelVersion: 'm',
    eventAt: null,
  });

  /** A day's work: a run whose write was taken, an answered workflow, an unreadable delivery. */
  async function work(id: TenantId, at: Date): Promise<void> {
    const runId = await store.runs.start(id, 'drain', at);
    await store.writes.plan(id, runId, [write('1')], at);
    const claimed = await store.writes.claim(id, 'contact', 10, true);
    await store.writes.sent(id, claimed, at);
    const callbackId = `c-${at.getTime()}`;
    const run = { callbackId, action: 'score', recordId: '1', answer: {} };
    await store.actionRuns.keep(id, run, at);
    const letter = { tenantId: id, host: 'hubspot', reason: 'cut', body: '[' } as const;
    await store.inbox.bury([letter], at);
  }

  const sizes = async (id: TenantId): Promise<Record<string, number>> => {
    const counted: [string, number][] = [];
    for (const table of WORKED_OFF) {
      const [row] = await database.sql.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM rapport.${table} WHERE tenant_id = $1`,
        [id],
      );
      counted.push([table, row?.n ?? 0]);
    }
    return Object.fromEntries(counted);
  };

  test('F37 over 130 days the tables level off at their ages, and a neighbour’s stay', async () => {
    const [tenant, other] = [await newTenant(store), await newTenant(store)];
    await work(other.id, AT);
    const signal = new AbortController().signal;
    const seen: Record<string, number>[] = [];
    for (let day = 0; day < 130; day++) {
      const now = later(day * DAY);
      await work(tenant.id, now);
      await forgetOld({ store, tenant, clock: { now: () => now }, signal });
      seen.push(await sizes(tenant.id));
    }
    const level = Object.fromEntries(WORKED_OFF.map((what) => [what, KEPT_DAYS[what] + 1]));
    for (const day of [91, 110, 129]) expect(seen[day]).toEqual(level);
    expect(await sizes(other.id)).toEqual({
      writes: 1,
      runs: 1,
      action_runs: 1,
      dead_letters: 1,
    });
    const written = await store.writes.written(tenant.id, 'contact', ['1']);
    expect(written.get('1')?.values).toEqual({ rapport_segment: 'a' });
  });

  test('F37 what is planned or under way is never too old, nor the run it belongs to', async () => {
    const { id } = await newTenant(store);
    const runId = await store.runs.start(id, 'drain', AT);
    await store.writes.plan(id, runId, [write('1'), write('2')], AT);
    await store.writes.claim(id, 'contact', 1, true);
    for (const what of WORKED_OFF)
      expect(await store.retention.prune(id, what, later(1_000 * DAY), 10)).toBe(0);
    expect(await store.writes.pending(id)).toEqual({ planned: 1, sending: 1 });
  });

  test('F37 installations nobody finished and deliveries that named nobody go after 30 days', async () => {
    const begin = (hash: string, at: Date) => store.installs.begin('hubspot', hash, 'b', at, false);
    await begin('old', AT);
    await begin('new', later(40 * DAY));
    const letter = { tenantId: '', host: 'hubspot', reason: 'cut', body: '[' } as const;
    await store.inbox.bury([letter], AT);
    const now = later(31 * DAY);
    expect(await forgetUnowned({ store, clock: { now: () => now } })).toBe(2);
    expect(await store.inbox.deadLetters('', 10)).toEqual([]);
    expect(await store.installs.consume('hubspot', 'new', 'b', now)).not.toBeNull();
  });
}
