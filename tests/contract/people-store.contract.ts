/** What every store must do with the memory of people's scores, segment names and audited decisions. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { AT, contact, later, newTenantId } from '../support/builders.ts';
import type { Database } from '../support/databases.ts';

export function peopleStoreContract(open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    database = await open();
    store = database.store;
  });
  afterAll(() => database?.close());

  const said = (id: string, month: string, churnChance: number | null) => ({
    id,
    month,
    value12m: 100,
    churnChance,
    modelVersion: 'm',
  });

  test('F58 keeps the last word of each month, unknown as unknown, of its own tenant', async () => {
    const [mine, yours] = [newTenantId(), newTenantId()];
    await store.history.put(mine, []);
    await store.history.put(mine, [said('1', '2026-02', 0.2), said('2', '2026-02', null)]);
    await store.history.put(mine, [said('1', '2026-02', 0.3), said('1', '2026-03', 0.9)]);
    const kept = await store.history.of(mine, ['1', '2', '3'], '2026-02');
    expect(new Map(kept.map((row) => [row.id, row]))).toEqual(
      new Map([
        ['1', said('1', '2026-02', 0.3)],
        ['2', said('2', '2026-02', null)],
      ]),
    );
    expect(await store.history.of(yours, ['1', '2'], '2026-02')).toEqual([]);
    const months = async (limit: number) =>
      (await store.history.months(mine, '1', limit)).map((m) => [m.month, m.churnChance]);
    expect(await months(12)).toEqual([
      ['2026-02', 0.3],
      ['2026-03', 0.9],
    ]);
    expect(await months(1)).toEqual([['2026-03', 0.9]]);
    expect(await store.history.months(yours, '1', 12)).toEqual([]);
  });

  test('F66 an erased person leaves no history', async () => {
    const id = newTenantId();
    await store.records.put(id, [contact(1), contact(2)]);
    await store.history.put(id, [said('1', '2026-02', 0.2), said('2', '2026-02', 0.4)]);
    await store.records.erase(id, '1', AT);
    const kept = await store.history.of(id, ['1', '2'], '2026-02');
    expect(kept.map((row) => row.id)).toEqual(['2']);
    expect(await store.history.months(id, '1', 12)).toEqual([]);
  });

  test('F58 a segment keeps its newest name until it is taken away, of its own tenant', async () => {
    const [mine, yours] = [newTenantId(), newTenantId()];
    await store.segmentNames.put(mine, 'seg_01', 'Gold', AT);
    await store.segmentNames.put(mine, 'seg_01', 'Regulars \u0000 常客', later(1));
    expect(await store.segmentNames.all(mine)).toEqual([
      { segmentId: 'seg_01', name: 'Regulars  常客', namedAt: later(1) },
    ]);
    expect(await store.segmentNames.all(yours)).toEqual([]);
    await store.segmentNames.remove(yours, 'seg_01');
    expect(await store.segmentNames.all(mine)).toHaveLength(1);
    await store.segmentNames.remove(mine, 'seg_01');
    expect(await store.segmentNames.all(mine)).toEqual([]);
  });

  test('F58 decisions are kept newest first, of their own tenant', async () => {
    const [mine, yours] = [newTenantId(), newTenantId()];
    const entry = (at: Date, field: string) => ({
      at,
      actor: 'console',
      action: 'demographics',
      detail: { field },
    });
    await store.audit.add(mine, entry(AT, 'age'));
    await store.audit.add(mine, entry(later(1), 'gender'));
    expect(await store.audit.latest(mine, 5)).toEqual([
      entry(later(1), 'gender'),
      entry(AT, 'age'),
    ]);
    expect(await store.audit.latest(mine, 1)).toHaveLength(1);
    expect(await store.audit.latest(yours, 5)).toEqual([]);
  });
}
