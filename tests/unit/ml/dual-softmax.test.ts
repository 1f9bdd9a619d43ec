import { describe, expect, it } from 'vitest';
import { softmaxDual } from '../../../src/ml/linear/dual-softmax.ts';
import { rowNorms } from '../../../src/ml/linear/dual-svm.ts';
import { fitLogisticWeights } from '../../../src/ml/linear/logistic-weights.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { type Csr, csrFromRows } from '../../../src/ml/sparse.ts';

const COLS = 12;

function problem(rows: number, classes: number): { x: Csr; y: Int32Array } {
  const random = createRandom(classes);
  const y = Int32Array.from({ length: rows }, () => random.int(classes));
  const made = Array.from(y, (k) => {
    const indices = Array.from({ length: COLS }, (_, j) => j).filter(
      (j) => j % classes === k || random.next() < 0.3,
    );
    return { indices, values: indices.map(() => random.next()) };
  });
  return { x: csrFromRows(made, new Array<string>(COLS).fill('c')), y };
}

/** Largest entry of w_c − C Σ (1[y = c] − softmax) x, the gradient of the objective. */
function worstGradient(x: Csr, y: Int32Array, weights: readonly Float64Array[], c: number): number {
  const gradient = weights.map((w) => Float64Array.from(w));
  for (let i = 0; i < x.rows; i++) {
    const entries = Array.from({ length: (x.indptr[i + 1] ?? 0) - (x.indptr[i] ?? 0) }, (_, n) => {
      const at = (x.indptr[i] ?? 0) + n;
      return [x.indices[at] ?? 0, x.values[at] ?? 0] as const;
    });
    entries.push([COLS, 1]);
    const raised = weights.map((w) =>
      Math.exp(entries.reduce((sum, [j, v]) => sum + v * (w[j] ?? 0), 0)),
    );
    const total = raised.reduce((a, b) => a + b, 0);
    gradient.forEach((g, k) => {
      const miss = (y[i] === k ? 1 : 0) - (raised[k] ?? 0) / total;
      for (const [j, v] of entries) g[j] = (g[j] ?? 0) - c * miss * v;
    });
  }
  return Math.max(...gradient.flatMap((g) => Array.from(g, Math.abs)));
}

describe('multinomial logistic regression by dual coordinate descent', () => {
  it.each([
    [3, 0.5],
    [3, 10],
    [5, 4],
  ])('%i classes, C = %f: the gradient vanishes at its answer', (classes, c) => {
    const { x, y } = problem(150, classes);
    const options = { c, tolerance: 1e-7, maxPasses: 5000, random: createRandom(1) };
    const weights = softmaxDual(x, y, classes, rowNorms(x), options);
    expect(worstGradient(x, y, weights, c)).toBeLessThan(1e-4);
  });

  it('is what three to twelve classes get, the same for the same seed', () => {
    const { x, y } = problem(80, 4);
    const weights = fitLogisticWeights(x, y, 4, { c: 2, seed: 5 });
    expect(fitLogisticWeights(x, y, 4, { c: 2, seed: 5 })).toEqual(weights);
    for (let j = 0; j <= COLS; j++) {
      // Only a multinomial answer sums to zero over the classes.
      expect(weights.reduce((sum, w) => sum + (w[j] ?? 0), 0)).toBeCloseTo(0, 8);
    }
  });
});
