/** Which calibration suits probabilities over several classes: as they are, Platt's or isotonic, by CV. */
import { type Calibration, calibrate, fitCalibration } from './calibration.ts';

/** Plain data: one curve per class against the rest; for two classes only that of the second. */
export interface ClassCalibration {
  readonly method: Calibration['method'];
  readonly curves: readonly Calibration[];
}

export interface ChosenCalibration {
  readonly calibration: ClassCalibration;
  /** The probabilities it gives to each fold's rows when learnt from the other folds. */
  readonly said: Float64Array;
}

/** A curve must improve the log-loss by this share to be worth having. */
const WORTH = 0.002;

/**
 * @param chances rows × classes, given to rows the model did not train on.
 * @param truth class number per row. @param fold the fold each row is judged in.
 */
export function chooseClassCalibration(
  chances: Float64Array,
  truth: ArrayLike<number>,
  fold: Int32Array,
  classes: number,
): ChosenCalibration {
  const all = Int32Array.from(fold.keys());
  let best: ChosenCalibration = { calibration: { method: 'none', curves: [] }, said: chances };
  let least = classLogLoss(chances, truth, classes) * (1 - WORTH);
  for (const method of ['platt', 'isotonic'] as const) {
    const learn = (rows: Int32Array): ClassCalibration =>
      fitCurves(method, chances, truth, rows, classes);
    const said = new Float64Array(chances.length);
    for (const f of new Set(fold)) {
      const learnt = learn(all.filter((i) => fold[i] !== f));
      for (const i of all.filter((row) => fold[row] === f)) {
        const row = Array.from(chances.subarray(i * classes, (i + 1) * classes));
        said.set(calibrateClasses(learnt, row), i * classes);
      }
    }
    const loss = classLogLoss(said, truth, classes);
    if (loss >= least) continue;
    least = loss;
    best = { calibration: learn(all), said };
  }
  return best;
}

/** The honest probabilities for those the model gave; they sum to 1. */
export function calibrateClasses(
  { method, curves }: ClassCalibration,
  chances: readonly number[],
): number[] {
  if (method === 'none') return [...chances];
  const [only] = curves;
  if (chances.length === 2 && only !== undefined) {
    const p = calibrate(only, chances[1] ?? 0);
    return [1 - p, p];
  }
  const raised = curves.map((curve, c) => calibrate(curve, chances[c] ?? 0));
  const total = raised.reduce((a, b) => a + b, 0);
  return raised.map((p) => p / total);
}

function fitCurves(
  method: Calibration['method'],
  chances: Float64Array,
  truth: ArrayLike<number>,
  rows: Int32Array,
  classes: number,
): ClassCalibration {
  const asked = classes === 2 ? [1] : Array.from({ length: classes }, (_, c) => c);
  const curves = asked.map((c) =>
    fitCalibration(
      method,
      Float64Array.from(rows, (i) => chances[i * classes + c]!),
      Float64Array.from(rows, (i) => (truth[i] === c ? 1 : 0)),
    ),
  );
  return { method, curves };
}

function classLogLoss(chances: Float64Array, truth: ArrayLike<number>, classes: number): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    sum -= Math.log(Math.max(1e-15, chances[i * classes + truth[i]!]!));
  }
  return sum / truth.length;
}
