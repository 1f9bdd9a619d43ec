/** Records become conversations: joined by case or subject, cleaned, in order, copies marked. */
import { describe, expect, test } from 'vitest';
import {
  customerMessages,
  customerText,
  threads,
  ticketThread,
} from '../../../src/features/thread.ts';
import { call, email, feedbackItem, later, note, ref, ticket } from '../../support/builders.ts';

const HOUR = 3_600_000;
const onCase = [ref('ticket', 7), ref('contact', 1)];

describe('a case', () => {
  const of = ticket(7, 1, { subject: 'Broken lamp', text: 'The lamp on desk four flickers.' });

  test('its mails, calls and notes in time order, whoever links to it', () => {
    const { messages } = ticketThread(of, [
      email(3, onCase, { at: later(3 * HOUR), direction: 'outbound', text: 'Try another bulb.' }),
      email(2, onCase, {
        at: later(HOUR),
        text: 'It also hums.\n\nOn 1 Mar 2026 Support wrote:\nold',
      }),
      note(4, onCase, { at: later(2 * HOUR), text: '<p>Warehouse has bulbs</p>' }),
      email(9, [ref('contact', 1)], { text: 'Something else.' }),
    ]);
    expect(messages.map((m) => [m.ref.kind, m.from, m.text])).toEqual([
      ['ticket', 'customer', 'Broken lamp\nThe lamp on desk four flickers.'],
      ['email', 'customer', 'It also hums.'],
      ['note', 'internal', 'Warehouse has bulbs'],
      ['email', 'us', 'Try another bulb.'],
    ]);
  });

  test('the mail that opened the case is a copy of it; a short thanks is none', () => {
    const thread = ticketThread(of, [
      email(2, onCase, { text: 'Broken lamp\nThe lamp on desk four flickers!' }),
      email(3, onCase, { at: later(HOUR), text: 'Thanks.' }),
      email(4, onCase, { at: later(2 * HOUR), text: 'Thanks.' }),
    ]);
    expect(thread.messages.map((m) => m.copyOf?.id ?? null)).toEqual([null, '7', null, null]);
    expect(customerMessages(thread).map((m) => m.ref.id)).toEqual(['7', '3', '4']);
    expect(customerText(thread)).toBe(
      'Broken lamp\nThe lamp on desk four flickers.\n\nThanks.\n\nThanks.',
    );
  });

  test('a copy in Chinese with other digits and punctuation is one too', () => {
    const thread = ticketThread(
      ticket(7, 1, {
        subject: '',
        text: '订单 A-1044 的台灯一直闪烁，我已经联系过你们两次了，请尽快处理。',
      }),
      [
        email(2, onCase, {
          text: '订单 A-1045 的台灯一直闪烁，我已经联系过你们两次了，请尽快处理！！',
        }),
      ],
    );
    expect(thread.messages.map((m) => m.copyOf?.id ?? null)).toEqual([null, '7']);
  });

  test('what we wrote is never taken for a copy of what the customer wrote', () => {
    const text = 'The lamp on desk four flickers since Monday.';
    const thread = ticketThread(ticket(7, 1, { subject: '', text }), [
      email(2, onCase, { at: later(HOUR), direction: 'outbound', text }),
    ]);
    expect(thread.messages.map((m) => m.copyOf)).toEqual([null, null]);
  });
});

test('e-mails without a case hang together by subject and person', () => {
  const about = (id: number, contact: number, text: string, hours: number) =>
    email(id, [ref('contact', contact)], { text, at: later(hours * HOUR) });
  const found = threads([
    about(1, 1, 'Invoice 77\nIt is wrong.', 1),
    about(2, 1, 'Re: invoice 77\nAny news?', 5),
    about(3, 2, 'Invoice 77\nMine too.', 2),
    feedbackItem(4, 1, { at: later(0) }),
    call(5, 1, { at: later(9 * HOUR), text: 'Asked about delivery.' }),
  ]);
  expect(found.map((t) => t.messages.map((m) => m.ref.id))).toEqual([
    ['4'],
    ['1', '2'],
    ['3'],
    ['5'],
  ]);
});

test('a logged chat is split into its turns, English and Chinese', () => {
  const chat = (text: string) => ({
    ...call(1, 1),
    kind: 'communication' as const,
    channel: 'whatsapp' as const,
    text,
  });
  const turns = (text: string) => threads([chat(text)])[0]?.messages.map((m) => [m.from, m.text]);
  expect(turns('Rep: Hello\nCustomer: It broke.\nAgain.\nRep: Sorry')).toEqual([
    ['us', 'Hello'],
    ['customer', 'It broke.\nAgain.'],
    ['us', 'Sorry'],
  ]);
  expect(turns('我方：您好\n客户：坏了')).toEqual([
    ['us', '您好'],
    ['customer', '坏了'],
  ]);
  expect(turns('Hello there')).toEqual([['us', 'Hello there']]);
});

test('a thread of a thousand messages takes less than a second of work', () => {
  const many = Array.from({ length: 1_000 }, (_, n) =>
    email(n + 10, onCase, {
      at: later(n),
      text: `Message ${'abcdefgh'.slice(n % 8)} about lamp ${n}`,
    }),
  );
  const before = process.cpuUsage();
  expect(ticketThread(ticket(7, 1), many).messages).toHaveLength(1_001);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_000);
});
