/** Serving customers over a real store: cases, follow-up, corrections, answers, chat and the ticket card. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tenant } from '../../../src/core/tenant.ts';
import { changeSettings } from '../../../src/flows/change-settings.ts';
import { chat } from '../../../src/flows/chat.ts';
import type { TenantContext } from '../../../src/flows/context.ts';
import { importFaq } from '../../../src/flows/faq.ts';
import { giveCorrection } from '../../../src/flows/give-correction.ts';
import { leastCertain } from '../../../src/flows/labelling.ts';
import { dropTopic, listTopics, renameTopic } from '../../../src/flows/manage-topics.ts';
import { acceptTopic, listProposals } from '../../../src/flows/propose-topics.ts';
import { score } from '../../../src/flows/score.ts';
import { showTicketCard } from '../../../src/flows/show-ticket-card.ts';
import { suggestReply } from '../../../src/flows/suggest-reply.ts';
import { sweep } from '../../../src/flows/sweep.ts';
import { sync } from '../../../src/flows/sync.ts';
import { train } from '../../../src/flows/train.ts';
import {
  contact,
  email,
  feedbackItem,
  later,
  newTenant,
  note,
  ref,
  ticket,
} from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

const HOUR = 3_600_000;
const onCase = (id: number) => [ref('ticket', id), ref('contact', 1)];
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
});

/** Stores records, fits models on them and scores everything. */
async function portal(...records: Parameters<typeof rig.store.records.put>[1]): Promise<void> {
  await rig.store.records.put(tenant.id, records);
  await train({ ...ctx, tenant: { ...tenant, state: 'training' } });
  await rig.store.tenants.setState(tenant.id, 'ready');
  await score(ctx, 1);
}
const card = (id: string) => showTicketCard(ctx, tenant, id);
const wanted = async (id: string) => {
  const journal = await rig.store.writes.journal(tenant.id, 'ticket', id);
  return Object.fromEntries(
    Object.entries(journal.at(-1)?.changes ?? {}).map(([name, c]) => [name, c.new]),
  );
};

describe('F32 a message that cannot be read', () => {
  test('says error, leaves its properties empty and holds up no other', async () => {
    await portal(contact(1), ticket(7, 1), feedbackItem(20, 1));
    rig.clock.set(later(3 * HOUR));
    // As a record of a damaged store would be.
    const damaged = { text: 7 as never, humanType: null as never };
    await rig.store.records.put(tenant.id, [
      ticket(8, 1, damaged),
      ticket(9, 1),
      feedbackItem(21, 1, { text: damaged.text }),
      feedbackItem(22, 1),
    ]);
    for (const kind of ['ticket', 'feedback'] as const)
      await rig.store.marks.raiseAll(tenant.id, kind, rig.clock.now());
    await score(ctx, 2);
    const status = async (kind: 'ticket' | 'feedback', id: string) =>
      (await rig.store.scores.get(tenant.id, kind, [id]))[0]?.data;
    expect(await status('ticket', '8')).toMatchObject({ status: 'error', types: [] });
    expect(await status('feedback', '21')).toMatchObject({ status: 'error', sentiment: null });
    for (const [kind, id] of [
      ['ticket', '9'],
      ['feedback', '22'],
    ] as const)
      expect(await status(kind, id)).toMatchObject({ status: expect.not.stringMatching('error') });
    expect(await wanted('9')).toMatchObject({ rapport_followup_state: 'open' });
    const said = await wanted('8');
    for (const name of ['rapport_followup_state', 'rapport_priority', 'rapport_language'])
      expect(said[name] ?? null).toBeNull();
  });
});

describe('a case', () => {
  test('waits, falls due by time alone, and is done once it is answered', async () => {
    await portal(contact(1), ticket(7, 1));
    expect(await wanted('7')).toMatchObject({
      rapport_followup_state: 'open',
      // Written on a Sunday: a working day from Monday at eight on.
      rapport_followup_due: '2026-03-02T19:00:00.000Z',
    });
    rig.clock.set(later(35 * HOUR));
    for (let looks = 0; looks < 20 && (await sweep(rig)) > 0; looks++) await score(ctx, 2);
    expect(await wanted('7')).toMatchObject({ rapport_followup_state: 'overdue' });
    expect(rig.queue.jobs.at(-1)).toMatchObject({ job: 'drain' });
    expect(await sweep(rig)).toBe(0);

    rig.crm.put(
      email(8, onCase(7), {
        at: later(35.5 * HOUR),
        direction: 'outbound',
        text: 'Please change the bulb.',
        repId: '55',
      }),
    );
    rig.clock.set(later(36 * HOUR));
    const mark = { ...ref('email', 8), change: 'created', eventAt: null };
    await rig.store.marks.raise(tenant.id, 'sync', [mark], rig.clock.now());
    await sync(ctx);
    await score(ctx, 3);
    expect(await wanted('7')).toMatchObject({
      rapport_followup_state: 'done',
      rapport_priority: '0',
    });
    expect((await card('7')).followUp).toMatchObject({
      answeredBy: { kind: 'email', id: '8', repId: '55' },
      evidence: 'case',
    });
  });

  test('a touch of the person answers a case that nothing is linked to, and nobody is asked for a reply', async () => {
    await portal(contact(1), ticket(7, 1));
    expect((await card('7')).reply).toMatchObject({ text: null });
    rig.crm.put(email(8, [ref('contact', 1)], { at: later(HOUR), direction: 'outbound' }));
    const mark = { ...ref('email', 8), change: 'created', eventAt: null };
    await rig.store.marks.raise(tenant.id, 'sync', [mark], rig.clock.now());
    await sync(ctx);
    await score(ctx, 2);
    expect(await card('7')).toMatchObject({
      followUp: { state: 'done', evidence: 'contact' },
      reply: null,
    });
  });

  test('other rules, other due times, at once', async () => {
    await portal(contact(1), ticket(7, 1));
    await changeSettings(
      ctx,
      { service: { due: [{ type: 'any', urgency: 'any', hours: 1, calendar: true }] } },
      'console',
    );
    const changed = await rig.store.tenants.get(tenant.id);
    if (changed === null) throw new Error('the tenant is gone');
    await score(forTenantOf(rig, changed), 2);
    expect((await card('7')).followUp).toMatchObject({ state: 'overdue' });
    expect(changed.settings.service.priority).toEqual(tenant.settings.service.priority);
  });

  test('its summary names the records it was taken from, and similar cases how they ended', async () => {
    await portal(
      contact(1),
      contact(2),
      ticket(6, 2, {
        subject: 'Lamp flickers',
        text: 'The reading lamp flickers since the update.',
        open: false,
        closedAt: later(48 * HOUR),
      }),
      email(61, [ref('ticket', 6)], {
        at: later(HOUR),
        direction: 'outbound',
        text: 'Hold the button for ten seconds, then the lamp restarts.',
      }),
      ticket(7, 1, { subject: 'Lamp', text: 'Our reading lamp flickers all day.' }),
      email(71, onCase(7), { at: later(HOUR), text: 'It also hums loudly at night.' }),
    );
    const shown = await card('7');
    expect(
      shown.summary.map((line) => [line.source.kind, line.source.id, line.text]),
    ).toContainEqual(['email', '71', 'It also hums loudly at night.']);
    expect(shown.similar).toMatchObject([
      {
        id: '6',
        outcome: 'closed',
        days: 2,
        resolution: 'Hold the button for ten seconds, then the lamp restarts.',
      },
    ]);
    expect(await wanted('7')).toMatchObject({ rapport_similar_case: '6' });
    await rig.store.records.erase(tenant.id, '2', rig.clock.now());
    expect((await card('7')).similar).toEqual([]);
  });

  test('F58 another account’s case is no case', async () => {
    await portal(contact(1), ticket(7, 1));
    const other = await newTenant(rig.store);
    expect(await showTicketCard(ctx, other, '7')).toMatchObject({ state: 'empty', summary: [] });
    expect(await showTicketCard(ctx, null, '7')).toMatchObject({ state: 'not_connected' });
  });
});

describe('corrections', () => {
  const correct = (label: string) =>
    giveCorrection(ctx, { kind: 'ticket', id: '7', field: 'type', label }, 'card');

  test('change the case and its property at once', async () => {
    await portal(contact(1), ticket(7, 1));
    await correct('suggestion');
    await score(ctx, 2);
    expect(await card('7')).toMatchObject({
      state: 'ready',
      types: [{ label: 'suggestion', confidence: 1 }],
      corrected: ['type'],
    });
    expect(await wanted('7')).toMatchObject({
      rapport_feedback_type: 'suggestion',
      rapport_type_confidence: '1.00',
    });
  });

  test('keep what Rapport had said first, however often people change their mind', async () => {
    await portal(contact(1), ticket(7, 1, { text: 'The export is broken' }));
    await correct('suggestion');
    await score(ctx, 2);
    await correct('praise');
    expect(await rig.store.corrections.all(tenant.id)).toMatchObject([
      { label: 'praise', was: 'problem' },
    ]);
  });

  test('made in the CRM outrank those made here', async () => {
    await portal(contact(1), ticket(7, 1, { humanType: ['problem'] }));
    await correct('suggestion');
    await score(ctx, 2);
    expect((await card('7')).types).toEqual([{ label: 'problem', confidence: 1 }]);
  });

  test('made in the CRM are counted like the others, and end when they are taken back there', async () => {
    await portal(contact(1), ticket(7, 1, { humanType: ['suggestion'] }));
    expect(await rig.store.corrections.all(tenant.id)).toMatchObject([
      { id: '7', label: 'suggestion', was: 'problem', source: 'crm' },
    ]);
    await rig.store.records.put(tenant.id, [ticket(7, 1, { updatedAt: later(1) })]);
    const mark = { ...ref('ticket', 7), change: 'changed', eventAt: null };
    await rig.store.marks.raise(tenant.id, 'score', [mark], rig.clock.now());
    await score(ctx, 2);
    expect(await card('7')).toMatchObject({ types: [{ label: 'problem' }], corrected: [] });
  });

  test('the next model learns from them and its report counts what they changed', async () => {
    const asked = Array.from({ length: 40 }, (_, n) =>
      ticket(100 + n, 1, {
        subject: '',
        text: n % 2 === 0 ? `The lamp ${n} is broken and hums` : `Please add a dark mode ${n}`,
        category: n % 2 === 0 ? 'PRODUCT_ISSUE' : 'FEATURE_REQUEST',
      }),
    );
    const dark = ticket(7, 1, { subject: '', text: 'Please add a dark mode', category: null });
    await portal(contact(1), dark, ...asked);
    await giveCorrection(ctx, { kind: 'ticket', id: '7', field: 'type', label: 'problem' }, 'card');
    await giveCorrection(
      ctx,
      { kind: 'ticket', id: '100', field: 'type', label: 'problem' },
      'labelling',
    );
    await train({ ...ctx, tenant: { ...tenant, state: 'training' } });
    expect((await rig.store.models.summary(tenant.id))?.report).toMatchObject({
      corrections: { given: 2, changed: 1 },
    });
  });

  test('the least certain are offered, copies once, corrected ones no more', async () => {
    const row = (id: string, confidence: number) => ({
      kind: 'ticket' as const,
      id,
      scoredAt: rig.clock.now(),
      modelVersion: 'm',
      data: { language: 'en', type: { label: 'problem', confidence } },
    });
    await rig.store.records.put(tenant.id, [
      ticket(7, 1, { text: 'The lamp on my desk flickers every evening' }),
      ticket(8, 1, { text: 'The lamp on my desk flickers every evening!' }),
      ticket(9, 1, { text: 'Where is my invoice of last month' }),
      ticket(10, 1, { text: 'Please add a dark mode to the app' }),
    ]);
    await rig.store.scores.put(tenant.id, [
      row('7', 0.5),
      row('8', 0.4),
      row('9', 0.3),
      row('10', 0.9),
    ]);
    const ids = async () => (await leastCertain(ctx)).map((u) => u.id);
    expect(await ids()).toEqual(['9', '8', '10']);
    await giveCorrection(
      ctx,
      { kind: 'ticket', id: '9', field: 'type', label: 'question' },
      'labelling',
    );
    expect(await ids()).toEqual(['8', '10']);
  });

  test.each([
    ['a label nobody knows', { label: 'complaint' }, 'invalid_payload'],
    ['a message nobody sent', { id: '99' }, 'record_gone'],
  ])('%s is refused', async (_name, over, code) => {
    await portal(contact(1), ticket(7, 1));
    const given = { kind: 'ticket', id: '7', field: 'type', label: 'praise', ...over } as const;
    await expect(giveCorrection(ctx, given, 'card')).rejects.toMatchObject({ code });
  });

  test('of a survey answer, too', async () => {
    await portal(contact(1), feedbackItem(5, 1));
    await giveCorrection(
      ctx,
      { kind: 'feedback', id: '5', field: 'type', label: 'praise' },
      'card',
    );
    await score(ctx, 2);
    const [row] = await rig.store.scores.get(tenant.id, 'feedback', ['5']);
    expect(row?.data).toMatchObject({ type: { label: 'praise', confidence: 1 } });
  });
});

describe('answers', () => {
  const FAQ = [
    {
      id: 'refund',
      question: 'How do I get a refund?',
      answer: 'Within 30 days.',
      keywords: 'refund',
    },
    { id: 'refund', question: '怎么退款？', answer: '30 天内可以退款。', keywords: '退款' },
    { id: 'card', question: 'How do I change my credit card?', answer: 'In your account.' },
    { id: 'plan', question: 'How do I change my plan?', answer: 'Under Billing.' },
  ];

  test('in the language of the customer, with their source', async () => {
    expect(await importFaq(ctx, FAQ)).toEqual({ entries: 3, languages: { en: 3, zh: 1 } });
    const of = (text: string) => suggestReply(ctx, { text, audience: 'customer' });
    expect(await of('Can I have a refund?')).toMatchObject({
      kind: 'answer',
      text: 'Within 30 days.',
      language: 'en',
      source: { kind: 'faq', id: 'refund' },
      phrased: false,
    });
    expect(await of('我要退款')).toMatchObject({ text: '30 天内可以退款。', language: 'zh' });
    expect(await of('Bonjour, je voudrais un remboursement pour ma commande')).toMatchObject({
      kind: 'handover',
      text: null,
      reason: 'unsupported_language',
    });
  });

  test.each([
    ['an answer twice', [FAQ[0], FAQ[0]]],
    ['neither language', [{ question: 'Où?', answer: 'Le colis est dans la boîte et pas ici.' }]],
  ])('%s is refused and nothing changes', async (_name, rows) => {
    await importFaq(ctx, FAQ);
    await expect(importFaq(ctx, rows as typeof FAQ)).rejects.toMatchObject({
      code: 'invalid_payload',
    });
    expect(await rig.store.faq.all(tenant.id)).toHaveLength(4);
  });

  test('a colleague also gets what solved a similar case; a customer never does', async () => {
    await rig.store.records.put(tenant.id, [
      ticket(6, 2, { subject: 'Lamp', text: 'The reading lamp flickers.', open: false }),
      email(61, [ref('ticket', 6)], {
        direction: 'outbound',
        text: 'Re: Lamp\nHi Ana,\nHold the button for ten seconds, then the lamp restarts.',
      }),
      note(62, [ref('ticket', 6)], { text: 'Secret: bad batch.' }),
    ]);
    const request = { text: 'My reading lamp flickers.', similar: [{ id: '6', similarity: 0.8 }] };
    expect(await suggestReply(ctx, { ...request, audience: 'rep' })).toMatchObject({
      kind: 'answer',
      text: expect.stringContaining('Hold the button for ten seconds'),
      source: { kind: 'case', id: '6' },
    });
    const shown = await suggestReply(ctx, { ...request, audience: 'customer' });
    expect(shown).toMatchObject({ kind: 'handover', text: null });
  });

  test('a configured model words the draft; when it fails the draft stands', async () => {
    await importFaq(ctx, FAQ);
    const request = { text: 'Refund please', audience: 'customer' } as const;
    const wordy = { ...ctx, phrase: async () => 'Gladly: within 30 days.' };
    expect(await suggestReply(wordy, request)).toMatchObject({
      text: 'Gladly: within 30 days.',
      phrased: true,
      source: { id: 'refund' },
    });
    const silent = { ...ctx, phrase: async () => null };
    expect(await suggestReply(silent, request)).toMatchObject({
      text: 'Within 30 days.',
      phrased: false,
    });
  });

  test('the chat answers, asks back, takes the choice, and hands over', async () => {
    await importFaq(ctx, FAQ);
    const loose = { gate: 0.97, askFrom: 0.02 };
    const open = {
      ...ctx,
      tenant: {
        ...tenant,
        settings: { ...tenant.settings, service: { ...tenant.settings.service, replies: loose } },
      },
    };
    const asked = await chat(open, { message: 'How do I change it?' });
    expect(asked).toMatchObject({ kind: 'ask', language: 'en' });
    expect(asked.text).toContain('1. ');
    const second = asked.options[1];
    const { conversationId } = asked;
    const chosen = await chat(open, { conversationId, message: '2' });
    expect(chosen).toMatchObject({ kind: 'answer', confidence: 1, source: { id: second?.id } });
    const person = await chat(open, { conversationId, message: '转人工' });
    expect(person).toMatchObject({ kind: 'handover', reason: 'asked_for_person' });
    expect(person.text).toContain('同事');
    expect(person.conversationId).toBe(conversationId);
  });

  test('I5 a conversation is one account’s; asked back too often, a person takes over', async () => {
    await importFaq(ctx, FAQ);
    const loose = { gate: 0.99, askFrom: 0.02 };
    const open = {
      ...ctx,
      tenant: {
        ...tenant,
        settings: { ...tenant.settings, service: { ...tenant.settings.service, replies: loose } },
      },
    };
    const { conversationId } = await chat(open, { message: 'How do I change it?' });
    await chat(open, { conversationId, message: 'How do I change it?' });
    const third = await chat(open, { conversationId, message: 'How do I change it?' });
    expect(third).toMatchObject({ kind: 'handover', reason: 'not_sure' });
    const other = forTenantOf(rig, await newTenant(rig.store));
    const elsewhere = await chat(other, { conversationId, message: '1' });
    expect(elsewhere.conversationId).not.toBe(conversationId);
  });
});

describe('topics', () => {
  test('are proposed from the messages, accepted under a name, and renamed with their id', async () => {
    const subjects = [
      'parking garage barrier',
      'breakfast coffee buffet',
      'pool sauna towels',
      'room window curtain',
    ];
    await rig.store.records.put(
      tenant.id,
      Array.from({ length: 120 }, (_, i) =>
        ticket(i + 1, 1, { subject: '', text: `The ${subjects[i % 4]} again` }),
      ),
    );
    const named = { tenant: tenant.id };
    const { proposals, messages } = await listProposals(rig, named);
    expect(messages).toBe(120);
    const pool = proposals.find((p) => p.words.en.includes('sauna'));
    expect(pool).toMatchObject({ coveredBy: null, language: 'en' });
    expect(pool?.examples).toHaveLength(3);
    for (const { text } of pool?.examples ?? []) expect(text).toContain('sauna');
    const id = pool?.id ?? '';
    const body = { ...named, id, nameEn: 'Spa', nameZh: '水疗' };
    expect((await acceptTopic(rig, body)).topics.at(-1)).toMatchObject({
      id,
      name: { en: 'Spa', zh: '水疗' },
    });
    const renamed = await renameTopic(rig, { ...named, id, nameEn: 'Pool and sauna' });
    expect(renamed.topics.at(-1)?.name).toEqual({ en: 'Pool and sauna', zh: '水疗' });
    const again = await listProposals(rig, named);
    expect(again.proposals.find((p) => p.id === id)?.coveredBy).toBe(id);
    await expect(acceptTopic(rig, { ...named, id: 'topic_none' })).rejects.toThrow('topic_none');
    await expect(renameTopic(rig, { ...named, id: 'nothing' })).rejects.toThrow('nothing');
  });

  test('are counted over 90 days; one that is dropped leaves its messages to the others', async () => {
    const day = 24 * HOUR;
    await portal(
      contact(1),
      ticket(7, 1, { subject: 'Invoice', text: 'The invoice was charged twice on my card.' }),
      ticket(8, 1, { text: 'The invoice is wrong.', createdAt: later(-100 * day) }),
      ticket(9, 1, { subject: '', text: 'The quick brown fox.' }),
      feedbackItem(20, 1, { text: 'The invoice was paid twice.' }),
    );
    const named = { tenant: tenant.id };
    const spoken = async (id: string) => {
      const { topics } = await listTopics(rig, named);
      const found = topics.find((t) => t.id === id);
      return found === undefined ? null : [found.cases, found.answers];
    };
    expect(await spoken('billing')).toEqual([1, 1]);
    expect((await listTopics(rig, named)).none).toEqual({ cases: 1, answers: 0 });

    const { topics } = await dropTopic(rig, { ...named, id: 'billing', actor: 'ana' });
    expect(topics.map((t) => t.id)).not.toContain('billing');
    expect(await spoken('billing')).toBeNull();
    expect((await listTopics(rig, named)).none).toEqual({ cases: 2, answers: 1 });
    expect((await rig.store.audit.latest(tenant.id, 1))[0]).toMatchObject({
      actor: 'ana',
      action: 'settings.feedback',
    });
    await expect(dropTopic(rig, { ...named, id: 'billing' })).rejects.toThrow('no topic "billing"');
    for (const { id } of topics.slice(1)) await dropTopic(rig, { ...named, id });
    await expect(dropTopic(rig, { ...named, id: topics[0]?.id })).rejects.toThrow('last topic');
  });

  test('of another account are not read', async () => {
    const other = await newTenant(rig.store);
    await rig.store.records.put(
      other.id,
      Array.from({ length: 90 }, (_, i) => ticket(i + 1, 1, { text: `The garage barrier ${i}` })),
    );
    expect((await listProposals(rig, { tenant: tenant.id })).messages).toBe(0);
  });
});
