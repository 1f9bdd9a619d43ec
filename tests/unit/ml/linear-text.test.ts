import { describe, expect, it } from 'vitest';
import { NaiveBayes } from '../../../src/ml/bayes/naive-bayes.ts';
import { fitLean, flatMacroF1 } from '../../../src/ml/confusion.ts';
import { rowNorms, svmDual } from '../../../src/ml/linear/dual-svm.ts';
import { FittedLinear } from '../../../src/ml/linear/linear-model.ts';
import { LinearSvm } from '../../../src/ml/linear/linear-svm.ts';
import { macroF1 } from '../../../src/ml/metrics.ts';
import { fitTemperature } from '../../../src/ml/preprocess/calibrate.ts';
import { fitFlatTemperature } from '../../../src/ml/preprocess/flat-temperature.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { type Csr, csrFromRows } from '../../../src/ml/sparse.ts';
import { stratifiedGroupFolds, timeOrderedSplits } from '../../../src/ml/split.ts';

const random = createRandom(5);
const rows = Array.from({ length: 120 }, () => ({
  indices: [0, 1],
  values: [random.next(), random.next()],
}));
const x: Csr = csrFromRows(rows, ['a', 'b']);
const y = rows.map(({ values: [a = 0, b = 0] }) =>
  a + 0.3 * random.next() > b + 0.15 ? 'left' : 'right',
);

describe('linear SVM', () => {
  it('reaches the optimum of its objective', () => {
    const signs = Int8Array.from(y, (l) => (l === 'left' ? 1 : -1));
    const c = 2;
    const w = svmDual(x, signs, rowNorms(x), {
      costs: [c, c],
      tolerance: 1e-9,
      maxPasses: 20_000,
      random: createRandom(1),
    });
    // ½‖w‖² + C Σ max(0, 1 − y·score)² is smooth: its gradient must vanish.
    const gradient = Array.from(w);
    rows.forEach(({ values: [a = 0, b = 0] }, i) => {
      const sign = signs[i] ?? 0;
      const slack = 1 - sign * (a * (w[0] ?? 0) + b * (w[1] ?? 0) + (w[2] ?? 0));
      if (slack <= 0) return;
      [a, b, 1].forEach((v, j) => {
        gradient[j] = (gradient[j] ?? 0) - 2 * c * slack * sign * v;
      });
    });
    for (const g of gradient) expect(Math.abs(g)).toBeLessThan(1e-5);
  });

  it('gives sensible probabilities once calibrated', () => {
    const chances = new LinearSvm({ c: 10, calibrationFolds: 4 }).fit(x, y).predictProba(x);
    const mean = chances.reduce((s, row) => s + Math.max(...row), 0) / chances.length;
    const right = chances.filter((row, i) => (row[0] ?? 0) > 0.5 === (y[i] === 'left')).length;
    expect(Math.abs(mean - right / y.length)).toBeLessThan(0.06);
  });
});

describe('naive Bayes', () => {
  it('has the posterior of the counts', () => {
    const counts = csrFromRows(
      [
        { indices: [0, 1], values: [2, 1] },
        { indices: [1], values: [3] },
      ],
      ['a', 'b'],
    );
    const model = new NaiveBayes({ smoothing: 1 }).fit(counts, ['p', 'q']);
    const p = 0.5 * (3 / 5) ** 2 * (2 / 5);
    const q = 0.5 * (1 / 5) ** 2 * (4 / 5);
    expect(model.predictProba(counts)[0]?.[0]).toBeCloseTo(p / (p + q), 12);
    const copy = FittedLinear.fromJSON(JSON.parse(JSON.stringify(model.toJSON())) as never);
    expect(copy.predictProba(counts)).toEqual(model.predictProba(counts));
  });

  it('refuses negative values by column', () => {
    const bad = csrFromRows(
      [
        { indices: [1], values: [-1] },
        { indices: [0], values: [1] },
      ],
      ['a', 'b'],
    );
    expect(() => new NaiveBayes().fit(bad, ['p', 'q'])).toThrow(/column 1 holds -1/);
  });
});

describe('choosing', () => {
  it('scores macro-F1 like the plain definition', () => {
    const truth = ['a', 'b', 'c', 'a', 'b', 'a'];
    const said = ['a', 'b', 'a', 'c', 'b', 'a'];
    const numbers = (l: string[]) => l.map((s) => 'abc'.indexOf(s));
    expect(flatMacroF1(numbers(truth), numbers(said), 3)).toBeCloseTo(macroF1(truth, said), 12);
  });

  it('finds the same temperature as a search, and leans towards a rare class', () => {
    const draw = createRandom(2);
    const truth = Array.from({ length: 400 }, () => (draw.next() < 0.15 ? 1 : 0));
    const pairs = truth.map((t) => {
      const s = (t === 1 ? 0.2 : -0.9) + draw.next() * 1.2 - 0.6;
      return [-s, s];
    });
    const flat = Float64Array.from(pairs.flat());
    expect(fitFlatTemperature(flat, truth, 2)).toBeCloseTo(fitTemperature(pairs, truth), 3);
    const lean = fitLean(flat, truth, 2);
    expect((lean[1] ?? 0) - (lean[0] ?? 0)).toBeGreaterThanOrEqual(0);
  });

  it('keeps groups and moments together and classes even', () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 1 : 0));
    const groups = labels.map((_, i) => (i < 6 ? 0 : i));
    const fold = stratifiedGroupFolds(labels, 5, createRandom(1), groups);
    expect(new Set(fold.slice(0, 6)).size).toBe(1);
    for (let f = 0; f < 5; f++)
      expect(labels.filter((l, i) => l === 1 && fold[i] === f).length).toBe(2);
    for (const { train, test } of timeOrderedSplits([5, 1, 1, 2, 3, 3, 4, 9], 3)) {
      expect(train.length).toBeGreaterThan(0);
      expect(test.length).toBeGreaterThan(0);
    }
  });
});
