/** A tenant's model from its first training to its successor, its way back and its freeze. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TrainingCause } from '../../../src/core/model.ts';
import type { Contact, CrmRecord } from '../../../src/core/record.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { activeModels } from '../../../src/flows/active-models.ts';
import { forTenant, type TenantContext } from '../../../src/flows/context.ts';
import { drain } from '../../../src/flows/drain.ts';
import { freeze, listModels, prove, rollback } from '../../../src/flows/manage-models.ts';
import { recover } from '../../../src/flows/recover.ts';
import { storeTokens } from '../../../src/flows/tokens.ts';
import { retrain, train } from '../../../src/flows/train.ts';
import { watchModels } from '../../../src/flows/watch-models.ts';
import { runTraining, type Training } from '../../../src/models/training.ts';
import { newTenant, ref } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { fixedTokens } from '../../support/fake-host.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';
import { AS_OF, simulatePortal } from '../models/simulated-portal.ts';

const DAY = 86_400_000;
let database: Database;
let rig: Rig;
let tenant: Tenant;

const PORTAL = simulatePortal(80, 5).facts.flatMap(
  ({ contact, deals, interactions }): CrmRecord[] => [
    contact,
    ...[...deals, ...interactions].map((r) => ({ ...r, links: [ref('contact', contact.id)] })),
  ],
);
/** The first training is the same for every test: it is done once. */
let first: Training | undefined;

const fresh = (): Promise<TenantContext> => forTenant(rig, tenant.id);
const states = async () => (await rig.store.models.list(tenant.id)).map((m) => m.state).sort();
const champion = async () => (await rig.store.models.summary(tenant.id))?.version ?? '';
/** Retrains with another outcome than the data would give. */
const retrainAs = async (over: (training: Training) => Training, cause: TrainingCause = 'admin') =>
  retrain({ ...(await fresh()), train: async (order) => over(runTraining(order)) }, cause);
const renamed =
  (version: string, promoted: boolean) =>
  (t: Training): Training => ({
    ...t,
    models: { ...t.models, version },
    verdict: { ...t.verdict, promoted, reason: promoted ? 'better' : 'worse' },
  });

beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());
beforeEach(async () => {
  rig = {
    ...createRig(database.store),
    train: async (order) => {
      if (order.cause !== 'first') return runTraining(order);
      first ??= runTraining(order);
      return first;
    },
  };
  rig.clock.set(new Date(AS_OF.getTime() - 60 * DAY));
  tenant = await newTenant(rig.store, { state: 'training' });
  const tokens = fixedTokens(1, new Date(AS_OF.getTime() + 9e9));
  await storeTokens(rig, rig.store.secrets, tenant.id, tokens);
  await rig.store.records.put(tenant.id, PORTAL);
  await train(await fresh());
  await drain(await fresh());
});

describe('training', () => {
  test('the first model is always promoted, and says what it was trained from', async () => {
    const [model] = (await listModels(await fresh())).models;
    expect(model).toMatchObject({
      state: 'champion',
      verdict: { promoted: true, reason: 'first' },
      query: { seed: 1, asOf: new Date(AS_OF.getTime() - 59 * DAY - 1).toISOString() },
    });
  });

  test('the same bytes come again from the stored query, later and with newer touches in the store', async () => {
    rig.clock.set(AS_OF);
    const proof = await prove(await fresh(), await champion());
    expect(proof).toMatchObject({ same: true, factsChanged: false });
  });

  test('an edited past is found by the hash of the facts', async () => {
    const [id] = await rig.store.records.page(tenant.id, 'call', null, 1);
    const [edited] = await rig.store.records.get(tenant.id, 'call', [id ?? '']);
    if (edited?.kind !== 'call') throw new Error('no call');
    const at = new Date(AS_OF.getTime() - 150 * DAY);
    await rig.store.records.put(tenant.id, [{ ...edited, at, text: 'edited' }]);
    expect(await prove(await fresh(), await champion())).toMatchObject({ factsChanged: true });
  });

  test('a ready tenant stays ready while its successor is trained, judged and put in place', async () => {
    const before = await champion();
    rig.clock.set(AS_OF);
    const seen: string[] = [];
    await retrain(
      {
        ...(await fresh()),
        train: async (order) => {
          const current = await rig.store.tenants.get(tenant.id);
          seen.push(current?.state ?? '', (await activeModels(await fresh()))?.version ?? '');
          return runTraining(order);
        },
      },
      'schedule',
    );
    expect(seen).toEqual(['ready', before]);
    const [newest] = (await listModels(await fresh())).models;
    expect(newest?.verdict).toMatchObject({ against: before, cause: 'schedule' });
    expect(newest?.verdict.parts[0]?.rows).toBeGreaterThan(100);
    expect((await rig.store.tenants.get(tenant.id))?.state).toBe('ready');
  });

  test('the same data train the same model: nothing changes and nothing is scored anew', async () => {
    await retrain(await fresh(), 'admin');
    expect(await states()).toEqual(['champion']);
    expect((await rig.store.models.summary(tenant.id))?.verdict.reason).toBe('same');
    expect((await rig.store.marks.count(tenant.id)).score).toBe(0);
  });

  test('a worse challenger stays a shadow; a better one takes over and everybody is scored by it', async () => {
    const before = await champion();
    await retrainAs(renamed('bad', false));
    expect([await champion(), await states()]).toEqual([before, ['champion', 'shadow']]);
    expect((await rig.store.marks.count(tenant.id)).score).toBe(0);
    await retrainAs(renamed('good', true));
    expect([await champion(), await states()]).toEqual(['good', ['champion', 'retired', 'shadow']]);
    const marks = await rig.store.marks.take(tenant.id, 'score', 'contact', 999);
    expect(marks).toHaveLength(80);
  });
});

test('one command brings a former version back, and everybody’s score with it', async () => {
  const before = await champion();
  await retrainAs(renamed('next', true));
  await drain(await fresh());
  expect(await rollback(await fresh(), before)).toEqual({ champion: before, before: 'next' });
  await drain(await fresh());
  const ids = await rig.store.records.page(tenant.id, 'contact', null, 200);
  const rows = await rig.store.scores.get(tenant.id, 'contact', ids);
  expect(new Set(rows.map((r) => r.modelVersion))).toEqual(new Set([before]));
  await expect(rollback(await fresh(), 'never')).rejects.toMatchObject({ code: 'not_found' });
  expect(await champion()).toBe(before);
});

test('frozen, scores go on and nothing is written; afterwards what was planned goes out', async () => {
  await freeze(await fresh(), true);
  const before = rig.crm.calls.length;
  await retrainAs(renamed('next', true));
  expect((await rig.store.models.list(tenant.id))[0]).toMatchObject({
    state: 'shadow',
    verdict: { reason: 'frozen' },
  });
  const [id = ''] = await rig.store.records.page(tenant.id, 'contact', null, 1);
  const [person] = await rig.store.records.get(tenant.id, 'contact', [id]);
  if (person?.kind !== 'contact') throw new Error('no contact');
  await rig.store.records.put(tenant.id, [{ ...person, doNotScore: true }]);
  await rig.store.marks.raiseAll(tenant.id, 'contact', AS_OF);
  await drain(await fresh());
  expect(rig.crm.calls.length).toBe(before);
  const [score] = await rig.store.scores.get(tenant.id, 'contact', [id]);
  expect(score?.data).toMatchObject({ status: 'excluded' });
  const woken = rig.queue.jobs.length;
  await recover(rig);
  expect(rig.queue.jobs.slice(woken).filter((j) => j.payload['tenantId'] === tenant.id)).toEqual(
    [],
  );
  await freeze(await fresh(), false);
  await drain(await fresh());
  expect(rig.crm.held.get(`contact ${id}`)).toMatchObject({ rapport_status: 'excluded' });
});

test('F73 a new model is ordered when the newest is too old, or when none can be read', async () => {
  const orders = () => rig.queue.jobs.filter((j) => j.job === 'retrain').length;
  await watchModels(await fresh());
  expect(orders()).toBe(0);
  rig.clock.set(new Date(AS_OF.getTime() - 52 * DAY));
  await watchModels(await fresh());
  expect(orders()).toBe(1);
  const row = await rig.store.models.active(tenant.id);
  if (row === null) throw new Error('no model');
  await rig.store.models.put(tenant.id, { ...row, version: 'old', artefact: '{"format":"0"}' });
  await rig.store.models.promote(tenant.id, 'old', rig.clock.now());
  expect(await activeModels(await fresh())).toBeNull();
  await watchModels(await fresh());
  expect(orders()).toBe(2);
  await retrain(await fresh(), 'schedule');
  expect((await rig.store.models.summary(tenant.id))?.verdict.reason).toBe('first');
});

describe('drift', () => {
  const nextDay = (): void => rig.clock.set(new Date(AS_OF.getTime() - 59 * DAY + 3_600_000));
  /** The CRM's field is renamed: all records come without their country. */
  const emptyField = async (): Promise<void> => {
    const ids = await rig.store.records.page(tenant.id, 'contact', null, 200);
    const people = await rig.store.records.get<Contact>(tenant.id, 'contact', ids);
    await rig.store.records.put(
      tenant.id,
      people.map((p) => ({ ...p, traits: { ...p.traits, industry: 'x' } })),
    );
  };
  const ordered = () => rig.queue.jobs.filter((j) => j.job === 'retrain').map((j) => j.payload);

  test('unchanged data raise no alarm; everybody is scored anew once a day', async () => {
    await watchModels(await fresh());
    expect((await rig.store.marks.count(tenant.id)).score).toBe(0);
    nextDay();
    await watchModels(await fresh());
    expect((await listModels(await fresh())).drift).toMatchObject([{ alarms: [] }]);
    expect((await rig.store.marks.count(tenant.id)).score).toBeGreaterThanOrEqual(80);
    await drain(await fresh());
    await watchModels(await fresh());
    expect((await rig.store.marks.count(tenant.id)).score).toBe(0);
    expect(ordered()).toEqual([]);
  });

  test('a changed field is named the next day, writes freeze, a successor is ordered, its promotion thaws', async () => {
    await emptyField();
    nextDay();
    await watchModels(await fresh());
    const { drift, freeze: frozen } = await listModels(await fresh());
    expect(drift[0]?.alarms).toEqual(['industry']);
    expect(frozen).toMatchObject({ by: 'drift', fields: ['industry'] });
    expect(ordered()).toEqual([{ tenantId: tenant.id, cause: 'drift' }]);
    const before = rig.crm.calls.length;
    await drain(await fresh());
    expect(rig.crm.calls.slice(before).filter((c) => c.startsWith('write'))).toEqual([]);
    await retrainAs(renamed('next', true), 'drift');
    expect((await listModels(await fresh())).freeze).toBeNull();
  });

  test('an admin may prefer writes that go on', async () => {
    const { models } = (await fresh()).tenant.settings;
    await rig.store.tenants.changeSettings(tenant.id, { models: { ...models, autoFreeze: false } });
    await emptyField();
    nextDay();
    await watchModels(await fresh());
    const list = await listModels(await fresh());
    expect([list.drift[0]?.alarms, list.freeze]).toEqual([['industry'], null]);
  });
});
