/** A new month draws the holdout anew for everybody, by itself, and only once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../../../src/flows/sweep.ts';
import { rescoreAll } from '../../../src/flows/train.ts';
import { contact, newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf } from '../../support/flow-context.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());

test('everybody is marked in the first minute of a month, and the tenant is woken', async () => {
  const rig = createRig(database.store);
  const tenant = { ...(await newTenant(rig.store)), state: 'ready' as const };
  await rig.store.tenants.setState(tenant.id, 'ready');
  await rig.store.records.put(tenant.id, [contact(1), contact(2)]);
  const marked = async () => {
    const marks = await rig.store.marks.take(tenant.id, 'score', 'contact', 10);
    await rig.store.marks.clear(tenant.id, 'score', marks);
    return marks.length;
  };
  rig.clock.set(new Date('2026-03-31T23:58:00Z'));
  await rescoreAll(forTenantOf(rig, tenant), rig.store);
  expect(await marked()).toBe(2);
  await sweep(rig);
  expect(await marked()).toBe(0);
  rig.clock.set(new Date('2026-04-01T00:00:30Z'));
  await sweep(rig);
  expect(await marked()).toBe(2);
  expect(rig.queue.jobs.at(-1)).toMatchObject({ job: 'drain', payload: { tenantId: tenant.id } });
  await sweep(rig);
  expect(await marked()).toBe(0);
});
