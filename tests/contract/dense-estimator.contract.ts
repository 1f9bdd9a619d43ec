/** The battery every classifier for tables must pass. */
import { expect, it } from 'vitest';
import type { FittedTableClassifier, Frame, TableClassifier } from '../../src/ml/frame.ts';
import { COLUMNS, classifierCases, codeOf, sample } from './classifier-frame.ts';

const frame = (
  rows: readonly (readonly number[])[],
  columns: readonly string[] = COLUMNS,
): Frame => ({
  rows: rows.length,
  cols: columns.length,
  data: Float64Array.from(rows.flat()),
  columns,
});

function chancesOf(model: FittedTableClassifier, x: Frame): number[][] {
  const chances = model.predictProba(x);
  const width = model.classes.length;
  return Array.from({ length: x.rows }, (_, i) =>
    Array.from(chances.subarray(i * width, (i + 1) * width)),
  );
}

export function tableClassifierContract(
  name: string,
  create: () => TableClassifier<FittedTableClassifier>,
  fromJSON: (json: never) => FittedTableClassifier,
): void {
  classifierCases(
    `${name} keeps the contract of classifiers for tables`,
    {
      table: frame,
      numbers: (x) => [Array.from(x.data), x.columns],
      create,
      fromJSON,
      chances: chancesOf,
    },
    (title, { x, model }) => {
      it(`${title}: base and effects add up to the score exactly, and the score ranks`, () => {
        const chances = chancesOf(model, x);
        for (const [k, label] of model.classes.entries()) {
          const scores: number[] = [];
          for (let i = 0; i < x.rows; i++) {
            const { base, contributions, score } = model.explain(x, i, label);
            expect(contributions.reduce((sum, c) => sum + c.effect, base)).toBe(score);
            for (const c of contributions) expect(COLUMNS).toContain(c.column);
            scores.push(score);
          }
          if (model.classes.length > 2) continue;
          const order = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
          order.reduce((before, i) => {
            const [low, high] = [chances[before]?.[k], chances[i]?.[k]];
            expect(high ?? 0).toBeGreaterThanOrEqual((low ?? 0) - 1e-12);
            return i;
          });
        }
        expect(codeOf(() => model.explain(x, 0, 'nobody'))).toMatch(/^invalid_payload/);
      });
    },
    () => {
      it('refuses a model that was saved in another version', () => {
        const { rows, y } = sample(60, ['no', 'yes']);
        const saved = create().fit(frame(rows), y).toJSON() as object;
        expect(codeOf(() => fromJSON({ ...saved, version: 0 } as never))).toMatch(
          /^invalid_payload: this is no .* of version 1/,
        );
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
    },
  );
}
