/** Planned writes that the host did not judge: sent again in the same run, or by a later job where it takes nothing. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Tenant } from '../../../src/core/tenant.ts';
import { drain } from '../../../src/flows/drain.ts';
import { writeBack } from '../../../src/flows/write-back.ts';
import { AT, newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

let database: Database;
let rig: Rig;
let tenant: Tenant;
let runId: number;
const ids = Array.from({ length: 250 }, (_, n) => String(n + 1));

beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());

beforeEach(async () => {
  rig = createRig(database.store);
  tenant = await newTenant(rig.store, { state: 'ready' });
  runId = await rig.store.runs.start(tenant.id, 'drain', AT);
  await rig.store.writes.plan(
    tenant.id,
    runId,
    ids.map((id) => ({
      kind: 'contact',
      id,
      changes: { rapport_model: { old: null, new: 'm' } },
      modelVersion: 'm',
      eventAt: null,
    })),
    AT,
  );
});

const journal = () => rig.store.writes.list(tenant.id, {}, 1_000);
const writes = () => rig.crm.calls.filter((c) => c.startsWith('write'));

test('F45 what was not judged is neither refused nor taken, and goes out with the next batch of the run', async () => {
  rig.crm.judges = 60;
  rig.crm.refuses.set('7', 'MISSING_REQUIRED_PROPERTY');
  expect(await writeBack(forTenantOf(rig, tenant), runId)).toEqual({
    records: 250,
    properties: 249,
  });
  const entries = await journal();
  expect(entries.filter((e) => e.state === 'refused')).toMatchObject([
    { id: '7', reason: 'MISSING_REQUIRED_PROPERTY' },
  ]);
  expect(entries.filter((e) => e.state === 'sent')).toHaveLength(249);
  expect(rig.crm.held.size).toBe(249);
  expect(writes()).toHaveLength(5);
  expect(rig.queue.jobs).toEqual([]);
});

test('F45 in a run of rounds a round of nothing but refusals is not the end of it', async () => {
  for (const { id } of await rig.store.writes.planned(tenant.id, 'contact', 200))
    rig.crm.refuses.set(id, 'no');
  expect(await writeBack(forTenantOf(rig, tenant), runId, 200)).toEqual({
    records: 200,
    properties: 0,
  });
  await drain(forTenantOf(rig, tenant));
  expect(rig.crm.held.size).toBe(50);
});

test('F45 an account that takes nothing is asked once, its writes wait for a later job', async () => {
  rig.crm.judges = 0;
  await drain(forTenantOf(rig, tenant));
  expect(writes()).toHaveLength(1);
  expect(await rig.store.writes.pending(tenant.id)).toEqual({ planned: 150, sending: 100 });
  expect(rig.queue.jobs).toMatchObject([
    { job: 'drain', payload: { tenantId: tenant.id }, options: { delayMs: 300_000 } },
  ]);
  rig.crm.judges = Number.POSITIVE_INFINITY;
  await drain(forTenantOf(rig, tenant));
  expect(rig.crm.held.size).toBe(250);
  expect(await rig.store.writes.pending(tenant.id)).toEqual({ planned: 0, sending: 0 });
});
