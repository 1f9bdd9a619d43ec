/** Answers from the tenant's FAQ in the customer's language, a question back, or a person. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_SERVICE_RULES } from '../../../src/core/service.ts';
import { TextIndex } from '../../../src/models/case-index.ts';
import { reusableAnswer } from '../../../src/models/past-answer.ts';
import { type Answer, AnswerBook, replyLanguage } from '../../../src/models/reply.ts';

const rules = DEFAULT_SERVICE_RULES.replies;
const en = (id: string, question: string, answer: string, keywords = ''): Answer => ({
  id,
  language: 'en',
  question,
  answer,
  keywords,
});
const zh = (id: string, question: string, answer: string, keywords = ''): Answer => ({
  ...en(id, question, answer, keywords),
  language: 'zh',
});
const book = new AnswerBook([
  en('refund', 'How do I get a refund?', 'Within 30 days.', 'refund;money+back'),
  zh('refund', '怎么申请退款？', '30 天内可退。', '退款;退+钱'),
  en('address', 'How can I change my delivery address?', 'In your account.'),
  zh('address', '怎么修改收货地址？', '在账户中修改。'),
  en('delivery', 'When will my delivery arrive?', 'In five days.'),
  zh('delivery', '什么时候能到货？', '五天内。'),
  en('invoice', 'Where can I find my invoice?', 'Under Orders.'),
]);

describe('decide', () => {
  test.each([
    ['I want my money back please', 'en', 'refund'],
    ['Refund!', 'en', 'refund'],
    ['How can I change the delivery address of my order?', 'en', 'address'],
    ['Where do I find the invoice?', 'en', 'invoice'],
    ['我要退款', 'zh', 'refund'],
    ['请问怎么修改收货地址', 'zh', 'address'],
  ] as const)('%s', (text, language, id) => {
    const decision = book.decide(text, language, rules);
    expect(decision).toMatchObject({ kind: 'answer', match: { entry: { id, language } } });
  });

  test('a rule of one language gives the answer in the other', () => {
    expect(book.decide('refund 怎么办', 'zh', rules)).toMatchObject({
      kind: 'answer',
      match: { entry: { id: 'refund', language: 'zh' }, by: 'rule' },
    });
  });

  test('half a question is asked back', () => {
    const decision = book.decide('delivery', 'en', { gate: 0.9, askFrom: 0.05 });
    expect(decision.kind).toBe('ask');
    if (decision.kind === 'ask')
      expect(decision.matches.map((m) => m.entry.id).sort()).toEqual(['address', 'delivery']);
  });

  test.each([
    ['The weather is fine today', 'en', 'not_sure'],
    ['zzz', 'en', 'nothing_known'],
    ['I want to speak to a human', 'en', 'asked_for_person'],
    ['转人工', 'zh', 'asked_for_person'],
    ['Où est ma commande', null, 'unsupported_language'],
    ['发票在哪里找', 'zh', 'nothing_known'],
  ] as const)('a person is needed: %s', (text, language, reason) => {
    expect(book.decide(text, language, rules)).toEqual({ kind: 'handover', reason });
  });

  test('a word inside another word is no keyword', () => {
    expect(book.matches('nonrefundable', 'en').map((m) => m.by)).not.toContain('rule');
  });

  test('an empty book knows nothing', () => {
    expect(new AnswerBook([]).decide('Refund?', 'en', rules).kind).toBe('handover');
  });
});

test('mixed messages are answered in their main language', () => {
  expect(replyLanguage('mixed', '这个 dashboard 打不开了，please check')).toBe('zh');
  expect(replyLanguage('mixed', 'The dashboard does not open since this morning 请看')).toBe('en');
  expect(replyLanguage('zh_hant', '請問')).toBe('zh');
  expect(replyLanguage('other', 'Bonjour')).toBeNull();
});

test('an old answer is shown without what belonged to its customer', () => {
  const said = reusableAnswer(
    'Dear Ana,\n\nOrder A-10443 was refunded on 3 March 2026, 120.50 EUR. Please restart the lamp and hold the button.\n\nThanks',
  );
  expect(said?.text).not.toMatch(/Ana|10443|120\.50|March/);
  expect(said?.text).toContain('Please restart the lamp and hold the button.');
  expect(said?.blanks).toBeGreaterThanOrEqual(3);
  expect(reusableAnswer('Dear Ana,\nThanks')).toBeNull();
});

describe('past cases', () => {
  const index = new TextIndex([
    { id: '1', text: 'The lamp flickers after the update' },
    { id: '2', text: 'Invoice charged twice for the lamp' },
    { id: '3', text: '台灯一直闪烁，更新之后也不行' },
    { id: '4', text: '發票重複扣款，請盡快退款' },
    { id: '5', text: '发票重复扣款，请退款' },
  ]);

  test('the most similar first, the case itself left out', () => {
    expect(index.similar('My lamp flickers', 2, '9')[0]?.id).toBe('1');
    expect(
      index.similar('The lamp flickers after the update', 3, '1').map((s) => s.id),
    ).not.toContain('1');
  });

  test('traditional finds simplified', () => {
    expect(
      index
        .similar('發票重複扣款', 2)
        .map((s) => s.id)
        .sort(),
    ).toEqual(['4', '5']);
  });

  test('nothing alike, nothing to compare with: nothing', () => {
    expect(index.similar('zzz', 3)).toEqual([]);
    expect(new TextIndex([]).similar('lamp', 3)).toEqual([]);
    expect(new TextIndex([{ id: '1', text: '' }]).similar('lamp', 3)).toEqual([]);
  });
});
