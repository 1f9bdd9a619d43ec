/** Segments: stable ids, outliers by name, names from what sets a group apart, reasons that add up. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { type Past, pastOf } from '../../../src/features/past.ts';
import { assign } from '../../../src/ml/cluster/assignment.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { matchIds, SEGMENT_IDS } from '../../../src/models/segment-ids.ts';
import { nameGroups } from '../../../src/models/segment-names.ts';
import { fitSegments, OUTLIER, scoreSegment } from '../../../src/models/segmentation.ts';
import { person } from './simulated-portal.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const DAY = 86_400_000;
const EMPTY = pastOf(
  { contact: person(), interactions: [], deals: [], lineItems: [], tickets: [], feedback: [] },
  NOW,
  DEFAULT_REACH_RULES,
);

/** Three kinds of customer: buying often, once long ago, never. */
function portal(size: number, seed: number): Past[] {
  const random = createRandom(seed);
  const ago = (days: number): number => NOW.getTime() - days * DAY;
  return Array.from({ length: size }, (_, i): Past => {
    const often = i % 3 === 0;
    const once = i % 3 === 1;
    const bought = often ? 8 + random.int(5) : once ? 1 : 0;
    const last = often ? 3 + random.int(25) : 500 + random.int(120);
    return {
      ...EMPTY,
      purchases: Array.from({ length: bought }, (_, k) => ({
        at: new Date(ago(last + (bought - 1 - k) * 20)),
        amount: 80 + random.int(40),
      })),
      signsAt: often || !once ? [ago(30 + random.int(20)), ago(5 + random.int(20))] : [],
      sentAt: [ago(40 + random.int(20))],
    };
  });
}

describe('optimal assignment', () => {
  it('finds the least total cost that trying everything finds', () => {
    const random = createRandom(3);
    const permutations = (n: number): number[][] =>
      n === 0
        ? [[]]
        : permutations(n - 1).flatMap((p) =>
            Array.from({ length: n }, (_, at) => [...p.slice(0, at), n - 1, ...p.slice(at)]),
          );
    for (let round = 0; round < 60; round++) {
      const n = 1 + random.int(6);
      const cost = Array.from({ length: n }, () => Array.from({ length: n }, () => random.int(50)));
      const total = (p: readonly number[]) => p.reduce((s, j, i) => s + (cost[i]?.[j] ?? 0), 0);
      const found = assign(cost);
      expect(new Set(found).size).toBe(n);
      expect(total(found)).toBe(Math.min(...permutations(n).map(total)));
    }
  });
});

describe('ids', () => {
  const at = (x: number) => ({ centroid: [x, 0], radius: 1 });
  const known = (id: string, x: number) => ({ id, since: 'then', centroid: [x, 0] });

  it('go with their groups, whatever the order, and a new group gets one nobody had', () => {
    const before = [known('seg_01', 0), known('seg_02', 5), known('seg_03', 10)];
    expect(matchIds([at(10.2), at(0.1), at(20), at(5.3)], before, 'now')).toEqual([
      { id: 'seg_03', since: 'then' },
      { id: 'seg_01', since: 'then' },
      { id: 'seg_04', since: 'now' },
      { id: 'seg_02', since: 'then' },
    ]);
  });

  it('come back with a group that was away, and run out only at the oldest given up', () => {
    const all = SEGMENT_IDS.map((id, i) => known(id, 10 * i));
    expect(matchIds([at(50), at(500)], all, 'now')).toEqual([
      { id: 'seg_06', since: 'then' },
      { id: 'seg_01', since: 'now' },
    ]);
  });
});

describe('a fitted portal', () => {
  const pasts = portal(600, 1);
  const model = fitSegments(pasts, NOW, 1);
  if (model === null) throw new Error('no segments');

  it('finds the three kinds and says what sets them apart', () => {
    expect(model.segments).toHaveLength(3);
    expect(model.stability).toBeGreaterThan(0.8);
    const codeOf = (past: Past | undefined) => scoreSegment(model, past ?? EMPTY).code.split('+');
    expect(
      codeOf(pasts[0]).some((word) =>
        ['buys_often', 'bought_recently', 'spends_much'].includes(word),
      ),
    ).toBe(true);
    expect(codeOf(pasts[2])).toContain('no_purchase_yet');
    expect(codeOf(pasts[1]).some((word) => ['bought_long_ago', 'long_silent'].includes(word))).toBe(
      true,
    );
    for (let i = 3; i < 90; i++)
      expect(scoreSegment(model, pasts[i]!).id).toBe(scoreSegment(model, pasts[i % 3]!).id);
  });

  it('keeps the ids of groups when other customers are drawn in another order', () => {
    const again = fitSegments(
      portal(700, 9).reverse(),
      new Date(NOW.getTime() + 30 * DAY),
      5,
      model,
    );
    if (again === null) throw new Error('no segments');
    expect(again.segments.map((s) => [s.id, s.since])).toEqual(
      model.segments.map((s) => [s.id, s.since]),
    );
    for (const past of pasts.slice(0, 60))
      expect(scoreSegment(again, past).id).toBe(scoreSegment(model, past).id);
  });

  it('calls a customer unlike everybody an outlier', () => {
    const odd: Past = {
      ...EMPTY,
      purchases: Array.from({ length: 400 }, (_, k) => ({
        at: new Date(NOW.getTime() - (401 - k) * DAY),
        amount: 90_000,
      })),
      casesAt: Array.from({ length: 90 }, (_, k) => NOW.getTime() - (90 - k) * DAY),
    };
    expect(scoreSegment(model, odd)).toMatchObject({ id: OUTLIER, code: OUTLIER });
  });

  it('gives reasons that add up to how much farther the runner-up is', () => {
    for (const past of pasts.slice(0, 100)) {
      const { id, distance, runnerUp, reasons } = scoreSegment(model, past);
      if (id === OUTLIER) continue;
      const sum = reasons.reduce((s, r) => s + r.effect, 0);
      expect(runnerUp).not.toBe(id);
      expect(sum).toBeGreaterThan(0);
      const second = Math.sqrt(distance ** 2 + sum);
      expect(second).toBeGreaterThanOrEqual(distance);
    }
  });
});

describe('names', () => {
  const group = (effects: Record<string, number>, buyers = 1) => ({
    effects: new Map(Object.entries(effects).map(([k, mean]) => [k, { mean, known: 100 }])),
    buyers,
  });

  it('take the strongest difference per topic, and a third word where two would be the same', () => {
    const same = { purchases: 1.2, answered_phone_morning: 0.9 };
    expect(
      nameGroups([
        group(same),
        group({ ...same, cases_year: 0.5 }),
        group({ purchases: 0.1 }),
        group({ purchases: -2, signs_year: 0.6 }, 0),
      ]),
    ).toEqual([
      'buys_often+answers_phone_morning',
      'buys_often+answers_phone_morning+needs_support',
      'typical',
      'no_purchase_yet+in_close_touch',
    ]);
  });
});
