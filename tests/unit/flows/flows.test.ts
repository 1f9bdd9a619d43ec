/** The flows over a real store and a small foreign CRM. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RapportError } from '../../../src/core/errors.ts';
import { RECORD_KINDS } from '../../../src/core/record.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { approveWrites, releaseValues } from '../../../src/flows/approve-writes.ts';
import { backfill } from '../../../src/flows/backfill.ts';
import { forTenant, type TenantContext } from '../../../src/flows/context.ts';
import { ingest } from '../../../src/flows/ingest.ts';
import { finishInstall, startInstall } from '../../../src/flows/install.ts';
import { planWrites } from '../../../src/flows/plan-writes.ts';
import { reconcile } from '../../../src/flows/reconcile.ts';
import { recover } from '../../../src/flows/recover.ts';
import { sync } from '../../../src/flows/sync.ts';
import { accessToken, storeTokens } from '../../../src/flows/tokens.ts';
import { undoWrites } from '../../../src/flows/undo-writes.ts';
import { writeBack } from '../../../src/flows/write-back.ts';
import { createStore } from '../../../src/store/store.ts';
import { AT, call, contact, deal, later, newTenant, ref, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { event } from '../../support/deliveries.ts';
import { fixedTokens } from '../../support/fake-host.ts';
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
});

const hear = async (...events: readonly ReturnType<typeof event>[]) => {
  const body = JSON.stringify(events);
  await rig.store.inbox.accept([{ tenantId: tenant.id, body }], [], rig.clock.now());
  await ingest(ctx);
};
const change = (id: number, type: string, over = {}) =>
  event(id, { subscriptionType: `object.${type}`, ...over });
const held = async (kind: 'contact' | 'call', ...ids: string[]) =>
  (await rig.store.records.get(tenant.id, kind, ids)).map((r) => r.id);
const callsOf = async (id: string) =>
  (await rig.store.records.children(tenant.id, 'contact', [id], ['call'])).map((c) => c.record.id);
const scoreMarks = async () =>
  (await rig.store.marks.take(tenant.id, 'score', 'contact', 99)).map((m) => m.id as string).sort();
const clearScoreMarks = async () =>
  rig.store.marks.clear(
    tenant.id,
    'score',
    await rig.store.marks.take(tenant.id, 'score', 'contact', 99),
  );

/** The same tenant, as the backfill job finds it. */
const reading = (from: TenantContext = ctx): TenantContext => ({
  ...from,
  tenant: { ...tenant, state: 'backfilling' },
});

describe('sync', () => {
  test('a thousand events on one record are one read', async () => {
    rig.crm.put(contact(1));
    await hear(...Array.from({ length: 1_000 }, () => event(1)));
    expect(await sync(ctx)).toBe(1);
    expect(rig.crm.calls.filter((c) => c.startsWith('read'))).toEqual(['read contact 1']);
  });

  test('F31 a change that arrives during the read is looked at again', async () => {
    rig.crm.put(contact(1, { firstName: 'Before' }));
    await hear(event(1));
    let changed = false;
    const slow: TenantContext = {
      ...ctx,
      session: {
        ...ctx.session,
        read: async (kind, ids) => {
          const answer = await ctx.session.read(kind, ids);
          if (!changed) {
            changed = true;
            rig.crm.put(contact(1, { firstName: 'After', updatedAt: later(1) }));
            await hear(event(1));
          }
          return answer;
        },
      },
    };
    await sync(slow);
    const [kept] = await rig.store.records.get(tenant.id, 'contact', ['1']);
    expect(kept).toMatchObject({ firstName: 'After' });
    expect((await rig.store.marks.count(tenant.id)).sync).toBe(0);
  });

  test('a failed read leaves its marks raised', async () => {
    rig.crm.put(contact(1));
    await hear(event(1));
    rig.crm.before = () => {
      throw new RapportError('host_unavailable', 'down');
    };
    await expect(sync(ctx)).rejects.toMatchObject({ code: 'host_unavailable' });
    expect((await rig.store.marks.count(tenant.id)).sync).toBe(1);
    rig.crm.before = () => {};
    expect(await sync(ctx)).toBe(1);
  });

  test('marks whoever’s score may move: the person, and those a record hung on before and after', async () => {
    rig.crm.put(contact(1), contact(2), call(3, 1), deal(4, 1));
    await hear(event(1), event(2), change(3, 'creation', { objectTypeId: '0-48' }));
    await sync(ctx);
    await clearScoreMarks();
    rig.crm.put(call(3, 2, { updatedAt: later(1) }));
    await hear(change(3, 'propertyChange', { objectTypeId: '0-48' }));
    await sync(ctx);
    expect(await scoreMarks()).toEqual(['1', '2']);
  });

  test('F11 what did not change causes no new score', async () => {
    rig.crm.put(contact(1));
    await hear(event(1));
    await sync(ctx);
    await clearScoreMarks();
    await hear(event(1));
    await sync(ctx);
    expect(await scoreMarks()).toEqual([]);
  });

  test('F48 an association alone reads both ends anew', async () => {
    rig.crm.put(contact(1), call(3, 1));
    await hear(event(1), change(3, 'creation', { objectTypeId: '0-48' }));
    await sync(ctx);
    // The call's own modification time stays what it was.
    rig.crm.put(contact(2), call(3, 2));
    await hear(
      change(0, 'associationChange', {
        objectId: undefined,
        fromObjectId: 3,
        fromObjectTypeId: '0-48',
        toObjectId: 2,
        toObjectTypeId: '0-1',
      }),
    );
    await sync(ctx);
    expect([await callsOf('1'), await callsOf('2')]).toEqual([[], ['3']]);
  });

  describe('F46 merged', () => {
    const mergeEvent = () =>
      change(9, 'merge', { primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 9 });
    const merged = async () => {
      rig.crm.put(contact(1), contact(2), call(3, 1), call(4, 2));
      await hear(event(1), event(2));
      await hear(...[3, 4].map((id) => change(id, 'creation', { objectTypeId: '0-48' })));
      await sync(ctx);
      rig.crm.drop('contact', '1');
      rig.crm.drop('contact', '2');
      rig.crm.put(contact(9), call(3, 9), call(4, 9));
    };
    const joined = async () => {
      expect(await held('contact', '1', '2', '9')).toEqual(['9']);
      expect(await callsOf('9')).toEqual(['3', '4']);
    };

    test('the survivor has both histories, the others are gone', async () => {
      await merged();
      await hear(mergeEvent());
      await sync(ctx);
      await joined();
    });

    test('also when a deletion of the merged record is told after it, before any of it was read', async () => {
      await merged();
      await hear(mergeEvent(), change(2, 'deletion'), change(1, 'deletion'), change(9, 'creation'));
      await sync(ctx);
      await joined();
    });

    test('also when the deletion is told before it', async () => {
      await merged();
      await hear(change(2, 'deletion'), change(1, 'deletion'));
      await sync(ctx);
      await hear(mergeEvent());
      await sync(ctx);
      await joined();
    });
  });

  describe('F47 deleted, restored, erased', () => {
    const known = async () => {
      rig.crm.put(contact(1), contact(2), call(3, 1));
      await hear(event(1), event(2), change(3, 'creation', { objectTypeId: '0-48' }));
      await sync(ctx);
      await clearScoreMarks();
      rig.clock.advance(60_000);
    };

    test('a deleted person is gone and is not scored', async () => {
      await known();
      rig.crm.drop('contact', '1');
      await hear(change(1, 'deletion'));
      await sync(ctx);
      expect(await held('contact', '1', '2')).toEqual(['2']);
      expect(await scoreMarks()).toEqual([]);
    });

    test('a restored person is back with their history, though nothing in the CRM got a new time', async () => {
      await known();
      rig.crm.drop('contact', '1');
      await hear(change(1, 'deletion'));
      await sync(ctx);
      rig.crm.put(contact(1));
      await hear(change(1, 'restore'));
      await sync(ctx);
      expect(await held('contact', '1')).toEqual(['1']);
      expect(await callsOf('1')).toEqual(['3']);
      expect(await scoreMarks()).toContain('1');
    });

    test('a page read before a deletion and stored after it does not bring the record back', async () => {
      rig.crm.put(contact(1));
      await hear(event(1));
      const slow: TenantContext = {
        ...ctx,
        session: {
          ...ctx.session,
          list: async (kind, after) => {
            const page = await ctx.session.list(kind, after);
            if (kind === 'contact') {
              rig.clock.advance(5_000);
              rig.crm.drop('contact', '1');
              await hear(change(1, 'deletion'));
              await sync(ctx);
            }
            return page;
          },
        },
      };
      await backfill(reading(slow));
      await sync(ctx);
      expect(await held('contact', '1')).toEqual([]);
    });

    test.each([
      ['before the deletion', ['privacyDeletion', 'deletion']],
      ['after it', ['deletion', 'privacyDeletion']],
      ['and a late change', ['privacyDeletion', 'propertyChange']],
      ['and a restore', ['deletion', 'privacyDeletion', 'restore']],
    ])('I7 a privacy deletion %s erases at once and for good', async (_name, types) => {
      await known();
      for (const type of types)
        await hear(
          type === 'privacyDeletion'
            ? event(1, { subscriptionType: 'contact.privacyDeletion' })
            : change(1, type),
        );
      // The CRM may still show the person for a while.
      await sync(ctx);
      await hear(event(1));
      await sync(ctx);
      expect(await held('contact', '1', '2')).toEqual(['2']);
      expect(await held('call', '3')).toEqual([]);
    });
  });
});

describe('backfill', () => {
  const portal = () => {
    rig.crm.put(...Array.from({ length: 7 }, (_, n) => contact(n + 1)), call(20, 1), ticket(21, 2));
  };

  test('reads every kind and then asks for training', async () => {
    portal();
    await backfill(reading());
    expect(await rig.store.records.count(tenant.id, 'contact')).toBe(7);
    expect(await callsOf('1')).toEqual(['20']);
    expect((await rig.store.cursors.get(tenant.id)).every((c) => c.finished)).toBe(true);
    expect((await rig.store.tenants.get(tenant.id))?.state).toBe('training');
    expect(rig.queue.jobs.map((j) => j.job)).toEqual(['train']);
  });

  test('does nothing for a tenant that is past it', async () => {
    portal();
    await backfill(ctx);
    expect(rig.crm.calls).toEqual([]);
  });

  test('goes on from its cursor after it was stopped, and reads no page twice', async () => {
    portal();
    const stop = new AbortController();
    rig.crm.before = (name) => {
      if (name === 'list contact 4') stop.abort();
    };
    await expect(backfill(reading(forTenantOf(rig, tenant, stop.signal)))).rejects.toMatchObject({
      retry: 'later',
    });
    expect((await rig.store.tenants.get(tenant.id))?.state).not.toBe('training');
    await backfill(reading());
    const pages = rig.crm.calls.filter((c) => c.startsWith('list contact'));
    expect(pages).toEqual(['list contact', 'list contact 2', 'list contact 4', 'list contact 6']);
    expect(await rig.store.records.count(tenant.id, 'contact')).toBe(7);
  });

  test('F44 goes on after a failure in the middle of a page', async () => {
    portal();
    let failed = false;
    rig.crm.before = (name) => {
      if (name !== 'list contact 2' || failed) return;
      failed = true;
      throw new RapportError('host_unavailable', 'down');
    };
    await expect(backfill(reading())).rejects.toMatchObject({ code: 'host_unavailable' });
    await backfill(reading());
    expect(rig.crm.calls.filter((c) => c === 'list contact')).toHaveLength(1);
    expect(await rig.store.records.count(tenant.id, 'contact')).toBe(7);
  });

  test('F50 an object without access is passed over', async () => {
    portal();
    rig.crm.before = (name) => {
      if (name.endsWith('feedback')) throw new RapportError('missing_scope', 'no access');
    };
    await backfill(reading());
    expect(await rig.store.cursors.get(tenant.id)).toHaveLength(RECORD_KINDS.length);
    expect((await rig.store.tenants.get(tenant.id))?.state).toBe('training');
  });
});

describe('write-back', () => {
  const planFor = async (ids: readonly string[], segment = 'loyal') => {
    const wanted = ids.map((id) => ({
      id,
      values: { rapport_segment: segment },
      modelVersion: 'm1',
    }));
    const runId = await rig.store.runs.start(tenant.id, 'drain', AT);
    return { runId, planned: await planWrites(ctx, 'contact', wanted, [], runId) };
  };

  test('F11 I3 sends what changed, once; the same again changes nothing', async () => {
    const { runId } = await planFor(['1', '2']);
    expect(await writeBack(ctx, runId)).toEqual({ records: 2, properties: 2 });
    expect(await writeBack(ctx, runId)).toEqual({ records: 0, properties: 0 });
    expect((await planFor(['1', '2'])).planned).toBe(0);
    expect(rig.crm.calls).toEqual(['write contact 1,2']);
    expect((await planFor(['1'], 'new')).planned).toBe(1);
  });

  test('I3 a crash between sending and journaling sends the same values again', async () => {
    const { runId } = await planFor(['1']);
    const dies = {
      ...ctx,
      store: { ...rig.store, transaction: () => Promise.reject(new Error('killed')) },
    };
    await expect(writeBack(dies, runId)).rejects.toThrow('killed');
    const after = structuredClone([...rig.crm.held]);
    await writeBack(ctx, runId);
    expect([...rig.crm.held]).toEqual(after);
    const journal = await rig.store.writes.journal(tenant.id, 'contact', '1');
    expect(journal.map((e) => e.state)).toEqual(['sent']);
  });

  test('F45 one refused record never keeps the others back, and is journalled with its reason', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => String(n + 1));
    rig.crm.refuses.set('77', 'the record is locked');
    const { runId } = await planFor(ids);
    expect(await writeBack(ctx, runId)).toEqual({ records: 150, properties: 149 });
    const [entry] = await rig.store.writes.journal(tenant.id, 'contact', '77');
    expect(entry).toMatchObject({ state: 'refused', reason: 'the record is locked' });
    expect(await rig.store.writes.countWritten(tenant.id, 'contact')).toBe(149);
    // Asked again the next day, or when something else is to be written.
    expect((await planFor(ids)).planned).toBe(0);
    rig.clock.advance(25 * 3_600_000);
    expect((await planFor(ids)).planned).toBe(1);
    await writeBack(ctx, (await planFor(['77'])).runId);
    expect((await planFor(['77'])).planned).toBe(0);
    expect((await planFor(['77'], 'other')).planned).toBe(1);
  });

  test('F51 a value a person gave stays theirs until an admin releases it', async () => {
    await writeBack(ctx, (await planFor(['1', '2'])).runId);
    rig.crm.held.set('contact 1', { rapport_segment: 'mine' });
    const { runId } = await planFor(['1', '2'], 'new');
    expect(await writeBack(ctx, runId)).toEqual({ records: 2, properties: 1 });
    expect(rig.crm.held.get('contact 1')).toEqual({ rapport_segment: 'mine' });
    const [entry] = await rig.store.writes
      .journal(tenant.id, 'contact', '1')
      .then((j) => j.slice(-1));
    expect(entry).toMatchObject({ state: 'kept', reason: 'edited in the CRM: rapport_segment' });
    expect((await planFor(['1'], 'newer')).planned).toBe(0);
    expect(await releaseValues(ctx)).toEqual({ released: 1 });
    await writeBack(ctx, (await planFor(['1'], 'newer')).runId);
    expect(rig.crm.held.get('contact 1')).toEqual({ rapport_segment: 'newer' });
  });

  test('a dry run plans and shows everything, and sends nothing before approval', async () => {
    await rig.store.tenants.changeSettings(tenant.id, { writes: { mode: 'dry_run' } });
    const { runId, planned } = await planFor(['1', '2']);
    const dry = await forTenant(rig, tenant.id);
    expect(planned).toBe(2);
    expect(await writeBack(dry, runId)).toEqual({ records: 0, properties: 0 });
    await recover(rig);
    const woken = rig.queue.jobs.map(({ payload }) => payload);
    expect(woken).not.toContainEqual({ tenantId: tenant.id });
    const shown = await rig.store.writes.list(tenant.id, { state: 'planned' }, 9);
    expect(shown.map((w) => w.changes)).toEqual([
      { rapport_segment: { old: null, new: 'loyal' } },
      { rapport_segment: { old: null, new: 'loyal' } },
    ]);
    expect(await approveWrites(dry)).toEqual({ approved: 2 });
    expect(await writeBack(await forTenant(rig, tenant.id), runId)).toMatchObject({ records: 2 });
    expect(rig.crm.held.get('contact 2')).toEqual({ rapport_segment: 'loyal' });
  });

  test('undo puts back what is still ours, leaves the rest, and holds further writes', async () => {
    await writeBack(ctx, (await planFor(['1', '2', '3'])).runId);
    const { runId } = await planFor(['1', '2', '3'], 'wrong');
    await writeBack(ctx, runId);
    rig.crm.held.set('contact 2', { rapport_segment: 'mine' });
    const undone = await undoWrites(ctx, runId);
    expect(undone).toMatchObject({ records: 2, properties: 2, left: 1 });
    const dry = await forTenant(rig, tenant.id);
    expect(dry.tenant.settings.writes.mode).toBe('dry_run');
    await planFor(['1'], 'wrong again');
    await writeBack(dry, undone.runId);
    expect([...rig.crm.held]).toEqual([
      ['contact 1', { rapport_segment: 'loyal' }],
      ['contact 2', { rapport_segment: 'mine' }],
      ['contact 3', { rapport_segment: 'loyal' }],
    ]);
    await expect(undoWrites(ctx, runId)).resolves.toMatchObject({ records: 0, left: 3 });
  });

  test('an unreachable CRM leaves everything planned', async () => {
    const { runId } = await planFor(['1']);
    rig.crm.before = () => {
      throw new RapportError('host_unavailable', 'down');
    };
    await expect(writeBack(ctx, runId)).rejects.toMatchObject({ code: 'host_unavailable' });
    expect(await rig.store.writes.pending(tenant.id)).toEqual({ planned: 0, sending: 1 });
    await recover(rig);
    expect(rig.queue.jobs).toContainEqual(
      expect.objectContaining({ job: 'drain', payload: { tenantId: tenant.id } }),
    );
  });
});

describe('tokens', () => {
  test('F53 twenty callers in two processes are one refresh', async () => {
    await storeTokens(rig, rig.store.secrets, tenant.id, fixedTokens(1, later(0, rig.clock.now())));
    let refreshes = 0;
    const host = {
      ...rig.crm,
      refresh: async (token: string) => {
        expect(token).toBe(`refresh-${1 + refreshes}`);
        refreshes += 1;
        await setTimeout(50);
        return fixedTokens(1 + refreshes, later(1_800_000, rig.clock.now()));
      },
    };
    const stores = [rig.store, createStore(database.sql)];
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        accessToken({ ...rig, store: stores[n % 2] ?? rig.store }, host, tenant.id),
      ),
    );
    expect(new Set(tokens)).toEqual(new Set(['access-2']));
    expect(refreshes).toBe(1);
    rig.clock.advance(26 * 60_000);
    expect(await accessToken(rig, host, tenant.id)).toBe('access-3');
  });

  test('F54 a lost grant is said at once, and a refresh that fails keeps the refresh token', async () => {
    await expect(accessToken(rig, rig.crm, tenant.id)).rejects.toMatchObject({
      code: 'needs_reconnect',
    });
    await storeTokens(rig, rig.store.secrets, tenant.id, fixedTokens(1, rig.clock.now()));
    rig.crm.tokens = () => Promise.reject(new RapportError('host_unavailable', 'down'));
    await expect(accessToken(rig, rig.crm, tenant.id)).rejects.toMatchObject({
      code: 'host_unavailable',
    });
    rig.crm.tokens = async () => fixedTokens(2, later(3_600_000, rig.clock.now()));
    expect(await accessToken(rig, rig.crm, tenant.id)).toBe('access-2');
  });

  test('F63 no token is legible in the database', async () => {
    await storeTokens(rig, rig.store.secrets, tenant.id, fixedTokens(1));
    const rows = await database.sql.query('SELECT * FROM rapport.secrets WHERE tenant_id = $1', [
      tenant.id,
    ]);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/access-1|refresh-1/);
  });
});

describe('F62 install', () => {
  const redirectUri = 'https://rapport.example.test/oauth/hubspot/callback';
  const begin = async () => {
    const { url, browserToken } = await startInstall(rig, 'hubspot', redirectUri);
    const state = new URL(url).searchParams.get('state') ?? '';
    return { host: 'hubspot' as const, code: 'code', state, browserToken, redirectUri };
  };
  const refused = { code: 'invalid_state' };

  test('connects the account and starts its backfill; the state is good once', async () => {
    const answer = await begin();
    const made = await finishInstall(rig, answer);
    expect(made).toMatchObject({ accountId: '7777', state: 'installing', currency: 'EUR' });
    expect(made.settings.reach.defaultTimeZone).toBe('Europe/Berlin');
    expect(rig.queue.jobs.map((j) => j.job)).toEqual(['backfill']);
    await expect(finishInstall(rig, answer)).rejects.toMatchObject(refused);
  });

  test('refuses another browser, a foreign state, and one that has expired', async () => {
    const answer = await begin();
    const other = await begin();
    await expect(
      finishInstall(rig, { ...answer, browserToken: other.browserToken }),
    ).rejects.toMatchObject(refused);
    await expect(finishInstall(rig, { ...other, state: 'guessed' })).rejects.toMatchObject(refused);
    rig.clock.advance(10 * 60_000 + 1);
    await expect(finishInstall(rig, other)).rejects.toMatchObject(refused);
    expect(rig.crm.calls).toEqual([]);
  });

  test('a second installation keeps the settings and reads everything anew', async () => {
    const made = await finishInstall(rig, await begin());
    const cursor = {
      kind: 'call',
      after: null,
      done: 1,
      total: 1,
      finished: true,
      checkedUntil: AT,
    } as const;
    await rig.store.cursors.put(made.id, cursor, AT);
    await rig.store.tenants.setState(made.id, 'parked');
    await finishInstall(rig, await begin());
    expect(await rig.store.cursors.get(made.id)).toEqual([]);
    expect((await rig.store.tenants.get(made.id))?.state).toBe('installing');
    await backfill(await forTenant(rig, made.id));
    expect(rig.crm.calls[0]).toBe('ensureProperties');
    expect(rig.crm.calls).toContain('count contact');
    expect((await rig.store.tenants.get(made.id))?.state).toBe('training');
  });
});

describe('recover and reconcile', () => {
  test('F01 what was accepted but not worked off is woken again, each tenant for its own step', async () => {
    const states = { backfilling: 'backfill', training: 'train', scoring: 'drain' } as const;
    const stuck = await Promise.all(
      (['backfilling', 'training', 'scoring'] as const).map((state) =>
        newTenant(rig.store, { state }),
      ),
    );
    const parked = await newTenant(rig.store, { state: 'parked' });
    for (const t of [tenant, parked])
      await rig.store.inbox.accept([{ tenantId: t.id, body: '[]' }], [], AT);
    await recover(rig);
    const jobsOf = (t: Tenant) =>
      rig.queue.jobs.filter((j) => j.payload['tenantId'] === t.id).map((j) => j.job);
    expect(jobsOf(tenant)).toEqual(['drain']);
    for (const t of stuck) expect(jobsOf(t)).toEqual([states[t.state as keyof typeof states]]);
    expect(jobsOf(parked)).toEqual([]);
  });

  test('a tenant with nothing to do is left alone', async () => {
    await recover(rig);
    expect(rig.queue.jobs.filter((j) => j.payload['tenantId'] === tenant.id)).toEqual([]);
  });

  test('F11 changes that no event brought are found and marked, the known ones not', async () => {
    rig.crm.put(contact(1), contact(2), contact(3));
    await backfill(reading());
    const now = rig.clock.now();
    rig.crm.put(
      contact(2, { updatedAt: later(1_000, now) }),
      contact(4, { updatedAt: later(2_000, now) }),
    );
    expect(await reconcile(ctx)).toBe(2);
    const marks = await rig.store.marks.take(tenant.id, 'sync', 'contact', 9);
    expect(marks.map((m) => m.id).sort()).toEqual(['2', '4']);
    await sync(ctx);
    expect(await reconcile(ctx)).toBe(0);
    expect(await held('contact', '1', '2', '3', '4')).toEqual(['1', '2', '3', '4']);
  });

  test('F20 a change that a power cut took back is found again, though the last look was after it', async () => {
    rig.crm.put(contact(1), contact(2));
    await backfill(reading());
    expect(await reconcile(ctx)).toBe(0);
    // Acknowledged and worked off half an hour before that look; the disk then lost it.
    const halfHourAgo = later(-30 * 60_000, rig.clock.now());
    rig.crm.put(contact(2, { updatedAt: halfHourAgo }));
    expect(await reconcile(ctx)).toBe(1);
    await sync(ctx);
    const held2 = await rig.store.records.versions(tenant.id, 'contact', ['2']);
    expect(held2.get('2')).toEqual(halfHourAgo);
  });

  test('reconcile marks nothing it knows, and a mark it raises names no event', async () => {
    await backfill(reading());
    rig.crm.put(contact(1, { updatedAt: rig.clock.now() }));
    await reconcile(ctx);
    const [mark] = await rig.store.marks.take(tenant.id, 'sync', 'contact', 1);
    expect(mark).toMatchObject({ ...ref('contact', 1), eventAt: null });
  });
});
