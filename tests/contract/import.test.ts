/** An import of 50,000 contacts: every record is read once, and what people do meanwhile comes first. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tenant } from '../../src/core/tenant.ts';
import type { TenantContext } from '../../src/flows/context.ts';
import { drain } from '../../src/flows/drain.ts';
import { newTenant } from '../support/builders.ts';
import { type Database, openPglite } from '../support/databases.ts';
import { event } from '../support/deliveries.ts';
import { createRig, forTenantOf, type Rig } from '../support/flow-context.ts';

const CONTACTS = 50_000;
const PER_DELIVERY = 100;
const EDITED = 49_999;

let database: Database;
let rig: Rig;
let tenant: Tenant;
beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
});
afterAll(() => database?.close());

const deliver = (...events: readonly object[]) => {
  const body = JSON.stringify(events);
  return rig.store.inbox.accept([{ tenantId: tenant.id, body }], [], rig.clock.now());
};

test('F07 an import is one read per record, and an edit during it is read in the next round', async () => {
  const imported = { changeSource: 'IMPORT', sourceId: 'import:1' };
  const events = Array.from({ length: CONTACTS }, (_, n) => [
    event(n + 1, { ...imported, subscriptionType: 'object.creation' }),
    event(n + 1, imported),
  ]).flat();
  for (let i = 0; i < events.length; i += PER_DELIVERY)
    await deliver(...events.slice(i, i + PER_DELIVERY));

  const reads: string[][] = [];
  const ctx: TenantContext = forTenantOf(rig, tenant);
  const session = {
    ...ctx.session,
    read: async (_kind: string, ids: readonly string[]) => {
      reads.push([...ids]);
      if (reads.length === 5) {
        rig.clock.advance(60_000);
        await deliver(event(EDITED, { propertyName: 'phone' }));
      }
      return { records: [], gone: [] };
    },
  };
  await drain({ ...ctx, session });

  const all = reads.flat();
  expect(new Set(all).size).toBe(CONTACTS);
  expect(reads.every((ids) => ids.length <= 100)).toBe(true);
  // Only what was edited by hand may have been read twice.
  expect(all.length).toBeLessThanOrEqual(CONTACTS + 1);
  // Three batches make a round: the edit is in the batch after the end of the one under way.
  expect(reads.findIndex((ids) => ids.includes(String(EDITED)))).toBeLessThanOrEqual(6);
  expect(await rig.store.marks.count(tenant.id)).toEqual({ sync: 0, score: 0 });
  expect(await rig.store.inbox.size(tenant.id)).toBe(0);
}, 600_000);
