/** Naive Bayes, the SVM for tables and polynomial regression beside their plain definitions. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NaiveBayes } from '../../../src/ml/bayes/naive-bayes.ts';
import { DenseSvm } from '../../../src/ml/linear/dense-svm.ts';
import { PolynomialRegression } from '../../../src/ml/linear/polynomial-regression.ts';
import { cholesky, choleskySolve } from '../../../src/ml/matrix.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { csrFromRows } from '../../../src/ml/sparse.ts';
import { frame, labelled, mean, rowsOf, sum } from './tables.ts';

it('naive Bayes multiplies the shares of words, of a class or of all others', () => {
  const row = fc.tuple(fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }), fc.nat(2));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 3, maxLength: 12 }),
      fc.constantFrom('multinomial' as const, 'complement' as const),
      (drawn, kind) => {
        // One text of each class at least, so that the three classes are there.
        const rows = [0, 1, 2].map((k): (typeof drawn)[number] => [[1, 0, k, 1], k]).concat(drawn);
        const x = csrFromRows(
          rows.map(([values]) => ({ indices: [0, 1, 2, 3], values })),
          ['a', 'b', 'c', 'd'],
        );
        const model = new NaiveBayes({ kind, smoothing: 0.5 }).fit(
          x,
          rows.map(([, k]) => 'pqr'[k] ?? ''),
        );
        const share = (k: number, word: number) => {
          const from = rows.filter(([, c]) => (kind === 'complement' ? c !== k : c === k));
          const counts = [0, 1, 2, 3].map((j) => 0.5 + sum(from.map(([v]) => v[j] ?? 0)));
          return (counts[word] ?? 0) / sum(counts);
        };
        const chances = model.predictProba(x);
        rows.forEach(([values], i) => {
          const score = [0, 1, 2].map((k) => {
            const logs = [0, 1, 2, 3].map((j) => Math.log(share(k, j)));
            const text = sum(logs.map((l, j) => l * (values[j] ?? 0)));
            if (kind === 'complement') return (4 * text) / sum(logs);
            return text + Math.log(rows.filter(([, c]) => c === k).length / rows.length);
          });
          const raised = score.map((s) => Math.exp(s));
          raised.forEach((r, k) => {
            expect(chances[i]?.[k]).toBeCloseTo(r / sum(raised), 8);
          });
        });
      },
    ),
  );
});

it('the linear SVM for tables leaves no gradient of its objective', () => {
  fc.assert(
    fc.property(labelled, fc.constantFrom(0.1, 1, 10), ({ x, y }, l2) => {
      const { weights } = new DenseSvm({ l2 }).fit(x, y).toJSON() as { weights: number[][] };
      const w = weights[0] ?? [];
      const gradient = w.map((v, j) => (j < 3 ? l2 * v : 0));
      rowsOf(x).forEach((row, i) => {
        const sign = y[i] === 'yes' ? 1 : -1;
        const slack = 1 - sign * sum([...row, 1].map((v, j) => v * (w[j] ?? 0)));
        if (slack <= 0) return;
        [...row, 1].forEach((v, j) => {
          gradient[j] = (gradient[j] ?? 0) - 2 * slack * sign * v;
        });
      });
      for (const g of gradient) expect(Math.abs(g)).toBeLessThan(1e-4 * (1 + x.rows));
    }),
  );
});

/** Least squares on 1, z, z², … by the normal equations; answers for the rows asked about. */
function plainPolynomial(
  known: readonly number[],
  answers: readonly number[],
  asked: readonly number[],
  degree: number,
): number[] {
  const centre = mean(known);
  const sd = Math.sqrt(mean(known.map((v) => (v - centre) ** 2)));
  const powers = (v: number) =>
    Array.from({ length: degree + 1 }, (_, d) => ((v - centre) / sd) ** d);
  const p = degree + 1;
  const gram = new Float64Array(p * p);
  const right = new Float64Array(p);
  known.forEach((v, i) => {
    const row = powers(v);
    row.forEach((a, j) => {
      right[j] = (right[j] ?? 0) + a * (answers[i] ?? 0);
      row.forEach((b, k) => {
        gram[j * p + k] = (gram[j * p + k] ?? 0) + a * b;
      });
    });
  });
  const beta = choleskySolve(cholesky(gram, p), p, right);
  return asked.map((v) => sum(powers(v).map((a, j) => a * (beta[j] ?? 0))));
}

it('polynomial regression takes the least degree within one standard error of the best', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.integer({ min: 1, max: 3 }), (seed, truth) => {
      const random = createRandom(seed);
      const v = Array.from({ length: 40 }, () => random.next() * 4 - 2);
      const y = v.map((a) => a ** truth + random.next() * 2);
      const model = new PolynomialRegression({ maxDegree: 3, seed }).fit(
        frame(v.map((a) => [a])),
        y,
      );
      const order = [...createRandom(seed).permutation(40)];
      const scores = [1, 2, 3].map((degree) => {
        const errors = [0, 1, 2, 3, 4].map((fold) => {
          const train = order.filter((_, k) => k % 5 !== fold);
          const test = order.filter((_, k) => k % 5 === fold);
          const of = (list: readonly number[], rows: readonly number[]) =>
            rows.map((i) => list[i] ?? 0);
          const said = plainPolynomial(of(v, train), of(y, train), of(v, test), degree);
          return mean(of(y, test).map((a, i) => (a - (said[i] ?? 0)) ** 2));
        });
        const mse = mean(errors);
        const spread = sum(errors.map((e) => (e - mse) ** 2)) / 4;
        return { mse, error: Math.sqrt(spread / 5) };
      });
      scores.forEach(({ mse, error }, d) => {
        expect(model.scores[d]?.mse).toBeCloseTo(mse, 6);
        expect(model.scores[d]?.standardError).toBeCloseTo(error, 6);
      });
      const best = scores.reduce((a, b) => (b.mse < a.mse ? b : a));
      expect(model.degree).toBe(1 + scores.findIndex((s) => s.mse <= best.mse + best.error));
      const said = plainPolynomial(v, y, v, model.degree);
      model.predict(frame(v.map((a) => [a]))).forEach((value, i) => {
        expect(value).toBeCloseTo(said[i] ?? 0, 6);
      });
    }),
    { numRuns: 50 },
  );
});
