/** Boosted splits beside every cut, and a forest beside a walk through its trees. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/ml/frame.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { BoostedCounts } from '../../../src/ml/tree/boosted-counts.ts';
import type { ForestJson } from '../../../src/ml/tree/forest.ts';
import { GradientBoosting } from '../../../src/ml/tree/gradient-boosting.ts';
import { RandomForest } from '../../../src/ml/tree/random-forest.ts';
import { labelled, mean, rowsOf, sum } from './tables.ts';

describe('one boosted split', () => {
  /** Σ G² / (H + l2) of the parts `of` divides the rows into. */
  const worth = (g: readonly number[], h: readonly number[], of: readonly number[], l2: number) =>
    sum(
      [...new Set(of)].map((part) => {
        const inside = (v: readonly number[]) => sum(v.filter((_, i) => of[i] === part));
        return inside(g) ** 2 / (inside(h) + l2);
      }),
    );
  const bestWorth = (x: Frame, g: readonly number[], h: readonly number[], l2: number) =>
    Math.max(
      ...[0, 1, 2].flatMap((j) => {
        const column = rowsOf(x).map((row) => row[j] ?? 0);
        return column.map((cut) =>
          worth(
            g,
            h,
            column.map((v) => (v <= cut ? 1 : 0)),
            l2,
          ),
        );
      }),
    );
  const options = { rounds: 1, maxLeaves: 2, minLeafRows: 1, learningRate: 1 };

  it('of classes is the best of all cuts, with the Newton step in its leaves', () => {
    fc.assert(
      fc.property(labelled, fc.constantFrom(0.5, 1, 5), ({ x, y }, l2) => {
        const p = y.filter((label) => label === 'yes').length / y.length;
        const g = y.map((label) => p - (label === 'yes' ? 1 : 0));
        const h = y.map(() => p * (1 - p));
        const scores = [...new GradientBoosting({ ...options, l2 }).fit(x, y).scores(x)];
        expect(worth(g, h, scores, l2)).toBeCloseTo(bestWorth(x, g, h, l2), 8);
        scores.forEach((score) => {
          const same = (v: readonly number[]) => sum(v.filter((_, i) => scores[i] === score));
          expect(score - Math.log(p / (1 - p))).toBeCloseTo(-same(g) / (same(h) + l2), 8);
        });
      }),
    );
  });

  it('of counts is the best of all cuts, with the Newton step in its leaves', () => {
    fc.assert(
      fc.property(labelled, fc.constantFrom(0.5, 1, 5), fc.nat(99), ({ x }, l2, seed) => {
        const random = createRandom(seed);
        const y = rowsOf(x).map(([a = 0]) => random.int(2 + a));
        fc.pre(sum(y) > 0);
        const g = y.map((count) => mean(y) - count);
        const h = y.map(() => mean(y));
        const scores = [...new BoostedCounts({ ...options, l2 }).fit(x, y).predict(x)].map(
          Math.log,
        );
        const part = scores.map((s) => Math.round(s * 1e9));
        expect(worth(g, h, part, l2)).toBeCloseTo(bestWorth(x, g, h, l2), 6);
        part.forEach((own, i) => {
          const same = (v: readonly number[]) => sum(v.filter((_, k) => part[k] === own));
          const step = -same(g) / (same(h) + l2);
          expect((scores[i] ?? 0) - Math.log(mean(y))).toBeCloseTo(step, 8);
        });
      }),
    );
  });
});

describe('a random forest', () => {
  const walk = (forest: ForestJson, root: number, row: readonly number[]): number => {
    let node = root;
    for (let j = forest.column[node] ?? -1; j >= 0; j = forest.column[node] ?? -1)
      node = (forest.left[node] ?? 0) + ((row[j] ?? 0) <= (forest.threshold[node] ?? 0) ? 0 : 1);
    return node;
  };

  it('is the mean of its trees, each the class shares of its own bootstrap sample', () => {
    fc.assert(
      fc.property(labelled, fc.nat(99), fc.integer({ min: 1, max: 4 }), ({ x, y }, seed, trees) => {
        const model = new RandomForest({ trees, seed, minLeafRows: 1 }).fit(x, y);
        const { forest } = model.toJSON() as unknown as { forest: ForestJson };
        const rows = rowsOf(x);
        const chances = model.predictProba(x);
        const answer = (node: number) => forest.value[node * 2 + 1] ?? 0;
        rows.forEach((row, i) => {
          const votes = [...forest.roots].map((root) => answer(walk(forest, root, row)));
          expect(chances[2 * i + 1]).toBeCloseTo(mean(votes), 10);
        });
        const random = createRandom(seed);
        const drawn = rows.map(() => random.int(rows.length));
        const leaves = drawn.map((i) => walk(forest, forest.roots[0] ?? 0, rows[i] ?? []));
        for (const leaf of new Set(leaves)) {
          const inside = drawn.filter((_, k) => leaves[k] === leaf);
          expect(answer(leaf)).toBeCloseTo(
            inside.filter((i) => y[i] === 'yes').length / inside.length,
            10,
          );
        }
      }),
    );
  });

  it('asks, out of bag, only the trees that did not draw the row', () => {
    fc.assert(
      fc.property(labelled, fc.nat(99), ({ x, y }, seed) => {
        const one = new RandomForest({ trees: 1, seed, minLeafRows: 1 });
        const { model, outOfBag } = one.fitOutOfBag(x, y, true);
        const random = createRandom(seed);
        const drawn = new Set(y.map(() => random.int(y.length)));
        const chances = model.predictProba(x);
        y.forEach((_, i) => {
          if (drawn.has(i)) expect(outOfBag[2 * i + 1]).toBeNaN();
          else expect(outOfBag[2 * i + 1]).toBe(chances[2 * i + 1]);
        });
      }),
    );
  });
});
