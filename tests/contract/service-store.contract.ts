/** What every store must do for serving customers, whichever database carries it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordId } from '../../src/core/ids.ts';
import type { Correction } from '../../src/core/service.ts';
import type { FaqEntry } from '../../src/ports/service-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { AT, contact, feedbackItem, later, newTenantId, ticket } from '../support/builders.ts';
import type { Database } from '../support/databases.ts';

const correction = (over: Partial<Correction> = {}): Correction => ({
  kind: 'ticket',
  id: '7',
  field: 'type',
  label: 'praise',
  was: 'problem',
  source: 'card',
  at: AT,
  ...over,
});
const entry = (id: string, language: 'en' | 'zh', answer = 'A'): FaqEntry => ({
  id,
  language,
  question: 'Q',
  answer,
  keywords: '',
});

export function serviceStoreContract(open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    database = await open();
    store = database.store;
  });
  afterAll(() => database?.close());

  test('a case is given once when its time has come, earliest first, and again after it was put again', async () => {
    const id = newTenantId();
    const row = (ticketId: string, lookAt: Date | null) =>
      ({ id: ticketId, state: 'open', dueAt: later(100), lookAt }) as const;
    await store.followUps.put(id, [row('1', later(20)), row('2', later(10)), row('3', null)]);
    expect(await store.followUps.takeDue(id, later(9), 10)).toEqual([]);
    expect(await store.followUps.takeDue(id, later(20), 10)).toEqual(['2', '1']);
    expect(await store.followUps.takeDue(id, later(20), 10)).toEqual([]);
    await store.followUps.put(id, [row('2', later(30))]);
    expect(await store.followUps.takeDue(id, later(30), 10)).toEqual(['2']);
    expect(await store.followUps.waiting(id, ['1', '2', '9'])).toEqual(['1', '2']);
    await store.followUps.put(id, [{ ...row('1', null), state: 'done' }]);
    await store.followUps.remove(id, ['2']);
    expect(await store.followUps.waiting(id, ['1', '2', '3'])).toEqual(['3']);
  });

  test('those who wait are listed by their due time, and counted', async () => {
    const [id, other] = [newTenantId(), newTenantId()];
    const row = (ticketId: string, state: 'open' | 'overdue' | 'done' | 'none', due: Date | null) =>
      ({ id: ticketId, state, dueAt: due, lookAt: null }) as const;
    await store.followUps.put(id, [
      row('1', 'open', later(30)),
      row('2', 'overdue', later(-10)),
      row('3', 'done', later(-20)),
      row('4', 'none', null),
      row('5', 'overdue', later(-5)),
      row('6', 'open', null),
    ]);
    await store.followUps.put(other, [row('9', 'overdue', later(-99))]);
    expect((await store.followUps.pressing(id, 9)).map((p) => [p.id, p.overdue])).toEqual([
      ['2', true],
      ['5', true],
      ['1', false],
    ]);
    expect((await store.followUps.pressing(id, 1))[0]?.dueAt).toEqual(later(-10));
    expect(await store.followUps.counts(id)).toEqual({ waiting: 4, overdue: 2 });
    expect(await store.followUps.counts(newTenantId())).toEqual({ waiting: 0, overdue: 0 });
  });

  test('the likeliest to answer are those with a time in the window and a chance of their own', async () => {
    const [id, other] = [newTenantId(), newTenantId()];
    const row = (
      contactId: string,
      chance: number,
      at: Date | null,
      { evidence = 'personal', status = 'ready' } = {},
    ) => ({
      kind: 'contact' as const,
      id: contactId,
      scoredAt: AT,
      modelVersion: 'm',
      data: {
        status,
        reach: { ranked: [{ chance, evidence }], nextContactAt: at?.toISOString() ?? null },
      },
    });
    await store.scores.put(id, [
      row('1', 0.3, later(10)),
      row('2', 0.8, later(20)),
      row('3', 0.9, later(20), { evidence: 'everyone' }),
      row('4', 0.9, later(20), { status: 'holdout' }),
      row('5', 0.9, later(100)),
      row('6', 0.9, null),
      { ...row('7', 0.9, null), data: { status: 'consent_blocked', reach: null } },
    ]);
    await store.scores.put(other, [row('8', 0.99, later(10))]);
    const ids = async (limit: number) =>
      (await store.scores.likeliest(id, later(5), later(100), limit)).map((r) => r.id);
    expect(await ids(9)).toEqual(['2', '1']);
    expect(await ids(1)).toEqual(['2']);
  });

  test('topics are counted by kind over what is live and new enough', async () => {
    const [id, other] = [newTenantId(), newTenantId()];
    const about = (kind: 'ticket' | 'feedback', of: string, topic: string | null) => ({
      kind,
      id: of,
      scoredAt: AT,
      modelVersion: 'm',
      data: { topic },
    });
    const records = [
      ticket(1, 9),
      ticket(2, 9, { createdAt: later(5) }),
      ticket(3, 9, { createdAt: later(-1) }),
      ticket(4, 9),
      ticket(5, 9),
      feedbackItem(1, 9),
    ];
    for (const tenant of [id, other]) await store.records.put(tenant, records);
    await store.records.remove(id, [{ kind: 'ticket', id: recordId('5') }], AT);
    await store.scores.put(id, [
      ...['1', '2', '3', '5'].map((of) => about('ticket', of, 'billing')),
      about('ticket', '4', null),
      about('feedback', '1', 'billing'),
    ]);
    const found = await store.scores.topics(id, AT);
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        { topic: 'billing', kind: 'ticket', n: 2 },
        { topic: 'billing', kind: 'feedback', n: 1 },
        { topic: null, kind: 'ticket', n: 1 },
      ]),
    );
    expect(await store.scores.topics(other, AT)).toEqual([]);
  });

  test('the last correction of a field holds, the first answer of ours is kept', async () => {
    const id = newTenantId();
    await store.corrections.put(id, correction());
    const again = correction({
      label: 'question',
      was: 'praise',
      source: 'labelling',
      at: later(5),
    });
    await store.corrections.put(id, again);
    await store.corrections.put(id, correction({ field: 'topic', label: '计费', was: null }));
    expect(await store.corrections.of(id, 'ticket', ['7'])).toEqual([
      correction({ field: 'topic', label: '计费', was: null }),
      { ...again, was: 'problem' },
    ]);
    expect(await store.corrections.of(id, 'feedback', ['7'])).toEqual([]);
  });

  test('answers are replaced whole', async () => {
    const id = newTenantId();
    await store.faq.replace(id, [entry('b', 'zh'), entry('b', 'en'), entry('a', 'en')]);
    await store.faq.replace(id, [entry('b', 'en', 'new \u0000'), entry('c', 'zh')]);
    expect(await store.faq.all(id)).toEqual([entry('b', 'en', 'new '), entry('c', 'zh')]);
    await store.faq.replace(id, []);
    expect(await store.faq.all(id)).toEqual([]);
  });

  test('conversations are kept and forgotten', async () => {
    const id = newTenantId();
    const chat = { conversationId: 'x', contactId: null, state: { asked: 1 } };
    await store.chats.put(id, chat, AT);
    await store.chats.put(id, { ...chat, state: { asked: 2 } }, later(5));
    expect(await store.chats.get(id, 'x')).toEqual({ asked: 2 });
    await store.chats.prune(id, later(5));
    expect(await store.chats.get(id, 'x')).toEqual({ asked: 2 });
    await store.chats.prune(id, later(6));
    expect(await store.chats.get(id, 'x')).toBeNull();
  });

  test('I7 an erased person’s corrections, cases and conversations are gone', async () => {
    const id = newTenantId();
    await store.records.put(id, [contact(1), ticket(7, 1)]);
    await store.corrections.put(id, correction());
    await store.followUps.put(id, [{ id: '7', state: 'open', dueAt: AT, lookAt: AT }]);
    await store.chats.put(id, { conversationId: 'x', contactId: '1', state: {} }, AT);
    await store.chats.put(id, { conversationId: 'x', contactId: null, state: {} }, AT);
    await store.records.erase(id, '1', AT);
    expect(await store.corrections.all(id)).toEqual([]);
    expect(await store.followUps.takeDue(id, later(9), 9)).toEqual([]);
    expect(await store.chats.get(id, 'x')).toBeNull();
  });

  test('I5 one tenant never sees another', async () => {
    const [mine, yours] = [newTenantId(), newTenantId()];
    await store.corrections.put(mine, correction());
    await store.followUps.put(mine, [{ id: '7', state: 'open', dueAt: AT, lookAt: AT }]);
    await store.faq.replace(mine, [entry('a', 'en')]);
    await store.chats.put(mine, { conversationId: 'x', contactId: '1', state: {} }, AT);
    await store.scores.put(mine, [
      {
        kind: 'ticket',
        id: '8',
        scoredAt: AT,
        modelVersion: 'm',
        data: { type: { label: 'praise', confidence: 0.5 } },
      },
    ]);
    await store.faq.replace(yours, []);
    await store.chats.prune(yours, later(1e9));
    await store.followUps.remove(yours, ['7']);
    await store.records.erase(yours, '1', AT);
    expect(await store.corrections.all(yours)).toEqual([]);
    expect(await store.corrections.of(yours, 'ticket', ['7'])).toEqual([]);
    expect(await store.followUps.takeDue(yours, later(9), 9)).toEqual([]);
    expect(await store.followUps.waiting(yours, ['7'])).toEqual([]);
    expect(await store.faq.all(yours)).toEqual([]);
    expect(await store.chats.get(yours, 'x')).toBeNull();
    expect(await store.scores.leastCertain(yours, 9)).toEqual([]);
    expect(await store.corrections.all(mine)).toHaveLength(1);
    expect(await store.faq.all(mine)).toHaveLength(1);
    expect(await store.chats.get(mine, 'x')).toEqual({});
    expect(await store.scores.leastCertain(mine, 9)).toMatchObject([{ id: '8' }]);
    expect(await store.followUps.takeDue(mine, later(9), 9)).toEqual(['7']);
  });
}
