/** What every store must do, whichever database carries it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../src/core/channel.ts';
import { RapportError } from '../../src/core/errors.ts';
import type { TenantId } from '../../src/core/ids.ts';
import { RECORD_KINDS } from '../../src/core/record.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Mark } from '../../src/ports/sync-store.ts';
import type { JournalFilter } from '../../src/ports/write-store.ts';
import {
  AT,
  call,
  contact,
  deal,
  email,
  later,
  lineItem,
  newTenant,
  newTenantId,
  note,
  ref,
  tenant,
  ticket,
} from '../support/builders.ts';
import type { Database } from '../support/databases.ts';
import { model, modelStoreContract } from './model-store.contract.ts';

const NASTY: Readonly<Record<string, string>> = {
  emoji: 'é 你好 👩‍👩‍👧 𠮷',
  'right-to-left marks': '\u202eabc\u202c',
  '64 kB': 'x'.repeat(65_536),
  quotes: `'; DROP TABLE rapport.records; -- " \\ {} $1`,
  empty: '',
};
const BIG_ID = '90071992547409931234';

export function storeContract(open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    database = await open();
    store = database.store;
  });
  afterAll(() => database?.close());

  describe('tenants', () => {
    test('keeps a tenant, finds it by account, and keeps its settings when it comes back', async () => {
      const made = await newTenant(store, { state: 'installing' });
      expect(await store.tenants.get(made.id)).toEqual(made);
      expect(await store.tenants.find('hubspot', made.accountId)).toEqual(made);
      expect(await store.tenants.find('sandbox', made.accountId)).toBeNull();
      const reach = { ...made.settings.reach, touchesPerWeek: 2 };
      await store.tenants.noteError(made.id, 'x'.repeat(2_000), AT);
      await store.tenants.upsert(
        { ...made, name: 'Renamed', settings: { ...made.settings, reach } },
        later(1),
      );
      const again = await store.tenants.get(made.id);
      expect(again).toEqual({ ...made, name: 'Renamed' });
      expect((await store.tenants.all()).map((t) => t.id)).toContain(made.id);
    });

    test('a month begins once for each tenant', async () => {
      const [mine, yours] = [await newTenant(store), await newTenant(store)];
      expect(await store.tenants.beginPeriod(mine.id, '2026-03')).toBe(true);
      expect(await store.tenants.beginPeriod(mine.id, '2026-03')).toBe(false);
      expect(await store.tenants.beginPeriod(yours.id, '2026-03')).toBe(true);
      expect(await store.tenants.beginPeriod(mine.id, '2026-04')).toBe(true);
      expect(await store.tenants.beginPeriod(newTenantId(), '2026-03')).toBe(false);
    });

    test('remembers state, the newest event and the last error', async () => {
      const { id } = await newTenant(store);
      await store.tenants.setState(id, 'parked');
      await store.tenants.noteEvent(id, later(10));
      await store.tenants.noteEvent(id, later(5));
      await store.tenants.noteError(id, 'x'.repeat(2_000), AT);
      const known = await store.tenants.get(id);
      expect(known).toMatchObject({ state: 'parked', lastEventAt: later(10) });
      expect(known?.lastError?.length).toBe(500);
      await store.tenants.clearError(id);
      expect((await store.tenants.get(id))?.lastError).toBeNull();
    });
  });

  test('changes the settings it is given and keeps the others', async () => {
    const { id, settings } = await newTenant(store);
    const reach = { ...settings.reach, touchesPerWeek: 1 };
    await store.tenants.changeSettings(id, { reach });
    await store.tenants.changeSettings(id, {});
    expect((await store.tenants.get(id))?.settings).toEqual({ ...settings, reach });
  });

  describe('secrets and installations', () => {
    test('keeps the last secret of a name', async () => {
      const id = newTenantId();
      expect(await store.secrets.get(id, 'access_token')).toBeNull();
      await store.secrets.put(id, 'access_token', { sealed: 'one', expiresAt: null });
      await store.secrets.put(id, 'access_token', { sealed: 'two', expiresAt: AT });
      expect(await store.secrets.get(id, 'access_token')).toEqual({ sealed: 'two', expiresAt: AT });
    });

    test('runs exclusive work one at a time per tenant, also after a failure', async () => {
      const id = newTenantId();
      let inside = 0;
      let most = 0;
      const work = () =>
        store.secrets.exclusive(id, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setTimeout(resolve, 10));
          inside -= 1;
        });
      await expect(
        store.secrets.exclusive(id, async () => {
          throw new Error('broken');
        }),
      ).rejects.toThrow('broken');
      await Promise.all([work(), work(), work()]);
      expect(most).toBe(1);
    });

    test('F62 consumes an installation state once, in its own browser, before it expires', async () => {
      const { installs } = store;
      await installs.begin('hubspot', 'good', 'browser', later(1_000), true);
      expect(await installs.consume('sandbox', 'good', 'browser', AT)).toBeNull();
      const begun = await installs.consume('hubspot', 'good', 'browser', AT);
      expect(begun).toEqual({ writeAtOnce: true });
      expect(await installs.consume('hubspot', 'good', 'browser', AT)).toBeNull();
      await installs.begin('hubspot', 'stolen', 'browser', later(1_000), false);
      expect(await installs.consume('hubspot', 'stolen', 'other', AT)).toBeNull();
      expect(await installs.consume('hubspot', 'stolen', 'browser', AT)).toBeNull();
      await installs.begin('hubspot', 'old', 'browser', AT, false);
      expect(await installs.consume('hubspot', 'old', 'browser', later(1))).toBeNull();
    });
  });

  describe('inbox', () => {
    test('takes deliveries oldest first and byte for byte, and forgets those removed', async () => {
      const id = newTenantId();
      for (const body of ['[1.0]', '[ 2 ]', '["ë"]'])
        await store.inbox.accept([{ tenantId: id, body }], [], AT);
      const rows = await store.inbox.take(id, 2);
      expect(rows.map((r) => r.body)).toEqual(['[1.0]', '[ 2 ]']);
      expect(rows[0]?.receivedAt).toEqual(AT);
      await store.inbox.remove(
        id,
        rows.map((r) => r.id),
      );
      expect((await store.inbox.take(id, 9)).map((r) => r.body)).toEqual(['["ë"]']);
      expect(await store.inbox.size(id)).toBe(1);
    });

    test('I8 keeps all rows and dead letters of a delivery, or none', async () => {
      const id = newTenantId();
      const letter = { tenantId: '' as const, host: 'hubspot' as const, body: '{' };
      const broken = { ...letter, reason: null as unknown as string };
      await expect(
        store.inbox.accept([{ tenantId: id, body: '[]' }], [broken], AT),
      ).rejects.toThrow();
      expect(await store.inbox.size(id)).toBe(0);
      const reason = `cut short ${id}`;
      await store.inbox.accept([{ tenantId: id, body: '[]' }], [{ ...letter, reason }], AT);
      expect(await store.inbox.size(id)).toBe(1);
      const [newest] = await store.inbox.deadLetters('', 1);
      expect(newest).toEqual({ ...letter, reason, receivedAt: AT });
    });

    test('F14 a body with NUL or a lone surrogate is kept, not refused', async () => {
      const id = newTenantId();
      await store.inbox.accept([{ tenantId: id, body: '["\u0000 \ud800"]' }], [], AT);
      const [row] = await store.inbox.take(id, 1);
      expect(JSON.parse(row?.body ?? '')).toHaveLength(1);
    });

    test('buries letters under their tenant', async () => {
      const id = newTenantId();
      const letters = ['one', 'two'].map((reason) => ({
        tenantId: id,
        host: 'hubspot' as const,
        reason,
        body: '{}',
      }));
      await store.inbox.bury(letters, AT);
      expect((await store.inbox.deadLetters(id, 9)).map((l) => l.reason)).toEqual(['two', 'one']);
    });
  });

  describe('marks', () => {
    test('F31 no change is lost, whatever the order of raising, taking and clearing', async () => {
      const records = ['1', '2'] as const;
      const step = fc.oneof(
        fc.record({ do: fc.constant('raise' as const), id: fc.constantFrom(...records) }),
        fc.record({ do: fc.constant('take' as const), worker: fc.nat({ max: 1 }) }),
        fc.record({ do: fc.constant('clear' as const), worker: fc.nat({ max: 1 }) }),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 4, maxLength: 25, size: 'max' }),
          async (steps) => {
            const id = newTenantId();
            const truth = new Map<string, number>();
            const read = new Map<string, number>();
            const hands = new Map<number, { mark: Mark; saw: number }[]>();
            for (const s of steps) {
              if (s.do === 'raise') {
                truth.set(s.id, (truth.get(s.id) ?? 0) + 1);
                const mark = { ...ref('contact', s.id), change: 'changed', eventAt: null };
                await store.marks.raise(id, 'sync', [mark], AT);
              } else if (s.do === 'take') {
                const marks = await store.marks.take(id, 'sync', 'contact', 10);
                hands.set(
                  s.worker,
                  marks.map((mark) => ({ mark, saw: truth.get(mark.id) ?? 0 })),
                );
              } else {
                const held = hands.get(s.worker) ?? [];
                for (const { mark, saw } of held)
                  read.set(mark.id, Math.max(saw, read.get(mark.id) ?? 0));
                await store.marks.clear(
                  id,
                  'sync',
                  held.map((h) => h.mark),
                );
              }
            }
            const raised = (await store.marks.take(id, 'sync', 'contact', 10)).map((m) => m.id);
            for (const [record, version] of truth)
              if ((read.get(record) ?? 0) < version) expect(raised).toContain(record);
          },
        ),
        { numRuns: 100 },
      );
    });

    test('a thousand raises on one record are one mark with the oldest event', async () => {
      const id = newTenantId();
      const mark = { ...ref('contact', '1'), change: 'changed' };
      for (const n of [5, 2, 9])
        await store.marks.raise(
          id,
          'sync',
          Array.from({ length: 300 }, () => ({ ...mark, eventAt: later(n) })),
          AT,
        );
      const marks = await store.marks.take(id, 'sync', 'contact', 10);
      expect(marks).toHaveLength(1);
      expect(marks[0]?.eventAt).toEqual(later(2));
    });

    test('F47 a privacy deletion is never overwritten by a later change', async () => {
      const id = newTenantId();
      for (const change of ['created', 'privacy_deleted', 'changed'])
        await store.marks.raise(id, 'sync', [{ ...ref('contact', 1), change, eventAt: AT }], AT);
      const [mark] = await store.marks.take(id, 'sync', 'contact', 1);
      expect(mark?.change).toBe('privacy_deleted');
    });

    test('takes those with the oldest event first, and keeps the stages apart', async () => {
      const id = newTenantId();
      const mark = (n: number, eventAt: Date | null) => ({
        ...ref('contact', n),
        change: 'changed',
        eventAt,
      });
      const marks = [mark(1, null), mark(2, later(9)), mark(3, later(1))];
      await store.marks.raise(id, 'sync', marks, AT);
      expect((await store.marks.take(id, 'sync', 'contact', 2)).map((m) => m.id)).toEqual([
        '3',
        '2',
      ]);
      expect(await store.marks.take(id, 'score', 'contact', 9)).toEqual([]);
      expect(await store.marks.take(id, 'sync', 'ticket', 9)).toEqual([]);
      expect(await store.marks.count(id)).toEqual({ sync: 3, score: 0 });
    });

    test('raiseAll marks every live record of a kind for scoring', async () => {
      const id = newTenantId();
      await store.records.put(id, [contact(1), contact(2), ticket(3, 1)]);
      await store.records.remove(id, [ref('contact', 2)], AT);
      await store.marks.raiseAll(id, 'contact', AT);
      expect((await store.marks.take(id, 'score', 'contact', 9)).map((m) => m.id)).toEqual(['1']);
    });
  });

  describe('records', () => {
    test('the newest copy wins, and only real changes are reported', async () => {
      const id = newTenantId();
      const first = contact(1, { updatedAt: later(10) });
      expect(await store.records.put(id, [first])).toEqual([ref('contact', 1)]);
      expect(await store.records.put(id, [first])).toEqual([]);
      const touched = { ...first, updatedAt: later(20), firstName: 'Bea' };
      expect(await store.records.put(id, [touched])).toEqual([ref('contact', 1)]);
      expect(await store.records.put(id, [{ ...first, firstName: 'Old' }])).toEqual([]);
      expect(await store.records.get(id, 'contact', ['1'])).toEqual([touched]);
    });

    test('F46 two copies of one record in one answer are one record, the newest', async () => {
      const id = newTenantId();
      const older = contact(1, { updatedAt: later(1), firstName: 'Old' });
      const newer = contact(1, { updatedAt: later(2), firstName: 'New' });
      await store.records.put(id, [newer, older, newer]);
      expect(await store.records.get(id, 'contact', ['1'])).toEqual([newer]);
    });

    test('dates, numbers, booleans and nulls come back as they went in', async () => {
      const id = newTenantId();
      const made = [deal(1, 9, { amount: 0.1, closedAt: null }), call(2, 9, { answered: null })];
      await store.records.put(id, made);
      expect(await store.records.get(id, 'deal', ['1'])).toEqual([made[0]]);
      expect(await store.records.get(id, 'call', ['2'])).toEqual([made[1]]);
    });

    test.each(Object.entries(NASTY))('F14 keeps text exactly: %s', async (_name, text) => {
      const id = newTenantId();
      await store.records.put(id, [ticket(1, 2, { text, subject: text })]);
      const [kept] = await store.records.get(id, 'ticket', ['1']);
      expect(kept).toMatchObject({ text, subject: text });
    });

    test('F14 NUL is stripped and a lone surrogate replaced, nothing else is lost', async () => {
      const id = newTenantId();
      await store.records.put(id, [ticket(1, 2, { text: 'a\u0000b\ud800c' })]);
      const [kept] = await store.records.get(id, 'ticket', ['1']);
      expect(kept).toMatchObject({ text: 'ab\ufffdc' });
    });

    test('F14 ids beyond 2^53 stay exact and in numeric order', async () => {
      const id = newTenantId();
      const ids = ['9', '10', BIG_ID, `${BIG_ID}1`];
      await store.records.put(
        id,
        [...ids].reverse().map((n) => contact(n)),
      );
      expect(await store.records.page(id, 'contact', null, 3)).toEqual(ids.slice(0, 3));
      expect(await store.records.page(id, 'contact', BIG_ID, 9)).toEqual([`${BIG_ID}1`]);
      expect(await store.records.page(id, 'contact', '9', 1)).toEqual(['10']);
    });

    test('links lead from children to parents and back, and follow each change', async () => {
      const id = newTenantId();
      await store.records.put(id, [contact(1), contact(2), call(3, 1), deal(4, 1), lineItem(5, 4)]);
      const children = await store.records.children(id, 'contact', ['1', '2'], ['call', 'deal']);
      expect(children.map((c) => [c.parentId, c.record.kind, c.record.id])).toEqual([
        ['1', 'call', '3'],
        ['1', 'deal', '4'],
      ]);
      expect(await store.records.parents(id, [ref('line_item', 5)], 'deal')).toEqual([
        ref('deal', 4),
      ]);
      await store.records.put(id, [call(3, 2, { updatedAt: later(1) })]);
      expect(await store.records.parents(id, [ref('call', 3)], 'contact')).toEqual([
        ref('contact', 2),
      ]);
    });

    test('F47 a removed record is gone from every answer, and an older copy cannot bring it back', async () => {
      const id = newTenantId();
      await store.records.put(id, [contact(1, { updatedAt: later(5) }), contact(2), call(3, 1)]);
      await store.records.remove(id, [ref('contact', 1), ref('contact', 99)], later(10));
      await store.records.remove(id, [ref('call', 3)], later(10));
      expect(await store.records.put(id, [contact(1, { updatedAt: later(4) })])).toEqual([]);
      expect(await store.records.get(id, 'contact', ['1', '2'])).toEqual([contact(2)]);
      expect(await store.records.count(id, 'contact')).toBe(1);
      expect(await store.records.page(id, 'contact', null, 9)).toEqual(['2']);
      expect(await store.records.children(id, 'contact', ['1'], RECORD_KINDS)).toEqual([]);
    });

    test('F47 a restored person gets back everything that hung on them', async () => {
      const id = newTenantId();
      await store.records.put(id, [contact(1), call(2, 1)]);
      await store.records.remove(id, [ref('contact', 1)], later(10));
      expect(await store.records.put(id, [contact(1, { updatedAt: later(20) })])).toEqual([
        ref('contact', 1),
      ]);
      // The call itself never changed, so no event will ever say "look again" at it.
      const children = await store.records.children(id, 'contact', ['1'], ['call']);
      expect(children.map((c) => c.record.id)).toEqual(['2']);
    });

    test('I7 an erased person is gone with everything personal, and never comes back', async () => {
      const id = newTenantId();
      await store.records.put(id, [contact(1), contact(2), call(3, 1), deal(4, 1), call(5, 2)]);
      const eventAt = null;
      await store.marks.raise(id, 'score', [{ ...ref('contact', 1), change: 'x', eventAt }], AT);
      await store.scores.put(id, [
        { kind: 'contact', id: '1', scoredAt: AT, modelVersion: 'm', data: {} },
      ]);
      const changes = { rapport_segment: { old: null, new: 'a' } };
      const write = { kind: 'contact', id: '1', changes, modelVersion: 'm', eventAt } as const;
      await store.writes.plan(id, 1, [write], AT);
      await store.records.erase(id, '1', AT);
      await store.records.erase(id, '1', AT);
      expect(await store.records.put(id, [contact(1, { updatedAt: later(1e9) })])).toEqual([]);
      expect(await store.records.get(id, 'contact', ['1', '2'])).toEqual([contact(2)]);
      expect(await store.records.get(id, 'call', ['3', '5'])).toEqual([call(5, 2)]);
      expect(await store.records.count(id, 'deal')).toBe(1);
      expect(await store.scores.count(id, 'contact')).toBe(0);
      expect(await store.marks.count(id)).toEqual({ sync: 0, score: 0 });
      expect(await store.writes.journal(id, 'contact', '1')).toEqual([]);
    });

    test('I7 what hangs only on a case of the erased person goes with it', async () => {
      const id = newTenantId();
      const onCase = [ref('ticket', 6)];
      await store.records.put(id, [contact(1), ticket(6, 1), ticket(7, 2)]);
      await store.records.put(id, [
        email(8, onCase),
        note(9, onCase),
        email(10, [ref('ticket', 7)]),
      ]);
      await store.records.erase(id, '1', AT);
      await store.records.put(id, [email(8, onCase, { updatedAt: later(9) })]);
      expect(await store.records.get(id, 'email', ['8', '10'])).toEqual([
        email(10, [ref('ticket', 7)]),
      ]);
      expect(await store.records.get(id, 'note', ['9'])).toEqual([]);
    });

    test('knows modification times, those of removed records included', async () => {
      const id = newTenantId();
      await store.records.put(id, [
        contact(1, { updatedAt: later(5) }),
        contact(2, { updatedAt: later(7) }),
      ]);
      await store.records.remove(id, [ref('contact', 1)], later(6));
      const versions = await store.records.versions(id, 'contact', ['1', '2', '3']);
      expect([...versions.keys()].sort()).toEqual(['1', '2']);
      expect(versions.get('2')).toEqual(later(7));
    });
  });

  describe('models', () => modelStoreContract(() => store));

  describe('cursors and scores', () => {
    test('cursors resume where they stood and can be reset', async () => {
      const id = newTenantId();
      const cursor = {
        kind: 'call',
        after: BIG_ID,
        done: 200,
        total: null,
        finished: false,
        checkedUntil: null,
      };
      await store.cursors.put(id, { ...cursor, kind: 'call' }, AT);
      expect(await store.cursors.get(id)).toEqual([cursor]);
      const end = {
        kind: 'call',
        after: null,
        done: 250,
        total: 250,
        finished: true,
        checkedUntil: AT,
      } as const;
      await store.cursors.put(id, end, AT);
      expect(await store.cursors.get(id)).toEqual([end]);
      await store.cursors.reset(id);
      expect(await store.cursors.get(id)).toEqual([]);
    });

    test('the last score of a record is kept', async () => {
      const id = newTenantId();
      const row = { kind: 'contact', id: BIG_ID, scoredAt: AT, modelVersion: 'one' } as const;
      await store.scores.put(id, [{ ...row, data: { chance: 0.25 } }]);
      await store.scores.put(id, [{ ...row, modelVersion: 'two', data: { chance: 0.5 } }]);
      expect(await store.scores.get(id, 'contact', [BIG_ID, '2'])).toEqual([
        { ...row, modelVersion: 'two', data: { chance: 0.5 } },
      ]);
      expect(await store.scores.count(id, 'contact')).toBe(1);
    });
  });

  describe('writes', () => {
    const plan = (n: string, segment: string | null, eventAt: Date | null = null) =>
      ({
        kind: 'contact',
        id: n,
        changes: { rapport_segment: { old: null, new: segment } },
        modelVersion: 'm1',
        eventAt,
      }) as const;

    test('I3 a change is journalled before it is sent, once per record, and then known as held', async () => {
      const id = newTenantId();
      await store.writes.plan(id, 1, [plan('1', 'a', later(9)), plan('2', 'a')], AT);
      await store.writes.plan(id, 2, [plan('1', 'b', later(4))], later(1));
      const planned = await store.writes.planned(id, 'contact', 9);
      expect(planned.map((w) => [w.id, w.changes['rapport_segment']?.new, w.eventAt])).toEqual([
        ['1', 'b', later(4)],
        ['2', 'a', null],
      ]);
      await store.writes.sent(id, planned, later(2));
      expect(await store.writes.planned(id, 'contact', 9)).toEqual([]);
      const held = await store.writes.written(id, 'contact', ['1', '2', '3']);
      expect(held.get('1')).toEqual({ values: { rapport_segment: 'b' }, writtenAt: later(2) });
      expect(held.size).toBe(2);
      expect(await store.writes.countWritten(id, 'contact')).toBe(2);
    });

    test('F30 a plan replaced while its former one was being sent is still to be sent', async () => {
      const id = newTenantId();
      await store.writes.plan(id, 1, [plan('1', 'a')], AT);
      const taken = await store.writes.planned(id, 'contact', 9);
      await store.writes.plan(id, 2, [plan('1', 'b')], later(1));
      await store.writes.sent(id, taken, later(2));
      const open = await store.writes.planned(id, 'contact', 9);
      expect(open.map((w) => w.changes['rapport_segment']?.new)).toEqual(['b']);
    });

    test('a refused write keeps its reason and does not count as held', async () => {
      const id = newTenantId();
      await store.writes.plan(id, 1, [plan('1', 'a')], AT);
      const [write] = await store.writes.planned(id, 'contact', 1);
      const writeId = write?.writeId ?? 0;
      await store.writes.refused(id, [{ writeId, reason: 'r'.repeat(900) }], later(1));
      const [entry] = await store.writes.journal(id, 'contact', '1');
      expect(entry).toMatchObject({ state: 'refused', runId: 1, sentAt: later(1) });
      expect(entry?.reason).toHaveLength(500);
      expect(await store.writes.countWritten(id, 'contact')).toBe(0);
    });

    test('F45 what was refused last is told of each record, until it is taken or long ago', async () => {
      const id = newTenantId();
      await store.writes.plan(id, 1, [plan('1', 'a'), plan('2', 'b')], AT);
      const first = await store.writes.claim(id, 'contact', 9, true);
      await store.writes.refused(
        id,
        first.map((w) => ({ writeId: w.writeId, reason: 'locked' })),
        later(1),
      );
      const refused = (since: Date) =>
        store.writes.refusedSince(id, 'contact', ['1', '2', '3'], since);
      expect(await refused(AT)).toEqual(
        new Map([
          ['1', { rapport_segment: 'a' }],
          ['2', { rapport_segment: 'b' }],
        ]),
      );
      expect(await refused(later(2))).toEqual(new Map());
      expect(await store.writes.refusedSince(newTenantId(), 'contact', ['1'], AT)).toEqual(
        new Map(),
      );
      await store.writes.plan(id, 2, [plan('1', 'c')], later(2));
      await store.writes.sent(id, await store.writes.claim(id, 'contact', 9, true), later(3));
      expect([...(await refused(AT)).keys()]).toEqual(['2']);
    });

    test('F30 claims one write a record, those left by a crash first; a new plan waits its turn', async () => {
      const id = newTenantId();
      await store.writes.plan(id, 1, [plan('1', 'a'), plan('2', 'a')], AT);
      expect(await store.writes.claim(id, 'contact', 9, false)).toEqual([]);
      expect((await store.writes.claim(id, 'contact', 1, true)).map((w) => w.id)).toEqual(['1']);
      await store.writes.plan(id, 2, [plan('1', 'b')], later(1));
      expect(await store.writes.pending(id)).toEqual({ planned: 2, sending: 1 });
      const again = await store.writes.claim(id, 'contact', 9, true);
      expect(again.map((w) => [w.id, w.changes['rapport_segment']?.new])).toEqual([
        ['1', 'a'],
        ['2', 'a'],
      ]);
      await store.writes.sent(id, again, later(2));
      const rest = await store.writes.claim(id, 'contact', 9, false);
      expect(rest.map((w) => w.changes['rapport_segment']?.new)).toEqual(['b']);
    });

    test('F51 what a person changed leaves the write, is remembered, and counts as held', async () => {
      const id = newTenantId();
      await store.writes.order(id, 1, [plan('1', 'a')], AT);
      await store.writes.sent(id, await store.writes.claim(id, 'contact', 9, false), AT);
      await store.writes.order(id, 2, [plan('1', 'b')], AT);
      const [write] = await store.writes.claim(id, 'contact', 9, false);
      const value = {
        kind: 'contact',
        id: '1',
        property: 'rapport_segment',
        value: 'mine',
      } as const;
      await store.writes.keep(id, write?.writeId ?? 0, [value], later(1));
      expect((await store.writes.kept(id, 'contact', ['1', '2'])).get('1')).toEqual({
        rapport_segment: 'mine',
      });
      expect((await store.writes.list(id, { state: 'kept' }, 9))[0]).toMatchObject({ changes: {} });
      const held = await store.writes.written(id, 'contact', ['1']);
      expect(held.get('1')?.values).toEqual({ rapport_segment: 'mine' });
      expect(await store.writes.release(id)).toBe(1);
      expect((await store.writes.kept(id, 'contact', ['1'])).size).toBe(0);
    });

    test('lists the journal newest first, by state, run and kind, page after page', async () => {
      const id = newTenantId();
      await store.writes.plan(id, 1, [plan('1', 'a'), plan('2', 'a')], AT);
      await store.writes.sent(id, await store.writes.claim(id, 'contact', 9, true), AT);
      await store.writes.plan(id, 2, [plan('3', 'b')], AT);
      const ids = async (filter: JournalFilter, limit = 9) =>
        (await store.writes.list(id, filter, limit)).map((w) => w.id);
      expect(await ids({})).toEqual(['3', '2', '1']);
      expect(await ids({ state: 'sent' })).toEqual(['2', '1']);
      expect(await ids({ runId: 2, kind: 'contact' })).toEqual(['3']);
      expect(await ids({ kind: 'ticket' })).toEqual([]);
      const [newest] = await store.writes.list(id, {}, 1);
      expect(await ids({ before: newest?.writeId ?? 0 })).toEqual(['2', '1']);
    });

    test('an emptied property is held as empty text, and others stay held', async () => {
      const id = newTenantId();
      await store.writes.plan(id, 1, [plan('1', 'a')], AT);
      await store.writes.sent(id, await store.writes.planned(id, 'contact', 9), AT);
      const status = { rapport_status: { old: null, new: 'ready' } };
      const more = { rapport_segment: { old: 'a', new: null }, ...status };
      await store.writes.plan(id, 2, [{ ...plan('1', null), changes: more }], AT);
      await store.writes.sent(id, await store.writes.planned(id, 'contact', 9), AT);
      const held = await store.writes.written(id, 'contact', ['1']);
      expect(held.get('1')?.values).toEqual({ rapport_segment: '', rapport_status: 'ready' });
      expect(await store.writes.journal(id, 'contact', '1')).toHaveLength(2);
    });
  });

  test('F11 a certificate keeps the last comparison, the last gap, and a comparison under way', async () => {
    const id = newTenantId();
    const sum = (count: number) => ({ count, checksum: `${count}`.padStart(16, '0') });
    const sweep = {
      after: '9',
      cursor: '10',
      crm: sum(3),
      stored: sum(2),
      missing: 1,
      surplus: 0,
    };
    await store.certificates.proceed(id, 'contact', sweep);
    expect(await store.certificates.all(id)).toEqual([
      { kind: 'contact', checked: null, gap: null, sweep },
    ]);
    await store.certificates.finish(id, 'contact', sweep, AT);
    const whole = { ...sweep, stored: sum(3), missing: 0 };
    await store.certificates.finish(id, 'contact', whole, later(5));
    expect(await store.certificates.all(id)).toEqual([
      {
        kind: 'contact',
        checked: { at: later(5), crm: sum(3), stored: sum(3) },
        gap: { at: AT, missing: 1, surplus: 0 },
        sweep: null,
      },
    ]);
    expect(await store.certificates.all(newTenantId())).toEqual([]);
  });

  test('an execution keeps its first answer, of its own tenant, until the person is erased', async () => {
    const [mine, yours] = [newTenantId(), newTenantId()];
    const run = (answer: Record<string, string>) => ({
      callbackId: 'c',
      action: 'recommend-channel',
      recordId: '1',
      answer,
    });
    expect(await store.actionRuns.get(mine, 'c')).toBeNull();
    expect(await store.actionRuns.keep(mine, run({ channel: 'phone' }), AT)).toEqual({
      channel: 'phone',
    });
    expect(await store.actionRuns.keep(mine, run({ channel: 'email' }), later(1))).toEqual({
      channel: 'phone',
    });
    expect(await store.actionRuns.get(yours, 'c')).toBeNull();
    await store.actionRuns.complete(yours, 'c', { channel: 'sms' });
    expect(await store.actionRuns.get(mine, 'c')).toMatchObject({
      answer: { channel: 'phone' },
      answeredAt: AT,
    });
    await store.actionRuns.complete(mine, 'c', { channel: 'chat' });
    expect(await store.actionRuns.get(mine, 'c')).toMatchObject({
      answer: { channel: 'chat' },
      answeredAt: AT,
    });
    await store.records.erase(mine, '1', later(2));
    expect(await store.actionRuns.get(mine, 'c')).toBeNull();
  });

  test('runs add up their counts, newest first', async () => {
    const id = newTenantId();
    const first = await store.runs.start(id, 'drain', AT);
    await store.runs.progress(id, first, { read: 2 }, null);
    await store.runs.progress(id, first, { read: 3, scored: 1 }, later(5));
    const second = await store.runs.start(id, 'train', later(6));
    const runs = await store.runs.latest(id, 9);
    expect(runs.map((r) => r.runId)).toEqual([second, first]);
    expect(runs[1]).toMatchObject({ counts: { read: 5, scored: 1 }, finishedAt: later(5) });
    expect(await store.runs.latest(id, 1)).toHaveLength(1);
  });

  describe('transactions', () => {
    test('commit together, or leave nothing', async () => {
      const id = newTenantId();
      const fails = store.transaction(async (tx) => {
        await tx.records.put(id, [contact(1)]);
        await tx.inbox.accept([{ tenantId: id, body: '[]' }], [], AT);
        expect(await tx.records.count(id, 'contact')).toBe(1);
        throw new RapportError('stale_write', 'again');
      });
      await expect(fails).rejects.toMatchObject({ code: 'stale_write' });
      expect(await store.records.count(id, 'contact')).toBe(0);
      expect(await store.inbox.size(id)).toBe(0);
      expect(await store.transaction(async (tx) => tx.records.put(id, [contact(1)]))).toHaveLength(
        1,
      );
      expect(await store.records.count(id, 'contact')).toBe(1);
    });

    test('of different callers do not mix', async () => {
      const [a, b] = [newTenantId(), newTenantId()];
      const one = store.transaction(async (tx) => {
        await tx.records.put(a, [contact(1)]);
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new Error('undone');
      });
      const other = store.records.put(b, [contact(1)]);
      await Promise.allSettled([one, other]);
      expect(await store.records.count(a, 'contact')).toBe(0);
      expect(await store.records.count(b, 'contact')).toBe(1);
    });
  });

  test('answers a ping', () => store.ping());

  test('I5 one tenant never sees another, whatever it asks and whatever it changes', async () => {
    const mine = (await newTenant(store)).id;
    const yours = (await newTenant(store)).id;
    const mark = { ...ref('contact', 1), change: 'changed', eventAt: AT };
    const changes = { rapport_segment: { old: null, new: 'a' } };
    const write = { kind: 'contact', id: '1', changes, modelVersion: 'm', eventAt: AT } as const;
    const score = { kind: 'contact', id: '1', scoredAt: AT, modelVersion: 'm', data: {} } as const;
    await store.records.put(mine, [contact(1), call(2, 1)]);
    await store.secrets.put(mine, 'access_token', { sealed: 's', expiresAt: null });
    await store.inbox.accept([{ tenantId: mine, body: '[]' }], [], AT);
    await store.inbox.bury([{ tenantId: mine, host: 'hubspot', reason: 'r', body: '{}' }], AT);
    for (const stage of ['sync', 'score'] as const)
      await store.marks.raise(mine, stage, [mark], AT);
    await store.cursors.put(
      mine,
      { kind: 'call', after: '1', done: 1, total: 2, finished: false, checkedUntil: null },
      AT,
    );
    await store.models.put(mine, model('m'));
    await store.models.promote(mine, 'm', AT);
    await store.drift.put(mine, { day: '2026-03-01', checkedAt: AT, alarms: ['x'], report: {} });
    await store.scores.put(mine, [score]);
    const runId = await store.runs.start(mine, 'drain', AT);
    await store.writes.plan(mine, runId, [write], AT);
    await store.writes.sent(mine, await store.writes.planned(mine, 'contact', 1), AT);
    await store.writes.plan(mine, runId, [write], AT);

    const picture = async (id: TenantId) => ({
      tenant: await store.tenants.get(mine),
      secret: await store.secrets.get(id, 'access_token'),
      inbox: [await store.inbox.take(id, 9), await store.inbox.size(id)],
      dead: await store.inbox.deadLetters(id, 9),
      marks: [
        await store.marks.take(id, 'sync', 'contact', 9),
        await store.marks.take(id, 'score', 'contact', 9),
        await store.marks.count(id),
      ],
      records: [
        await store.records.get(id, 'contact', ['1']),
        await store.records.children(id, 'contact', ['1'], RECORD_KINDS),
        await store.records.parents(id, [ref('call', 2)], 'contact'),
        await store.records.page(id, 'contact', null, 9),
        await store.records.count(id, 'contact'),
        [...(await store.records.versions(id, 'contact', ['1']))],
      ],
      cursors: await store.cursors.get(id),
      models: [
        await store.models.active(id),
        await store.models.summary(id),
        await store.models.get(id, 'm'),
        await store.models.list(id),
        await store.drift.latest(id, 9),
      ],
      scores: [
        await store.scores.get(id, 'contact', ['1']),
        await store.scores.count(id, 'contact'),
      ],
      writes: [
        [...(await store.writes.written(id, 'contact', ['1']))],
        await store.writes.planned(id, 'contact', 9),
        await store.writes.journal(id, 'contact', '1'),
        await store.writes.countWritten(id, 'contact'),
        await store.writes.list(id, {}, 9),
        await store.writes.pending(id),
        [...(await store.writes.kept(id, 'contact', ['1']))],
      ],
      runs: await store.runs.latest(id, 9),
    });
    const before = await picture(mine);
    const { tenant: _, ...foreign } = await picture(yours);
    expect(foreign).toEqual({
      secret: null,
      inbox: [[], 0],
      dead: [],
      marks: [[], [], { sync: 0, score: 0 }],
      records: [[], [], [], [], 0, []],
      cursors: [],
      models: [null, null, null, [], []],
      scores: [[], 0],
      writes: [[], [], [], 0, [], { planned: 0, sending: 0 }, []],
      runs: [],
    });

    const [row] = await store.inbox.take(mine, 1);
    const [taken] = await store.marks.take(mine, 'sync', 'contact', 1);
    const [planned] = await store.writes.planned(mine, 'contact', 1);
    if (row === undefined || taken === undefined || planned === undefined) throw new Error('empty');
    await store.tenants.setState(yours, 'parked');
    await store.tenants.changeSettings(yours, {
      reach: { ...DEFAULT_REACH_RULES, touchesPerWeek: 99 },
    });
    await store.tenants.noteError(yours, 'broken', AT);
    await store.inbox.remove(yours, [row.id]);
    await store.marks.clear(yours, 'sync', [taken]);
    await store.marks.raiseAll(yours, 'contact', AT);
    await store.records.remove(yours, [ref('contact', 1)], later(99));
    await store.records.erase(yours, '1', AT);
    await store.cursors.reset(yours);
    await store.models.put(yours, { ...model('m'), artefact: '{"yours":1}' });
    await store.models.promote(yours, 'm', later(9));
    await store.models.prune(yours, 0);
    await store.drift.put(yours, { day: '2026-03-01', checkedAt: AT, alarms: [], report: {} });
    await store.scores.put(yours, [{ ...score, data: { yours: true } }]);
    await store.writes.refused(yours, [{ writeId: planned.writeId, reason: 'no' }], AT);
    await store.writes.sent(yours, [planned], AT);
    await store.writes.claim(yours, 'contact', 9, true);
    await store.writes.keep(
      yours,
      planned.writeId,
      [{ kind: 'contact', id: '1', property: 'rapport_segment', value: 'x' }],
      AT,
    );
    await store.runs.progress(yours, runId, { read: 1 }, AT);
    await store.secrets.put(yours, 'access_token', { sealed: 'yours', expiresAt: null });
    expect(await picture(mine)).toEqual(before);
  });

  test('a tenant of another host with the same account number is another tenant', async () => {
    const [hubspot, sandbox] = [tenant('555'), tenant('555', { host: 'sandbox' })];
    await store.tenants.upsert(hubspot, AT);
    await store.tenants.upsert(sandbox, AT);
    expect((await store.tenants.find('sandbox', '555'))?.id).toBe(sandbox.id);
    expect(sandbox.id).not.toBe(hubspot.id);
  });
}
