/** What every store must do with an account as a whole: its notices, its secrets, and its end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { AT, contact, later, newTenant, ref } from '../support/builders.ts';
import type { Database } from '../support/databases.ts';

export function accountStoreContract(open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    database = await open();
    store = database.store;
  });
  afterAll(() => database?.close());

  test('F58 a notice keeps since when it stands, takes new details, and is of its own account', async () => {
    const [mine, yours] = [(await newTenant(store)).id, (await newTenant(store)).id];
    await store.notices.put(mine, 'scopes', ['a'], AT);
    await store.notices.put(mine, 'scopes', ['b', 'c'], later(60_000));
    await store.notices.put(mine, 'reconnect', [], later(1));
    await store.notices.put(yours, 'scopes', ['x'], AT);
    await store.notices.clear(yours, ['reconnect']);
    expect(await store.notices.all(mine)).toEqual([
      { code: 'scopes', details: ['b', 'c'], since: AT },
      { code: 'reconnect', details: [], since: later(1) },
    ]);
    await store.notices.clear(mine, ['scopes', 'reconnect']);
    expect(await store.notices.all(mine)).toEqual([]);
    expect(await store.notices.all(yours)).toHaveLength(1);
  });

  test('secrets are forgotten for one account alone', async () => {
    const [mine, yours] = [(await newTenant(store)).id, (await newTenant(store)).id];
    for (const id of [mine, yours])
      await store.secrets.put(id, 'refresh_token', { sealed: 's', expiresAt: null });
    await store.secrets.forget(mine);
    expect(await store.secrets.get(mine, 'refresh_token')).toBeNull();
    expect(await store.secrets.get(yours, 'refresh_token')).not.toBeNull();
  });

  test('I7 who is to be forgotten is found first, whatever else was heard of them', async () => {
    const { id } = await newTenant(store);
    const raise = (n: number, change: string) =>
      store.marks.raise(id, 'sync', [{ ...ref('contact', n), change, eventAt: AT }], AT);
    await raise(1, 'changed');
    await raise(2, 'privacy_deleted');
    await raise(2, 'restored');
    expect((await store.marks.erasures(id)).map((m) => m.id as string)).toEqual(['2']);
    expect(await store.marks.erasures((await newTenant(store)).id)).toEqual([]);
  });

  test('what a property held is forgotten with it, the other properties and kinds are not', async () => {
    const { id } = await newTenant(store);
    const changes = {
      rapport_segment: { old: null, new: 'a' },
      rapport_model: { old: null, new: 'm' },
    };
    const write = (kind: 'contact' | 'company') =>
      ({ kind, id: '1', changes, modelVersion: 'm', eventAt: null }) as const;
    await store.writes.plan(id, 1, [write('contact'), write('company')], AT);
    for (const kind of ['contact', 'company'] as const) {
      const [planned] = await store.writes.planned(id, kind, 9);
      if (planned === undefined) throw new Error('nothing planned');
      await store.writes.sent(id, [planned], AT);
      const kept = { kind, id: '1', property: 'rapport_segment', value: 'mine' } as const;
      await store.writes.keep(id, planned.writeId, [kept], AT);
    }
    await store.writes.forgetValues(id, 'contact', ['rapport_segment']);
    const written = async (kind: 'contact' | 'company') =>
      (await store.writes.written(id, kind, ['1'])).get('1')?.values;
    expect(await written('contact')).toEqual({ rapport_model: 'm' });
    expect(await written('company')).toEqual({ rapport_model: 'm', rapport_segment: 'mine' });
    expect((await store.writes.kept(id, 'contact', ['1'])).size).toBe(0);
    expect((await store.writes.kept(id, 'company', ['1'])).size).toBe(1);
  });

  test('F08 a change is new once, of its own tenant, until it is old, erased or left', async () => {
    const [mine, yours] = [await newTenant(store), await newTenant(store)];
    const told = { ...ref('contact', 1), change: 'changed', occurredAt: AT };
    const other = { ...ref('contact', 2), change: 'changed', occurredAt: AT };
    expect(await store.seen.add(mine.id, [told, told])).toEqual([ref('contact', 1)]);
    expect(await store.seen.add(mine.id, [told, other])).toEqual([ref('contact', 2)]);
    expect(await store.seen.add(mine.id, [told, other])).toEqual([]);
    expect(await store.seen.add(mine.id, [])).toEqual([]);
    const later = { ...told, occurredAt: new Date(AT.getTime() + 1) };
    expect(await store.seen.add(mine.id, [later])).toEqual([ref('contact', 1)]);
    expect(await store.seen.add(yours.id, [told])).toEqual([ref('contact', 1)]);
    await store.records.erase(mine.id, '1', AT);
    expect(await store.seen.add(mine.id, [told])).toEqual([ref('contact', 1)]);
    await store.seen.prune(mine.id, later.occurredAt);
    expect(await store.seen.add(mine.id, [other])).toEqual([ref('contact', 2)]);
    expect(await store.seen.add(yours.id, [told])).toEqual([]);
    await store.transaction((tx) => tx.tenants.erase(mine.id));
    expect(await store.seen.add(mine.id, [told])).toEqual([ref('contact', 1)]);
    expect(await store.seen.add(yours.id, [told])).toEqual([]);
  });

  test('F30 a journal goes on from where it stood, once, and each host has its own', async () => {
    const { journals } = store;
    expect(await journals.offset('hubspot')).toBeNull();
    expect(await journals.advance('hubspot', null, 'a', AT)).toBe(true);
    expect(await journals.advance('hubspot', null, 'b', AT)).toBe(false);
    expect(await journals.offset('hubspot')).toBe('a');
    const both = ['b', 'c'].map((to) => journals.advance('hubspot', 'a', to, AT));
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
    expect(await journals.offset('sandbox')).toBeNull();
    const failed = store.transaction(async (tx) => {
      await tx.journals.advance('sandbox', null, 'x', AT);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await journals.offset('sandbox')).toBeNull();
    expect(await journals.advance('hubspot', await journals.offset('hubspot'), null, AT)).toBe(
      true,
    );
    expect(await journals.offset('hubspot')).toBeNull();
  });

  test('F55 an erased account is gone from every table, and its neighbour is untouched', async () => {
    const [mine, yours] = [await newTenant(store), await newTenant(store)];
    for (const { id } of [mine, yours]) {
      await store.records.put(id, [contact(1)]);
      await store.secrets.put(id, 'refresh_token', { sealed: 's', expiresAt: null });
      await store.notices.put(id, 'reconnect', [], AT);
      await store.inbox.accept([{ tenantId: id, body: '[]' }], [], AT);
      const mark = { ...ref('contact', 1), change: 'x', eventAt: null };
      await store.marks.raise(id, 'sync', [mark], AT);
      await store.audit.add(id, { at: AT, actor: 'a', action: 'b', detail: {} });
    }
    await store.transaction((tx) => tx.tenants.erase(mine.id));
    expect(await store.tenants.get(mine.id)).toBeNull();
    expect(await store.tenants.get(yours.id)).toEqual(yours);
    const tables = await database.sql.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'rapport' AND column_name = 'tenant_id'`,
    );
    const rowsOf = async (id: string) => {
      const found = await Promise.all(
        tables.map(({ name }) =>
          database.sql.query(`SELECT 1 FROM rapport.${name} WHERE tenant_id = $1`, [id]),
        ),
      );
      return found.flat().length;
    };
    expect(await rowsOf(mine.id)).toBe(0);
    expect(await rowsOf(yours.id)).toBe(7);
  });
}
