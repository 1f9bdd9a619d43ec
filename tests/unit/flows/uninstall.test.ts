/** What a process keeps in mind of accounts that are gone: nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseAccount } from '../../../src/flows/uninstall.ts';
import { createAllowance } from '../../../src/platform/allowance.ts';
import { newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig } from '../../support/flow-context.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());

test('F74 accounts come and go, and neither their models nor their texts stay in mind', async () => {
  const rig = createRig(database.store);
  const { memory } = rig;
  const stays = await newTenant(rig.store);
  const remember = (id: string): void => {
    memory.models.set(`${id} reach-2`, {} as never);
    memory.crmCounts.set(id, { at: 0, count: 1 });
    memory.texts.set(id, { of: 'hash', fitted: Promise.resolve(null) });
  };
  remember(stays.id);
  for (let n = 0; n < 100; n++) {
    const { id } = await newTenant(rig.store);
    remember(id);
    await eraseAccount(rig, id);
  }
  expect([...memory.models.keys()]).toEqual([`${stays.id} reach-2`]);
  expect([...memory.crmCounts.keys()]).toEqual([stays.id]);
  expect([...memory.texts.keys()]).toEqual([stays.id]);
  expect(await rig.store.tenants.all()).toHaveLength(1);
});

test('F74 who asked a card leaves no timer that keeps the process alive', async () => {
  const allowance = createAllowance();
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  for (let n = 0; n < 1_000; n++) await allowance.take(`hubspot:${n}`, String(n));
  const after = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  expect(after).toBeLessThanOrEqual(before);
});
