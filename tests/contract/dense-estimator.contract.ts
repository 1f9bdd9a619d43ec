/** The battery every classifier for tables must pass. */
import { describe, expect, it } from 'vitest';
import { RapportError } from '../../src/core/errors.ts';
import type { FittedTableClassifier, Frame, TableClassifier } from '../../src/ml/frame.ts';
import { createRandom } from '../../src/ml/random.ts';

const COLUMNS = ['age', 'visits', 'spend'];

const frame = (
  rows: readonly (readonly number[])[],
  columns: readonly string[] = COLUMNS,
): Frame => ({
  rows: rows.length,
  cols: columns.length,
  data: Float64Array.from(rows.flat()),
  columns,
});

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

export function tableClassifierContract(
  name: string,
  create: () => TableClassifier<FittedTableClassifier>,
  fromJSON: (json: never) => FittedTableClassifier,
): void {
  describe(`${name} keeps the contract of classifiers for tables`, () => {
    for (const classes of [
      ['no', 'yes'],
      ['a', 'b', 'c'],
    ]) {
      const { rows, y } = sample(120, classes);
      const x = frame(rows);
      const model = create().fit(x, y);
      const width = classes.length;

      it(`${width} classes: probabilities sum to 1 and beat guessing`, () => {
        const chances = model.predictProba(x);
        let right = 0;
        for (let i = 0; i < x.rows; i++) {
          const row = Array.from(chances.subarray(i * width, (i + 1) * width));
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
          for (const p of row) expect(p).toBeGreaterThanOrEqual(0);
          if (model.classes[row.indexOf(Math.max(...row))] === y[i]) right++;
        }
        expect(right / y.length).toBeGreaterThan(1.2 / width);
      });

      it(`${width} classes: base and effects add up to the score exactly, and the score ranks`, () => {
        const chances = model.predictProba(x);
        for (const [k, label] of model.classes.entries()) {
          const scores: number[] = [];
          for (let i = 0; i < x.rows; i++) {
            const { base, contributions, score } = model.explain(x, i, label);
            expect(contributions.reduce((sum, c) => sum + c.effect, base)).toBe(score);
            for (const c of contributions) expect(COLUMNS).toContain(c.column);
            scores.push(score);
          }
          if (width > 2) continue;
          const order = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
          order.reduce((before, i) => {
            const [low, high] = [chances[before * width + k], chances[i * width + k]];
            expect(high ?? 0).toBeGreaterThanOrEqual((low ?? 0) - 1e-12);
            return i;
          });
        }
        expect(codeOf(() => model.explain(x, 0, 'nobody'))).toMatch(/^invalid_payload/);
      });

      it(`${width} classes: a refit gives the same bytes, a round trip the same answers`, () => {
        const estimator = create();
        estimator.fit(frame(sample(60, classes).rows), sample(60, classes).y);
        const bytes = JSON.stringify(model.toJSON());
        expect(JSON.stringify(estimator.fit(x, y).toJSON())).toBe(bytes);
        expect(JSON.stringify(create().fit(x, y).toJSON())).toBe(bytes);
        const copy = fromJSON(JSON.parse(bytes) as never);
        expect(copy.predictProba(x)).toEqual(model.predictProba(x));
        expect(JSON.stringify(copy.toJSON())).toBe(bytes);
      });
    }

    it('leaves its inputs unchanged', () => {
      const { rows, y } = sample(60, ['no', 'yes']);
      const x = frame(rows);
      const before = JSON.stringify([Array.from(x.data), x.columns, y]);
      create().fit(x, y).predictProba(x);
      expect(JSON.stringify([Array.from(x.data), x.columns, y])).toBe(before);
    });

    it('says that one row or one class is not enough', () => {
      expect(codeOf(() => create().fit(frame([[1, 2, 3]]), ['yes']))).toMatch(/^not_enough_data/);
      const two = frame([
        [1, 2, 3],
        [2, 1, 0],
      ]);
      expect(codeOf(() => create().fit(two, ['yes', 'yes']))).toMatch(/^not_enough_data/);
    });

    it('survives a constant column, a column of zeros, duplicated rows and tiny tables', () => {
      const { rows, y } = sample(60, ['no', 'yes']);
      const flat = frame([...rows, ...rows].map(([a = 0]) => [a, 1, 0]));
      for (const p of create()
        .fit(flat, [...y, ...y])
        .predictProba(flat)) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
      const two = frame([
        [0, 0, 0],
        [1, 0, 0],
      ]);
      for (const p of create().fit(two, ['no', 'yes']).predictProba(two)) {
        expect(Number.isFinite(p)).toBe(true);
      }
      expect(
        create()
          .fit(flat, [...y, ...y])
          .predictProba(frame([])).length,
      ).toBe(0);
    });

    it('refuses NaN and infinity by the name of their column, and other shapes', () => {
      const { rows, y } = sample(60, ['no', 'yes']);
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const broken = rows.map((row, i) => (i === 3 ? [row[0] ?? 0, bad, 1] : row));
        expect(codeOf(() => create().fit(frame(broken), y))).toMatch(
          /^invalid_payload: column "visits" .* in row 4/,
        );
        const model = create().fit(frame(rows), y);
        expect(codeOf(() => model.predictProba(frame(broken)))).toMatch(/"visits"/);
      }
      expect(codeOf(() => create().fit(frame(rows), y.slice(1)))).toMatch(/^invalid_payload/);
      const model = create().fit(frame(rows), y);
      expect(codeOf(() => model.predictProba(frame([[1]], ['age'])))).toMatch(/^invalid_payload/);
      const renamed = frame(rows, ['age', 'spend', 'visits']);
      expect(codeOf(() => model.predictProba(renamed))).toMatch(/^invalid_payload.*"spend"/);
    });
  });
}
