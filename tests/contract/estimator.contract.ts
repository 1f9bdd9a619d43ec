/** The battery every classifier of src/ml must pass. */
import { describe, expect, it } from 'vitest';
import { RapportError } from '../../src/core/errors.ts';
import type { Classifier, FittedClassifier } from '../../src/ml/estimator.ts';
import { matrixFromRows } from '../../src/ml/matrix.ts';
import { createRandom } from '../../src/ml/random.ts';
import { type Csr, csrFromDense } from '../../src/ml/sparse.ts';

const COLUMNS = ['age', 'visits', 'spend'];
const table = (rows: number[][]): Csr => csrFromDense(matrixFromRows(rows, COLUMNS), COLUMNS);

function sample(n: number, classes: readonly string[]): { rows: number[][]; y: string[] } {
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

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof RapportError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};

export function classifierContract(
  name: string,
  create: () => Classifier<FittedClassifier>,
  fromJSON: (json: never) => FittedClassifier,
): void {
  describe(`${name} keeps the estimator contract`, () => {
    for (const classes of [
      ['no', 'yes'],
      ['a', 'b', 'c'],
    ]) {
      const { rows, y } = sample(90, classes);
      const x = table(rows);
      const model = create().fit(x, y);

      it(`${classes.length} classes: probabilities sum to 1 and beat guessing`, () => {
        const chances = model.predictProba(x);
        for (const row of chances) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        const right = chances.filter(
          (row, i) => model.classes[row.indexOf(Math.max(...row))] === y[i],
        ).length;
        expect(right / y.length).toBeGreaterThan(1.2 / classes.length);
      });

      it(`${classes.length} classes: base and contributions add up to the logit exactly`, () => {
        for (const k of model.classes) {
          for (let i = 0; i < x.rows; i++) {
            const { base, contributions, logit } = model.explain(x, i, k);
            expect(contributions.reduce((s, c) => s + c.effect, base)).toBeCloseTo(logit, 10);
          }
        }
      });

      it(`${classes.length} classes: a refit gives the same bytes, a round trip the same answers`, () => {
        expect(JSON.stringify(create().fit(x, y).toJSON())).toBe(JSON.stringify(model.toJSON()));
        const copy = fromJSON(JSON.parse(JSON.stringify(model.toJSON())) as never);
        expect(copy.predictProba(x)).toEqual(model.predictProba(x));
      });
    }

    it('leaves its inputs unchanged', () => {
      const { rows, y } = sample(30, ['no', 'yes']);
      const x = table(rows);
      const before = JSON.stringify([Array.from(x.values), Array.from(x.indices), y]);
      create().fit(x, y);
      expect(JSON.stringify([Array.from(x.values), Array.from(x.indices), y])).toBe(before);
    });

    it('says that one row or one class is not enough', () => {
      expect(codeOf(() => create().fit(table([[1, 2, 3]]), ['yes']))).toMatch(/^not_enough_data/);
      const one = table([
        [1, 2, 3],
        [2, 1, 0],
      ]);
      expect(codeOf(() => create().fit(one, ['yes', 'yes']))).toMatch(/^not_enough_data/);
    });

    it('survives a constant column, a column of zeros and duplicated rows', () => {
      const { rows, y } = sample(40, ['no', 'yes']);
      const flat = table([...rows, ...rows].map(([a = 0]) => [a, 1, 0]));
      for (const row of create()
        .fit(flat, [...y, ...y])
        .predictProba(flat)) {
        for (const p of row) expect(p).toBeGreaterThanOrEqual(0);
      }
    });

    it('refuses NaN by the name of its column, and other shapes', () => {
      expect(codeOf(() => table([[1, Number.NaN, 3]]))).toMatch(/^invalid_payload: .*"visits"/);
      expect(codeOf(() => table([[1, 2]]))).toMatch(/^invalid_payload/);
      const { rows, y } = sample(10, ['no', 'yes']);
      const x = table(rows);
      expect(codeOf(() => create().fit(x, y.slice(1)))).toMatch(/^invalid_payload/);
      x.values[0] = Number.NaN;
      expect(codeOf(() => create().fit(x, y))).toMatch(/^invalid_payload: column/);
      const narrow = csrFromDense(matrixFromRows([[1]], ['age']), ['age']);
      const model = create().fit(table(sample(10, ['no', 'yes']).rows), y);
      expect(codeOf(() => model.predictProba(narrow))).toMatch(/^invalid_payload/);
    });
  });
}
