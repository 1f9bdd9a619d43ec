/** Canned answers of /api/topics: a list, proposals in both languages, and how each decision ends. */

const topic = (id: string, en: string, zh: string, cases: number, answers: number) => ({
  id,
  name: { en, zh },
  words: {
    en: ['invoice', 'bill', 'charge', 'payment', 'card', 'receipt', 'refund', 'price', 'fee'],
    zh: ['发票', '账单', '扣款'],
  },
  cases,
  answers,
});

const LIST = {
  tenant: 'sandbox-7700001',
  windowDays: 90,
  topics: [
    topic('delivery', 'Delivery', '配送', 87, 14),
    topic('billing', 'Billing and payment', '账单与付款', 1204, 61),
    topic('installation', 'Set-up and use', '安装与使用', 0, 0),
  ],
  none: { cases: 311, answers: 40 },
};

const PROPOSALS = {
  tenant: LIST.tenant,
  messages: 1520,
  proposals: [
    {
      id: 'topic_5af001',
      name: { en: 'Parking, garage and barrier', zh: 'Parking, garage and barrier' },
      words: { en: ['parking', 'garage', 'barrier', 'car'], zh: [] },
      language: 'en',
      messages: 64,
      of: 820,
      coveredBy: null,
      examples: [
        { id: 'ticket 12', text: 'The barrier of the garage did not open for my car last night.' },
        { id: 'feedback 3', text: 'Parking is far from the entrance.' },
      ],
    },
    {
      id: 'topic_0b77c2',
      name: { en: '发票、抬头、税号', zh: '发票、抬头、税号' },
      words: { en: [], zh: ['发票', '抬头', '税号', '重开'] },
      language: 'zh',
      messages: 41,
      of: 700,
      coveredBy: 'billing',
      examples: [{ id: 'ticket 31', text: '发票抬头写错了，请按新的税号重开。' }],
    },
  ],
};

export type TopicsMode = 'ready' | 'empty' | 'down' | 'loading';

const REFUSED = { error: { code: 'invalid_payload', message: 'There is no topic "delivery".' } };

/** `undefined` for what is not about topics; status and body otherwise, no body while it loads for ever. */
export function topicsAnswer(
  mode: TopicsMode,
  method: string,
  path: string,
): { readonly status: number; readonly body?: unknown } | undefined {
  if (!path.startsWith('/api/topics')) return undefined;
  if (mode === 'loading') return { status: 200 };
  if (mode === 'down') return { status: 503, body: { error: { message: 'No database.' } } };
  if (method === 'POST')
    return path.endsWith('/drop') ? { status: 400, body: REFUSED } : { status: 200, body: LIST };
  if (!path.endsWith('/proposals')) return { status: 200, body: LIST };
  return { status: 200, body: mode === 'empty' ? { ...PROPOSALS, proposals: [] } : PROPOSALS };
}
