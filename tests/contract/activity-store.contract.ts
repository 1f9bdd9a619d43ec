/** What every store must do with tasks and notes we put on records, and with advice set aside. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NotNow } from '../../src/core/activity.ts';
import type { Store } from '../../src/ports/store.ts';
import { AT, contact, later, newTenantId, ref, ticket } from '../support/builders.ts';
import type { Database } from '../support/databases.ts';

export function activityStoreContract(open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    database = await open();
    store = database.store;
  });
  afterAll(() => database?.close());

  const task = (key: string, id = 1) =>
    ({ kind: 'task', key, about: [ref('ticket', 7), ref('contact', id)] }) as const;
  const said = (contactId: string, at: Date, over: Partial<NotNow> = {}): NotNow => ({
    contactId,
    reason: 'wrong_time',
    channel: 'phone',
    userId: '9',
    modelVersion: 'm',
    at,
    ...over,
  });

  test('F11 a key is new once, and again only after it was taken back', async () => {
    const id = newTenantId();
    expect(await store.activities.get(id, 'task', 'a')).toBeNull();
    expect(await store.activities.remember(id, task('a'), AT)).toBe(true);
    expect(await store.activities.remember(id, task('a'), later(1))).toBe(false);
    await store.activities.made(id, 'task', 'a', '900');
    expect(await store.activities.get(id, 'task', 'a')).toEqual({ crmId: '900', removed: false });
    expect(await store.activities.remember(id, task('a'), later(2))).toBe(false);
    await store.activities.removed(id, 'task', 'a', later(3));
    expect(await store.activities.get(id, 'task', 'a')).toEqual({ crmId: '900', removed: true });
    expect(await store.activities.remember(id, task('a'), later(4))).toBe(true);
    expect(await store.activities.get(id, 'task', 'a')).toEqual({ crmId: null, removed: false });
    expect(await store.activities.get(id, 'note', 'a')).toBeNull();
  });

  test('F58 one tenant never sees another’s', async () => {
    const [mine, yours] = [newTenantId(), newTenantId()];
    await store.activities.remember(mine, task('a'), AT);
    await store.notNow.add(mine, said('1', AT));
    expect(await store.activities.get(yours, 'task', 'a')).toBeNull();
    expect(await store.activities.remember(yours, task('a'), AT)).toBe(true);
    expect(await store.notNow.latest(yours, '1', AT)).toBeNull();
    expect(await store.notNow.counts(yours)).toEqual({});
  });

  test('the latest "not now" since a moment, and how often each reason was given', async () => {
    const id = newTenantId();
    await store.notNow.add(id, said('1', AT));
    await store.notNow.add(id, said('1', later(5), { reason: 'already_spoke', channel: null }));
    await store.notNow.add(id, said('2', later(6)));
    expect(await store.notNow.latest(id, '1', AT)).toEqual(
      said('1', later(5), { reason: 'already_spoke', channel: null }),
    );
    expect(await store.notNow.latest(id, '1', later(6))).toBeNull();
    expect(await store.notNow.counts(id)).toEqual({ wrong_time: 2, already_spoke: 1 });
  });

  test('F66 an erased person leaves no task, no journal row of it and no "not now"', async () => {
    const id = newTenantId();
    await store.records.put(id, [contact(1), contact(2), ticket(7, 1)]);
    for (const [key, of] of [
      ['a', 1],
      ['b', 2],
    ] as const) {
      const about = [ref('contact', of)];
      await store.activities.remember(id, { kind: 'task', key, about }, AT);
      const changes = { subject: { old: null, new: `Call ${of}` } };
      const write = { kind: 'task', id: key, changes, modelVersion: 'm', eventAt: null } as const;
      await store.writes.plan(id, 1, [write], AT);
      await store.notNow.add(id, said(String(of), AT));
    }
    const onCase = { kind: 'note', key: 'c', about: [ref('ticket', 7)] } as const;
    await store.activities.remember(id, onCase, AT);
    await store.records.erase(id, '1', later(1));
    expect(await store.activities.get(id, 'task', 'a')).toBeNull();
    expect(await store.activities.get(id, 'note', 'c')).toBeNull();
    expect(await store.activities.get(id, 'task', 'b')).not.toBeNull();
    expect(await store.writes.journal(id, 'task', 'a')).toEqual([]);
    expect(await store.writes.journal(id, 'task', 'b')).toHaveLength(1);
    expect(await store.notNow.counts(id)).toEqual({ wrong_time: 1 });
  });
}
