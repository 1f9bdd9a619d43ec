import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElasticNetLogistic } from '../../../src/ml/linear/elastic-net-logistic.ts';
import { softmaxLoss } from '../../../src/ml/linear/softmax-loss.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { csrFromRows } from '../../../src/ml/sparse.ts';

const COLUMNS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Three classes that the first two columns tell apart; the others are noise. */
function sample(rows: number, seed: number) {
  const random = createRandom(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const y = Array.from({ length: rows }, () => ['x', 'y', 'z'][random.int(3)] ?? 'x');
  const x = csrFromRows(
    y.map((label) => ({
      indices: COLUMNS.map((_, j) => j),
      values: COLUMNS.map(
        (_, j) =>
          normal() + (j === 0 && label === 'x' ? 2 : 0) + (j === 1 && label === 'y' ? 2 : 0),
      ),
    })),
    COLUMNS,
  );
  return { x, y, codes: Int32Array.from(y, (label) => ['x', 'y', 'z'].indexOf(label)) };
}

const weightsOf = (model: ReturnType<ElasticNetLogistic['fit']>) =>
  (model.toJSON()['weights'] as number[][]).map((w) => [...w]);

describe('ElasticNetLogistic', () => {
  it('ends where the optimality conditions of the penalised loss hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 0.5, 1),
        fc.constantFrom(0.05, 1, 10),
        fc.integer({ min: 1, max: 1_000 }),
        (l1Ratio, c, seed) => {
          const { x, y, codes } = sample(120, seed);
          const weights = weightsOf(
            new ElasticNetLogistic({ c, l1Ratio, tolerance: 1e-8, maxSteps: 20_000 }).fit(x, y),
          );
          const table = Float64Array.from(
            { length: 7 * 3 },
            (_, i) => weights[i % 3]?.[Math.floor(i / 3)] ?? 0,
          );
          const gradient = new Float64Array(table.length);
          softmaxLoss(x, codes, 3, table, gradient);
          for (let j = 0; j < table.length; j++) {
            const w = table[j] ?? 0;
            const slope = c * (gradient[j] ?? 0) + (j < 18 ? (1 - l1Ratio) * w : 0);
            const l1 = j < 18 ? l1Ratio : 0;
            if (w !== 0)
              expect(Math.abs(slope + l1 * Math.sign(w))).toBeLessThan(2e-3 * Math.max(1, c));
            else expect(Math.abs(slope)).toBeLessThanOrEqual(l1 + 2e-3 * Math.max(1, c));
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('the lasso leaves noise out, the ridge keeps everything small', () => {
    const { x, y } = sample(300, 3);
    const zeros = (l1Ratio: number) =>
      weightsOf(new ElasticNetLogistic({ c: 0.05, l1Ratio }).fit(x, y))
        .flatMap((w) => w.slice(2, 6))
        .filter((w) => w === 0).length;
    expect(zeros(1)).toBeGreaterThan(8);
    expect(zeros(0)).toBe(0);
  });
});
