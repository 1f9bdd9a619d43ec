import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLoss } from '../../../src/ml/metrics.ts';
import { calibrate, chooseCalibration } from '../../../src/ml/preprocess/calibration.ts';
import { encodeTable, fitEncoder, type RawColumn } from '../../../src/ml/preprocess/encoder.ts';
import { fitImputer, impute } from '../../../src/ml/preprocess/impute.ts';
import { applyIsotonic, fitIsotonic } from '../../../src/ml/preprocess/isotonic.ts';
import { fitPlatt } from '../../../src/ml/preprocess/platt.ts';
import { encodeTarget, fitTargetEncoding } from '../../../src/ml/preprocess/target-encoding.ts';
import { createRandom } from '../../../src/ml/random.ts';

const rowsOf = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('isotonic regression', () => {
  it('is the min-max of means, at every training score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 1 })), {
          minLength: 1,
          maxLength: 25,
        }),
        (pairs) => {
          const scores = pairs.map(([s]) => s);
          const curve = fitIsotonic(
            scores,
            pairs.map(([, o]) => o),
          );
          const levels = [...new Set(scores)].sort((a, b) => a - b);
          const mean = (from: number, to: number) => {
            const inside = pairs.filter(([s]) => s >= from && s <= to);
            return inside.reduce((sum, [, o]) => sum + o, 0) / inside.length;
          };
          for (const at of levels) {
            const best = Math.max(
              ...levels
                .filter((from) => from <= at)
                .map((from) =>
                  Math.min(...levels.filter((to) => to >= at).map((to) => mean(from, to))),
                ),
            );
            expect(applyIsotonic(curve, at)).toBeCloseTo(best, 10);
          }
        },
      ),
    );
  });
});

describe('calibration', () => {
  it("Platt's sigmoid finds the curve that made the outcomes", () => {
    const random = createRandom(1);
    const scores = Array.from({ length: 20000 }, () => random.next() * 6 - 3);
    const outcomes = scores.map((s) => (random.next() < 1 / (1 + Math.exp(-2 * s + 1)) ? 1 : 0));
    const { slope, offset } = fitPlatt(scores, outcomes);
    expect(slope).toBeCloseTo(2, 0.8);
    expect(offset).toBeCloseTo(-1, 0.8);
  });

  it('leaves honest probabilities alone and mends overconfident ones, never changing their order', () => {
    const random = createRandom(2);
    const honest = Float64Array.from({ length: 4000 }, () => random.next());
    const outcomes = honest.map((p) => (random.next() < p ? 1 : 0));
    expect(chooseCalibration(honest, outcomes, createRandom(1)).method).toBe('none');
    const bold = honest.map((p) => p ** 3 / (p ** 3 + (1 - p) ** 3));
    const chosen = chooseCalibration(bold, outcomes, createRandom(1));
    expect(chosen.method).not.toBe('none');
    const mended = bold.map((p) => calibrate(chosen, p));
    expect(logLoss(outcomes, mended)).toBeLessThan(logLoss(outcomes, bold) - 0.05);
    const order = rowsOf(4000).sort((a, b) => bold[a]! - bold[b]!);
    order.reduce((before, i) => {
      expect(mended[i]).toBeGreaterThanOrEqual(mended[before]!);
      return i;
    });
  });
});

describe('encoding', () => {
  const columns: RawColumn[] = [
    { name: 'age', numbers: Float64Array.of(20, Number.NaN, 40, 60) },
    { name: 'job', labels: ['b', 'a', '', 'c'] },
  ];

  it('imputes, flags, scales and opens categories; unknown levels are all zeros', () => {
    const { encoder, train } = fitEncoder(columns, Int32Array.of(0, 1, 2), []);
    expect(train.columns).toEqual(['age', 'age missing', 'job=', 'job=a', 'job=b']);
    expect(Array.from(train.data.subarray(0, 5)).slice(2)).toEqual([0, 0, 1]);
    const later = encodeTable(encoder, columns, Int32Array.of(3));
    expect(Array.from(later.data).slice(2)).toEqual([0, 0, 0]);
    const mean = [0, 5, 10].reduce((s, at) => s + train.data[at]!, 0);
    expect(mean).toBeCloseTo(0, 12);
    const kept = fitEncoder(columns, Int32Array.of(0, 1), [], { keepMissing: true }).train;
    expect(kept.data[kept.cols]).toBeNaN();
    expect(JSON.parse(JSON.stringify(encoder))).toEqual(encoder);
  });

  it('fills with the median and remembers the gaps', () => {
    const x = { rows: 4, cols: 1, columns: ['v'], data: Float64Array.of(1, Number.NaN, 9, 2) };
    const filled = impute(fitImputer(x), x);
    expect(filled.columns).toEqual(['v', 'v missing']);
    expect(Array.from(filled.data)).toEqual([1, 0, 2, 1, 9, 0, 2, 0]);
  });

  it('target means never contain the outcome of their own row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', '__proto__'), fc.integer({ min: 0, max: 1 })), {
          minLength: 6,
          maxLength: 30,
        }),
        fc.nat(),
        (pairs, pick) => {
          const labels = pairs.map(([l]) => l);
          const outcomes = pairs.map(([, o]) => o);
          const i = pick % pairs.length;
          const flipped = outcomes.map((o, k) => (k === i ? 1 - o : o));
          const before = fitTargetEncoding(labels, outcomes, createRandom(1)).own[i];
          expect(fitTargetEncoding(labels, flipped, createRandom(1)).own[i]).toBe(before);
        },
      ),
    );
    const { encoding } = fitTargetEncoding(['a', 'a', 'b', 'b'], [1, 1, 0, 0], createRandom(1), 2);
    expect(encodeTarget(encoding, 'never seen')).toBe(0.5);
    expect(encodeTarget(encoding, 'toString')).toBe(0.5);
    expect(encodeTarget(encoding, 'a')).toBeCloseTo(12 / 22, 12);
  });
});
