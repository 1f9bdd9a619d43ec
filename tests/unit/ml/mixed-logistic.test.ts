import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../../src/ml/linear/logistic-regression.ts';
import { fitMixedLogistic, type MixedInput } from '../../../src/ml/linear/mixed-logistic.ts';
import { unitPosterior } from '../../../src/ml/linear/unit-posterior.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { csrFromRows } from '../../../src/ml/sparse.ts';

const draw = createRandom(11);
const normal = (): number =>
  Math.sqrt(-2 * Math.log(1 - draw.next())) * Math.cos(2 * Math.PI * draw.next());

/** `tries` touches in every group of every unit, spread over two slots. */
function simulated(units: number, tries: number, sd: { u: number; g: number; s: number }) {
  const cells: { unit: number; group: number; slot: number; answered: number }[] = [];
  for (let unit = 0; unit < units; unit++) {
    const own = sd.u * normal();
    const slots = [sd.s * normal(), sd.s * normal()];
    for (let group = 0; group < 3; group++) {
      const level = -0.5 + own + sd.g * normal();
      for (let slot = 0; slot < 2; slot++) {
        let answered = 0;
        for (let t = 0; t < tries; t++)
          answered += draw.next() < sigmoid(level + (slots[slot] ?? 0)) ? 1 : 0;
        cells.push({ unit, group, slot, answered });
      }
    }
  }
  const input: MixedInput = {
    x: csrFromRows(
      cells.map(() => ({ indices: [0], values: [1] })),
      ['one'],
    ),
    tried: new Float64Array(cells.length).fill(tries),
    answered: Float64Array.from(cells, (c) => c.answered),
    unit: Int32Array.from(cells, (c) => c.unit),
    group: Int32Array.from(cells, (c) => c.group),
    slot: Int32Array.from(cells, (c) => c.slot),
    groups: 3,
    slots: 2,
    block: Int32Array.from([-1]),
  };
  return input;
}

describe('mixed logistic regression', () => {
  it('finds the spreads without being told, also where units are short', () => {
    for (const tries of [2, 6]) {
      const model = fitMixedLogistic(simulated(2000, tries, { u: 0.3, g: 0.9, s: 0.4 }));
      expect(Math.abs((model.weights[0] ?? 0) + 0.5)).toBeLessThan(0.06);
      expect(Math.abs(model.sds.group - 0.9)).toBeLessThan(0.09);
      expect(Math.abs(model.sds.unit - 0.3)).toBeLessThan(0.15);
      expect(Math.abs(model.sds.slot - 0.4)).toBeLessThan(0.12);
      expect(model.rounds).toBeLessThan(40);
    }
  });

  it('finds no spread where there is none', () => {
    const { sds } = fitMixedLogistic(simulated(2000, 4, { u: 0, g: 0, s: 0 }));
    expect(sds.unit + sds.group + sds.slot).toBeLessThan(0.4);
  });

  it('refuses outcomes that are all equal, and answers beyond the tries', () => {
    const input = simulated(20, 2, { u: 0, g: 0, s: 0 });
    const all = { ...input, answered: input.tried };
    expect(() => fitMixedLogistic(all)).toThrowError(/all outcomes are equal/);
    const beyond = { ...input, answered: input.tried.map((_, i) => (i === 0 ? 9 : 0)) };
    expect(() => fitMixedLogistic(beyond)).toThrowError(/0 … tried/);
  });
});

describe('the posterior of one unit', () => {
  const prior = { unit: 0.2, group: [0.5, 0.5, 0.5], slot: [0.1, 0.1] };
  const rows = (cells: readonly (readonly [number, number, number, number])[]) => ({
    eta: new Float64Array(cells.length).fill(-0.6),
    group: Int32Array.from(cells, (c) => c[0]),
    slot: Int32Array.from(cells, (c) => c[1]),
    tried: Float64Array.from(cells, (c) => c[2]),
    answered: Float64Array.from(cells, (c) => c[3]),
  });

  /** Means and variances of unit + group 0 + slot 0, by self-normalised importance sampling from the prior. */
  function sampled(data: ReturnType<typeof rows>, draws: number) {
    let total = 0;
    let first = 0;
    let second = 0;
    for (let d = 0; d < draws; d++) {
      const unit = Math.sqrt(prior.unit) * normal();
      const group = prior.group.map((v) => Math.sqrt(v) * normal());
      const slot = prior.slot.map((v) => Math.sqrt(v) * normal());
      let log = 0;
      data.eta.forEach((eta, i) => {
        const s = eta + unit + (group[data.group[i] ?? 0] ?? 0) + (slot[data.slot[i] ?? 0] ?? 0);
        log += (data.answered[i] ?? 0) * s - (data.tried[i] ?? 0) * Math.log1p(Math.exp(s));
      });
      const weight = Math.exp(log);
      const sum = unit + (group[0] ?? 0) + (slot[0] ?? 0);
      total += weight;
      first += weight * sum;
      second += weight * sum * sum;
    }
    const mean = first / total;
    return { mean, variance: second / total - mean * mean };
  }

  it.each([
    { cells: [[0, 0, 1, 1]] as const },
    {
      cells: [
        [0, 0, 6, 5],
        [0, 1, 2, 0],
        [1, 0, 3, 3],
      ] as const,
    },
    {
      cells: [
        [1, 1, 20, 1],
        [2, 0, 4, 4],
      ] as const,
    },
  ])('agrees with a brute-force sample: %j', ({ cells }) => {
    const data = rows(cells);
    const { mean, covariance, size } = unitPosterior(data, prior);
    const effects = [0, 1, 4];
    const variance = effects
      .flatMap((a) => effects.map((b) => covariance[a * size + b] ?? 0))
      .reduce((a, b) => a + b, 0);
    const exact = sampled(data, 200_000);
    const centre = effects.reduce((sum, e) => sum + (mean[e] ?? 0), 0);
    expect(Math.abs(centre - exact.mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - exact.variance)).toBeLessThan(0.03);
  });

  it('stays finite at the most lopsided counts', () => {
    for (const answered of [0, 500]) {
      const { mean, covariance } = unitPosterior(rows([[0, 0, 500, answered]]), prior);
      for (const value of [...mean, ...covariance]) expect(Number.isFinite(value)).toBe(true);
    }
  });

  it('is the prior without touches', () => {
    const { mean, covariance, size } = unitPosterior(rows([]), prior);
    expect(Array.from(mean)).toEqual(new Array(6).fill(0));
    expect(covariance[size + 1]).toBeCloseTo(0.5, 12);
  });
});
