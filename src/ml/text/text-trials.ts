/** Text candidates tested fold by fold, and which of them go on. */
import { fitLean, flatMacroF1 } from '../confusion.ts';
import { FittedLinear, pick } from '../linear/linear-model.ts';
import { fitFlatTemperature } from '../preprocess/flat-temperature.ts';
import { type CountedTexts, FEATURE_SETS, onlyBlock } from './feature-sets.ts';
import { gatherRows } from './held-scores.ts';
import { type Candidate, fitCandidate } from './text-candidates.ts';
import type { Fold } from './text-folds.ts';

/** A candidate and its held-out scores, rows × classes; filled fold by fold. */
export interface Trial {
  readonly candidate: Candidate;
  readonly scores: Float64Array;
  folds: number;
}

/** What all trials share. */
export interface TrialData {
  readonly counted: CountedTexts;
  readonly classes: readonly string[];
  /** Class number per text. */
  readonly codes: Int32Array;
  readonly folds: readonly Fold[];
  readonly seed: number;
  readonly onProgress: (message: string) => void;
}

export const candidateName = ({ family, c, features }: Candidate): string =>
  `${family} ${family === 'nb' ? 'smoothing' : 'C'} ${c} on ${features}`;

export const newTrial = (candidate: Candidate, { codes, classes }: TrialData): Trial => ({
  candidate,
  scores: new Float64Array(codes.length * classes.length),
  folds: 0,
});

/** Fits the trials on the training rows of fold `f` and keeps their scores of its test rows. */
export function testOnFold(f: number, trials: readonly Trial[], data: TrialData): void {
  const { counted, classes, codes, folds, seed, onProgress } = data;
  const { train, test } = folds[f] ?? { train: [], test: [] };
  const k = classes.length;
  const { x, held, isGram } = counted.split(train, test);
  const own = Int32Array.from(train, (i) => codes[i] ?? 0);
  for (const features of FEATURE_SETS) {
    const here = trials.filter((t) => t.candidate.features === features);
    if (here.length === 0) continue;
    const block = onlyBlock(x, isGram, features);
    const heldBlock = onlyBlock(held, isGram, features);
    for (const trial of here) {
      onProgress(`fold ${f + 1} of ${folds.length}: ${candidateName(trial.candidate)}`);
      const weights = fitCandidate(block, own, k, trial.candidate, seed);
      const scores = new FittedLinear({ columns: x.cols, classes, weights }).scores(heldBlock);
      test.forEach((i, r) => {
        trial.scores.set(scores.subarray(r * k, (r + 1) * k), i * k);
      });
      trial.folds++;
    }
  }
}

/** What a trial picked on its tested rows, leaned by what it learnt from the same rows. */
export interface TrialPicks {
  readonly rows: Int32Array;
  readonly truth: Int32Array;
  readonly picks: Int32Array;
  readonly f1: number;
}

export function picksOf(trial: Trial, { folds, codes, classes }: TrialData): TrialPicks {
  const k = classes.length;
  const rows = Int32Array.from(folds.slice(0, trial.folds).flatMap((fold) => fold.test));
  const truth = Int32Array.from(rows, (i) => codes[i] ?? 0);
  const raw = gatherRows(trial.scores, rows, k);
  const factor = fitFlatTemperature(raw, truth, k);
  const scores = raw.map((v) => v * factor);
  const picks = pick(scores, k, fitLean(scores, truth, k));
  return { rows, truth, picks, f1: flatMacroF1(truth, picks, k) };
}

/** The best candidate of each family on each block, best first. */
export function bestOfEach(trials: readonly Trial[], data: TrialData): Trial[] {
  const ranked = trials
    .map((trial) => ({ trial, f1: picksOf(trial, data).f1 }))
    .sort((a, b) => b.f1 - a.f1);
  const seen = new Set<string>();
  return ranked.flatMap(({ trial }) => {
    const { family, features } = trial.candidate;
    const key = `${family} ${features}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [trial];
  });
}
