import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldsOf, holdOut, rowOrder } from '../../../../src/app/evaluate/row-order.ts';
import type { Table } from '../../../../src/app/evaluate/table.ts';

const table = (cells: readonly string[]): Table => ({
  file: 'f.csv',
  columns: ['c'],
  rows: cells.length,
  text: () => [...cells],
  filled: () => [...cells],
  numbers: () => Float64Array.from(cells, Number),
});
const cells = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 12, maxLength: 60 });
const codesOf = (values: readonly number[]) => Int32Array.from(values, (v, i) => (v * 7 + i) % 2);
const allRows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('the order of rows', () => {
  it('never parts a group, and tests every row once', () => {
    fc.assert(
      fc.property(cells, fc.nat(99), (values, seed) => {
        const order = rowOrder(table(values.map(String)), { group: 'c' });
        const folds = foldsOf(codesOf(values), allRows(values.length), order, 5, seed);
        for (const { train, test } of [...folds, holdOut(codesOf(values), order, seed)]) {
          const learnt = new Set(Array.from(train, (i) => values[i]));
          for (const i of test) expect(learnt.has(values[i])).toBe(false);
        }
        const distinct = new Set(values).size;
        if (distinct > 1) {
          const tested = folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
          expect(tested).toEqual([...allRows(values.length)]);
        }
      }),
    );
  });

  it('never predicts the past from the future', () => {
    fc.assert(
      fc.property(cells, (values) => {
        const dates = values.map((v) => `2026-0${1 + (v % 9)}-1${v % 3}`);
        for (const column of [values.map(String), dates]) {
          const order = rowOrder(table(column), { time: 'c' });
          const times = order.times ?? new Float64Array();
          const folds = foldsOf(codesOf(values), allRows(values.length), order, 5, 1);
          for (const { train, test } of [...folds, holdOut(codesOf(values), order, 1)]) {
            if (train.length === 0 || test.length === 0) continue;
            const latest = Math.max(...Array.from(train, (i) => times[i] ?? 0));
            for (const i of test) expect(times[i]).toBeGreaterThan(latest);
          }
        }
      }),
    );
  });

  it('refuses both at once and a cell that is no time', () => {
    expect(() => rowOrder(table(['1']), { group: 'c', time: 'c' })).toThrow(/not both/);
    expect(() => rowOrder(table(['1', 'soon']), { time: 'c' })).toThrow(
      /column "c", row 2 holds "soon"/,
    );
  });
});
