/** What every store must do with models: one champion, nothing lost, nothing kept for ever. */
import { expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../src/core/channel.ts';
import type { ModelRow } from '../../src/ports/model-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { AT, later, newTenantId } from '../support/builders.ts';

export const model = (version: string, trainedAt: Date = AT): ModelRow => ({
  version,
  trainedAt,
  artefact: `{"v":"${version}"}`,
  report: { f1: 0.5 },
  query: {
    asOf: AT.toISOString(),
    seed: 1,
    rules: DEFAULT_REACH_RULES,
    filters: ['do_not_score'],
    settingsHash: 's',
    factsHash: 'f',
  },
  verdict: {
    promoted: true,
    reason: 'first',
    cause: 'first',
    against: null,
    cutAt: null,
    parts: [],
  },
});

export function modelStoreContract(store: () => Store): void {
  test('a model is a shadow until it is promoted, and its champion before retires', async () => {
    const id = newTenantId();
    const { models } = store();
    expect(await models.active(id)).toBeNull();
    await models.put(id, model('one'));
    expect(await models.active(id)).toBeNull();
    expect(await models.promote(id, 'one', later(1))).toBe(true);
    await models.put(id, model('two', later(5)));
    expect((await models.active(id))?.version).toBe('one');
    expect(await models.promote(id, 'two', later(6))).toBe(true);
    const champion = { ...model('two', later(5)), state: 'champion', promotedAt: later(6) };
    expect(await models.active(id)).toEqual(champion);
    const { artefact: _, ...entry } = champion;
    expect(await models.summary(id)).toEqual(entry);
    expect(await models.championVersion(id)).toBe(entry.version);
    expect((await models.list(id)).map((m) => [m.version, m.state])).toEqual([
      ['two', 'champion'],
      ['one', 'retired'],
    ]);
    expect(await models.get(id, 'one')).toMatchObject({
      state: 'retired',
      artefact: '{"v":"one"}',
    });
  });

  test('an unknown version is not promoted and costs the champion nothing', async () => {
    const id = newTenantId();
    const { models } = store();
    await models.put(id, model('one'));
    await models.promote(id, 'one', AT);
    expect(await models.promote(id, 'none', AT)).toBe(false);
    expect((await models.summary(id))?.version).toBe('one');
  });

  test('the champion’s bytes trained again change its date and verdict, not its state', async () => {
    const id = newTenantId();
    const { models } = store();
    await models.put(id, model('one'));
    await models.promote(id, 'one', AT);
    const verdict = { ...model('one').verdict, reason: 'same' as const };
    await models.put(id, { ...model('one', later(9)), verdict });
    expect(await models.summary(id)).toMatchObject({
      state: 'champion',
      trainedAt: later(9),
      verdict: { reason: 'same' },
    });
  });

  test('pruning keeps the champion, however old, and the newest of the others', async () => {
    const id = newTenantId();
    const { models } = store();
    for (let n = 0; n < 5; n++) await models.put(id, model(`v${n}`, later(n)));
    await models.promote(id, 'v0', AT);
    await models.prune(id, 2);
    expect((await models.list(id)).map((m) => m.version)).toEqual(['v4', 'v3', 'v0']);
  });

  test('one drift check is kept per day, the newest first', async () => {
    const id = newTenantId();
    const { drift } = store();
    const check = { day: '2026-03-01', checkedAt: AT, alarms: [] as string[], report: { n: 1 } };
    await drift.put(id, check);
    await drift.put(id, { ...check, checkedAt: later(5), alarms: ['country'] });
    await drift.put(id, { ...check, day: '2026-02-28' });
    expect(await drift.latest(id, 9)).toEqual([
      { ...check, checkedAt: later(5), alarms: ['country'] },
      { ...check, day: '2026-02-28' },
    ]);
    expect(await drift.latest(id, 1)).toHaveLength(1);
  });
}
