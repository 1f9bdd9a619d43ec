/** What the batteries of sparse and dense classifiers have in common: rows, and the cases both pass. */
import { describe, expect, it } from 'vitest';
import { RapportError } from '../../src/core/errors.ts';
import { createRandom } from '../../src/ml/random.ts';

export const COLUMNS = ['age', 'visits', 'spend'];

type Rows = readonly (readonly number[])[];

/** Rows of {@link COLUMNS} whose first column tells the class, noisily. */
export function sample(n: number, classes: readonly string[]): { rows: number[][]; y: string[] } {
  const random = createRandom(7);
  const rows: number[][] = [];
  const y: string[] = [];
  for (let i = 0; i < n; i++) {
    const k = i % classes.length;
    rows.push([k + random.next() * 1.5, random.next() - 0.5, k === 1 ? 1 : random.next()]);
    y.push(classes[k] ?? '');
  }
  return { rows, y };
}

/** `code: message` of the RapportError that is thrown, or `no error`. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof RapportError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

interface Model {
  readonly classes: readonly string[];
  toJSON(): unknown;
}

/** One kind of classifier: how its tables are made and its answers read. */
export interface Kind<X, M extends Model> {
  readonly table: (rows: Rows) => X;
  /** Everything in a table that a fit could change. */
  readonly numbers: (x: X) => unknown;
  readonly create: () => { fit(x: X, y: readonly string[]): M };
  readonly fromJSON: (json: never) => M;
  /** Probabilities, one array per row. */
  readonly chances: (model: M, x: X) => readonly (readonly number[])[];
}

/** A fitted model and what it was fitted on. */
export interface Fitted<X, M> {
  readonly x: X;
  readonly y: readonly string[];
  readonly model: M;
}

/**
 * The cases every classifier passes. `perClasses` adds cases of one kind, once for two and once for
 * three classes; `once` adds cases that are asked a single time.
 */
export function classifierCases<X, M extends Model>(
  name: string,
  { table, numbers, create, fromJSON, chances }: Kind<X, M>,
  perClasses: (title: string, fitted: Fitted<X, M>) => void,
  once: () => void,
): void {
  describe(name, () => {
    for (const classes of [
      ['no', 'yes'],
      ['a', 'b', 'c'],
    ]) {
      const title = `${classes.length} classes`;
      const { rows, y } = sample(120, classes);
      const x = table(rows);
      const model = create().fit(x, y);

      it(`${title}: probabilities sum to 1 and beat guessing`, () => {
        let right = 0;
        for (const [i, row] of chances(model, x).entries()) {
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
          for (const p of row) expect(p).toBeGreaterThanOrEqual(0);
          if (model.classes[row.indexOf(Math.max(...row))] === y[i]) right++;
        }
        expect(right / y.length).toBeGreaterThan(1.2 / classes.length);
      });

      it(`${title}: a refit gives the same bytes, a round trip the same answers`, () => {
        const estimator = create();
        const other = sample(60, classes);
        estimator.fit(table(other.rows), other.y);
        const bytes = JSON.stringify(model.toJSON());
        expect(JSON.stringify(estimator.fit(x, y).toJSON())).toBe(bytes);
        expect(JSON.stringify(create().fit(x, y).toJSON())).toBe(bytes);
        const copy = fromJSON(JSON.parse(bytes) as never);
        expect(chances(copy, x)).toEqual(chances(model, x));
        expect(JSON.stringify(copy.toJSON())).toBe(bytes);
      });

      perClasses(title, { x, y, model });
    }

    it('leaves its inputs unchanged', () => {
      const { rows, y } = sample(60, ['no', 'yes']);
      const x = table(rows);
      const before = JSON.stringify([numbers(x), y]);
      chances(create().fit(x, y), x);
      expect(JSON.stringify([numbers(x), y])).toBe(before);
    });

    it('says that one row or one class is not enough', () => {
      expect(codeOf(() => create().fit(table([[1, 2, 3]]), ['yes']))).toMatch(/^not_enough_data/);
      const two = table([
        [1, 2, 3],
        [2, 1, 0],
      ]);
      expect(codeOf(() => create().fit(two, ['yes', 'yes']))).toMatch(/^not_enough_data/);
    });

    it('survives a constant column, a column of zeros, duplicated rows and tiny tables', () => {
      const { rows, y } = sample(60, ['no', 'yes']);
      const flat = table([...rows, ...rows].map(([a = 0]) => [a, 1, 0]));
      const model = create().fit(flat, [...y, ...y]);
      for (const p of chances(model, flat).flat()) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
      const two = table([
        [0, 0, 0],
        [1, 0, 0],
      ]);
      for (const p of chances(create().fit(two, ['no', 'yes']), two).flat()) {
        expect(Number.isFinite(p)).toBe(true);
      }
      expect(chances(model, table([]))).toEqual([]);
    });

    once();
  });
}
