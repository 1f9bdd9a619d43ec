/** Off-policy estimates where the truth is known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/ml/random.ts';
import type { LoggedDecisions } from '../../../src/ml/stats/logged-decisions.ts';
import { meanInterval } from '../../../src/ml/stats/mean-interval.ts';
import { evaluateOffPolicy } from '../../../src/ml/stats/off-policy.ts';

const ACTIONS = 4;
const CONTEXTS = 3;
const reward = (c: number, a: number) => 0.15 + (0.15 * ((c + a) % ACTIONS)) / 1.5;
const turned = (p: readonly number[], by: number, a: number) => p[(a + by) % ACTIONS] ?? 0;
const logging = (c: number, a: number) => turned([0.4, 0.3, 0.2, 0.1], c, a);
const wanted = (c: number, a: number) => turned([0.1, 0.1, 0.2, 0.6], 2 * c, a);
const all = (n: number) => Array.from({ length: n }, (_, i) => i);
const TRUTH = all(CONTEXTS)
  .flatMap((c) => all(ACTIONS).map((a) => (wanted(c, a) * reward(c, a)) / CONTEXTS))
  .reduce((sum, value) => sum + value, 0);

/** `contexts` 1: rewards and propensities depend on the action alone, which the direct method can learn. */
function draw(random: Random, n: number, contexts = CONTEXTS): LoggedDecisions {
  const action = new Int32Array(n);
  const rewards = new Float64Array(n);
  const propensity = new Float64Array(n);
  const target = new Float64Array(n * ACTIONS);
  for (let i = 0; i < n; i++) {
    const c = random.int(contexts);
    let u = random.next();
    let a = 0;
    while (a < ACTIONS - 1 && u > logging(c, a)) u -= logging(c, a++);
    action[i] = a;
    propensity[i] = logging(c, a);
    rewards[i] = random.next() < reward(c, a) ? 1 : 0;
    for (let k = 0; k < ACTIONS; k++) target[i * ACTIONS + k] = wanted(c, k);
  }
  return { action, actionCount: ACTIONS, reward: rewards, propensity, target };
}

describe('intervals of 1,000 short runs of 250 decisions', () => {
  const covered = (contexts: number, truth: number) => {
    const random = createRandom(20);
    const hits = { ips: 0, snips: 0, dm: 0, dr: 0, dros: 0 };
    for (let run = 0; run < 1000; run++) {
      const found = evaluateOffPolicy(draw(random, 250, contexts));
      for (const name of ['ips', 'snips', 'dm', 'dr', 'dros'] as const)
        if (found[name].low <= truth && truth <= found[name].high) hits[name]++;
    }
    return hits;
  };

  it('cover the truth at least 930 times', () => {
    const { ips, snips, dr, dros } = covered(CONTEXTS, TRUTH);
    for (const hits of [ips, snips, dr, dros]) expect(hits).toBeGreaterThanOrEqual(930);
  });

  it('cover it by the direct method too, where its model can be right', () => {
    const truth = all(ACTIONS).reduce((sum, a) => sum + wanted(0, a) * reward(0, a), 0);
    for (const hits of Object.values(covered(1, truth))) expect(hits).toBeGreaterThanOrEqual(930);
  });
});

describe('the estimates', () => {
  it('are their formulas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.nat(1000), (n, seed) => {
        const logged = draw(createRandom(seed), n);
        const w = Array.from(
          logged.action,
          (a, i) => (logged.target[i * ACTIONS + a] ?? 0) / (logged.propensity[i] ?? 1),
        );
        const sum = w.reduce((total, value) => total + value, 0);
        const hit = w.reduce((total, value, i) => total + value * (logged.reward[i] ?? 0), 0);
        const squares = w.reduce((total, value) => total + value * value, 0);
        const found = evaluateOffPolicy(logged);
        expect(found.ips.estimate).toBeCloseTo(hit / n, 10);
        expect(found.snips.estimate).toBeCloseTo(hit / sum, 10);
        expect(found.ess).toBeCloseTo((sum * sum) / squares, 8);
        const predicted = logged.target.map((_, i) => (i % 7) / 7);
        const direct = predicted.reduce((t, q, i) => t + (q * (logged.target[i] ?? 0)) / n, 0);
        const corrected = w.reduce(
          (total, value, i) =>
            total +
            (value *
              ((logged.reward[i] ?? 0) - (predicted[i * ACTIONS + (logged.action[i] ?? 0)] ?? 0))) /
              n,
          direct,
        );
        const given = evaluateOffPolicy({ ...logged, predicted });
        expect(given.dm.estimate).toBeCloseTo(direct, 10);
        expect(given.dr.estimate).toBeCloseTo(corrected, 10);
        expect(evaluateOffPolicy(logged)).toEqual(found);
      }),
    );
  });

  it('of the recording policy itself are the mean reward, every row counting', () => {
    const logged = draw(createRandom(1), 200, 1);
    const target = logged.target.map((_, i) => logging(0, i % ACTIONS));
    const found = evaluateOffPolicy({ ...logged, target });
    const mean = logged.reward.reduce((sum, value) => sum + value, 0) / 200;
    expect(found.ips.estimate).toBeCloseTo(mean, 12);
    expect(found.ess).toBeCloseTo(200, 9);
    expect(found.overlap.verdict).toBe('good');
  });

  it('are called broken when the target does what was never recorded', () => {
    const logged = draw(createRandom(1), 200, 1);
    const actionCount = ACTIONS + 1;
    const target = new Float64Array(200 * actionCount).map((_, i) =>
      i % actionCount === ACTIONS ? 1 : 0,
    );
    const { overlap } = evaluateOffPolicy({ ...logged, actionCount, target });
    expect(overlap).toMatchObject({ verdict: 'broken', unseenShare: expect.closeTo(1, 9) });
  });

  it('refuse impossible cells by column and row', () => {
    const logged = draw(createRandom(1), 5);
    const with0 = { ...logged, propensity: logged.propensity.map((p, i) => (i === 3 ? 0 : p)) };
    expect(() => evaluateOffPolicy(with0)).toThrow(/"propensity" holds 0 in row 4/);
    const nan = { ...logged, reward: logged.reward.map((p, i) => (i === 2 ? Number.NaN : p)) };
    expect(() => evaluateOffPolicy(nan)).toThrow(/"reward" holds NaN in row 3/);
    expect(() => evaluateOffPolicy({ ...logged, target: logged.target.fill(1) })).toThrow(/target/);
  });
});

describe('the interval of a mean', () => {
  it('is a point for equal values, without bounds for one value, and moves with the data', () => {
    expect(meanInterval(Float64Array.of(2, 2, 2))).toEqual({ estimate: 2, low: 2, high: 2 });
    expect(meanInterval(Float64Array.of(2)).high).toBe(Number.POSITIVE_INFINITY);
    const a = meanInterval(Float64Array.of(0, 0, 0, 0, 0, 0, 1, 9));
    // Skewed to the right: the upper side is the longer one.
    expect(a.high - a.estimate).toBeGreaterThan(a.estimate - a.low);
  });
});
