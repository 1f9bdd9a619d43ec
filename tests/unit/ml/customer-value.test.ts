/** BG/NBD and Gamma–Gamma against their definitions, known truths and plain numerical work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/ml/random.ts';
import { minimise } from '../../../src/ml/value/bfgs.ts';
import {
  type BgNbdModel,
  expectedPurchases,
  fitBgNbd,
  probabilityAlive,
} from '../../../src/ml/value/bg-nbd.ts';
import { likelihood } from '../../../src/ml/value/bg-nbd-likelihood.ts';
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

const sum = (v: readonly number[]): number => v.reduce((s, a) => s + a, 0);

/** ∫ f over (0, 1) at midpoints that crowd towards both ends. */
function integral(f: (at: number) => number, points = 4000): number {
  let total = 0;
  for (let i = 0; i < points; i++) {
    const u = (i + 0.5) / points;
    total += f(u * u * (3 - 2 * u)) * ((6 * u * (1 - u)) / points);
  }
  return total;
}

/** The same over (0, ∞). */
const tail = (f: (at: number) => number): number => integral((u) => f(u / (1 - u)) / (1 - u) ** 2);

/** Density of Gamma(shape, rate), Γ integrated as well. */
function gammaDensity(shape: number, rate: number): (at: number) => number {
  const whole = tail((t) => t ** (shape - 1) * Math.exp(-t));
  return (at) => (rate ** shape * at ** (shape - 1) * Math.exp(-rate * at)) / whole;
}

function betaDensity(a: number, b: number): (at: number) => number {
  const whole = integral((p) => p ** (a - 1) * (1 - p) ** (b - 1));
  return (at) => (at ** (a - 1) * (1 - at) ** (b - 1)) / whole;
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

  it('is the integral over all rates and all chances of leaving', () => {
    const shape = fc.double({ min: 1, max: 4, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ r: shape, alpha: shape, a: shape, b: shape }),
        fc.integer({ min: 0, max: 5 }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        ({ r, alpha, a, b }, x, share, t) => {
          const tx = x === 0 ? 0 : share * t;
          const [rate, leave] = [gammaDensity(r, alpha), betaDensity(a, b)];
          const bought = (until: number) => tail((l) => rate(l) * l ** x * Math.exp(-l * until));
          const alive = integral((p) => leave(p) * (1 - p) ** x) * bought(t);
          const gone =
            x === 0 ? 0 : integral((p) => leave(p) * p * (1 - p) ** (x - 1)) * bought(tx);
          const of = likelihood({
            repeats: Float64Array.of(x),
            lastAt: Float64Array.of(tx),
            age: Float64Array.of(t),
          });
          const at = Float64Array.of(r, alpha, a, b).map(Math.log);
          const gradient = new Float64Array(4);
          expect(-of(at, gradient)).toBeCloseTo(Math.log(alive + gone), 4);
          for (let k = 0; k < 4; k++) {
            const moved = (by: number) =>
              of(
                at.map((v, j) => (j === k ? v + by : v)),
                new Float64Array(4),
              );
            expect(gradient[k]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 4);
          }
          const model = { ...CDNOW, r, alpha, a, b };
          expect(probabilityAlive(model, x, tx, t)).toBeCloseTo(alive / (alive + gone), 5);
          // While alive: rate Gamma(r + x, α + T), chance of leaving Beta(a, b + x), and
          // (1 − e^(−λ p t)) / p purchases to come.
          const [later, next] = [betaDensity(a, b + x), 3];
          const coming = integral(
            (p) => (later(p) * (1 - ((alpha + t) / (alpha + t + p * next)) ** (r + x))) / p,
          );
          expect(expectedPurchases(model, x, tx, t, next)).toBeCloseTo(
            (coming * alive) / (alive + gone),
            4,
          );
        },
      ),
      { numRuns: 50 },
    );
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

  it('is likeliest where the integral over all customers’ rates is', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const random = createRandom(seed);
      const purchases = Float64Array.from({ length: 60 }, () => 1 + random.int(5));
      const mean = purchases.map((x) => gamma(random, 4 * x) / (gamma(random, 4) / 10) / x);
      const model = fitGammaGamma({ purchases, mean });
      const logLikelihood = (p: number, q: number, scale: number): number => {
        const rate = gammaDensity(q, scale);
        const rates = [1, 2, 3, 4, 5].map((x) => gammaDensity(p * x, 1));
        return sum(
          Array.from(purchases, (x, i) => {
            const spent = x * (mean[i] ?? 0);
            // Spending `spent` over x purchases at rate ν; a density of the mean has one x more.
            return Math.log(
              integral((u) => {
                const v = (0.3 * u) / (1 - u);
                return (0.3 * rate(v) * v * (rates[x - 1]?.(v * spent) ?? 0)) / (1 - u) ** 2;
              }, 400) * x,
            );
          }),
        );
      };
      const { p, q, gamma: scale } = model;
      const best = logLikelihood(p, q, scale);
      expect(best).toBeCloseTo(model.logLikelihood, 3);
      for (const by of [0.97, 1.03]) {
        expect(logLikelihood(p * by, q, scale)).toBeLessThan(best);
        expect(logLikelihood(p, q * by, scale)).toBeLessThan(best);
        expect(logLikelihood(p, q, scale * by)).toBeLessThan(best);
      }
    }
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

it('stops where customers leave alike and the likelihood is flat in a + b', () => {
  const random = createRandom(3);
  const [repeats, lastAt, age] = [0, 0, 0].map(() => new Float64Array(800));
  if (!repeats || !lastAt || !age) throw new Error('no table');
  for (let i = 0; i < age.length; i++) {
    age[i] = 20 + random.next() * 60;
    const rate = 0.05 * (0.5 + random.next());
    for (let t = 0; ; ) {
      t -= Math.log(1 - random.next()) / rate;
      if (t > (age[i] ?? 0)) break;
      repeats[i] = (repeats[i] ?? 0) + 1;
      lastAt[i] = t;
      if (random.next() < 0.15) break;
    }
  }
  const objective = likelihood({ repeats, lastAt, age });
  let looked = 0;
  const counted = (x: Float64Array, gradient: Float64Array): number => {
    looked++;
    return objective(x, gradient);
  };
  const found = minimise(counted, Float64Array.of(0, Math.log(12), 0, 0));
  expect(found.converged).toBe(true);
  expect(looked).toBeLessThan(2000);
  // Walking on along the valley gains nothing that could be told.
  const on = minimise(objective, found.x);
  expect(found.value - on.value).toBeLessThan(1e-6);
});
