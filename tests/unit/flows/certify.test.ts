/** The comparison of ids: it finds what no event told, in both directions, and goes on where it stopped. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { RECORD_KINDS } from '../../../src/core/record.ts';
import { backfill } from '../../../src/flows/backfill.ts';
import { certify } from '../../../src/flows/certify.ts';
import { forTenant } from '../../../src/flows/context.ts';
import { sync } from '../../../src/flows/sync.ts';
import { contact, newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';

let database: Database;
let rig: Rig;
let id: Awaited<ReturnType<typeof newTenant>>['id'];

beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());
beforeEach(async () => {
  rig = createRig(database.store);
  rig.crm.pageSize = 3;
  for (let n = 1; n <= 11; n++) rig.crm.put(contact(String(n)));
  ({ id } = await newTenant(rig.store, { state: 'backfilling' }));
  await backfill(await forTenant(rig, id));
});

const fresh = (signal?: AbortSignal) => forTenant(rig, id, signal);
const contacts = async () =>
  (await rig.store.certificates.all(id)).find((c) => c.kind === 'contact');

test('certifies every object whose records are the same here and there', async () => {
  expect(await certify(await fresh())).toBe(0);
  const all = await rig.store.certificates.all(id);
  expect(all.map((c) => c.kind).sort()).toEqual([...RECORD_KINDS].sort());
  const { checked, gap } = (await contacts()) ?? {};
  expect(checked?.crm).toEqual(checked?.stored);
  expect(checked?.crm.count).toBe(11);
  expect(gap).toBeNull();
});

test('F11 F47 finds records and deletions that no event told, and closes the gap', async () => {
  rig.crm.put(contact('12'), contact('120'));
  rig.crm.drop('contact', '5');
  expect(await certify(await fresh())).toBe(3);
  expect((await contacts())?.gap).toMatchObject({ missing: 2, surplus: 1 });
  expect((await contacts())?.checked?.stored.count).toBe(11);
  await sync(await fresh());
  expect(await certify(await fresh())).toBe(0);
  const { checked, gap } = (await contacts()) ?? {};
  expect(checked?.crm).toEqual(checked?.stored);
  expect(checked?.crm.count).toBe(12);
  expect(gap).toMatchObject({ missing: 2, surplus: 1 });
});

test('a stopped comparison goes on where it was, with the same result', async () => {
  const stop = new AbortController();
  let pages = 0;
  rig.crm.before = (call) => {
    if (call.startsWith('ids contact') && ++pages === 2) stop.abort();
  };
  await certify(await fresh(stop.signal));
  expect((await contacts())?.sweep).toMatchObject({ after: '6', crm: { count: 6 } });
  rig.crm.calls.length = 0;
  rig.crm.before = () => {};
  await certify(await fresh());
  expect(rig.crm.calls.filter((c) => c.startsWith('ids contact'))).toEqual([
    'ids contact 6',
    'ids contact 9',
  ]);
  expect((await contacts())?.checked?.crm.count).toBe(11);
});
