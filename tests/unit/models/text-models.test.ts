import { describe, expect, it } from 'vitest';
import { recordId } from '../../../src/core/ids.ts';
import type { FeedbackItem, Ticket } from '../../../src/core/record.ts';
import type { Topic } from '../../../src/core/topic.ts';
import { classifyText } from '../../../src/models/text.ts';
import { sentimentOf } from '../../../src/models/text-labels.ts';
import { fitTextModels } from '../../../src/models/text-models.ts';

const at = new Date('2026-01-01T00:00:00Z');
const PARTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  PRODUCT_ISSUE: [
    ['The export', 'Our dashboard', 'The mobile app', 'The import'],
    ['keeps crashing', 'is broken again', 'does not load', 'shows an error'],
    ['since Monday', 'after the update', 'on every machine'],
  ],
  FEATURE_REQUEST: [
    ['It would be nice to have', 'Please add', 'We wish for', 'Could you consider adding'],
    ['dark mode', 'a calendar view', 'bulk editing', 'more filters'],
    ['in the next release', 'for our team', 'some day'],
  ],
};
const ZH: Readonly<Record<string, readonly (readonly string[])[]>> = {
  PRODUCT_ISSUE: [
    ['导出功能', '后台页面', '手机应用', '导入工具'],
    ['一直报错', '又打不开了', '加载失败', '崩溃了'],
    ['，更新以后就这样', '，请尽快处理', '，影响我们工作'],
  ],
  FEATURE_REQUEST: [
    ['希望增加', '建议添加', '能不能支持', '期待推出'],
    ['深色模式', '日历视图', '批量编辑', '更多筛选'],
    ['，会更方便', '，团队都需要', '，谢谢'],
  ],
};

function combine(parts: readonly (readonly string[])[], joint: string): string[] {
  return parts.reduce<string[]>(
    (done, words) =>
      done.length === 0 ? [...words] : done.flatMap((d) => words.map((w) => d + joint + w)),
    [],
  );
}

const ticket = (category: string, text: string, humanType: Ticket['humanType'] = []): Ticket => ({
  kind: 'ticket',
  id: recordId(1),
  createdAt: at,
  updatedAt: at,
  links: [],
  subject: '',
  text,
  category,
  priority: category === 'PRODUCT_ISSUE' ? 'high' : 'low',
  open: true,
  humanType,
});
const rating = (text: string, value: number): FeedbackItem => ({
  kind: 'feedback',
  id: recordId(1),
  createdAt: at,
  updatedAt: at,
  links: [],
  text,
  rating: value,
  survey: null,
  at,
});
const tickets = [
  ...Object.entries(PARTS).flatMap(([k, parts]) => combine(parts, ' ').map((t) => ticket(k, t))),
  ...Object.entries(ZH).flatMap(([k, parts]) => combine(parts, '').map((t) => ticket(k, t))),
];
const models = fitTextModels(tickets, [], 1);
const ask = (text: string) => classifyText(models, { text }, 'v');

describe('feedback type', () => {
  it.each([
    ['The export shows an error', 'problem', 'today'],
    ['Please add a calendar view', 'suggestion', 'none'],
    ['手机应用又打不开了', 'problem', 'today'],
    ['建议添加批量编辑', 'suggestion', 'none'],
  ])('%s → %s, %s', (text, type, urgency) => {
    const score = ask(text);
    expect(score).toMatchObject({
      status: 'ready',
      type: { label: type },
      urgency: { label: urgency },
    });
    expect(score.type?.confidence).toBeGreaterThan(0.6);
  });

  it('with two classes, all reasons add up to the log-odds of the confidence', () => {
    for (const { text } of tickets) {
      const { type, reasons } = ask(text);
      const p = type?.confidence ?? 0;
      const sum = reasons.reduce((s, r) => s + r.effect, 0);
      expect(Math.abs(sum - Math.log(p / (1 - p)))).toBeLessThan(1e-9);
    }
  });

  it('names words and Chinese terms, never a part of a word or the end of a text', () => {
    const named = tickets.flatMap(({ text }) =>
      ask(text).reasons.flatMap(({ code, params }) =>
        code === 'text_term' ? [params['term']] : [],
      ),
    );
    expect(named).toContain('please add');
    expect(named).toContain('希望');
    for (const term of named) expect(term).toMatch(/^(?=.*[\p{L}\p{N}!?])[^·\u2402]+$/u);
  });

  it('reads traditional characters and full-width forms as their simplified and plain ones', () => {
    expect(ask('手機應用ＡＰＰ又打不開了').type).toEqual(ask('手机应用APP又打不开了').type);
  });

  it('answers the same after it was written down and read back', () => {
    const copy = JSON.parse(JSON.stringify(models)) as typeof models;
    for (const { text } of tickets) expect(classifyText(copy, { text }, 'v')).toEqual(ask(text));
  });

  it('follows people’s corrections before categories', () => {
    const corrected = tickets.map((t) =>
      t.category === 'PRODUCT_ISSUE' ? { ...t, humanType: ['question'] as const } : t,
    );
    const taught = fitTextModels(corrected, [], 1);
    expect(classifyText(taught, { text: 'The export shows an error' }, 'v').type?.label).toBe(
      'question',
    );
  });
});

describe('what is not known', () => {
  it('abstains from other languages, empty text and untrained questions', () => {
    expect(ask('La factura llegó dos veces y no puedo pagar')).toMatchObject({
      status: 'unsupported_language',
      type: null,
    });
    expect(ask('  ')).toMatchObject({ status: 'no_data', type: null });
  });

  it('answers with the built-in model where the portal has taught nothing', () => {
    expect(classifyText(null, { text: 'The export is broken' }, 'v')).toMatchObject({
      status: 'ready',
      type: { label: 'problem' },
      sentiment: { label: 'negative' },
      urgency: { label: 'none' },
    });
  });

  it('needs 20 labels, two classes, and 20 labels in the language', () => {
    expect(fitTextModels(tickets.slice(0, 10), [], 1)).toBeNull();
    const one = fitTextModels(
      tickets.filter((t) => t.category === 'PRODUCT_ISSUE'),
      [],
      1,
    );
    expect(one?.type).toBeNull();
    const english = fitTextModels(
      tickets.filter((t) => /[a-z]/.test(t.text)),
      [],
      1,
    );
    expect(english?.type?.labels.zh).toBe(0);
    expect(classifyText(english, { text: '建议添加批量编辑' }, 'v')).toEqual(
      classifyText(null, { text: '建议添加批量编辑' }, 'v'),
    );
  });
});

describe('sentiment', () => {
  it('reads the stated scale', () => {
    expect([0, 2, 3, 6, 7, 8, 9, 10].map(sentimentOf)).toEqual([
      'very_negative',
      'very_negative',
      'negative',
      'negative',
      'neutral',
      'neutral',
      'positive',
      'very_positive',
    ]);
  });

  it('learns from ratings', () => {
    const good = combine(
      [
        ['Support', 'The team', 'Onboarding'],
        ['was wonderful', 'was great', 'was lovely'],
        ['and fast', 'as always', 'today'],
      ],
      ' ',
    );
    const bad = combine(
      [
        ['Support', 'The team', 'Onboarding'],
        ['was awful', 'was terrible', 'was useless'],
        ['and slow', 'as always', 'today'],
      ],
      ' ',
    );
    const fitted = fitTextModels(
      [],
      [...good.map((t) => rating(t, 10)), ...bad.map((t) => rating(t, 1))],
      1,
    );
    expect(classifyText(fitted, { text: 'The team was great' }, 'v').sentiment?.label).toBe(
      'very_positive',
    );
    expect(classifyText(fitted, { text: 'The team was useless' }, 'v').sentiment?.label).toBe(
      'very_negative',
    );
  });
});

describe('topics of the account’s own list', () => {
  const topics: readonly Topic[] = [
    { id: 'parking', name: { en: 'Parking', zh: '停车' }, words: { en: ['parking'], zh: [] } },
    { id: 'food', name: { en: 'Food', zh: '餐饮' }, words: { en: ['breakfast'], zh: [] } },
  ];
  const about = {
    parking: ['the barrier', 'the garage', 'a car space', 'the ramp'],
    food: ['the pancakes', 'the coffee', 'the buffet', 'the juice'],
  };
  const texts = (topic: 'parking' | 'food') =>
    combine([['We liked', 'Nobody minds', 'There was'], about[topic], ['on Monday', 'today']], ' ');
  const labelled = (['parking', 'food'] as const).flatMap((topic) =>
    texts(topic).map((text) => ({ ...ticket('', text), humanTopic: topic })),
  );
  const topicOfText = (models: ReturnType<typeof fitTextModels>, text: string, list = topics) =>
    classifyText(models, { text }, 'v', list).topic;

  it('are learnt from few labels, beyond the words of the list', () => {
    const learnt = fitTextModels(labelled, [], 1, topics);
    expect(learnt?.topic?.report.gain[0]).toBeGreaterThan(0);
    expect(topicOfText(null, 'The ramp and the garage')).toBeNull();
    expect(topicOfText(learnt, 'The ramp and the garage')).toBe('parking');
    expect(topicOfText(learnt, 'Lovely juice, lovely pancakes')).toBe('food');
  });

  it('are not given once they have left the list', () => {
    const learnt = fitTextModels(labelled, [], 1, topics);
    expect(topicOfText(learnt, 'The ramp and the garage', topics.slice(1))).toBeNull();
  });

  it('stay with the words of the list below 20 labels', () => {
    const few = labelled.filter((_, i) => i % 3 === 0);
    expect(fitTextModels([...few, ...tickets], [], 1, topics)?.topic).toBeNull();
  });
});
