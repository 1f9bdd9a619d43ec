/** The battery of every method that learns from a table without classes: groups, maps, scales, numbers. */
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/ml/frame.ts';
import { createRandom } from '../../src/ml/random.ts';
import { COLUMNS, codeOf } from './classifier-frame.ts';

export interface TableMethod {
  readonly name: string;
  /** Fits on the table; throws what the method throws. */
  learn(x: Frame): FittedMethod;
  /** Fewest rows the method can learn from. Default 1. */
  readonly fewestRows?: number;
  /** Whether a column that does not vary is refused rather than ignored. Default false. */
  readonly refusesConstant?: boolean;
  /** Whether NaN stands for a missing value rather than being refused. Default false. */
  readonly takesMissing?: boolean;
}

export interface FittedMethod {
  /** The model as it is saved: equal text, equal model. */
  readonly saved: string;
  /** One or more numbers per row of the fitted table. */
  readonly answers: readonly number[];
  /** The answers for a table by the model as read back from `saved`; for methods that can. */
  readonly reload?: (saved: string, x: Frame) => readonly number[];
}

const frame = (rows: readonly (readonly number[])[]): Frame => ({
  rows: rows.length,
  cols: COLUMNS.length,
  data: Float64Array.from(rows.flat()),
  columns: COLUMNS,
});

/** Three groups of rows, far enough apart for any method. */
function sample(n: number): number[][] {
  const random = createRandom(11);
  return Array.from({ length: n }, (_, i) => [
    10 * (i % 3) + random.next(),
    random.next() * 4 - (i % 2),
    5 * (i % 3) + random.next() * 2,
  ]);
}

export function tableMethodContract(method: TableMethod): void {
  const { name, learn, fewestRows = 1, refusesConstant = false, takesMissing = false } = method;
  describe(`${name} keeps the contract of methods for tables`, () => {
    const x = frame(sample(90));

    it('gives the same bytes whatever was fitted in between', () => {
      const first = learn(x);
      learn(frame(sample(40)));
      const again = learn(x);
      expect(again.saved).toBe(first.saved);
      expect(again.answers).toEqual(first.answers);
      expect(JSON.parse(first.saved)).toBeTypeOf('object');
      for (const value of first.answers) expect(Number.isFinite(value)).toBe(true);
    });

    it('gives the same answers after being saved and read', () => {
      const { saved, answers, reload } = learn(x);
      if (reload === undefined) return expect(method.name).toBe('Dbscan');
      expect(reload(saved, x)).toEqual(answers);
      expect(codeOf(() => reload('{"version":0}', x))).toMatch(/^invalid_payload/);
    });

    it('leaves its input unchanged', () => {
      const before = JSON.stringify([...x.data]);
      learn(x);
      expect(JSON.stringify([...x.data])).toBe(before);
    });

    it('takes the fewest rows it can learn from, and says when there are fewer', () => {
      expect(learn(frame(sample(fewestRows))).answers.length).toBeGreaterThan(0);
      expect(codeOf(() => learn(frame(sample(fewestRows - 1))))).toMatch(/^not_enough_data/);
    });

    it('takes duplicated rows, and a constant column or says which', () => {
      const rows = sample(60);
      for (const value of learn(frame([...rows, ...rows])).answers)
        expect(Number.isFinite(value)).toBe(true);
      const constant = frame(rows.map(([a = 0, , c = 0]) => [a, 7, c]));
      if (refusesConstant) {
        expect(codeOf(() => learn(constant))).toMatch(/^(invalid_payload|not_enough).*"visits"/);
        return;
      }
      for (const value of learn(constant).answers) expect(Number.isFinite(value)).toBe(true);
    });

    it('refuses NaN and infinity by the name of their column, and a torn shape', () => {
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        if (takesMissing && Number.isNaN(bad)) continue;
        const rows = sample(60).map((row, i) => (i === 4 ? [row[0] ?? 0, bad, 1] : row));
        expect(codeOf(() => learn(frame(rows)))).toMatch(
          /^invalid_payload: column "visits".*row 5/,
        );
      }
      const torn = { ...x, data: x.data.subarray(1) };
      expect(codeOf(() => learn(torn))).toMatch(/^invalid_payload/);
    });
  });
}
