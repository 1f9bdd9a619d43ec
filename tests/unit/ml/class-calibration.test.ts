import { describe, expect, it } from 'vitest';
import {
  calibrateClasses,
  chooseClassCalibration,
} from '../../../src/ml/preprocess/class-calibration.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { topCalibration } from '../../../src/ml/top-calibration.ts';

/** Rows whose truth is drawn from honest probabilities; `say` is what the model claims instead. */
function claims(n: number, classes: number, say: (honest: readonly number[]) => readonly number[]) {
  const random = createRandom(3);
  const truth = new Int32Array(n);
  const chances = new Float64Array(n * classes);
  for (let i = 0; i < n; i++) {
    const raw = Array.from({ length: classes }, () => random.next() ** 3 + 0.01);
    const total = raw.reduce((a, b) => a + b, 0);
    const honest = raw.map((v) => v / total);
    const draw = random.next();
    truth[i] = honest.findIndex(
      (_, c) => draw < honest.slice(0, c + 1).reduce((a, b) => a + b, 0) || c === classes - 1,
    );
    chances.set(say(honest), i * classes);
  }
  const fold = Int32Array.from({ length: n }, (_, i) => i % 4);
  return { chances, truth, fold };
}

const normalise = (row: readonly number[]): number[] => {
  const total = row.reduce((a, b) => a + b, 0);
  return row.map((p) => p / total);
};

describe('calibration over several classes', () => {
  it('leaves honest probabilities as they are', () => {
    const { chances, truth, fold } = claims(3000, 3, (p) => p);
    const { calibration, said } = chooseClassCalibration(chances, truth, fold, 3);
    expect(calibration.method).toBe('none');
    expect(said).toBe(chances);
  });

  it.each([2, 3])('mends %i classes whose model exaggerates, and sums to 1', (classes) => {
    const { chances, truth, fold } = claims(4000, classes, (p) => normalise(p.map((v) => v ** 3)));
    const { calibration, said } = chooseClassCalibration(chances, truth, fold, classes);
    expect(calibration.method).not.toBe('none');
    const before = topCalibration(chances, truth, classes).ece;
    const after = topCalibration(said, truth, classes);
    expect(before).toBeGreaterThan(0.05);
    expect(after.ece).toBeLessThan(0.03);
    const row = calibrateClasses(calibration, [0.7, 0.2, 0.1].slice(0, classes));
    expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  it('takes the isotonic curve where no sigmoid fits', () => {
    const step = (p: readonly number[]) => {
      const said = (p[1] ?? 0) < 0.4 ? 0.05 : (p[1] ?? 0) < 0.6 ? 0.5 : 0.55;
      const own = said + 0.02 * (p[1] ?? 0);
      return [1 - own, own];
    };
    const { chances, truth, fold } = claims(4000, 2, step);
    expect(chooseClassCalibration(chances, truth, fold, 2).calibration.method).toBe('isotonic');
  });
});

describe('the floor of the calibration error', () => {
  it('is what honest probabilities show on average', () => {
    const errors = Array.from({ length: 40 }, (_, seed) => {
      const random = createRandom(seed);
      const n = 300;
      const chances = new Float64Array(2 * n);
      const truth = Int32Array.from({ length: n }, (_, i) => {
        const p = random.next();
        chances[2 * i] = 1 - p;
        chances[2 * i + 1] = p;
        return random.next() < p ? 1 : 0;
      });
      return topCalibration(chances, truth, 2);
    });
    const mean = (key: 'ece' | 'floor'): number => errors.reduce((s, e) => s + e[key], 0) / 40;
    expect(mean('ece') / mean('floor')).toBeGreaterThan(0.85);
    expect(mean('ece') / mean('floor')).toBeLessThan(1.15);
  });
});
