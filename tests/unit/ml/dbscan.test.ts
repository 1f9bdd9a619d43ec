import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blobs } from '../../../scripts/bench-ml/blobs.ts';
import { Dbscan } from '../../../src/ml/cluster/dbscan.ts';
import { buildKdTree, leavesNear } from '../../../src/ml/cluster/kd-tree.ts';
import type { Matrix } from '../../../src/ml/matrix.ts';
import { distance, frozen, rowsOf, someTable, table } from './tables.ts';

/** Expands one cluster after the other from its first core row, as scikit-learn does. */
function naive(x: Matrix, eps: number, minSamples: number): number[] {
  const rows = rowsOf(x);
  const near = rows.map((a) => rows.flatMap((b, j) => (distance(a, b) ** 2 <= eps * eps ? j : [])));
  const labels = rows.map(() => -1);
  let cluster = 0;
  rows.forEach((_, i) => {
    if (labels[i] !== -1 || (near[i]?.length ?? 0) < minSamples) return;
    const stack = [i];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (labels[at] !== -1) continue;
      labels[at] = cluster;
      if ((near[at]?.length ?? 0) >= minSamples) stack.push(...(near[at] ?? []));
    }
    cluster++;
  });
  return labels;
}

it('labels every row as the textbook does', () => {
  fc.assert(
    fc.property(
      someTable(400),
      fc.constantFrom(0.5, 1, 2.5, 5),
      fc.integer({ min: 1, max: 6 }),
      (x, eps, minSamples) => {
        const before = frozen(x);
        expect([...new Dbscan({ eps, minSamples }).fit(x).labels]).toEqual(
          naive(x, eps, minSamples),
        );
        expect(frozen(x)).toBe(before);
      },
    ),
    { numRuns: 60 },
  );
});

it('agrees on overlapping blobs, where the leaves of the tree matter', () => {
  const x = blobs(1500, 8, 5, 2, 11);
  const { labels, clusters } = new Dbscan({ eps: 3.2, minSamples: 8 }).fit(x);
  expect([...labels]).toEqual(naive(x, 3.2, 8));
  expect(clusters).toBeGreaterThan(1);
  expect(labels.some((label) => label === -1)).toBe(true);
});

it('keeps its memory when everything is near everything', () => {
  const x = table(Array.from({ length: 3000 }, (_, i) => [i % 7, 1]));
  const { labels, clusters } = new Dbscan({ eps: 100, minSamples: 5 }).fit(x);
  expect(clusters).toBe(1);
  expect(labels.every((label) => label === 0)).toBe(true);
});

it('takes one row and refuses what it cannot use', () => {
  expect([...new Dbscan({ eps: 1 }).fit(table([[1, 2]])).labels]).toEqual([-1]);
  expect([...new Dbscan({ eps: 1, minSamples: 1 }).fit(table([[1, 2]])).labels]).toEqual([0]);
  const bad = table([[1], [Number.POSITIVE_INFINITY]]);
  expect(() => new Dbscan({ eps: 1 }).fit(bad, ['age'])).toThrow(/column "age".*row 2/);
  expect(() => new Dbscan({ eps: 0 }).fit(table([[1]]))).toThrow(/positive/);
});

it('finds every leaf that may hold a neighbour', () => {
  const x = blobs(2000, 4, 3, 2, 8);
  const tree = buildKdTree(x);
  expect([...tree.rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
  const leafOf = (place: number) => tree.bounds.findIndex((end) => end > place) - 1;
  const points = rowsOf({ rows: 2000, cols: 4, data: tree.points });
  const near = new Set(leavesNear(tree, 3, 1));
  points.slice(tree.bounds[3], tree.bounds[4]).forEach((a) => {
    points.forEach((b, place) => {
      if (distance(a, b) <= 1) expect(near.has(leafOf(place))).toBe(true);
    });
  });
});
