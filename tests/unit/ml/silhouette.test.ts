import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silhouette } from '../../../src/ml/cluster/silhouette.ts';
import type { Matrix } from '../../../src/ml/matrix.ts';
import { distance, frozen, rowsOf, someTable, table } from './tables.ts';

function naive(x: Matrix, labels: readonly number[]): number {
  const rows = rowsOf(x);
  const kept = rows.flatMap((_, i) => ((labels[i] ?? -1) >= 0 ? i : []));
  const clusters = [...new Set(kept.map((i) => labels[i]))];
  if (clusters.length < 2) return 0;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const widths = kept.map((i) => {
    const to = (c: number | undefined) =>
      kept
        .filter((j) => j !== i && labels[j] === c)
        .map((j) => distance(rows[i] ?? [], rows[j] ?? []));
    const own = to(labels[i]);
    if (own.length === 0) return 0;
    const a = mean(own);
    const b = Math.min(...clusters.filter((c) => c !== labels[i]).map((c) => mean(to(c))));
    return Math.max(a, b) > 0 ? (b - a) / Math.max(a, b) : 0;
  });
  return mean(widths);
}

it('is what the definition says, noise left out', () => {
  fc.assert(
    fc.property(
      someTable(120).chain((x) =>
        fc.tuple(
          fc.constant(x),
          fc.array(fc.integer({ min: -1, max: 4 }), { minLength: x.rows, maxLength: x.rows }),
        ),
      ),
      ([x, labels]) => {
        const before = frozen(x);
        expect(silhouette(x, labels)).toBeCloseTo(naive(x, labels), 9);
        expect(frozen(x)).toBe(before);
      },
    ),
    { numRuns: 60 },
  );
});

it('is near 1 for groups far apart, and refuses a missing label or NaN', () => {
  expect(silhouette(table([[0], [0.1], [9], [9.1]]), [0, 0, 1, 1])).toBeGreaterThan(0.98);
  expect(() => silhouette(table([[0], [1]]), [0])).toThrow(/1 labels for 2 rows/);
  expect(() => silhouette(table([[0], [Number.NaN]]), [0, 1])).toThrow(/column/);
});
