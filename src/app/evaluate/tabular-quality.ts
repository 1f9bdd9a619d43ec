/** How good probabilities of two or more classes are, in the figures of the report. */
import { auc, brier, ece, logLoss, macroF1 } from '../../ml/metrics.ts';

export interface Quality {
  /** With more than two classes: mean over the classes, each against the rest. */
  readonly auc: number;
  readonly log_loss: number;
  /** Two classes: mean squared error of the positive class; more: mean over the classes. */
  readonly brier: number;
  /** Calibration error in ten bins; with more classes, of the chosen one. */
  readonly ece: number;
  readonly accuracy: number;
  readonly macro_f1: number;
}

/** @param chances row-major `rows × classes`. */
export function quality(
  chances: Float64Array,
  truth: readonly string[],
  classes: readonly string[],
  positive: string,
): Quality {
  const width = classes.length;
  const column = (k: number) => truth.map((_, i) => chances[i * width + k] ?? 0);
  const hits = (k: number) => truth.map((label) => (label === classes[k] ? 1 : 0));
  const chosen = truth.map((_, i) => {
    let best = 0;
    for (let k = 1; k < width; k++) {
      if ((chances[i * width + k] ?? 0) > (chances[i * width + best] ?? 0)) best = k;
    }
    return best;
  });
  const predicted = chosen.map((k) => classes[k] ?? '');
  const right = predicted.map((label, i) => (label === truth[i] ? 1 : 0));
  const shared = {
    accuracy: right.reduce<number>((a, b) => a + b, 0) / truth.length,
    macro_f1: macroF1(truth, predicted),
  };
  if (width === 2) {
    const k = classes.indexOf(positive);
    const [y, p] = [hits(k), column(k)];
    const figures = { auc: auc(y, p), log_loss: logLoss(y, p), brier: brier(y, p), ece: ece(y, p) };
    return { ...figures, ...shared };
  }
  const over = (figure: (y: number[], p: number[]) => number): number => {
    const all = classes.map((_, k) => figure(hits(k), column(k))).filter((v) => !Number.isNaN(v));
    return all.reduce((a, b) => a + b, 0) / all.length;
  };
  return {
    auc: over(auc),
    log_loss: mean(rowLosses(chances, truth, classes)),
    brier: over(brier),
    ece: ece(
      right,
      chosen.map((k, i) => chances[i * width + k] ?? 0),
    ),
    ...shared,
  };
}

/** −log probability of what happened, per row. */
export function rowLosses(
  chances: Float64Array,
  truth: readonly string[],
  classes: readonly string[],
): number[] {
  const numbers = new Map(classes.map((c, k) => [c, k]));
  return truth.map((label, i) => {
    const p = chances[i * classes.length + (numbers.get(label) ?? 0)] ?? 0;
    return -Math.log(Math.max(1e-15, p));
  });
}

export const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** Mean of the values and its 95 % interval. */
export function meanInterval(values: readonly number[]): readonly [number, number, number] {
  const centre = mean(values);
  const squares = values.reduce((s, v) => s + (v - centre) ** 2, 0);
  const half = 1.96 * Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
  return [centre, centre - half, centre + half];
}
