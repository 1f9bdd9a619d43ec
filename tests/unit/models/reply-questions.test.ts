/** Questions put in other words than the FAQ's: the right answer, a question back, or a person. */
import { expect, test } from 'vitest';
import { DEFAULT_SERVICE_RULES } from '../../../src/core/service.ts';
import { AnswerBook, type ReplyLanguage } from '../../../src/models/reply.ts';

const ENTRIES: readonly (readonly [id: string, en: string, zh: string])[] = [
  ['refund', 'How do I get a refund?', '怎么申请退款？'],
  ['address', 'How can I change my delivery address?', '怎么修改收货地址？'],
  ['delivery', 'When will my order arrive?', '订单什么时候能到货？'],
  ['invoice', 'Where can I find my invoice?', '在哪里下载发票？'],
  ['password', 'How do I reset my password?', '怎么重置密码？'],
  ['warranty', 'How long is the warranty?', '保修期是多久？'],
  ['cancel', 'How do I cancel my subscription?', '怎么取消订阅？'],
  ['user', 'How do I add another user?', '怎么增加用户？'],
  ['export', 'How can I export my data?', '怎么导出数据？'],
  ['payment', 'Which payment methods do you accept?', '支持哪些付款方式？'],
];
const ASKED: Readonly<Record<ReplyLanguage, readonly (readonly [id: string, text: string])[]>> = {
  en: [
    ['refund', 'I would like to get a refund'],
    ['refund', 'Can I get a refund for the chair?'],
    ['address', 'I need to change the delivery address'],
    ['address', 'Please tell me how to change my address'],
    ['delivery', 'When does my order arrive?'],
    ['delivery', 'My order, when will it arrive?'],
    ['invoice', 'Where is my invoice?'],
    ['invoice', 'I cannot find the invoice'],
    ['password', 'I forgot my password, how can I reset it?'],
    ['password', 'reset password'],
    ['warranty', 'How many years is the warranty?'],
    ['warranty', 'How long does the warranty last?'],
    ['cancel', 'I want to cancel the subscription'],
    ['cancel', 'Cancel subscription please'],
    ['user', 'Can I add another user to the account?'],
    ['user', 'How to add users?'],
    ['export', 'Is there a way to export the data?'],
    ['export', 'How do I export everything?'],
    ['payment', 'What payment methods are there?'],
    ['payment', 'Which methods of payment do you take?'],
  ],
  zh: [
    ['refund', '我想申请退款'],
    ['refund', '椅子可以退款吗'],
    ['address', '我要修改一下收货地址'],
    ['address', '收货地址填错了怎么改'],
    ['delivery', '我的订单什么时候到'],
    ['delivery', '请问几天能到货'],
    ['invoice', '发票在哪里'],
    ['invoice', '怎么下载电子发票'],
    ['password', '忘记密码了，怎么重置'],
    ['password', '重置密码'],
    ['warranty', '保修多久'],
    ['warranty', '请问保修期几年'],
    ['cancel', '我想取消订阅'],
    ['cancel', '订阅怎么取消'],
    ['user', '可以再增加一个用户吗'],
    ['user', '增加用户怎么操作'],
    ['export', '数据能导出吗'],
    ['export', '请问如何导出数据'],
    ['payment', '有哪些付款方式'],
    ['payment', '付款方式支持微信吗'],
  ],
};
const NOT_IN_IT: Readonly<Record<ReplyLanguage, readonly string[]>> = {
  en: [
    'The technician was rude to my colleague.',
    'Do you have a job opening in Lisbon?',
    'The lamp smells of smoke!',
    'I want to speak to a human',
    'Our lawyer will contact you.',
  ],
  zh: ['师傅态度很差。', '你们招人吗？', '台灯冒烟了！', '我要转人工', '我们的律师会联系你们。'],
};
const book = new AnswerBook(
  ENTRIES.flatMap(([id, en, zh]) => [
    { id, language: 'en' as const, question: en, answer: id, keywords: '' },
    { id, language: 'zh' as const, question: zh, answer: id, keywords: '' },
  ]),
);
const decide = (text: string, language: ReplyLanguage) =>
  book.decide(text, language, DEFAULT_SERVICE_RULES.replies);

test.each(['en', 'zh'] as const)(
  '%s: answers are right, the rest is asked back or passed on',
  (language) => {
    const outcomes = ASKED[language].map(([id, text]) => {
      const decision = decide(text, language);
      if (decision.kind !== 'answer') return decision.kind;
      return decision.match.entry.id === id ? 'right' : `wrong: ${text}`;
    });
    const count = (name: string): number => outcomes.filter((o) => o === name).length;
    expect(outcomes.filter((o) => o.startsWith('wrong'))).toEqual([]);
    expect(count('right')).toBeGreaterThanOrEqual(14);
  },
);

test.each(['en', 'zh'] as const)('%s: what the FAQ does not hold is never answered', (language) => {
  const kinds = NOT_IN_IT[language].map((text) => decide(text, language).kind);
  expect(kinds).not.toContain('answer');
  expect(kinds).toContain('handover');
});
