/** Which calibration suits a model: none, Platt's sigmoid or an isotonic curve, by cross-validation. */
import { logit, sigmoid } from '../linear/logistic-regression.ts';
import { logLoss } from '../metrics.ts';
import type { Random } from '../random.ts';
import { applyIsotonic, fitIsotonic, type Isotonic } from './isotonic.ts';
import { fitPlatt, type Platt } from './platt.ts';

/** Plain data. Works on probabilities of one class against the rest. */
export type Calibration =
  | { readonly method: 'none' }
  | { readonly method: 'platt'; readonly platt: Platt }
  | { readonly method: 'isotonic'; readonly isotonic: Isotonic; readonly pad: number };

const FOLDS = 5;
/** A calibration must improve the log-loss by this share to be worth having. */
const WORTH = 0.002;

/**
 * @param chances probabilities given to rows the model did not train on.
 * @param outcomes 0 or 1.
 */
export function chooseCalibration(
  chances: Float64Array,
  outcomes: ArrayLike<number>,
  random: Random,
): Calibration {
  const order = random.permutation(chances.length);
  let best: Calibration['method'] = 'none';
  let bestLoss = logLoss(outcomes, chances) * (1 - WORTH);
  for (const method of ['platt', 'isotonic'] as const) {
    const said = new Float64Array(chances.length);
    for (let fold = 0; fold < FOLDS; fold++) {
      const kept = order.filter((_, k) => k % FOLDS !== fold);
      const learnt = fitOn(method, chances, outcomes, kept);
      order.forEach((i, k) => {
        if (k % FOLDS === fold) said[i] = calibrate(learnt, chances[i]!);
      });
    }
    const loss = logLoss(outcomes, said);
    if (loss < bestLoss) {
      best = method;
      bestLoss = loss;
    }
  }
  return fitOn(best, chances, outcomes, order);
}

/** The honest probability for one the model gave. */
export function calibrate(calibration: Calibration, p: number): number {
  if (calibration.method === 'none') return p;
  if (calibration.method === 'platt') {
    return sigmoid(calibration.platt.slope * safeLogit(p) + calibration.platt.offset);
  }
  // No finite sample proves a chance of 0 or 1; rows of one step keep the model's own order.
  const { isotonic, pad } = calibration;
  const inside = Math.min(1 - pad, Math.max(pad, applyIsotonic(isotonic, p)));
  return inside + (p - 0.5) * pad * 1e-3;
}

function fitOn(
  method: Calibration['method'],
  chances: Float64Array,
  outcomes: ArrayLike<number>,
  rows: Int32Array,
): Calibration {
  return fitCalibration(
    method,
    Float64Array.from(rows, (i) => chances[i]!),
    Float64Array.from(rows, (i) => outcomes[i]!),
  );
}

/** @param outcomes 0 or 1 for each of the probabilities. */
export function fitCalibration(
  method: Calibration['method'],
  chances: Float64Array,
  outcomes: Float64Array,
): Calibration {
  if (method === 'none') return { method };
  if (method === 'platt') return { method, platt: fitPlatt(chances.map(safeLogit), outcomes) };
  return { method, isotonic: fitIsotonic(chances, outcomes), pad: 1 / (chances.length + 2) };
}

const safeLogit = (p: number): number => logit(Math.min(1 - 1e-6, Math.max(1e-6, p)));
