import fc from 'fast-check';
import { kmeans as packageKMeans } from 'ml-kmeans';
import { describe, expect, it } from 'vitest';
import { blobs, fixedStart } from '../../../scripts/bench-ml/blobs.ts';
import { FittedKMeans, KMeans } from '../../../src/ml/cluster/kmeans.ts';
import { searchK } from '../../../src/ml/cluster/kmeans-search.ts';
import { MiniBatchKMeans } from '../../../src/ml/cluster/minibatch-kmeans.ts';
import { adjustedRand, bootstrapStability } from '../../../src/ml/cluster/stability.ts';
import type { Matrix } from '../../../src/ml/matrix.ts';
import { distance, frozen, rowsOf, someTable, table } from './tables.ts';

/** Lloyd's algorithm as the textbook has it; stops when no row changes its centre. */
function naive(rows: number[][], start: number[][]): { centres: number[][]; labels: number[] } {
  let centres = start;
  for (let labels: number[] = []; ; ) {
    const next = rows.map((row) => {
      const squares = centres.map((centre) => distance(row, centre) ** 2);
      return squares.indexOf(Math.min(...squares));
    });
    if (next.join() === labels.join()) return { centres, labels };
    labels = next;
    centres = centres.map((centre, c) => {
      const own = rows.filter((_, i) => labels[i] === c);
      return centre.map((_, j) => own.reduce((sum, row) => sum + (row[j] ?? 0), 0) / own.length);
    });
  }
}

const inertiaOf = (x: Matrix, model: FittedKMeans, labels: ArrayLike<number>): number =>
  rowsOf(x).reduce((sum, row, i) => {
    const { cols, data } = model.centroids;
    const at = (labels[i] ?? 0) * cols;
    return sum + distance(row, [...data.subarray(at, at + cols)]) ** 2;
  }, 0);

describe('K-means', () => {
  it('reaches the reference inertia of the generated table from the fixed start', () => {
    const x = blobs(100_000);
    const { model } = new KMeans({ k: 5, start: fixedStart(x, 5) }).fit(x);
    expect(Math.abs(model.inertia / 6_825_391.7023 - 1)).toBeLessThan(1e-6);
    expect(model.iterations).toBe(10);
  });

  it.each([2, 7, 8, 10])('walks the textbook path in %i columns, whatever rows it skips', (d) => {
    const x = blobs(600, d + (d % 2), 4, 2, d);
    const start = fixedStart(x, 4);
    const { model, labels } = new KMeans({ k: 4, start, tolerance: 0 }).fit(x);
    const expected = naive(rowsOf(x), rowsOf({ rows: 4, cols: x.cols, data: start }));
    expect([...labels]).toEqual(expected.labels);
    expected.centres.flat().forEach((value, i) => {
      expect(model.centroids.data[i]).toBeCloseTo(value, 9);
    });
    expect(model.inertia).toBeCloseTo(inertiaOf(x, model, labels), 6);
  });

  it('agrees with ml-kmeans from the same start', () => {
    const x = blobs(2000, 4, 3, 2, 5);
    const start = fixedStart(x, 3);
    const { model, labels } = new KMeans({ k: 3, start, tolerance: 0 }).fit(x);
    const initialization = rowsOf({ rows: 3, cols: 4, data: start });
    const peer = packageKMeans(rowsOf(x), 3, {
      initialization,
      tolerance: 1e-12,
      maxIterations: 300,
    });
    expect([...labels]).toEqual(peer.clusters);
    peer.centroids.flat().forEach((value, i) => {
      expect(model.centroids.data[i]).toBeCloseTo(value, 8);
    });
  });

  it('gives every row its nearest centroid, and leaves the table alone', () => {
    fc.assert(
      fc.property(someTable(40), fc.integer({ min: 1, max: 4 }), (x, wanted) => {
        const k = Math.min(wanted, x.rows);
        const before = frozen(x);
        const { model, labels } = new KMeans({ k, starts: 2 }).fit(x);
        expect(frozen(x)).toBe(before);
        const direct = inertiaOf(x, model, model.predict(x));
        expect(inertiaOf(x, model, labels)).toBeCloseTo(direct, 6);
        expect(model.inertia).toBeCloseTo(direct, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same bytes for the same seed, after a refit, and after saving', () => {
    const x = blobs(500);
    const estimator = new KMeans({ k: 5, seed: 3 });
    const saved = JSON.stringify(estimator.fit(x).model);
    estimator.fit(blobs(50));
    expect(JSON.stringify(estimator.fit(x).model)).toBe(saved);
    const loaded = FittedKMeans.fromJSON(JSON.parse(saved));
    expect([...loaded.predict(x)]).toEqual([...estimator.fit(x).labels]);
    expect(() => FittedKMeans.fromJSON({ version: 2 })).toThrow(/no K-means model/);
  });

  it('takes one row, a constant column and duplicated rows', () => {
    expect(new KMeans({ k: 1 }).fit(table([[3, 4]])).model.inertia).toBe(0);
    const x = table([
      [1, 0],
      [1, 0],
      [1, 9],
      [1, 9],
      [1, 9],
    ]);
    expect(new KMeans({ k: 2 }).fit(x).model.inertia).toBe(0);
    expect(new KMeans({ k: 4 }).fit(x).model.inertia).toBe(0);
  });

  it('moves an empty cluster to the row farthest from its centre', () => {
    const x = table([[0], [1], [10], [11], [50]]);
    const start = Float64Array.of(0, 10, 1000);
    const { labels, model } = new KMeans({ k: 3, start }).fit(x);
    expect(new Set(labels).size).toBe(3);
    expect(model.inertia).toBeCloseTo(1, 9);
  });

  it('keeps its digits far from the origin', () => {
    const near = blobs(400, 8, 3, 1, 9);
    const far = { ...near, data: near.data.map((value) => value + 1e7) };
    const fitted = (x: Matrix) => new KMeans({ k: 3, start: fixedStart(x, 3) }).fit(x);
    expect([...fitted(far).labels]).toEqual([...fitted(near).labels]);
    expect(fitted(far).model.inertia / fitted(near).model.inertia).toBeCloseTo(1, 6);
  });

  it('refuses what it cannot use', () => {
    const bad = table([
      [1, 2],
      [3, Number.NaN],
    ]);
    expect(() => new KMeans({ k: 1 }).fit(bad, ['age', 'spend'])).toThrow(/column "spend".*row 2/);
    expect(() => new KMeans({ k: 3 }).fit(table([[1], [2]]))).toThrow(/2 rows for 3 clusters/);
    expect(() => new KMeans({ k: 0 }).fit(table([[1]]))).toThrow(/whole number/);
    expect(() => new KMeans({ k: 1 }).fit(table([]))).toThrow(/no rows/);
    const { model } = new KMeans({ k: 1 }).fit(table([[1, 2]]));
    expect(() => model.predict(table([[1]]))).toThrow(/1 columns where 2 were fitted/);
  });
});

describe('mini-batch K-means', () => {
  it('comes within a few percent of K-means, the same for the same seed', () => {
    const x = blobs(20_000);
    const full = new KMeans({ k: 5, starts: 3 }).fit(x).model.inertia;
    const again = () => new MiniBatchKMeans({ k: 5, seed: 4 }).fit(x);
    expect(again().model.inertia / full).toBeLessThan(1.03);
    expect(JSON.stringify(again().model)).toBe(JSON.stringify(again().model));
    expect(() => new MiniBatchKMeans({ k: 2 }).fit(table([[Number.NaN], [1]]))).toThrow(/column/);
  });
});

describe('the search for k', () => {
  it('finds five blobs that overlap', () => {
    const found = searchK(blobs(3000, 8, 5, 2), { starts: 4, bootstraps: 8, maxK: 7 });
    expect(found.best.k).toBe(5);
    expect(found.stable).toBe(true);
    expect(found.tried.map((t) => t.k)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('stops at the number of different rows, and says when there are too few', () => {
    const x = table(Array.from({ length: 40 }, (_, i) => [i % 3, 1]));
    expect(searchK(x, { bootstraps: 3 }).tried.map((t) => t.k)).toEqual([2, 3]);
    expect(() => searchK(table([[1], [1]]))).toThrow(/1 different rows for 2/);
  });

  it('measures stability between chance and certainty', () => {
    const x = blobs(2000, 2, 3, 0.1, 3);
    const stability = (k: number) =>
      bootstrapStability(x, new KMeans({ k }).fit(x).model.centroids, { bootstraps: 6 });
    expect(stability(3)).toBeCloseTo(1, 6);
    expect(stability(8)).toBeLessThan(0.95);
  });
});

describe('the adjusted Rand index', () => {
  it('is 1 for renamed labels, about 0 for unrelated ones', () => {
    expect(adjustedRand([0, 0, 1, 1, 2], [5, 5, 3, 3, 4])).toBe(1);
    expect(adjustedRand([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 9);
    expect(adjustedRand([0, 0, 1, 2], [0, 0, 1, 1])).toBeCloseTo(0.571428571428571, 12);
  });
});
