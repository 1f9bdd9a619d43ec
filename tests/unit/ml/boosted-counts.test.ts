/** Boosted trees for counts: they learn a rate that varies, explain themselves, and come back as they were. */
import { describe, expect, it } from 'vitest';
import { poissonDeviance } from '../../../src/ml/metrics.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { BoostedCounts, FittedBoostedCounts } from '../../../src/ml/tree/boosted-counts.ts';

const random = createRandom(7);
const draw = (mean: number): number => {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let p = random.next(); p > limit; p *= random.next()) count++;
  return count;
};
const rate = (a: number, b: number): number => (a > 0.5 ? 3 : 0.5) * (b > 0.7 ? 2 : 1);
function table(rows: number) {
  const data = Float64Array.from({ length: rows * 2 }, () => random.next());
  const truth = Float64Array.from({ length: rows }, (_, i) => rate(data[2 * i]!, data[2 * i + 1]!));
  return { x: { rows, cols: 2, data, columns: ['a', 'b'] }, truth, y: truth.map(draw) };
}
const train = table(3000);
const test = table(3000);
const model = new BoostedCounts({ rounds: 100, maxLeaves: 4 }).fit(train.x, train.y);
const mean = (v: Float64Array): number => v.reduce((s, x) => s + x, 0) / v.length;

describe('boosted counts', () => {
  it('find the rate on rows they never saw, nearly as well as the truth', () => {
    const said = model.predict(test.x);
    const loss = (means: ArrayLike<number>) => mean(poissonDeviance(test.y, means));
    const flat = loss(said.map(() => mean(train.y)));
    expect(loss(said)).toBeLessThan(loss(test.truth) + 0.05 * (flat - loss(test.truth)));
    expect(mean(said) / mean(test.truth)).toBeCloseTo(1, 1);
  });

  it('say why, to 1e-9, and are the same when read back', () => {
    const copy = FittedBoostedCounts.fromJSON(JSON.parse(JSON.stringify(model)));
    const said = model.predict(test.x);
    expect(copy.predict(test.x)).toEqual(said);
    for (let row = 0; row < 50; row++) {
      const { base, contributions, score } = model.explain(test.x, row);
      const sum = contributions.reduce((s, c) => s + c.effect, base);
      expect(sum).toBeCloseTo(Math.log(said[row]!), 9);
      expect(score).toBe(sum);
    }
  });

  it('refuse counts that are none', () => {
    const y = Float64Array.from(train.y);
    y[5] = -1;
    expect(() => new BoostedCounts().fit(train.x, y)).toThrow(/"y" holds -1 in row 5/);
    expect(() => new BoostedCounts().fit(train.x, y.fill(0))).toThrow(/zero/);
  });
});
