import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { logisticDual } from '../../../src/ml/linear/dual-logistic.ts';
import { rowNorms } from '../../../src/ml/linear/dual-svm.ts';
import {
  fitPenalised,
  LogisticRegression,
  sigmoid,
} from '../../../src/ml/linear/logistic-regression.ts';
import { matrixFromRows } from '../../../src/ml/matrix.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { csrFromDense } from '../../../src/ml/sparse.ts';

interface Table {
  readonly rows: number;
}
interface Oracle {
  train(x: Table, y: Table): void;
  classifiers: { testScores(x: Table): number[] }[];
}
const load = createRequire(import.meta.url);
const { Matrix } = load('ml-matrix') as {
  Matrix: (new (rows: number[][]) => Table) & { columnVector(values: number[]): Table };
};
const { default: OracleRegression } = { default: load('ml-logistic-regression') } as {
  default: new (options: { numSteps: number; learningRate: number }) => Oracle;
};

const columns = ['one', 'a', 'b'];
const random = createRandom(3);
const rows = Array.from({ length: 200 }, () => [1, random.next() * 2 - 1, random.next() * 2 - 1]);
const hits = rows.map(([, a = 0, b = 0]) => (random.next() < sigmoid(0.4 + 1.5 * a - b) ? 1 : 0));
const x = csrFromDense(matrixFromRows(rows, columns), columns);
const ones = rows.map(() => 1);

describe('logistic regression', () => {
  it('agrees with ml-logistic-regression on a small dense table', () => {
    const oracle = new OracleRegression({ numSteps: 4000, learningRate: 5e-3 });
    oracle.train(new Matrix(rows), Matrix.columnVector(hits));
    // Its classifier 0 scores "not class 0"; its only intercept is the column of ones.
    const theirs = oracle.classifiers[0]?.testScores(new Matrix(rows)) ?? [];
    const weights = fitPenalised(x, hits, ones, [1e-9, 1e-9, 1e-9]);
    rows.forEach((row, i) => {
      const ours = sigmoid(row.reduce((s, v, j) => s + v * (weights[j] ?? 0), 0));
      expect(ours).toBeCloseTo(theirs[i] ?? Number.NaN, 6);
    });
  });

  it('reaches the same optimum by Newton and by dual coordinate descent', () => {
    const c = 2;
    const newton = fitPenalised(x, hits, ones, [1 / c, 1 / c, 1 / c]);
    // The dual solver brings its own column of ones and puts the intercept last.
    const narrow = csrFromDense(
      matrixFromRows(
        rows.map(([, a = 0, b = 0]) => [a, b]),
        ['a', 'b'],
      ),
      ['a', 'b'],
    );
    const signs = Int8Array.from(hits, (hit) => (hit ? 1 : -1));
    const dual = logisticDual(narrow, signs, rowNorms(narrow), {
      costs: [c, c],
      tolerance: 1e-8,
      maxPasses: 5000,
      random: createRandom(1),
    });
    [dual[2], dual[0], dual[1]].forEach((w, j) => {
      expect(w).toBeCloseTo(newton[j] ?? Number.NaN, 5);
    });
  });

  it('does not penalise the intercept', () => {
    const flat = csrFromDense(
      matrixFromRows(
        rows.map(() => [0]),
        ['zero'],
      ),
      ['zero'],
    );
    const y = hits.map((h) => (h ? 'yes' : 'no'));
    const share = hits.reduce<number>((a, b) => a + b, 0) / hits.length;
    const model = new LogisticRegression({ l2: 100 }).fit(flat, y);
    expect(model.predictProba(flat)[0]?.[1]).toBeCloseTo(share, 6);
  });
});
