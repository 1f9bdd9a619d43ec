import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FEEDBACK_TYPES, SENTIMENTS, URGENCIES } from '../../../src/core/record.ts';
import { DEFAULT_TOPICS } from '../../../src/core/topic.ts';
import { flatMacroF1 } from '../../../src/ml/confusion.ts';
import { builtInFeedback } from '../../../src/models/built-in-feedback.ts';
import {
  HEADS,
  likeliestSentiment,
  sentimentOf,
  typesOf,
  urgencyOf,
} from '../../../src/models/feedback-model.ts';
import { classifyText } from '../../../src/models/text.ts';
import { type LabelledMessage, labelledMessages } from '../../support/labelled-messages.ts';

const model = builtInFeedback();
const parallel = labelledMessages('parallel');
const mixed = labelledMessages('mixed');

/** Macro-F1 over the classes that are there; no answer is an error, not a class. */
function macroF1(truth: readonly string[], picks: readonly string[]): number {
  const classes = [...new Set(truth)];
  const codes = (labels: readonly string[]): number[] =>
    labels.map((l) => (classes.includes(l) ? classes.indexOf(l) : classes.length));
  return flatMacroF1(codes(truth), codes(picks), classes.length);
}

/** Macro-F1 of types (each on its own), of five moods, of three sides, of urgency. */
function figures(messages: readonly LabelledMessage[], language: 0 | 1) {
  const readings = messages.map((m) => model.read(m.texts[language] ?? ''));
  const given = readings.map((r) => typesOf(r, model.state).map((t) => t.label));
  const f1 = FEEDBACK_TYPES.map((type) => {
    const hit = messages.filter(
      (m, i) => m.types.includes(type) && given[i]?.includes(type),
    ).length;
    const claimed = given.filter((types) => types.includes(type)).length;
    const there = messages.filter((m) => m.types.includes(type)).length;
    return (2 * hit) / (claimed + there);
  });
  const moods = readings.map((r) => sentimentOf(r)?.label ?? 'none');
  const side = (mood: string): string => mood.replace('very_', '');
  return {
    type: f1.reduce((a, b) => a + b, 0) / f1.length,
    sentiment: macroF1(
      messages.map((m) => m.sentiment),
      moods,
    ),
    side: macroF1(
      messages.map((m) => side(m.sentiment)),
      moods.map(side),
    ),
    urgency: macroF1(
      messages.map((m) => m.urgency),
      readings.map((r) => urgencyOf(r)?.label ?? 'unknown'),
    ),
  };
}

describe('the built-in model on messages written apart from its training text', () => {
  const en = figures(parallel, 0);
  const zh = figures(parallel, 1);

  it('covers every class with 400 pairs', () => {
    expect(parallel).toHaveLength(400);
    expect(parallel.every((m) => m.texts.length === 2)).toBe(true);
    for (const mood of SENTIMENTS)
      expect(parallel.filter((m) => m.sentiment === mood).length).toBeGreaterThanOrEqual(20);
    for (const level of URGENCIES)
      expect(parallel.filter((m) => m.urgency === level).length).toBeGreaterThanOrEqual(20);
    for (const type of FEEDBACK_TYPES)
      expect(parallel.filter((m) => m.types.includes(type)).length).toBeGreaterThanOrEqual(60);
  });

  it.each([
    ['English', en],
    ['Chinese', zh],
  ])('keeps its floors in %s', (_language, f) => {
    expect(f.type).toBeGreaterThan(0.84);
    expect(f.sentiment).toBeGreaterThan(0.7);
    expect(f.side).toBeGreaterThan(0.77);
    expect(f.urgency).toBeGreaterThan(0.9);
  });

  it('reads both languages within 3 points of each other', () => {
    for (const question of ['type', 'sentiment', 'side', 'urgency'] as const)
      expect(Math.abs(en[question] - zh[question]), question).toBeLessThanOrEqual(0.03);
  });

  it('reads messages that mix both languages', () => {
    const f = figures(mixed, 0);
    expect(mixed).toHaveLength(100);
    expect(f.type).toBeGreaterThan(0.9);
    expect(f.side).toBeGreaterThan(0.8);
    expect(f.urgency).toBeGreaterThan(0.9);
  });
});

describe('the gate', () => {
  const side = (mood: string | undefined): string => mood?.replace('very_', '') ?? 'none';

  it.each([
    ['English', 0],
    ['Chinese', 1],
  ] as const)('in %s leaves out what is right less often', (_language, language) => {
    const read = parallel.map((m) => {
      const reading = model.read(m.texts[language] ?? '');
      const right = side(likeliestSentiment(reading)?.label) === side(m.sentiment);
      return { right, answered: sentimentOf(reading) !== null };
    });
    const share = (list: typeof read): number => list.filter((r) => r.right).length / list.length;
    const answered = read.filter((r) => r.answered);
    const abstained = read.filter((r) => !r.answered);
    expect(abstained.length).toBeGreaterThan(4);
    expect(share(answered)).toBeGreaterThan(share(read));
    expect(share(abstained)).toBeLessThan(share(answered) - 0.15);
  });
});

describe('one message', () => {
  const ask = (text: string) => classifyText(null, { text }, 'v', DEFAULT_TOPICS);

  it('may be several types at once, with the sentence that shows the first', () => {
    const score = ask(
      'Hello, we moved here in May. The export crashes every time. Could you add a CSV button, please?',
    );
    expect(score.types.map((t) => t.label)).toEqual(
      expect.arrayContaining(['problem', 'suggestion']),
    );
    expect(ask('The export crashes every time. Thanks in advance.').evidence).toBe(
      'The export crashes every time.',
    );
  });

  it('reads a long thread to its end', () => {
    const thread = `${'We met on Tuesday. '.repeat(150)}\nThe whole system is down, call me immediately!`;
    expect(ask(thread).type?.label).toBe('problem');
    expect(ask(thread).evidence).toBe('The whole system is down, call me immediately!');
  });

  it.each([
    ['The update is not good', 'negative'],
    ['The update is really good', 'positive'],
    ['这个系统不好用', 'negative'],
    ['这个系统很好用', 'positive'],
    ['We never had any problems with it', 'positive'],
  ])('minds negation: %s', (text, side) => {
    expect(ask(text).sentiment?.label.replace('very_', '')).toBe(side);
  });

  it.each([
    'The export crashes every time, please fix it today. 谢谢',
    'The export crashes every time. Many thanks in advance!',
    '导出功能一直报错，请尽快处理。谢谢！',
  ])('thanks in closing are no praise: %s', (text) => {
    const score = ask(text);
    expect(score.types.map((t) => t.label)).toContain('problem');
    expect(score.types.map((t) => t.label)).not.toContain('praise');
    expect(score.evidence).not.toMatch(/thanks|谢谢/);
    expect(score.entities.some((e) => e.kind === 'person')).toBe(false);
  });

  it.each([
    ['导出功能一直报错，请尽快处理。', 'problem'],
    ['导入功能经常失败，请尽快修复', 'problem'],
    ['搜索功能没有结果，麻烦尽快处理', 'problem'],
    ['这个功能昨天开始用不了。', 'problem'],
    ['The search feature keeps failing, please look into it as soon as possible.', 'problem'],
    ['希望增加导出功能', 'suggestion'],
    ['缺少批量删除的功能', 'suggestion'],
    ['Please add a feature for bulk deletion.', 'suggestion'],
  ])('to name a function is no wish, to wish for one is: %s', (text, type) => {
    const types = ask(text).types.map((t) => t.label);
    expect(types).toContain(type);
    expect(types.includes('suggestion')).toBe(type === 'suggestion');
  });

  it('thanks alone are praise', () => {
    for (const text of ['Thank you so much!', '太感谢了，谢谢你们'])
      expect(ask(text).type?.label).toBe('praise');
  });

  it('names topic and entities', () => {
    expect(ask('The invoice for order #48213 was charged twice: €120')).toMatchObject({
      topic: 'billing',
      entities: expect.arrayContaining([
        expect.objectContaining({ kind: 'order_number', value: '48213' }),
        expect.objectContaining({ kind: 'money', value: 'EUR 120' }),
      ]),
    });
    expect(ask('发票开错了，多扣了一次款').topic).toBe('billing');
  });

  it('abstains from other languages and from text without words', () => {
    for (const text of ['La factura llegó dos veces y no puedo pagar', 'Счёт выставлен дважды'])
      expect(ask(text)).toMatchObject({
        status: 'unsupported_language',
        types: [],
        sentiment: null,
      });
    expect(ask('12 345 !!')).toMatchObject({ status: 'no_data', types: [] });
  });

  it('takes every score apart exactly', () => {
    for (const { texts } of parallel)
      for (const text of texts) {
        const reading = model.read(text);
        for (const head of HEADS) {
          const { score, base, effects } = reading.explain(head);
          const sum = effects.reduce((s, e) => s + e.effect, base);
          expect(Math.abs(sum - score)).toBeLessThan(1e-9);
        }
        expect(reading.sentiment.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(reading.urgency.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }
  });

  it('is small on disk', () => {
    const file = new URL('../../../src/models/pretrained/feedback.ts', import.meta.url);
    expect(statSync(file).size).toBeLessThan(8e6);
  });
});
