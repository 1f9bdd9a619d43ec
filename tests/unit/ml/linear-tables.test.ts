import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/ml/frame.ts';
import { DenseLogistic } from '../../../src/ml/linear/dense-logistic.ts';
import {
  FittedLinearRegression,
  LinearRegression,
} from '../../../src/ml/linear/linear-regression.ts';
import {
  FittedPolynomialRegression,
  PolynomialRegression,
} from '../../../src/ml/linear/polynomial-regression.ts';
import { cholesky, choleskySolve } from '../../../src/ml/matrix.ts';
import { createRandom } from '../../../src/ml/random.ts';

const frame = (rows: readonly (readonly number[])[], columns = ['a', 'b', 'c']): Frame => {
  const cols = rows[0]?.length ?? 0;
  return {
    rows: rows.length,
    cols,
    data: Float64Array.from(rows.flat()),
    columns: columns.slice(0, cols),
  };
};

describe('linear regression', () => {
  const x = frame([
    [1, 2],
    [2, 1.5],
    [3, 3.7],
    [4, 3.1],
    [5, 5.9],
    [6, 4.2],
    [7, 7.7],
    [8, 6.5],
    [9, 9.1],
    [10, 8],
  ]);
  const y = [3.1, 4.0, 7.9, 8.1, 12.5, 11.0, 17.2, 16.1, 20.3, 19.5];
  const model = new LinearRegression().fit(x, y);

  it('gives the estimates, errors, p-values, intervals, r² and VIF of the textbook formulas', () => {
    const { intercept, coefficients, r2 } = model.summary;
    const reference = [
      [0.013336665307573723, 0.23975866055944992, 0.9571946389116839, -0.5536024778410481],
      [0.8717412634320222, 0.09539128346488625, 3.8617119461591714e-5, 0.6461767212159544],
      [1.3853165156317804, 0.1091076595106913, 4.349735701310451e-6, 1.1273178979818252],
    ];
    [intercept, ...coefficients].forEach((c, k) => {
      const found = [c.estimate, c.standardError, c.p, c.low];
      found.forEach((value, i) => {
        expect(Math.abs(value / reference[k]![i]! - 1)).toBeLessThan(1e-9);
      });
    });
    expect(r2).toBeCloseTo(0.997776965269666, 12);
    for (const c of coefficients) expect(c.vif).toBeCloseTo(6.8426464205390065, 9);
  });

  it('predicts with both intervals, explains itself and survives a round trip', () => {
    const at = frame([[5.5, 5]]);
    const { value, mean, single } = model.predictInterval(at, 0);
    expect(value).toBeCloseTo(11.734496192342597, 10);
    expect(mean[1] - value).toBeCloseTo(0.2515305094605047, 9);
    expect(single[1] - value).toBeCloseTo(0.822621893232295, 9);
    const { score, base, contributions } = model.explain(at, 0);
    expect(contributions.reduce((s, c) => s + c.effect, base)).toBe(score);
    expect(score).toBeCloseTo(value, 12);
    const copy = FittedLinearRegression.fromJSON(JSON.parse(JSON.stringify(model.toJSON())));
    expect(copy.predict(x)).toEqual(model.predict(x));
  });

  it('agrees with the normal equations', () => {
    const row = fc.tuple(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.array(row, { maxLength: 3 }),
        (seed, odd) => {
          const random = createRandom(seed);
          const rows = [
            ...odd,
            ...Array.from({ length: 12 }, () => [1, 2, 3].map(() => random.next())),
          ];
          const answers = rows.map(() => random.next() * 5);
          const design = rows.map((r) => [1, ...r]);
          const gram = new Float64Array(16);
          const right = new Float64Array(4);
          design.forEach((r, i) => {
            for (let a = 0; a < 4; a++) {
              right[a] = right[a]! + r[a]! * answers[i]!;
              for (let b = 0; b < 4; b++) gram[a * 4 + b] = gram[a * 4 + b]! + r[a]! * r[b]!;
            }
          });
          const beta = choleskySolve(cholesky(gram, 4), 4, right);
          const { intercept, coefficients } = new LinearRegression().fit(
            frame(rows),
            answers,
          ).summary;
          [intercept, ...coefficients].forEach((c, k) => {
            expect(c.estimate).toBeCloseTo(beta[k]!, 6);
          });
        },
      ),
    );
  });

  it('names a constant column, a repeated one and a value that is no number', () => {
    const rows = Array.from({ length: 8 }, (_, i) => [i, i * i, 2 * i + 1]);
    const answers = rows.map((_, i) => i);
    expect(() => new LinearRegression().fit(frame(rows), answers)).toThrow(/"c" is a linear/);
    expect(() => new LinearRegression().fit(frame(rows.map(() => [4])), answers)).toThrow(
      /"a" is const/,
    );
    expect(() => new LinearRegression().fit(frame([[Number.NaN], [1], [2]]), [1, 2, 3])).toThrow(
      /"a"/,
    );
    expect(() => new LinearRegression().fit(frame([[0], [1]]), [1, 2])).toThrow(/2 rows/);
  });
});

describe('polynomial regression', () => {
  it('finds the degree that made the data', () => {
    const random = createRandom(4);
    for (const [degree, curve] of [
      [1, (v: number) => 3 * v],
      [2, (v: number) => v * v - v],
      [3, (v: number) => 2 * v ** 3 - v],
    ] as const) {
      const rows = Array.from({ length: 200 }, () => [random.next() * 4 - 2]);
      const y = rows.map(([v = 0]) => curve(v) + (random.next() - 0.5) * 0.6);
      const model = new PolynomialRegression().fit(frame(rows), y);
      expect(model.degree).toBe(degree);
      const json = JSON.parse(JSON.stringify(model.toJSON()));
      const copy = FittedPolynomialRegression.fromJSON(json);
      expect(copy.predict(frame([[0.5]]))).toEqual(model.predict(frame([[0.5]])));
      expect(model.predict(frame([[0.5]]))[0]).toBeCloseTo(curve(0.5), 0);
    }
  });
});

describe('logistic regression for tables', () => {
  it.each([2, 3])('leaves no gradient, with %d classes', (classes) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = createRandom(seed);
        const rows = Array.from({ length: 60 }, () => [random.next() * 2, random.next() - 0.5]);
        const y = rows.map((_, i) => `k${i < classes ? i : random.int(classes)}`);
        const x = frame(rows);
        const l2 = 0.5;
        const model = new DenseLogistic({ l2 }).fit(x, y);
        const chances = model.predictProba(x);
        const { weights } = model.toJSON() as unknown as { weights: number[][] };
        weights.forEach((w, row) => {
          const k = classes === 2 ? 1 : row;
          for (let j = 0; j < 3; j++) {
            let gradient = j < 2 ? l2 * w[j]! : 0;
            for (let i = 0; i < 60; i++) {
              const value = j < 2 ? rows[i]![j]! : 1;
              gradient += value * (chances[i * classes + k]! - (y[i] === `k${k}` ? 1 : 0));
            }
            expect(Math.abs(gradient)).toBeLessThan(classes === 2 ? 1e-4 : 1e-2);
          }
        });
      }),
      { numRuns: 30 },
    );
  });
});
