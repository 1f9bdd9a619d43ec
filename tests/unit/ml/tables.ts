/** Small tables for the clustering and decomposition tests. */
import fc from 'fast-check';
import type { Frame } from '../../../src/ml/frame.ts';
import type { Matrix } from '../../../src/ml/matrix.ts';

export const table = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  cols: rows[0]?.length ?? 0,
  data: Float64Array.from(rows.flat()),
});

export const frame = (rows: readonly (readonly number[])[]): Frame => ({
  ...table(rows),
  columns: Array.from({ length: rows[0]?.length ?? 0 }, (_, j) => `c${j}`),
});

export const rowsOf = ({ rows, cols, data }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);

/** 1 … `most` rows in 1 … 9 columns of coarse values, so that ties and duplicates come up. */
export const someTable = (most: number): fc.Arbitrary<Matrix> =>
  fc
    .integer({ min: 1, max: 9 })
    .chain((cols) =>
      fc.array(
        fc.array(
          fc.integer({ min: -12, max: 12 }).map((v) => v / 2),
          { minLength: cols, maxLength: cols },
        ),
        { minLength: 1, maxLength: most },
      ),
    )
    .map(table);

export const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.sqrt(a.reduce((sum, value, j) => sum + (value - (b[j] ?? 0)) ** 2, 0));

export const frozen = (x: Matrix): string => JSON.stringify([...x.data]);

/** 8 to 40 rows of coarse values with a label each, both labels there. */
export const labelled = fc
  .array(fc.tuple(fc.nat(6), fc.integer({ min: -3, max: 3 }), fc.nat(1), fc.boolean()), {
    minLength: 8,
    maxLength: 40,
  })
  .filter((rows) => new Set(rows.map((r) => r[3])).size === 2)
  .map((rows) => ({
    x: frame(rows.map(([a, b, c]) => [a, b, c])),
    y: rows.map((r) => (r[3] ? 'yes' : 'no')),
  }));

export const sum = (v: readonly number[]): number => v.reduce((s, a) => s + a, 0);
export const mean = (v: readonly number[]): number => sum(v) / v.length;
