import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/ml/frame.ts';
import { auc } from '../../../src/ml/metrics.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { DecisionTree } from '../../../src/ml/tree/decision-tree.ts';
import type { ForestJson } from '../../../src/ml/tree/forest.ts';
import { GradientBoosting } from '../../../src/ml/tree/gradient-boosting.ts';
import { binOf, binTable } from '../../../src/ml/tree/histogram.ts';
import { RandomForest } from '../../../src/ml/tree/random-forest.ts';
import { frame } from './tables.ts';

const forestOf = (model: { toJSON(): unknown }): ForestJson =>
  (model.toJSON() as { forest: ForestJson }).forest;

const table = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: 0, max: 1 }),
      fc.constantFrom('no', 'yes'),
    ),
    { minLength: 8, maxLength: 60 },
  )
  .filter((rows) => new Set(rows.map((r) => r[3])).size === 2)
  .map((rows) => ({
    x: frame(rows.map(([a, b, c]) => [a, b, c])),
    y: rows.map((r) => r[3]),
  }));

function impurity(y: readonly string[], criterion: 'gini' | 'information'): number {
  const p = y.filter((label) => label === 'yes').length / y.length;
  if (criterion === 'gini') return 1 - p * p - (1 - p) * (1 - p);
  return [p, 1 - p].reduce((sum, q) => sum - (q === 0 ? 0 : q * Math.log(q)), 0);
}

/** The best gain over every column and every cut, tried one by one. */
function bestGain(x: Frame, y: readonly string[], criterion: 'gini' | 'information'): number {
  let best = 0;
  for (let j = 0; j < x.cols; j++) {
    const values = y.map((_, i) => x.data[i * x.cols + j] ?? 0);
    for (const cut of new Set(values)) best = Math.max(best, gain(values, y, cut, criterion));
  }
  return best;
}

function gain(
  values: readonly number[],
  y: readonly string[],
  cut: number,
  criterion: 'gini' | 'information',
): number {
  const left = y.filter((_, i) => (values[i] ?? 0) <= cut);
  const right = y.filter((_, i) => (values[i] ?? 0) > cut);
  if (left.length === 0 || right.length === 0) return 0;
  const share = left.length / y.length;
  return (
    impurity(y, criterion) -
    share * impurity(left, criterion) -
    (1 - share) * impurity(right, criterion)
  );
}

describe('binned columns', () => {
  it('keep every value on its side of every cut, and bundle only exclusive columns', () => {
    fc.assert(
      fc.property(table, ({ x }) => {
        const { columns, groups } = binTable(x);
        for (let j = 0; j < x.cols; j++) {
          const { group, level, cuts } = columns[j]!;
          const { codes } = groups[group]!;
          for (let i = 0; i < x.rows; i++) {
            const value = x.data[i * x.cols + j]!;
            if (level > 0) expect(codes[i] === level).toBe(value > cuts[0]!);
            else expect(codes[i]).toBe(binOf(cuts, value));
          }
        }
      }),
    );
  });

  it('cut many values at quantiles and give missing ones a code of their own', () => {
    const random = createRandom(2);
    const x = frame(
      Array.from({ length: 2000 }, (_, i) => [i % 10 === 0 ? Number.NaN : random.next() ** 3]),
    );
    const [group] = binTable(x).groups;
    expect(group?.bins).toBeLessThanOrEqual(256);
    expect(group?.missing).toBe((group?.bins ?? 0) - 1);
    const counts = new Map<number, number>();
    for (const code of group?.codes ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(counts.get(group?.missing ?? 0)).toBe(200);
    counts.delete(group?.missing ?? 0);
    expect(Math.max(...counts.values())).toBeLessThan(12);
  });
});

describe('a decision tree', () => {
  it.each(['gini', 'information'] as const)('splits where %s gains most', (criterion) => {
    fc.assert(
      fc.property(table, ({ x, y }) => {
        const model = new DecisionTree({ criterion, maxDepth: 1, minLeafRows: 1 }).fit(x, y);
        const { column, threshold } = forestOf(model);
        const best = bestGain(x, y, criterion);
        const j = column[0] ?? -1;
        if (j < 0) {
          expect(best).toBeLessThan(1e-8);
          return;
        }
        const values = y.map((_, i) => x.data[i * x.cols + j] ?? 0);
        expect(gain(values, y, threshold[0] ?? 0, criterion)).toBeCloseTo(best, 9);
      }),
    );
  });

  it('answers with the class shares of the training rows in the leaf', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 5 }), ({ x, y }, minLeafRows) => {
        const model = new DecisionTree({ maxDepth: 8, minLeafRows }).fit(x, y);
        const chances = model.predictProba(x);
        const same = new Map<number, string[]>();
        y.forEach((label, i) => {
          const p = chances[2 * i + 1]!;
          same.set(p, [...(same.get(p) ?? []), label]);
        });
        for (const [p, labels] of same) {
          expect(labels.length).toBeGreaterThanOrEqual(Math.min(minLeafRows, y.length));
          expect(labels.filter((label) => label === 'yes').length / labels.length).toBeCloseTo(
            p,
            12,
          );
        }
      }),
    );
  });
});

function rings(n: number, seed: number): { x: Frame; y: string[] } {
  const random = createRandom(seed);
  const rows = Array.from({ length: n }, () => [random.next() * 2 - 1, random.next() * 2 - 1]);
  const y = rows.map(([a = 0, b = 0]) =>
    random.next() < (a * a + b * b < 0.5 ? 0.9 : 0.1) ? 'in' : 'out',
  );
  return { x: frame(rows), y };
}

describe('ensembles', () => {
  it('learn what one line cannot', () => {
    const train = rings(1500, 1);
    const test = rings(500, 2);
    const outcomes = test.y.map((label) => (label === 'out' ? 1 : 0));
    for (const estimator of [new RandomForest({ trees: 50 }), new GradientBoosting()]) {
      const chances = estimator.fit(train.x, train.y).predictProba(test.x);
      const out = outcomes.map((_, i) => chances[2 * i + 1]!);
      expect(auc(outcomes, out)).toBeGreaterThan(0.87);
    }
  });

  it('explain the raw score of a boosted model to rounding', () => {
    const { x, y } = rings(400, 3);
    const model = new GradientBoosting({ rounds: 30 }).fit(x, y);
    const scores = model.scores(x);
    for (let i = 0; i < x.rows; i++) {
      expect(model.explain(x, i, 'out').score).toBeCloseTo(scores[i]!, 11);
    }
  });

  it('answer out of bag for every row that some tree left out', () => {
    const { x, y } = rings(300, 4);
    const { outOfBag } = new RandomForest({ trees: 40 }).fitOutOfBag(x, y, true);
    const outcomes = y.map((label) => (label === 'out' ? 1 : 0));
    const chances = outcomes.map((_, i) => outOfBag[2 * i + 1]!);
    expect(chances.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(auc(outcomes, chances)).toBeGreaterThan(0.8);
    expect(auc(outcomes, chances)).toBeLessThan(0.97);
  });
});

describe('gradient boosting', () => {
  it('starts from the share and takes the Newton step of the best split', () => {
    const x = frame([[0], [0], [0], [1], [1], [2], [2], [2]]);
    const y = ['no', 'no', 'yes', 'yes', 'no', 'yes', 'yes', 'yes'];
    const options = { rounds: 1, maxLeaves: 2, minLeafRows: 1, learningRate: 1, l2: 0 };
    const scores = new GradientBoosting(options).fit(x, y).scores(x);
    const p = 5 / 8;
    const newton = (hits: number, n: number) =>
      Math.log(p / (1 - p)) + (hits - n * p) / (n * p * (1 - p));
    const left = newton(2, 5);
    const right = newton(3, 3);
    for (let i = 0; i < 8; i++) expect(scores[i]).toBeCloseTo(i < 5 ? left : right, 9);
  });

  it('never turns against a monotone constraint', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(1 as const, -1 as const),
        (seed, way) => {
          const { x, y } = rings(200, seed);
          const model = new GradientBoosting({
            rounds: 15,
            minLeafRows: 5,
            monotone: { c0: way },
          }).fit(x, y);
          for (let b = -1; b <= 1; b += 0.5) {
            const line = frame(Array.from({ length: 81 }, (_, i) => [-1 + i / 40, b]));
            const scores = model.scores(line);
            for (let i = 1; i < scores.length; i++) {
              expect(way * (scores[i]! - scores[i - 1]!)).toBeGreaterThanOrEqual(-1e-12);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
    const { x, y } = rings(50, 1);
    expect(() => new GradientBoosting({ monotone: { other: 1 } }).fit(x, y)).toThrow(/"other"/);
  });

  it('learns where missing values go, and refuses them unless asked', () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 400 }, (_, i) => [
      i % 4 === 0 ? Number.NaN : random.next(),
      random.next(),
    ]);
    const y = rows.map(([a = 0]) => (Number.isNaN(a) || a > 0.8 ? 'yes' : 'no'));
    const x = frame(rows);
    expect(() => new GradientBoosting().fit(x, y)).toThrow(/column "c0" holds NaN/);
    const model = new GradientBoosting({ rounds: 40, allowMissing: true }).fit(x, y);
    const chances = model.predictProba(x);
    y.forEach((label, i) => {
      expect(chances[2 * i + 1]! > 0.5).toBe(label === 'yes');
    });
    const copy = JSON.parse(JSON.stringify(model.toJSON()));
    expect(copy.allowMissing).toBe(true);
  });

  it('stops early on noise', () => {
    const random = createRandom(6);
    const x = frame(Array.from({ length: 400 }, () => [random.next(), random.next()]));
    const y = Array.from({ length: 400 }, () => (random.next() < 0.5 ? 'a' : 'b'));
    const model = new GradientBoosting({ earlyStopping: { share: 0.25, patience: 5 } }).fit(x, y);
    expect(model.rounds).toBeLessThan(20);
  });
});
