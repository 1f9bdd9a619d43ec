/** Item sets and rules against counting every subset by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associationRules } from '../../../src/ml/rules/association.ts';
import { overlapTest } from '../../../src/ml/rules/fisher.ts';
import { type Baskets, frequentItemSets, itemsOf } from '../../../src/ml/rules/itemsets.ts';

const baskets = (rows: readonly (readonly number[])[], itemCount = 8): Baskets => ({
  itemCount,
  offsets: Int32Array.from([
    0,
    ...rows.map(
      (
        (sum) => (row) =>
          (sum += row.length)
      )(0),
    ),
  ]),
  items: Int32Array.from(rows.flat()),
});
const key = (items: readonly number[]) => [...items].sort((a, b) => a - b).join(',');

/** Every subset of 8 items, counted one by one. */
function naive(rows: readonly (readonly number[])[], minSupport: number): Map<string, number> {
  const least = Math.max(1, Math.ceil(minSupport * rows.length - 1e-9));
  const found = new Map<string, number>();
  for (let mask = 1; mask < 256; mask++) {
    const set = Array.from({ length: 8 }, (_, i) => i).filter((i) => mask & (1 << i));
    const count = rows.filter((row) => set.every((item) => row.includes(item))).length;
    if (count >= least) found.set(key(set), count);
  }
  return found;
}

const someRows = fc.array(fc.array(fc.nat(7), { maxLength: 10 }), { minLength: 1, maxLength: 40 });
const someShare = fc.double({ min: 0.02, max: 1, noNaN: true });

describe('item sets', () => {
  it('are those of counting every subset', () => {
    fc.assert(
      fc.property(someRows, someShare, (rows, minSupport) => {
        const sets = frequentItemSets(baskets(rows), { minSupport });
        const ours = new Map<string, number>();
        for (let node = 1; node <= sets.size; node++)
          ours.set(key(itemsOf(sets, node)), sets.count[node] ?? 0);
        expect(ours.size).toBe(sets.size);
        expect(new Map([...ours].sort())).toEqual(new Map([...naive(rows, minSupport)].sort()));
      }),
      { numRuns: 150 },
    );
  });

  it('stop at the longest length asked for and refuse to fill the memory', () => {
    const rows = [[0, 1, 2, 3, 4, 5, 6, 7]];
    expect(frequentItemSets(baskets(rows), { minSupport: 1, maxLength: 2 }).size).toBe(8 + 28);
    expect(() => frequentItemSets(baskets(rows), { minSupport: 1, maxSets: 100 })).toThrow(/raise/);
    expect(() => frequentItemSets(baskets(rows), { minSupport: 0 })).toThrow(/support/);
    expect(() => frequentItemSets(baskets([[9]]), { minSupport: 1 })).toThrow(/item number 9/);
  });
});

describe('rules', () => {
  it('have the counts and measures of their definition', () => {
    fc.assert(
      fc.property(someRows, someShare, someShare, (rows, minSupport, minConfidence) => {
        const counts = naive(rows, minSupport);
        const rules = associationRules(frequentItemSets(baskets(rows), { minSupport }), {
          minConfidence,
        });
        let expected = 0;
        for (const [set, count] of counts) {
          const items = set.split(',').map(Number);
          for (const right of items) {
            const left = items.filter((item) => item !== right);
            const below = left.length === 0 ? rows.length : (counts.get(key(left)) ?? 0);
            if (count / below >= minConfidence - 1e-12) expected++;
          }
        }
        expect(rules).toHaveLength(expected);
        for (const rule of rules) {
          const both = counts.get(key([...rule.left, rule.right])) ?? 0;
          const left = rule.left.length === 0 ? rows.length : (counts.get(key(rule.left)) ?? 0);
          const share = (counts.get(key([rule.right])) ?? 0) / rows.length;
          expect(rule.support).toBeCloseTo(both / rows.length, 12);
          expect(rule.confidence).toBeCloseTo(both / left, 12);
          expect(rule.lift).toBeCloseTo(both / left / share, 10);
          if (rule.confidence < 1)
            expect(rule.conviction).toBeCloseTo((1 - share) / (1 - both / left), 9);
          expect(rule.q).toBeGreaterThanOrEqual(rule.p - 1e-15);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('come in one order, whatever the order of the baskets', () => {
    const rows = [
      [0, 1],
      [1, 2, 3],
      [0, 1, 3],
      [2, 3],
      [0, 1, 2],
      [1, 3],
    ];
    const rulesOf = (of: readonly (readonly number[])[]) =>
      associationRules(frequentItemSets(baskets(of), { minSupport: 0.2 }), { minConfidence: 0.3 });
    expect(rulesOf([...rows].reverse())).toEqual(rulesOf(rows));
    expect(JSON.stringify(rulesOf(rows))).toBe(JSON.stringify(rulesOf(rows)));
  });
});

describe("Fisher's exact test", () => {
  it('adds up the hypergeometric chances', () => {
    const choose = (n: number, k: number): number => {
      let value = 1;
      for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
      return k < 0 || k > n ? 0 : value;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.nat(40),
        fc.nat(40),
        fc.nat(40),
        (n, a, b, k) => {
          const left = Math.min(a, n);
          const right = Math.min(b, n);
          const both = Math.min(k, left, right);
          if (both < left + right - n) return;
          let p = 0;
          for (let i = both; i <= Math.min(left, right); i++)
            p += (choose(left, i) * choose(n - left, right - i)) / choose(n, right);
          expect(Math.exp(overlapTest(n)(both, left, right))).toBeCloseTo(p, 9);
        },
      ),
    );
  });
});
