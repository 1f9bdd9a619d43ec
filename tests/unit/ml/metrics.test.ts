import { describe, expect, it } from 'vitest';
import { auc, brier, ece, logLoss, macroF1 } from '../../../src/ml/metrics.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { groupFolds, splitByTime } from '../../../src/ml/split.ts';

describe('metrics', () => {
  it('match values worked out by hand', () => {
    expect(auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
    expect(auc([0, 1], [0.5, 0.5])).toBe(0.5);
    expect(auc([1, 1], [0.2, 0.3])).toBeNaN();
    expect(logLoss([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 12);
    expect(brier([1, 0], [0.8, 0.4])).toBeCloseTo(0.1, 12);
    expect(ece([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5])).toBe(0);
    expect(ece([1, 1], [0.85, 0.85])).toBeCloseTo(0.15, 12);
    expect(macroF1(['a', 'a', 'b'], ['a', 'b', 'b'])).toBeCloseTo(2 / 3, 12);
  });
});

describe('splits', () => {
  it('put everything of the cut moment and later into the test', () => {
    const { train, test, cutMs } = splitByTime([5, 1, 4, 4, 2], 0.4);
    expect([train, test, cutMs]).toEqual([[1, 4], [0, 2, 3], 4]);
  });

  it('keep equal keys in one fold', () => {
    const keys = Array.from({ length: 60 }, (_, i) => `k${i % 20}`);
    const folds = groupFolds(keys, 5, createRandom(1));
    for (const [i, key] of keys.entries()) expect(folds[i]).toBe(folds[keys.indexOf(key)]);
    expect(new Set(folds).size).toBe(5);
  });
});
