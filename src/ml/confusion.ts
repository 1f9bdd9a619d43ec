/** F1 from class numbers: of one set, of many resampled ones, and with decisions leaned for it. */
import { pick } from './linear/linear-model.ts';
import type { Random } from './random.ts';

/** Unweighted mean F1 of the classes that occur in truth or picks; `rows` (with repeats) limits it. */
export function flatMacroF1(
  truth: ArrayLike<number>,
  picks: ArrayLike<number>,
  classes: number,
  rows?: Int32Array,
): number {
  const hit = new Int32Array(classes);
  const both = new Int32Array(classes);
  const n = rows?.length ?? truth.length;
  for (let r = 0; r < n; r++) {
    const i = rows === undefined ? r : rows[r]!;
    const t = truth[i]!;
    const p = picks[i]!;
    both[t] = both[t]! + 1;
    both[p] = both[p]! + 1;
    if (t === p) hit[t] = hit[t]! + 1;
  }
  let sum = 0;
  let there = 0;
  for (let c = 0; c < classes; c++) {
    if (both[c] === 0) continue;
    there++;
    sum += (2 * hit[c]!) / both[c]!;
  }
  return sum / there;
}

/** The 95 % percentile interval of macro-F1 over resampled rows. */
export function macroF1Interval(
  truth: ArrayLike<number>,
  picks: ArrayLike<number>,
  classes: number,
  random: Random,
): readonly [low: number, high: number] {
  return resampled(truth.length, random, (rows) => flatMacroF1(truth, picks, classes, rows));
}

/** The 95 % interval of the difference of macro-F1, `a` minus `b`, over the same resampled rows. */
export function pairedDifference(
  truth: ArrayLike<number>,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  classes: number,
  random: Random,
): readonly [low: number, high: number] {
  return resampled(
    truth.length,
    random,
    (rows) => flatMacroF1(truth, a, classes, rows) - flatMacroF1(truth, b, classes, rows),
  );
}

const DRAWS = 200;

function resampled(
  n: number,
  random: Random,
  statistic: (rows: Int32Array) => number,
): readonly [low: number, high: number] {
  const rows = new Int32Array(n);
  const values = Float64Array.from({ length: DRAWS }, () => {
    for (let r = 0; r < n; r++) rows[r] = random.int(n);
    return statistic(rows);
  }).sort();
  return [values[Math.floor(DRAWS * 0.025)]!, values[Math.ceil(DRAWS * 0.975) - 1]!];
}

/** Classes up to which decisions are leaned; beyond, each class is too rare to learn an offset. */
const MOST_LEANED = 12;

/**
 * Offsets per class, added to calibrated scores before the highest is taken, that raise macro-F1 on
 * rows the model did not train on: it weighs rare classes as much as frequent ones, which
 * probabilities do not. Coordinate ascent over −1.5 … 1.5; the middle of the best stretch is taken,
 * so that a lucky single value does not win.
 */
export function fitLean(
  scores: Float64Array,
  truth: ArrayLike<number>,
  classes: number,
): Float64Array {
  const lean = new Float64Array(classes);
  if (classes > MOST_LEANED) return lean;
  const STEPS = 30;
  const values = new Float64Array(STEPS + 1);
  for (let round = 0; round < 2; round++) {
    for (let c = 0; c < classes; c++) {
      let best = 0;
      for (let s = 0; s <= STEPS; s++) {
        lean[c] = (s - STEPS / 2) / 10;
        values[s] = flatMacroF1(truth, pick(scores, classes, lean), classes);
        best = Math.max(best, values[s]!);
      }
      let weight = 0;
      let sum = 0;
      for (let s = 0; s <= STEPS; s++) {
        if (values[s]! < best - 0.001) continue;
        weight += 1;
        sum += (s - STEPS / 2) / 10;
      }
      lean[c] = sum / weight;
    }
  }
  const plain = flatMacroF1(truth, pick(scores, classes, new Float64Array(classes)), classes);
  const leaned = flatMacroF1(truth, pick(scores, classes, lean), classes);
  return leaned > plain ? lean : new Float64Array(classes);
}
