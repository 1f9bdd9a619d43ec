/** One line of a selection's report: a model that was tried, and how far behind the winner it is. */
import { flatMacroF1, macroF1Interval, pairedDifference } from '../confusion.ts';
import { createRandom } from '../random.ts';

export interface TriedModel {
  readonly model: string;
  /** Folds it was tested on; fewer for those that were dropped in the first round. */
  readonly folds: number;
  /** Mean over the tested rows, 0–1, with the 95 % bootstrap interval. */
  readonly macro_f1: number;
  readonly low: number;
  readonly high: number;
  /** 95 % interval of the winner's macro-F1 minus this one's, on the same rows. */
  readonly behind_low: number;
  readonly behind_high: number;
}

/** Class numbers on the same held-out rows. */
export interface Outcome {
  readonly truth: Int32Array;
  readonly picks: Int32Array;
  /** What the winner picked. */
  readonly winner: Int32Array;
}

export function triedModel(
  model: string,
  folds: number,
  { truth, picks, winner }: Outcome,
  classes: number,
  seed: number,
): TriedModel {
  const [low, high] = macroF1Interval(truth, picks, classes, createRandom(seed));
  const random = createRandom(seed);
  const [behind_low, behind_high] = pairedDifference(truth, winner, picks, classes, random);
  return {
    model,
    folds,
    macro_f1: flatMacroF1(truth, picks, classes),
    low,
    high,
    behind_low,
    behind_high,
  };
}
