/** How well a text model labels texts it was not fitted on. */
import { flatMacroF1, macroF1Interval } from '../../ml/confusion.ts';
import { createRandom } from '../../ml/random.ts';
import type { TextLabeller } from '../../ml/text/text-trees.ts';
import { topCalibration } from '../../ml/top-calibration.ts';

export interface Scored {
  readonly accuracy: number;
  readonly macro_f1: number;
  /** 95 % bootstrap interval of macro-F1. */
  readonly low: number;
  readonly high: number;
  /** Expected calibration error of the most likely label's probability, ten bins. */
  readonly ece: number;
  /** The error that chance alone would show on as many texts. */
  readonly ece_floor: number;
  readonly log_loss: number;
  readonly per_class: Readonly<
    Record<string, { precision: number; recall: number; f1: number; n: number }>
  >;
}

/** A label the model never saw counts as a class of its own that is always missed. */
export function scoreText(
  model: TextLabeller,
  texts: readonly string[],
  labels: readonly string[],
): Scored {
  const all = [...new Set([...model.classes, ...labels])];
  const numberOf = new Map(all.map((name, c) => [name, c]));
  const truth = Int32Array.from(labels, (l) => numberOf.get(l) ?? 0);
  const picks = Int32Array.from(model.predict(texts), (l) => numberOf.get(l) ?? 0);
  const chances = model.predictProba(texts);
  const calibration = topCalibration(
    Float64Array.from(chances.flat()),
    truth,
    model.classes.length,
  );
  let loss = 0;
  let right = 0;
  chances.forEach((row, i) => {
    loss -= Math.log(Math.max(1e-15, row[truth[i] ?? 0] ?? 0));
    if (picks[i] === truth[i]) right++;
  });
  const n = texts.length;
  const [low, high] = macroF1Interval(truth, picks, all.length, createRandom(1));
  return {
    accuracy: right / n,
    macro_f1: flatMacroF1(truth, picks, all.length),
    low,
    high,
    ece: calibration.ece,
    ece_floor: calibration.floor,
    log_loss: loss / n,
    per_class: Object.fromEntries(all.map((name, c) => [name, scoreClass(truth, picks, c)])),
  };
}

export function scoreClass(truth: Int32Array, picks: Int32Array, c: number) {
  let hit = 0;
  let claimed = 0;
  let there = 0;
  truth.forEach((t, i) => {
    if (t === c) there++;
    if (picks[i] === c) claimed++;
    if (t === c && picks[i] === c) hit++;
  });
  return {
    precision: claimed === 0 ? 0 : hit / claimed,
    recall: there === 0 ? 0 : hit / there,
    f1: claimed + there === 0 ? 0 : (2 * hit) / (claimed + there),
    n: there,
  };
}
