/** Tests of differences, intervals, measures and folds beside their definitions, on random data. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRand } from '../../../src/ml/cluster/stability.ts';
import { flatMacroF1 } from '../../../src/ml/confusion.ts';
import { auc, brier, ece, logLoss, macroF1 } from '../../../src/ml/metrics.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { groupFolds, stratifiedGroupFolds, timeOrderedSplits } from '../../../src/ml/split.ts';
import { oneWayAnova, welchAnova } from '../../../src/ml/stats/anova.ts';
import { chiSquareTest } from '../../../src/ml/stats/chi-square.ts';
import { bootstrap, newcombe, wilson } from '../../../src/ml/stats/intervals.ts';
import { kruskalWallis } from '../../../src/ml/stats/kruskal-wallis.ts';
import { mean, sum } from './tables.ts';

const variance = (v: readonly number[]): number =>
  sum(v.map((a) => (a - mean(v)) ** 2)) / (v.length - 1);

const groups = fc
  .array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 8 }), {
    minLength: 2,
    maxLength: 4,
  })
  .filter((some) => some.every((g) => new Set(g).size > 1));

describe('differences between groups', () => {
  it('one-way ANOVA is what two nested regressions leave over', () => {
    fc.assert(
      fc.property(groups, (some) => {
        const all = some.flat();
        const alone = sum(all.map((v) => (v - mean(all)) ** 2));
        const grouped = sum(some.map((g) => sum(g.map((v) => (v - mean(g)) ** 2))));
        const { f, df } = oneWayAnova(some);
        expect(df).toEqual([some.length - 1, all.length - some.length]);
        expect(f).toBeCloseTo((alone - grouped) / df[0] / (grouped / df[1]), 8);
      }),
    );
  });

  it("Welch's test of two groups is the square of his t test", () => {
    fc.assert(
      fc.property(groups, ([a = [], b = []]) => {
        const [sa, sb] = [variance(a) / a.length, variance(b) / b.length];
        const { f, df } = welchAnova([a, b]);
        expect(f).toBeCloseTo((mean(a) - mean(b)) ** 2 / (sa + sb), 8);
        const own = (sa + sb) ** 2 / (sa ** 2 / (a.length - 1) + sb ** 2 / (b.length - 1));
        expect(df[1]).toBeCloseTo(own, 8);
      }),
    );
  });

  it('Kruskal–Wallis is ANOVA’s share of the spread of ranks', () => {
    fc.assert(
      fc.property(groups, (some) => {
        const all = some.flat();
        const rank = (v: number) =>
          all.filter((a) => a < v).length + (all.filter((a) => a === v).length + 1) / 2;
        const middle = (all.length + 1) / 2;
        const between = sum(some.map((g) => g.length * (mean(g.map(rank)) - middle) ** 2));
        const h = between / variance(all.map(rank));
        expect(kruskalWallis(some).h).toBeCloseTo(h, 8);
      }),
    );
  });

  it('chi-square adds up (seen − expected)² / expected', () => {
    const cell = fc.integer({ min: 1, max: 30 });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((w) =>
        fc.array(fc.array(cell, { minLength: w, maxLength: w }), { minLength: 2, maxLength: 4 }),
      );
    fc.assert(
      fc.property(table, (counts) => {
        const n = sum(counts.flat());
        let chi2 = 0;
        counts.forEach((row) => {
          row.forEach((seen, j) => {
            const expected = (sum(row) * sum(counts.map((r) => r[j] ?? 0))) / n;
            chi2 += (seen - expected) ** 2 / expected;
          });
        });
        const test = chiSquareTest(counts);
        expect(test.chi2).toBeCloseTo(chi2, 8);
        const smaller = Math.min(counts.length, counts[0]?.length ?? 0) - 1;
        expect(test.effect).toBeCloseTo(Math.sqrt(chi2 / n / smaller), 8);
      }),
    );
  });
});

describe('intervals', () => {
  it("Newcombe's ends are made of Wilson's", () => {
    const share = fc.tuple(fc.nat(80), fc.integer({ min: 1, max: 80 }));
    fc.assert(
      fc.property(share, share, ([h1, m1], [h2, m2]) => {
        const [a, b] = [wilson(h1, h1 + m1), wilson(h2, h2 + m2)];
        const [p, q] = [h1 / (h1 + m1), h2 / (h2 + m2)];
        const { low, high } = newcombe(h1, h1 + m1, h2, h2 + m2);
        expect(low).toBeCloseTo(p - q - Math.hypot(p - a.low, b.high - q), 10);
        expect(high).toBeCloseTo(p - q + Math.hypot(a.high - p, q - b.low), 10);
      }),
    );
  });

  it('the percentile bootstrap of few rows is that of every possible resample', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), fc.nat(99), (v, seed) => {
        const every: number[] = [];
        for (const a of v) for (const b of v) for (const c of v) every.push(a + b + c);
        every.sort((a, b) => a - b);
        const total = (rows: Int32Array) => rows.reduce((s, i) => s + (v[i] ?? 0), 0);
        const options = { method: 'percentile', level: 0.5, resamples: 4000 } as const;
        const { low, high } = bootstrap(3, total, createRandom(seed), options);
        // Of the 27 equally likely totals, a quarter lies beyond each end, give or take the draws.
        expect(low).toBeGreaterThanOrEqual(every[5] ?? 0);
        expect(low).toBeLessThanOrEqual(every[8] ?? 0);
        expect(high).toBeGreaterThanOrEqual(every[18] ?? 0);
        expect(high).toBeLessThanOrEqual(every[21] ?? 0);
      }),
      { numRuns: 50 },
    );
  });
});

const answers = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 1 }),
    fc.integer({ min: 0, max: 20 }).map((v) => v / 20),
  ),
  { minLength: 1, maxLength: 40 },
);

describe('measures', () => {
  it('AUC is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(answers, (rows) => {
        const of = (outcome: number) => rows.flatMap(([o, p]) => (o === outcome ? [p] : []));
        const [high, low] = [of(1), of(0)];
        const won = sum(high.flatMap((h) => low.map((l) => (Math.sign(h - l) + 1) / 2)));
        const found = auc(
          rows.map(([o]) => o),
          rows.map(([, p]) => p),
        );
        if (high.length * low.length === 0) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(won / (high.length * low.length), 10);
      }),
    );
  });

  it('log-loss, Brier score and calibration error are their sums', () => {
    fc.assert(
      fc.property(answers, (rows) => {
        const [o, p] = [rows.map(([a]) => a), rows.map(([, b]) => b)];
        expect(brier(o, p)).toBeCloseTo(mean(rows.map(([a, b]) => (a - b) ** 2)), 10);
        const clipped = rows.map(([a, b]) => {
          const chance = Math.max(1e-15, Math.min(1 - 1e-15, b));
          return Math.log(a === 1 ? chance : 1 - chance);
        });
        expect(logLoss(o, p)).toBeCloseTo(-mean(clipped), 8);
        let error = 0;
        for (let bin = 0; bin < 10; bin++) {
          const inside = rows.filter(([, b]) => Math.min(9, Math.floor(b * 10)) === bin);
          if (inside.length === 0) continue;
          const gap = mean(inside.map(([a]) => a)) - mean(inside.map(([, b]) => b));
          error += (inside.length / rows.length) * Math.abs(gap);
        }
        expect(ece(o, p)).toBeCloseTo(error, 10);
      }),
    );
  });

  it('macro-F1 is the mean of 2PR / (P + R)', () => {
    const pair = fc.tuple(fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), (pairs) => {
        const [truth, said] = [pairs.map(([t]) => t), pairs.map(([, s]) => s)];
        const f1 = [...new Set(pairs.flat())].map((c) => {
          const hits = pairs.filter(([t, s]) => t === c && s === c).length;
          if (hits === 0) return 0;
          const precision = hits / said.filter((s) => s === c).length;
          const recall = hits / truth.filter((t) => t === c).length;
          return (2 * precision * recall) / (precision + recall);
        });
        expect(flatMacroF1(truth, said, 4)).toBeCloseTo(mean(f1), 10);
        expect(macroF1(truth.map(String), said.map(String))).toBeCloseTo(mean(f1), 10);
      }),
    );
  });

  it('the adjusted Rand index counts pairs that both labellings keep together', () => {
    const pair = fc.tuple(fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 20 }), (rows) => {
        const pairs = rows.flatMap((p, i) => rows.slice(i + 1).map((q) => [p, q] as const));
        const inA = pairs.filter(([p, q]) => p[0] === q[0]).length;
        const inB = pairs.filter(([p, q]) => p[1] === q[1]).length;
        const both = pairs.filter(([p, q]) => p[0] === q[0] && p[1] === q[1]).length;
        const chance = (inA * inB) / pairs.length;
        const most = (inA + inB) / 2;
        const index = adjustedRand(
          rows.map(([a]) => a),
          rows.map(([, b]) => b),
        );
        expect(index).toBeCloseTo(most === chance ? 1 : (both - chance) / (most - chance), 10);
      }),
    );
  });
});

describe('folds', () => {
  const seeds = fc.nat(999);

  it('spread every class to within one row where rows stand alone', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 5, maxLength: 60 }), seeds, (y, seed) => {
        const fold = stratifiedGroupFolds(y, 5, createRandom(seed));
        for (const c of new Set(y)) {
          const counts = [0, 1, 2, 3, 4].map(
            (f) => y.filter((label, i) => label === c && fold[i] === f).length,
          );
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('never part a group', () => {
    const row = fc.tuple(fc.nat(2), fc.nat(14));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), seeds, (rows, seed) => {
        const groupOf = rows.map(([, g]) => g);
        const y = rows.map(([label]) => label);
        for (const fold of [
          [...stratifiedGroupFolds(y, 4, createRandom(seed), groupOf)],
          groupFolds(groupOf.map(String), 4, createRandom(seed)),
        ]) {
          for (const [i, g] of groupOf.entries()) expect(fold[i]).toBe(fold[groupOf.indexOf(g)]);
          expect(fold.every((f) => f >= 0 && f < 4)).toBe(true);
        }
      }),
    );
  });

  it('in order of time learn only from before what they test, and test every later row once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 12, maxLength: 60 }), (times) => {
        const splits = timeOrderedSplits(times, 3);
        const tested = splits.flatMap(({ test }) => test);
        expect(new Set(tested).size).toBe(tested.length);
        const first = splits[0]?.cutMs ?? 0;
        expect([...tested].sort((a, b) => a - b)).toEqual(
          times.flatMap((t, i) => (t >= first ? [i] : [])),
        );
        for (const { train, test } of splits)
          for (const i of test)
            expect(train.every((k) => (times[k] ?? 0) < (times[i] ?? 0))).toBe(true);
      }),
    );
  });
});
