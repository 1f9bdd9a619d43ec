/** Changing settings over a real store: all or nothing, audited, and what depends on them is done again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tenant } from '../../../src/core/tenant.ts';
import { changeSettings, setSettings } from '../../../src/flows/change-settings.ts';
import type { TenantContext } from '../../../src/flows/context.ts';
import { contact, newTenant, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

let database: Database;
let rig: Rig;
let tenant: Tenant;
let ctx: TenantContext;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());
beforeEach(async () => {
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
  ctx = forTenantOf(rig, tenant);
  await rig.store.records.put(tenant.id, [contact(1), contact(2), ticket(7, 1)]);
});

const held = async () => (await rig.store.tenants.get(tenant.id))?.settings;
const marks = () => rig.store.marks.count(tenant.id);
const audit = async () =>
  (await rig.store.audit.latest(tenant.id, 20)).map(({ actor, action }) => `${actor} ${action}`);

describe('changeSettings', () => {
  test('keeps who changed what, and scores anew what depends on it', async () => {
    const answer = await changeSettings(
      ctx,
      { reach: { touchesPerWeek: 2 }, holdout: { share: 0.2 } },
      'ana@example.test',
    );
    expect(answer).toMatchObject({ ok: true, changed: ['reach', 'holdout'] });
    expect(await held()).toMatchObject({ reach: { touchesPerWeek: 2 }, holdout: { share: 0.2 } });
    expect(await audit()).toEqual([
      'ana@example.test settings.holdout',
      'ana@example.test settings.reach',
    ]);
    expect(await marks()).toEqual({ sync: 0, score: 2 });
    expect(rig.queue.jobs.map(({ job }) => job)).toEqual(['drain']);
  });

  test('takes nothing of a change with one field that cannot be taken', async () => {
    const answer = await changeSettings(
      ctx,
      { holdout: { share: 0.2 }, reach: { touchesPerWeek: -1 } },
      'ana@example.test',
    );
    expect(answer).toEqual({
      ok: false,
      problems: [{ path: 'reach.touchesPerWeek', code: 'too_small' }],
    });
    expect(await held()).toEqual(tenant.settings);
    expect(await audit()).toEqual([]);
  });

  test('the same again changes nothing', async () => {
    await changeSettings(ctx, { holdout: { share: 0.2 } }, 'console');
    const again = await changeSettings(ctx, { holdout: { share: 0.2 } }, 'console');
    expect(again).toMatchObject({ ok: true, changed: [] });
    expect(await audit()).toEqual(['console settings.holdout']);
  });

  test('service rules look at cases again, fields about the person read everybody again', async () => {
    await changeSettings(ctx, { service: { due: [] } }, 'console');
    expect(await marks()).toEqual({ sync: 0, score: 1 });
    await changeSettings(ctx, { demographics: ['age'] }, 'console');
    expect(await marks()).toEqual({ sync: 2, score: 1 });
    expect(await audit()).toContain('console demographics');
  });

  test('more properties are created, other days of churn are learnt, by jobs', async () => {
    await changeSettings(ctx, { properties: { optional: true }, churn: { days: 60 } }, 'console');
    expect(rig.queue.jobs.map(({ job }) => job).sort()).toEqual(['drain', 'properties', 'retrain']);
  });

  test('a freeze set meanwhile is not undone by a change of another model setting', async () => {
    const freeze = { at: '2026-03-01T00:00:00.000Z', by: 'drift', fields: ['touches'] } as const;
    await rig.store.tenants.changeSettings(tenant.id, {
      models: { ...tenant.settings.models, freeze },
    });
    await changeSettings(ctx, { models: { autoFreeze: false } }, 'console');
    expect((await held())?.models).toMatchObject({ freeze, autoFreeze: false });
  });

  test('one account’s change is not another’s', async () => {
    const other = await newTenant(rig.store);
    await changeSettings(ctx, { holdout: { share: 0.3 } }, 'console');
    expect((await rig.store.tenants.get(other.id))?.settings.holdout.share).toBe(0.1);
  });
});

test('the operator’s way in names the field that cannot be taken', async () => {
  const change = (settings: object) => setSettings(rig, { tenant: tenant.id, settings });
  await expect(change({ holdout: { share: 2 } })).rejects.toThrow('holdout.share: too_big');
  expect(await change({ holdout: { share: 0 } })).toMatchObject({ changed: ['holdout'] });
});
