/** Rules between items on histories whose structure is known. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/ml/random.ts';
import { hitRates, selectSettings, splitHistories } from '../../../src/ml/rules/hit-rate.ts';
import { fitNextItems, nextItemsRanker, observationsOf } from '../../../src/ml/rules/next-items.ts';
import { pairRules } from '../../../src/ml/rules/pair-rules.ts';

const ITEMS = 30;
const SETTINGS = { unit: 'sequence', from: 'all', minCount: 5, shrinkage: 5 } as const;

/** Whoever bought an even item buys its neighbour next with chance `follow`; the rest is chance. */
function shoppers(n: number, follow: number, seed: number) {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => {
    const first = 2 * random.int(ITEMS / 2);
    const second = random.next() < follow ? first + 1 : random.int(ITEMS);
    return [
      { atMs: random.int(1000), items: [first] },
      { atMs: 1000 + random.int(1000), items: [second] },
    ];
  });
}
const histories = (rows: ReturnType<typeof shoppers>) => rows.map((h) => h.map((b) => b.items));

describe('pair rules', () => {
  it('count what they say', () => {
    const found = pairRules(
      [
        { left: [0, 1], right: [2] },
        { left: [0], right: [2] },
        { left: [0], right: [1] },
        { left: [3], right: [1] },
        { left: [3], right: [4] },
      ],
      5,
      { minCount: 2, maxQ: 1 },
    );
    expect(found).toEqual([
      expect.objectContaining({ left: 0, right: 2, count: 2, n: 3, usual: 0.4 }),
    ]);
    expect(found[0]?.confidence).toBeCloseTo(2 / 3, 12);
    expect(found[0]?.lift).toBeCloseTo(2 / 3 / 0.4, 12);
  });

  it('find the structure that is there', () => {
    const model = fitNextItems(histories(shoppers(3000, 0.6, 1)), ITEMS, SETTINGS);
    for (const { left, right } of model.rules) expect([left, right]).toEqual([left, left + 1]);
    expect(model.rules).toHaveLength(ITEMS / 2);
  });

  it('find at most 5 % of false rules, and hardly any where all is chance', () => {
    let portals = 0;
    for (let seed = 1; seed <= 40; seed++)
      if (fitNextItems(histories(shoppers(1500, 0, seed)), ITEMS, SETTINGS).rules.length > 0)
        portals++;
    expect(portals).toBeLessThanOrEqual(5);
  });

  it('refuse an item that is none', () => {
    expect(() => pairRules([{ left: [7], right: [0] }], 2, { minCount: 1 })).toThrow(
      /item number 7/,
    );
  });
});

describe('a ranking', () => {
  const model = fitNextItems(histories(shoppers(3000, 0.6, 1)), ITEMS, SETTINGS);
  const ranker = nextItemsRanker(model);

  it('puts the rule first, never proposes what is left out, and is the same again', () => {
    const [first, ...rest] = ranker.rank([[4]], 5);
    expect(first).toMatchObject({ item: 5, rule: { left: 4, right: 5 } });
    expect(rest.every((r) => r.rule === null && r.score <= (first?.score ?? 0))).toBe(true);
    const without = new Set([5, 6]);
    expect(ranker.rank([[4]], 30, without).some((r) => without.has(r.item))).toBe(false);
    expect(ranker.rank([[4]], 5)).toEqual([first, ...rest]);
  });

  it('is popularity where no rule speaks', () => {
    expect(ranker.rank([], 5).map((r) => r.item)).toEqual(ranker.popular(5));
  });
});

describe('the hit rate on later baskets', () => {
  const customers = shoppers(2000, 0.5, 3);

  it('is judged on what came after, never on what was learnt from', () => {
    const { earlier, cases } = splitHistories(customers, 1000);
    expect(
      earlier
        .flat()
        .flat()
        .every((item) => item % 2 === 0),
    ).toBe(true);
    expect(cases).toHaveLength(2000);
  });

  it('is above popularity by about the chance that was put in', () => {
    const early = shoppers(2000, 0.5, 4);
    const model = fitNextItems(histories(early), ITEMS, SETTINGS);
    const { cases } = splitHistories(customers, 1000);
    const rates = hitRates(model, cases, 1, true);
    expect(rates.rules).toBeGreaterThan(0.45);
    expect(rates.difference.low).toBeGreaterThan(0.35);
    const chosen = selectSettings(early, ITEMS, 1000, [SETTINGS], { top: 1, fresh: true });
    expect(chosen.settings).toEqual(SETTINGS);
  });

  it('pairs a sequence only with what came before', () => {
    expect(observationsOf([[[1], [2, 3], [1]]], 'sequence')).toEqual([
      { left: [1], right: [2, 3] },
      { left: [1, 2, 3], right: [1] },
    ]);
  });
});
