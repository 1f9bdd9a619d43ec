/** Tasks and notes over a real store and a fake CRM: dry run, once, found again, undone; and "not now". */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ActivityRequest, ADVICE_SIGNATURE } from '../../../src/core/activity.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { approveWrites } from '../../../src/flows/approve-writes.ts';
import type { TenantContext } from '../../../src/flows/context.ts';
import { createActivity } from '../../../src/flows/create-activity.ts';
import { listWrites } from '../../../src/flows/manage-writes.ts';
import { sayNotNow, setAsideOf } from '../../../src/flows/not-now.ts';
import { score } from '../../../src/flows/score.ts';
import { sendActivities } from '../../../src/flows/send-activities.ts';
import { showDifferences } from '../../../src/flows/show-differences.ts';
import { showTicketCard } from '../../../src/flows/show-ticket-card.ts';
import { train } from '../../../src/flows/train.ts';
import { undoWrites } from '../../../src/flows/undo-writes.ts';
import { AT, contact, later, newTenant, note, ref, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

const HOUR = 3_600_000;
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
  rig.clock.set(later(2 * HOUR));
  await rig.store.records.put(tenant.id, [contact(1), ticket(7, 1, { repId: '55' })]);
});

const request: ActivityRequest = {
  kind: 'task',
  subject: 'Call Ana',
  body: '50% reply rate expected\n+ Answered 6 of 11 calls',
  dueAt: later(24 * HOUR).toISOString(),
  type: 'call',
};
const order = (over: Partial<ActivityRequest> = {}, about = ref('contact', 1)) =>
  createActivity(ctx, about, { ...request, ...over });
const withMode = async (mode: 'dry_run' | 'write') => {
  await rig.store.tenants.changeSettings(tenant.id, { writes: { mode } });
  const now = await rig.store.tenants.get(tenant.id);
  if (now !== null) ctx = forTenantOf(rig, now);
};

describe('an ordered task', () => {
  test('F11 is made once, however often it is asked for', async () => {
    const both = await Promise.all([order(), order()]);
    expect(both.map((o) => o.state)).toEqual(['ordered', 'ordered']);
    expect(rig.queue.jobs.filter((job) => job.job === 'drain').length).toBeGreaterThan(0);
    expect(await sendActivities(ctx)).toBe(1);
    expect(await sendActivities(ctx)).toBe(0);
    expect(await order({ body: 'Other reasons by now.' })).toEqual({ state: 'done' });
    expect(await sendActivities(ctx)).toBe(0);
    expect([...rig.crm.activities.values()]).toEqual([
      {
        kind: 'task',
        about: [ref('contact', 1)],
        subject: 'Call Ana',
        body: `${request.body}\n${ADVICE_SIGNATURE}`,
        at: later(24 * HOUR),
        type: 'call',
        ownerId: null,
      },
    ]);
  });

  test('in a dry run is planned, listed and sent only after approval', async () => {
    await withMode('dry_run');
    expect(await order()).toEqual({ state: 'planned' });
    expect(await sendActivities(ctx)).toBe(0);
    const listed = await listWrites(rig, { tenant: tenant.id, kind: 'task' });
    expect(listed.writes).toMatchObject([
      { kind: 'task', state: 'planned', changes: { subject: { old: null, new: 'Call Ana' } } },
    ]);
    const { records } = await showDifferences(rig, tenant, {});
    expect(records).toMatchObject([{ kind: 'task', id: '1', name: 'Ana' }]);
    expect(records[0]?.changes.find((c) => c.property === 'subject')).toEqual({
      ...{ property: 'subject', label: 'Title', labelZh: '标题', old: null, new: 'Call Ana' },
    });
    expect(await approveWrites(ctx)).toEqual({ approved: 1 });
    await withMode('write');
    expect(await sendActivities(ctx)).toBe(1);
    expect(rig.crm.activities.size).toBe(1);
  });

  test('I3 after a crash between making and journaling is found again, not made twice', async () => {
    await order();
    const [claimed] = await rig.store.writes.claim(tenant.id, 'task', 1, true);
    expect(claimed).toBeDefined();
    await ctx.session.createTask({
      ...{ kind: 'task', about: [ref('contact', 1)], subject: 'Call Ana', type: 'call' },
      ...{ body: `${request.body}\n${ADVICE_SIGNATURE}`, at: later(24 * HOUR), ownerId: null },
    });
    expect(await sendActivities(ctx)).toBe(1);
    expect(rig.crm.activities.size).toBe(1);
  });

  test('F45 refused by the CRM keeps nothing back, is journalled, and may be asked for again', async () => {
    rig.crm.refuses.set('Call Ana', 'MISSING_REQUIRED_PROPERTY');
    await order();
    await order({ subject: 'Write to Ana', type: 'email' });
    expect(await sendActivities(ctx)).toBe(1);
    const refused = await rig.store.writes.list(tenant.id, { state: 'refused' }, 9);
    expect(refused[0]?.reason).toContain('MISSING_REQUIRED_PROPERTY');
    rig.crm.refuses.clear();
    expect(await order()).toEqual({ state: 'ordered' });
    expect(await sendActivities(ctx)).toBe(1);
  });

  test('F58 for a record of another account is refused', async () => {
    const other = forTenantOf(rig, await newTenant(rig.store));
    await expect(createActivity(other, ref('contact', 1), request)).rejects.toMatchObject({
      code: 'record_gone',
    });
  });

  test('of a case stands on its person too and belongs to its owner', async () => {
    await order({ kind: 'note' }, ref('ticket', 7));
    await sendActivities(ctx);
    expect([...rig.crm.activities.values()]).toMatchObject([
      { kind: 'note', about: [ref('ticket', 7), ref('contact', 1)], ownerId: '55' },
    ]);
  });
});

describe('undo', () => {
  const runOf = async () => (await rig.store.writes.list(tenant.id, {}, 1))[0]?.runId ?? 0;

  test('takes a task away that stands as it was made, and lets it be ordered again', async () => {
    await order();
    await sendActivities(ctx);
    expect(await undoWrites(ctx, await runOf())).toMatchObject({ records: 1, left: 0 });
    await withMode('dry_run');
    expect(await sendActivities(ctx)).toBe(1);
    expect(rig.crm.activities.size).toBe(0);
    expect(await order()).toEqual({ state: 'planned' });
  });

  test('F51 leaves a task that somebody changed', async () => {
    await order();
    await sendActivities(ctx);
    const [id, made] = [...rig.crm.activities][0] ?? [];
    if (id === undefined || made === undefined) throw new Error('no task');
    rig.crm.activities.set(id, { ...made, subject: 'Call Ana before noon' });
    expect(await undoWrites(ctx, await runOf())).toMatchObject({ records: 0, left: 1 });
    expect(await sendActivities(ctx)).toBe(0);
    expect(rig.crm.activities.size).toBe(1);
  });
});

describe('overdue cases', () => {
  const scoreAll = async (overdue: boolean) => {
    const service = { ...tenant.settings.service, tasks: { overdue } };
    await rig.store.tenants.changeSettings(tenant.id, { service });
    const now = await rig.store.tenants.get(tenant.id);
    if (now === null) throw new Error('no tenant');
    ctx = forTenantOf(rig, now);
    await train({ ...ctx, tenant: { ...now, state: 'training' } });
    rig.clock.set(later(200 * HOUR));
    await rig.store.marks.raiseAll(tenant.id, 'ticket', rig.clock.now());
    await score(ctx, 1);
  };

  test('make no task unless the admin wants it', async () => {
    await scoreAll(false);
    const card = await showTicketCard(ctx, tenant, '7');
    expect(card.followUp?.state).toBe('overdue');
    expect(await rig.store.writes.planned(tenant.id, 'task', 9)).toEqual([]);
  });

  test('make one task each, once per due time', async () => {
    await scoreAll(true);
    await rig.store.marks.raiseAll(tenant.id, 'ticket', rig.clock.now());
    await score(ctx, 1);
    const planned = await rig.store.writes.planned(tenant.id, 'task', 9);
    expect(planned.map((w) => w.changes['subject']?.new)).toEqual(['Overdue answer: Broken lamp']);
    expect(await sendActivities(ctx)).toBe(1);
    await rig.store.marks.raiseAll(tenant.id, 'ticket', rig.clock.now());
    await score(ctx, 1);
    expect(await sendActivities(ctx)).toBe(0);
    expect([...rig.crm.activities.values()]).toMatchObject([
      { about: [ref('ticket', 7), ref('contact', 1)], ownerId: '55' },
    ]);
  });
});

test('a note of ours is nobody’s word about a case', async () => {
  const on = [ref('ticket', 7)];
  await rig.store.records.put(tenant.id, [
    note(20, on, { text: `Call Ana\nShe answers before 11.\n${ADVICE_SIGNATURE}` }),
    note(21, on, { text: 'Called the warehouse about it.' }),
  ]);
  await train({ ...ctx, tenant: { ...tenant, state: 'training' } });
  await score(ctx, 1);
  const { summary } = await showTicketCard(ctx, tenant, '7');
  expect(summary.map((line) => line.source.id)).not.toContain('20');
});

test('"not now" is kept for a week, for that channel only, and is no other account’s', async () => {
  await sayNotNow(ctx, '1', { reason: 'wrong_time', channel: 'phone' }, '9');
  const at = later(2 * HOUR).toISOString();
  expect(await setAsideOf(ctx, tenant, '1', 'phone')).toEqual({ reason: 'wrong_time', at });
  expect(await setAsideOf(ctx, tenant, '1', 'email')).toBeNull();
  rig.clock.set(later(8 * 24 * HOUR, AT));
  expect(await setAsideOf(ctx, tenant, '1', 'phone')).toBeNull();
  const other = forTenantOf(rig, await newTenant(rig.store));
  await expect(
    sayNotNow(other, '1', { reason: 'wrong_time', channel: null }, null),
  ).rejects.toMatchObject({ code: 'record_gone' });
});
