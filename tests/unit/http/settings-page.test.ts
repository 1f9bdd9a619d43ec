/** The settings page's and the app page's endpoints: signed, of the signed account alone, changed by its editors alone. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ContactScore } from '../../../src/core/score.ts';
import type { Differences, PageAnswer, SettingsPage } from '../../../src/core/settings-page.ts';
import type { TeamPage } from '../../../src/core/team-page.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { AT, contact, later, newTenant, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { ORIGIN, sign } from '../../support/deliveries.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';
import { type HttpServer, startHttpServer } from '../../support/http-server.ts';

const ANA = 'ana@example.test';
let database: Database;
let rig: Rig;
let server: HttpServer;
let tenant: Tenant;

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  server = await startHttpServer(rig);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  tenant = await newTenant(rig.store, { state: 'ready' });
  await rig.store.tenants.changeSettings(tenant.id, { access: { editors: [ANA] } });
  rig.queue.jobs.length = 0;
});

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly email?: string;
  readonly accountId?: string;
  readonly query?: string;
  /** What is sent where it is not what was signed. */
  readonly tampered?: (path: string) => string;
}

async function ask<T>(where: string, asked: Asked = {}): Promise<{ status: number; json: T }> {
  const { method = 'GET', email = ANA, accountId = tenant.accountId, query = '' } = asked;
  const who = `userId=9&portalId=${accountId}&userEmail=${encodeURIComponent(email)}&appId=42`;
  const path = `/hubspot/${where}?${query === '' ? '' : `${query}&`}${who}`;
  const text = asked.body === undefined ? '' : JSON.stringify(asked.body);
  const { headers } = sign(text, rig.clock.now(), { method, path });
  const response = await fetch(`${server.origin}${asked.tampered?.(path) ?? path}`, {
    method,
    headers,
    ...(text === '' ? {} : { body: text }),
  });
  return { status: response.status, json: (await response.json()) as T };
}
const save = (body: unknown, asked: Asked = {}) =>
  ask<PageAnswer>('settings', { method: 'PUT', body, ...asked });
const held = async () => (await rig.store.tenants.get(tenant.id))?.settings;

describe('the settings page', () => {
  test('shows everybody of the account what is read, written and set, and who may change it', async () => {
    const { json: page } = await ask<SettingsPage>('settings');
    expect(page).toMatchObject({ state: 'ready', mayChange: true });
    expect(page.objects.find((o) => o.kind === 'contact')).toMatchObject({ complete: null });
    expect(page.objects.find((o) => o.kind === 'call')?.writes).toEqual([]);
    expect(page.values).toMatchObject({ holdoutShare: 0.1, editors: [ANA] });
    const other = await ask<SettingsPage>('settings', { email: 'ben@example.test' });
    expect(other.json).toMatchObject({ state: 'ready', mayChange: false });
  });

  test('saves for an editor, and keeps who it was', async () => {
    const { status, json } = await save({ holdout: { share: 0.2 } });
    expect(status).toBe(200);
    expect(json).toMatchObject({ ok: true, page: { values: { holdoutShare: 0.2 } } });
    expect((await rig.store.audit.latest(tenant.id, 1))[0]).toMatchObject({
      actor: ANA,
      action: 'settings.holdout',
    });
  });

  test('tells what an admin has to do, and keeps who sees cards and whether tasks are made', async () => {
    await rig.store.notices.put(tenant.id, 'scopes', ['crm.objects.deals.read'], AT);
    const { json } = await save({
      cards: { viewers: [ANA] },
      service: { tasks: { overdue: true } },
    });
    expect(json).toMatchObject({
      ok: true,
      page: {
        notices: [{ code: 'scopes', details: ['crm.objects.deals.read'], since: AT.toISOString() }],
        values: { viewers: [ANA], overdueTasks: true },
      },
    });
    expect((await held())?.service.due.length).toBeGreaterThan(0);
  });

  test('F58 saves for nobody else: another person, an unsigned person, another account', async () => {
    const refused = { ok: false, reason: 'no_access' };
    const change = { holdout: { share: 0.5 } };
    expect((await save(change, { email: 'ben@example.test' })).json).toMatchObject(refused);
    expect((await save(change, { email: '' })).json).toMatchObject(refused);
    const other = await newTenant(rig.store);
    expect((await save(change, { accountId: other.accountId })).json).toMatchObject(refused);
    expect((await save(change, { accountId: '99999999' })).json).toMatchObject({
      ok: false,
      reason: 'not_connected',
    });
    expect(await held()).toMatchObject({ holdout: { share: 0.1 } });
  });

  test('F25 a portal or a person in the query counts only as it was signed', async () => {
    const victim = await newTenant(rig.store);
    await rig.store.tenants.changeSettings(victim.id, { access: { editors: [ANA] } });
    const steal = (path: string) =>
      path.replace(`portalId=${tenant.accountId}`, `portalId=${victim.accountId}`);
    expect((await save({ holdout: { share: 0.5 } }, { tampered: steal })).status).toBe(401);
    const pose = (path: string) => path.replace('ben%40', 'ana%40');
    const posed = await save(
      { holdout: { share: 0.5 } },
      { email: 'ben@example.test', tampered: pose },
    );
    expect(posed.status).toBe(401);
    const doubled = (path: string) => `${path}&userEmail=${encodeURIComponent(ANA)}`;
    expect((await save({}, { email: 'ben@example.test', tampered: doubled })).status).toBe(401);
    // A person who names themselves twice, even signed, is nobody.
    const twice = await save(
      { holdout: { share: 0.5 } },
      { email: 'ben@example.test', query: `userEmail=${encodeURIComponent(ANA)}` },
    );
    expect(twice.json).toMatchObject({ ok: false, reason: 'no_access' });
    expect((await rig.store.tenants.get(victim.id))?.settings.holdout.share).toBe(0.1);
  });

  test('names every field that cannot be taken, with status 200, and takes none', async () => {
    const { status, json } = await save({ holdout: { share: 3 }, reach: { touchesPerWeek: 0 } });
    expect(status).toBe(200);
    expect(json).toEqual({
      ok: false,
      reason: 'invalid',
      problems: [
        { path: 'reach.touchesPerWeek', code: 'too_small' },
        { path: 'holdout.share', code: 'too_big' },
      ],
    });
    expect((await held())?.holdout.share).toBe(0.1);
  });
});

describe('the dry run on the page', () => {
  const change = { rapport_status: { old: null, new: 'ready' } };
  beforeEach(async () => {
    await rig.store.records.put(tenant.id, [contact(1, { firstName: 'Zoe' })]);
    const run = await rig.store.runs.start(tenant.id, 'score', AT);
    const ids = Array.from({ length: 30 }, (_, i) => String(i + 1));
    const plans = ids.map((id) => ({
      kind: 'contact' as const,
      id,
      changes: change,
      modelVersion: 'm',
      eventAt: null,
    }));
    await rig.store.writes.plan(tenant.id, run, plans, AT);
  });

  test('is shown record by record, a page at a time, with names and labels in both languages', async () => {
    const first = (await ask<Differences>('settings/writes')).json;
    expect(first.records).toHaveLength(25);
    const rest = (await ask<Differences>('settings/writes', { query: `before=${first.next}` }))
      .json;
    expect(rest).toMatchObject({ next: null });
    expect(rest.records).toHaveLength(5);
    const zoe = [...first.records, ...rest.records].find((r) => r.id === '1');
    expect(zoe).toMatchObject({
      name: 'Zoe',
      url: `https://crm.test/${tenant.accountId}/contact/1`,
      changes: [
        {
          property: 'rapport_status',
          label: 'Rapport status',
          labelZh: '评分状态',
          ...change.rapport_status,
        },
      ],
    });
  });

  test('is approved and held by an editor alone', async () => {
    const act = (name: string, asked: Asked = {}) =>
      ask<PageAnswer>(`settings/writes/${name}`, { method: 'POST', body: {}, ...asked });
    const ben = await act('approve', { email: 'ben@example.test' });
    expect(ben.json).toMatchObject({ ok: false, reason: 'no_access' });
    expect(rig.queue.jobs).toEqual([]);
    expect((await act('approve')).json).toMatchObject({
      ok: true,
      count: 30,
      page: { dryRun: { writing: true } },
    });
    expect(rig.queue.jobs.map((j) => j.job)).toEqual(['drain']);
    expect((await act('hold')).json).toMatchObject({ page: { dryRun: { writing: false } } });
    expect((await act('save')).status).toBe(404);
    expect((await act('constructor')).status).toBe(404);
    const acts = (await rig.store.audit.latest(tenant.id, 9)).map((a) => a.action);
    expect(acts).toEqual(['writes.hold', 'writes.approve']);
  });

  test('a run is undone by a job, and nothing is written until the next approval', async () => {
    await rig.store.tenants.changeSettings(tenant.id, { writes: { mode: 'write' } });
    const undo = (run: unknown) =>
      ask<PageAnswer>('settings/writes/undo', { method: 'POST', body: { run } });
    expect((await undo('1; drop')).json).toMatchObject({ ok: false, reason: 'invalid' });
    expect((await undo(3)).json).toMatchObject({ ok: true, page: { dryRun: { writing: false } } });
    expect(rig.queue.jobs).toMatchObject([{ job: 'undo', payload: { run: '3' } }]);
  });
});

describe('the app page', () => {
  const best = (chance: number, evidence: string, nextContactAt: string, status = 'ready') => ({
    status,
    reach: {
      ranked: [{ channel: 'phone', dayPart: 'morning', chance, usual: 0.2, evidence }],
      blocked: [],
      nextContactAt,
      nextContactUntil: null,
    },
  });
  const score = (id: string, data: object) => ({
    kind: 'contact' as const,
    id,
    scoredAt: AT,
    modelVersion: 'm',
    data: data as ContactScore,
  });

  test('lists who waits and whom to reach, and nobody of the holdout', async () => {
    const soon = later(3_600_000).toISOString();
    const people = [1, 2, 3, 4, 5].map((id) => contact(id, { firstName: `P${id}` }));
    await rig.store.records.put(tenant.id, [...people, ticket(7, 1), ticket(8, 1)]);
    await rig.store.scores.put(tenant.id, [
      score('1', best(0.4, 'personal', soon)),
      score('2', best(0.7, 'similar', soon)),
      score('3', best(0.9, 'everyone', soon)),
      score('4', best(0.9, 'personal', soon, 'holdout')),
      score('5', best(0.9, 'personal', later(72 * 3_600_000).toISOString())),
    ]);
    await rig.store.followUps.put(tenant.id, [
      { id: '7', state: 'open', dueAt: later(1000), lookAt: null },
      { id: '8', state: 'overdue', dueAt: later(-1000), lookAt: null },
    ]);
    rig.clock.set(AT);
    const { json: page } = await ask<TeamPage>('team');
    expect(page.state).toBe('ready');
    expect(page.statistics).toMatchObject({ contacts: 5, scored: 5, open: 2, overdue: 1 });
    expect(page.cases.map((c) => [c.id, c.overdue, c.contact])).toEqual([
      ['8', true, 'P1'],
      ['7', false, 'P1'],
    ]);
    expect(page.contacts.map((c) => [c.name, c.chance])).toEqual([
      ['P2', 0.7],
      ['P1', 0.4],
    ]);
    expect(page.consoleUrl).toBe(`${ORIGIN}/console`);
    const ben = await ask<TeamPage>('team', { email: 'ben@example.test' });
    expect(ben.json.consoleUrl).toBeNull();
    const other = await newTenant(rig.store, { state: 'ready' });
    const theirs = await ask<TeamPage>('team', { accountId: other.accountId });
    expect(theirs.json).toMatchObject({ cases: [], contacts: [], statistics: { contacts: 0 } });
  });

  test('says so while the account is not connected', async () => {
    expect((await ask<TeamPage>('team', { accountId: '99999999' })).json).toMatchObject({
      state: 'not_connected',
      statistics: null,
    });
  });
});
