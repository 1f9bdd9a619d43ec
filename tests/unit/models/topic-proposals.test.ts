import { describe, expect, it } from 'vitest';
import { DEFAULT_TOPICS } from '../../../src/core/topic.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { proposeTopics } from '../../../src/models/topic-proposals.ts';

/** Subjects of a hotel, of which the list that every account starts with knows only the last. */
const SUBJECTS = {
  en: [
    ['parking', 'garage', 'barrier', 'cars', 'ticket machine', 'spaces'],
    ['breakfast', 'coffee', 'pancakes', 'buffet', 'eggs', 'juice'],
    ['sauna', 'pool', 'towels', 'chlorine', 'jacuzzi', 'swimming'],
    ['invoice', 'charged', 'refund', 'payment', 'receipt', 'vat'],
  ],
  zh: [
    ['停车场', '车位', '车库', '道闸', '车牌', '地下'],
    ['早餐', '咖啡', '鸡蛋', '面包', '果汁', '自助餐'],
    ['泳池', '桑拿', '毛巾', '浴巾', '水温', '更衣室'],
    ['发票', '扣款', '付款', '账单', '税号', '报销'],
  ],
} as const;

function messages(n: number) {
  const random = createRandom(11);
  return (['en', 'zh'] as const).flatMap((language) =>
    Array.from({ length: n }, (_, i) => {
      const words = SUBJECTS[language][i % 4] ?? [];
      const pick = (): string => words[random.int(words.length)] ?? '';
      const text =
        language === 'en'
          ? `The ${pick()} was a story, then the ${pick()} and ${pick()} too`
          : `这次的${pick()}不太满意，还有${pick()}，另外${pick()}也要改进`;
      return { id: `${language} ${i}`, text };
    }),
  );
}

describe('topics from messages', () => {
  const found = proposeTopics(messages(160), DEFAULT_TOPICS, 1);
  const about = (word: string) =>
    found.find((p) => [...p.words.en, ...p.words.zh].slice(0, 4).includes(word));

  it.each(['breakfast', 'parking', 'sauna', '早餐', '车库', '泳池'])('finds %s', (word) => {
    const proposal = about(word);
    expect(proposal?.coveredBy).toBeNull();
    expect(proposal?.messages).toBeGreaterThan(15);
  });

  it('names each by words that set it apart, in its language', () => {
    const breakfast = SUBJECTS.en[1] as readonly string[];
    const name = about('breakfast')?.name.en ?? '';
    const words = name.toLowerCase().split(/, | and /);
    expect(words).toHaveLength(3);
    for (const word of words) expect(breakfast).toContain(word);
    expect(about('早餐')?.name.zh).toMatch(/^\p{Script=Han}+、\p{Script=Han}+、\p{Script=Han}+$/u);
  });

  it('says what the list covers, and puts it last', () => {
    expect(about('invoice')?.coveredBy).toBe('billing');
    const covered = found.map((p) => p.coveredBy !== null);
    expect(covered).toEqual([...covered].sort((a, b) => Number(a) - Number(b)));
  });

  it('is the same for the same messages, and silent on few', () => {
    expect(proposeTopics(messages(160), DEFAULT_TOPICS, 1)).toEqual(found);
    expect(proposeTopics(messages(20), DEFAULT_TOPICS, 1)).toEqual([]);
  });
});
