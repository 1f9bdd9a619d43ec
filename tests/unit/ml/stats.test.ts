import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/ml/random.ts';
import { oneWayAnova, welchAnova } from '../../../src/ml/stats/anova.ts';
import { chiSquareTest, crosstab } from '../../../src/ml/stats/chi-square.ts';
import {
  logBetaI,
  logChiSquareTail,
  logFTail,
  logGamma,
  logNormalTwoSided,
  logTTwoSided,
  normalCdf,
  normalQuantile,
  tQuantile,
} from '../../../src/ml/stats/distributions.ts';
import {
  cliffDelta,
  cohenD,
  etaSquared,
  hedgesG,
  omegaSquared,
} from '../../../src/ml/stats/effect-size.ts';
import { bootstrap, newcombe, wilson } from '../../../src/ml/stats/intervals.ts';
import { kruskalWallis } from '../../../src/ml/stats/kruskal-wallis.ts';
import { benjaminiHochberg, holm } from '../../../src/ml/stats/multiple-testing.ts';

/** A difference of logarithms below 1e-10 is a relative error below 1e-10 of the p-value. */
const TIGHT = 1e-10;

describe('tails agree with 50-digit arithmetic', () => {
  it.each([
    [19.875, 2, 45208, -19.866267381269864],
    [0.25, 5, 7, -0.07590216284390275],
    [300, 3, 40, -61.52360276453698],
    [50, 10, 1e6, -231.01564669204063],
    [1.0078125, 1000, 1000, -0.7961828462278682],
    [1, 1, 1, -Math.LN2],
  ])('F %d with %d and %d', (f, a, b, log) => {
    expect(Math.abs(logFTail(f, a, b) - log)).toBeLessThan(TIGHT);
  });
  it.each([
    [1035.75, 2, -517.875],
    [0.0078125, 1, -0.07303529291935217],
    [200, 150, -5.528186994581282],
    [10000, 3, -4995.6205211816523],
    [100, 100, -0.7314895757292705],
    [3, 1, -2.48573279098608],
  ])('chi-square %d with %d', (x, df, log) => {
    expect(Math.abs(logChiSquareTail(x, df) - log)).toBeLessThan(TIGHT);
  });
  it.each([
    [2, 5, -2.283375986601867],
    [40, 10, -26.806469540601057],
    [30, 50000, -449.6171349809422],
    [0.015625, 3, -0.011551862119314858],
    [5, 1e7, -14.371834357318493],
  ])('t %d with %d', (t, df, log) => {
    expect(Math.abs(logTTwoSided(t, df) - log)).toBeLessThan(TIGHT);
    expect(logTTwoSided(-t, df)).toBe(logTTwoSided(t, df));
  });
  it.each([
    [0.125, -0.10477896219307878],
    [1, -1.1478744644493182],
    [6, -20.04362176941476],
    [30, -453.62809677578326],
  ])('normal %d', (z, log) => {
    expect(Math.abs(logNormalTwoSided(z) - log)).toBeLessThan(TIGHT);
  });

  it('and with each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        (x, a, b) => {
          const share = x / (x + 1);
          const both =
            Math.exp(logBetaI(share, 1 - share, a / 2, b / 2)) +
            Math.exp(logBetaI(1 - share, share, b / 2, a / 2));
          expect(both).toBeCloseTo(1, 10);
          expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 10);
          expect(logFTail(x * x, 1, b)).toBeCloseTo(logTTwoSided(x, b), 9);
          expect(tQuantile(Math.exp(logTTwoSided(x, b)) / 2, b) / -x).toBeCloseTo(1, 7);
          expect(logFTail(x + 1, a, b)).toBeLessThanOrEqual(logFTail(x, a, b));
        },
      ),
    );
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(tQuantile(0.975, 5)).toBeCloseTo(2.5705818356363146, 11);
    expect(normalCdf(normalQuantile(0.3))).toBeCloseTo(0.3, 13);
    expect(logFTail(Number.POSITIVE_INFINITY, 2, 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(() => normalQuantile(1)).toThrow(/between 0 and 1/);
  });
});

const A = [5.1, 4.9, 6.2, 5.8, 6.0, 5.5, 5.1];
const B = [6.9, 7.1, 6.8, 7.7, 6.2, 7.0];
const C = [5.0, 5.2, 4.8, 5.9, 5.1, 5.0, 4.7, 5.3];
const relative = (value: number, reference: number) => Math.abs(value / reference - 1);

describe('tests of differences agree with SciPy to 1e-9', () => {
  it('one-way ANOVA, Welch and Kruskal–Wallis', () => {
    const classic = oneWayAnova([A, B, C]);
    expect(relative(classic.f, 30.027090694935225)).toBeLessThan(1e-9);
    expect(relative(classic.p, 1.84453536355677e-6)).toBeLessThan(1e-9);
    expect(classic.df).toEqual([2, 18]);
    const welch = welchAnova([A, B, C]);
    expect(relative(welch.f, 28.17266086548503)).toBeLessThan(1e-9);
    expect(relative(welch.df[1], 10.850587900625973)).toBeLessThan(1e-9);
    expect(relative(welch.p, 5.055525651458756e-5)).toBeLessThan(1e-9);
    const ranks = kruskalWallis([A, B, C]);
    expect(relative(ranks.h, 13.277767430309812)).toBeLessThan(1e-9);
    expect(relative(ranks.p, 0.0013084870731819036)).toBeLessThan(1e-9);
  });

  it('chi-square of contact by answer in the bank campaign, p far below 1e-16', () => {
    const test = chiSquareTest([
      [24916, 4369],
      [2516, 390],
      [12490, 530],
    ]);
    expect(relative(test.chi2, 1035.714225356292)).toBeLessThan(1e-9);
    expect(relative(test.p, 1.251738325e-225)).toBeLessThan(1e-9);
    expect(relative(test.effect, 0.151355398)).toBeLessThan(1e-8);
    expect(test.df).toBe(2);
    expect(crosstab(['b', 'a', 'b'], ['x', 'x', 'y'])).toEqual({
      rows: ['a', 'b'],
      columns: ['x', 'y'],
      counts: [
        [1, 0],
        [1, 1],
      ],
    });
  });

  it('do not mind a shift, and say what they cannot test', () => {
    const shifted = [A, B, C].map((g) => g.map((v) => v + 2 ** 30));
    expect(relative(oneWayAnova(shifted).f, 30.027090694935225)).toBeLessThan(1e-6);
    expect(() => oneWayAnova([A])).toThrow(/two groups/);
    expect(() => oneWayAnova([A, []])).toThrow(/two groups/);
    expect(() => welchAnova([A, [1, 1]])).toThrow(/spread/);
    expect(() => kruskalWallis([[1], [1]])).toThrow(/equal/);
    expect(() =>
      chiSquareTest([
        [1, 2],
        [0, 0],
      ]),
    ).toThrow(/two rows/);
    expect(
      oneWayAnova([
        [1, 1],
        [2, 2],
      ]).p,
    ).toBe(0);
    expect(
      oneWayAnova([
        [1, 1],
        [1, 1],
      ]).p,
    ).toBe(1);
  });

  it('effect sizes follow their definitions', () => {
    expect(cohenD([1, 2, 3], [2, 3, 4])).toBeCloseTo(-1, 12);
    expect(hedgesG([1, 2, 3], [2, 3, 4])).toBeCloseTo(-0.8, 12);
    const { f, df } = oneWayAnova([A, B, C]);
    const eta = (f * df[0]) / (f * df[0] + df[1]);
    expect(etaSquared([A, B, C])).toBeCloseTo(eta, 12);
    expect(omegaSquared([A, B, C])).toBeCloseTo((df[0] * (f - 1)) / (df[0] * (f - 1) + 21), 12);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        (a, b) => {
          const sum = a.flatMap((x) => b.map((y) => Math.sign(x - y))).reduce((s, v) => s + v, 0);
          expect(cliffDelta(a, b)).toBeCloseTo(sum / (a.length * b.length), 12);
        },
      ),
    );
  });
});

describe('intervals', () => {
  it('Wilson and Newcombe give the published values', () => {
    const { low, high } = wilson(81, 263);
    expect([low, high].map((v) => v.toFixed(4))).toEqual(['0.2553', '0.3662']);
    const difference = newcombe(56, 70, 48, 80);
    expect(difference.low.toFixed(4)).toBe('0.0524');
    expect(difference.high.toFixed(4)).toBe('0.3339');
    expect(wilson(0, 10).low).toBe(0);
    expect(() => wilson(3, 2)).toThrow(/no share/);
  });

  it("Wilson's ends are where the score test turns", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (h, m) => {
        const n = h + m;
        const { low, high } = wilson(h, n);
        for (const p of [low, high]) {
          expect(Math.abs(h / n - p) / Math.sqrt((p * (1 - p)) / n)).toBeCloseTo(1.95996398, 6);
        }
      }),
    );
  });

  it('the bootstrap of a mean comes close to its t interval, the same every time', () => {
    const random = createRandom(3);
    const values = Array.from({ length: 120 }, () => random.next() * 10);
    const mean = (rows: Int32Array) => rows.reduce((s, i) => s + values[i]!, 0) / rows.length;
    const sd = Math.sqrt(
      values.reduce((s, v) => s + (v - 5) ** 2, 0) / (values.length - 1) / values.length,
    );
    for (const method of ['bca', 'percentile'] as const) {
      const a = bootstrap(120, mean, createRandom(1), { method });
      expect(a).toEqual(bootstrap(120, mean, createRandom(1), { method }));
      expect((a.high - a.low) / (2 * 1.98 * sd)).toBeCloseTo(1, 0.8);
      expect(a.low).toBeLessThan(a.estimate);
      expect(a.high).toBeGreaterThan(a.estimate);
    }
  });
});

describe('many tests', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 15 });

  it('Holm rejects what stepping down by hand rejects', () => {
    fc.assert(
      fc.property(pValues, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (p, alpha) => {
        const sorted = [...p].sort((a, b) => a - b);
        let rejected = 0;
        while (rejected < p.length && (p.length - rejected) * sorted[rejected]! <= alpha)
          rejected++;
        expect(holm(p).filter((q) => q <= alpha).length).toBe(rejected);
      }),
    );
  });

  it('Benjamini–Hochberg rejects up to the last p below its line', () => {
    fc.assert(
      fc.property(pValues, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (p, alpha) => {
        const sorted = [...p].sort((a, b) => a - b);
        let last = 0;
        sorted.forEach((value, i) => {
          if ((value * p.length) / (i + 1) <= alpha) last = i + 1;
        });
        expect(benjaminiHochberg(p).filter((q) => q <= alpha).length).toBe(last);
      }),
    );
    expect(() => holm([2])).toThrow(/no p-value/);
  });
});
