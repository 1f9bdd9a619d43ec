/** F72 I7 A backup from before is restored: who was erased since does not come back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tenant } from '../../../src/core/tenant.ts';
import { applyErasures, listErasures } from '../../../src/flows/erasures.ts';
import { sync } from '../../../src/flows/sync.ts';
import { createPglite, type PgliteSql } from '../../../src/store/pglite.ts';
import { createStore } from '../../../src/store/store.ts';
import { AT, call, contact, newTenant, ref } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

let database: Database<PgliteSql>;
let restored: PgliteSql;
let rig: Rig;
let tenant: Tenant;
let other: Tenant;
let list: Awaited<ReturnType<typeof listErasures>>;

beforeAll(async () => {
  database = await openPglite();
  const { store } = database;
  [tenant, other] = [await newTenant(store), await newTenant(store)];
  for (const { id } of [tenant, other])
    await store.records.put(id, [contact(1), contact(2), contact(3), call(9, 2)]);
  const backup = await database.sql.engine.dumpDataDir('none');
  await store.records.erase(tenant.id, '2', AT);
  await store.records.remove(tenant.id, [ref('contact', 3)], AT);
  list = await listErasures(createRig(store), { tenant: tenant.id });
  restored = await createPglite(undefined, backup);
  rig = createRig(createStore(restored));
});
afterAll(async () => {
  await restored?.close();
  await database?.close();
});

const held = async (of: Tenant) => [
  ...(await rig.store.records.page(of.id, 'contact', null, 10)),
  ...(await rig.store.records.page(of.id, 'call', null, 10)),
];

test('the list names nobody', () => {
  expect(list.tenant).toBe(tenant.id);
  expect(list.erasures).toHaveLength(2);
  for (const { hash } of list.erasures) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(list.erasures[0] ?? {})).toEqual(['hash', 'at']);
});

test('F72 applied to the restored backup it erases whoever it lists, and nobody else', async () => {
  expect(await held(tenant)).toEqual(['1', '2', '3', '9']);
  expect(await applyErasures(rig, list)).toMatchObject({ listed: 2, erasing: 1 });
  expect(rig.queue.jobs.at(-1)).toMatchObject({ job: 'drain', payload: { tenantId: tenant.id } });
  await sync(forTenantOf(rig, tenant));
  expect(await held(tenant)).toEqual(['1', '3']);
  expect(await held(other)).toEqual(['1', '2', '3', '9']);
});

test('F72 I7 nor do they come back when the CRM is read, or the list applied again', async () => {
  await rig.store.records.put(tenant.id, [contact(2), call(9, 2)]);
  expect(await held(tenant)).toEqual(['1', '3']);
  expect(await applyErasures(rig, list)).toMatchObject({ listed: 2, erasing: 0 });
});

test('F58 the list of one account does nothing in another', async () => {
  await applyErasures(rig, { ...list, tenant: other.id });
  expect(await rig.store.erasures.heldPeople(other.id)).toEqual([]);
  expect(await held(other)).toEqual(['1', '2', '3', '9']);
});

test('a list of other form is refused', async () => {
  for (const erasures of [undefined, [{ hash: 'x', at: AT }], [{ hash: 'a'.repeat(64), at: 'y' }]])
    await expect(applyErasures(rig, { ...list, erasures })).rejects.toMatchObject({
      code: 'invalid_payload',
    });
});
