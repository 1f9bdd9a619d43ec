/** The battery every classifier of sparse rows must pass. */
import { expect, it } from 'vitest';
import type { Classifier, FittedClassifier } from '../../src/ml/estimator.ts';
import { matrixFromRows } from '../../src/ml/matrix.ts';
import { type Csr, csrFromDense } from '../../src/ml/sparse.ts';
import { COLUMNS, classifierCases, codeOf, sample } from './classifier-frame.ts';

/** @param lift added to every value, so that methods of counts get none below zero. */
export function classifierContract(
  name: string,
  create: () => Classifier<FittedClassifier>,
  fromJSON: (json: never) => FittedClassifier,
  lift = 0,
): void {
  const table = (rows: readonly (readonly number[])[]): Csr =>
    csrFromDense(
      matrixFromRows(
        rows.map((row) => row.map((value) => value + lift)),
        COLUMNS,
      ),
      COLUMNS,
    );
  classifierCases(
    `${name} keeps the estimator contract`,
    {
      table,
      numbers: (x) => [Array.from(x.values), Array.from(x.indices), Array.from(x.indptr)],
      create,
      fromJSON,
      chances: (model, x) => model.predictProba(x),
    },
    (title, { x, model }) => {
      it(`${title}: base and contributions add up to the logit exactly`, () => {
        for (const k of model.classes) {
          for (let i = 0; i < x.rows; i++) {
            const { base, contributions, logit } = model.explain(x, i, k);
            expect(contributions.reduce((s, c) => s + c.effect, base)).toBeCloseTo(logit, 10);
          }
        }
      });
    },
    () => {
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
    },
  );
}
