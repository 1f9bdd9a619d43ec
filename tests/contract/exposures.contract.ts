/** What every store's log of exposures must do, whichever database carries it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exposure } from '../../src/ports/score-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { AT, contact, later, newTenantId } from '../support/builders.ts';
import type { Database } from '../support/databases.ts';

const exposure = (over: Partial<Exposure> = {}): Exposure => ({
  contactId: '1',
  period: '2026-03',
  arm: 'shown',
  channel: 'phone',
  dayPart: 'morning',
  chance: 0.4,
  propensity: 1,
  modelVersion: 'reach-1',
  at: AT,
  ...over,
});

export function exposuresContract(open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    database = await open();
    store = database.store;
  });
  afterAll(() => database?.close());

  describe('exposures', () => {
    test('keeps each distinct advice once, at its first time', async () => {
      const id = newTenantId();
      const other = exposure({ channel: null, dayPart: null, chance: null, at: later(5) });
      await store.exposures.record(id, [exposure(), other]);
      await store.exposures.record(id, [exposure({ at: later(9), modelVersion: 'reach-2' })]);
      await store.exposures.record(id, []);
      expect(await store.exposures.of(id, '1')).toEqual([exposure(), other]);
      expect(await store.exposures.of(id, '2')).toEqual([]);
    });

    test('says since when each contact was on its side, per period', async () => {
      const id = newTenantId();
      await store.exposures.record(id, [
        exposure({ channel: 'email', at: later(3) }),
        exposure({ at: later(1) }),
        exposure({ contactId: '2', arm: 'holdout' }),
        exposure({ period: '2026-04', at: later(7) }),
      ]);
      expect(await store.exposures.firsts(id)).toEqual([
        { contactId: '1', period: '2026-03', arm: 'shown', at: later(1) },
        { contactId: '2', period: '2026-03', arm: 'holdout', at: AT },
        { contactId: '1', period: '2026-04', arm: 'shown', at: later(7) },
      ]);
    });

    test('tells what was shown, oldest first, with the chance of each; what was held out is not shown', async () => {
      const id = newTenantId();
      await store.exposures.record(id, [
        exposure({ channel: 'email', propensity: 0.05, at: later(3) }),
        exposure({ propensity: 0.95, at: later(1) }),
        exposure({ contactId: '2', arm: 'holdout' }),
        exposure({ contactId: '3', channel: null }),
      ]);
      expect(await store.exposures.advised(id)).toEqual([
        { contactId: '1', channel: 'phone', propensity: 0.95, at: later(1) },
        { contactId: '1', channel: 'email', propensity: 0.05, at: later(3) },
      ]);
      expect(await store.exposures.advised(newTenantId())).toEqual([]);
    });

    test('one tenant never sees another, and an erased person leaves no trace', async () => {
      const [mine, yours] = [newTenantId(), newTenantId()];
      for (const id of [mine, yours]) {
        await store.records.put(id, [contact(1)]);
        await store.exposures.record(id, [exposure()]);
      }
      await store.exposures.record(yours, [exposure({ channel: 'sms' })]);
      await store.records.erase(yours, '1', AT);
      expect(await store.exposures.of(yours, '1')).toEqual([]);
      expect(await store.exposures.firsts(yours)).toEqual([]);
      expect(await store.exposures.advised(yours)).toEqual([]);
      expect(await store.exposures.of(mine, '1')).toEqual([exposure()]);
    });
  });
}
