/** BG/NBD and Gamma–Gamma against their definitions, known truths and plain numerical work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/ml/random.ts';
import {
  type BgNbdModel,
  expectedPurchases,
  fitBgNbd,
  probabilityAlive,
} from '../../../src/ml/value/bg-nbd.ts';
import { expectedSpend, fitGammaGamma } from '../../../src/ml/value/gamma-gamma.ts';
import { digamma, hypergeometric } from '../../../src/ml/value/special-functions.ts';

const CDNOW: BgNbdModel = {
  kind: 'bg-nbd',
  version: 1,
  r: 0.243,
  alpha: 4.414,
  a: 0.793,
  b: 2.426,
  logLikelihood: 0,
  customers: 0,
};

/** Marsaglia, Tsang 2000. */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * random.next() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const u = Math.max(random.next(), 1e-12);
    const x = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.next());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (
      v > 0 &&
      Math.log(Math.max(random.next(), 1e-300)) < x * x * 0.5 + d * (1 - v + Math.log(v))
    )
      return d * v;
  }
}

/** Customers drawn from the model itself; `later` is what they buy in `ahead` after T. */
function draw(n: number, { r, alpha, a, b }: BgNbdModel, age: number, ahead: number) {
  const random = createRandom(11);
  const rows = Array.from({ length: n }, () => {
    const rate = gamma(random, r) / alpha;
    const ga = gamma(random, a);
    const leave = ga / (ga + gamma(random, b));
    let at = 0;
    let repeats = 0;
    let lastAt = 0;
    let later = 0;
    for (;;) {
      at += -Math.log(Math.max(random.next(), 1e-300)) / rate;
      if (at > age + ahead) break;
      if (at > age) later++;
      else {
        repeats++;
        lastAt = at;
      }
      if (random.next() < leave) break;
    }
    return { repeats, lastAt, later };
  });
  return {
    repeats: Float64Array.from(rows, (row) => row.repeats),
    lastAt: Float64Array.from(rows, (row) => row.lastAt),
    age: new Float64Array(n).fill(age),
    later: rows.reduce((sum, row) => sum + row.later, 0),
  };
}

describe('special functions', () => {
  it('agree with closed forms', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 13);
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 13);
    // ₂F₁(1, 1; 2; z) = −ln(1 − z) / z, and ₂F₁(a, b; b; z) = (1 − z)^−a.
    for (const z of [0.1, 0.5, 0.9, 0.99])
      expect(hypergeometric(1, 1, 2, z)).toBeCloseTo(-Math.log(1 - z) / z, 10);
    expect(hypergeometric(1.7, 0.3, 0.3, 0.8)).toBeCloseTo(0.2 ** -1.7, 9);
  });
});

describe('BG/NBD', () => {
  it('gives the worked example of the paper’s spreadsheet: x = 2, t_x = 30.43, T = 38.86, t = 39', () => {
    expect(expectedPurchases(CDNOW, 2, 30.43, 38.86, 39)).toBeCloseTo(1.226, 3);
    expect(probabilityAlive(CDNOW, 2, 30.43, 38.86)).toBeCloseTo(0.7266, 3);
    expect(probabilityAlive(CDNOW, 0, 0, 38.86)).toBe(1);
  });

  it('expects more from a longer wait, and stays finite for heavy buyers and around a = 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 300, noNaN: true }),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        (x, share, age, a) => {
          const model = { ...CDNOW, a };
          const at = (ahead: number) =>
            expectedPurchases(model, x, x === 0 ? 0 : share * age, age, ahead);
          expect(at(0)).toBe(0);
          expect(at(10)).toBeGreaterThanOrEqual(0);
          expect(at(60)).toBeGreaterThanOrEqual(at(10) - 1e-9);
          expect(Number.isFinite(at(500))).toBe(true);
        },
      ),
    );
    const near = (a: number) => expectedPurchases({ ...CDNOW, a }, 2, 30.43, 38.86, 39);
    expect(near(1)).toBeCloseTo((near(0.999) + near(1.001)) / 2, 5);
  });

  it('finds the parameters that made the data, and the purchases still to come', () => {
    const truth = { ...CDNOW, r: 0.6, alpha: 5, a: 0.8, b: 2.4 };
    const drawn = draw(20_000, truth, 40, 40);
    const model = fitBgNbd(drawn);
    expect(model.r).toBeCloseTo(0.6, 1);
    expect(Math.abs(model.alpha / 5 - 1)).toBeLessThan(0.1);
    const expected = drawn.repeats.reduce(
      (sum, x, i) => sum + expectedPurchases(model, x, drawn.lastAt[i] ?? 0, 40, 40),
      0,
    );
    expect(Math.abs(expected / drawn.later - 1)).toBeLessThan(0.05);
    expect(JSON.stringify(fitBgNbd(drawn))).toBe(JSON.stringify(model));
    // The clock's unit changes α alone.
    const days = fitBgNbd({
      repeats: drawn.repeats,
      lastAt: drawn.lastAt.map((t) => t * 7),
      age: drawn.age.map((t) => t * 7),
    });
    expect(days.r).toBeCloseTo(model.r, 4);
    expect(days.alpha / 7).toBeCloseTo(model.alpha, 2);
  });

  it('refuses impossible histories by column and row', () => {
    const one = (repeats: number, lastAt: number, age: number) =>
      fitBgNbd({
        repeats: Float64Array.of(1, repeats),
        lastAt: Float64Array.of(2, lastAt),
        age: Float64Array.of(9, age),
      });
    expect(() => one(Number.NaN, 1, 2)).toThrow(/"repeats" holds NaN in row 2/);
    expect(() => one(1, 3, 2)).toThrow(/"age" holds 2 in row 2/);
    expect(() => one(0, 1, 2)).toThrow(/"lastAt"/);
    const never = { repeats: new Float64Array(3), lastAt: new Float64Array(3) };
    expect(() => fitBgNbd({ ...never, age: Float64Array.of(1, 2, 3) })).toThrow(/second time/);
  });
});

describe('Gamma–Gamma', () => {
  it('finds the parameters that made the data', () => {
    const random = createRandom(3);
    const [p, q, scale] = [6.25, 3.74, 15.44];
    const purchases = Float64Array.from({ length: 20_000 }, () => 1 + random.int(6));
    const mean = purchases.map((x) => {
      const rate = gamma(random, q) / scale;
      return gamma(random, p * x) / rate / x;
    });
    const model = fitGammaGamma({ purchases, mean });
    expect(Math.abs(model.p / p - 1)).toBeLessThan(0.1);
    expect(Math.abs(model.q / q - 1)).toBeLessThan(0.1);
    expect(Math.abs(model.gamma / scale - 1)).toBeLessThan(0.15);
    expect(JSON.stringify(fitGammaGamma({ purchases, mean }))).toBe(JSON.stringify(model));
  });

  it('pulls the own mean towards the population’s', () => {
    const model = { kind: 'gamma-gamma', version: 1, p: 6.25, q: 3.74, gamma: 15.44 } as const;
    const full = { ...model, logLikelihood: 0, customers: 0 };
    const population = (6.25 * 15.44) / 2.74;
    expect(expectedSpend(full, 0, 0)).toBeCloseTo(population, 10);
    const one = expectedSpend(full, 1, 100);
    expect(one).toBeGreaterThan(population);
    expect(expectedSpend(full, 50, 100)).toBeGreaterThan(one);
    expect(expectedSpend(full, 50, 100)).toBeLessThan(100);
  });

  it('leaves out customers without spend and refuses what says nothing', () => {
    const purchases = Float64Array.of(0, 1, 2, 3, 1);
    const mean = Float64Array.of(0, 10, 20, 15, 0);
    expect(fitGammaGamma({ purchases, mean }).customers).toBe(3);
    const equal = { purchases: Float64Array.of(1, 1, 1), mean: Float64Array.of(5, 5, 5) };
    expect(() => fitGammaGamma(equal)).toThrow(/different amounts/);
    const wrong = { purchases: Float64Array.of(1, 1, 1), mean: Float64Array.of(5, Number.NaN, 6) };
    expect(() => fitGammaGamma(wrong)).toThrow(/"mean" holds NaN in row 2/);
  });
});
