/** The best text classifier by cross-validation: features, model, blend, calibration, and its losers. */
import { fitLean } from '../confusion.ts';
import { encodeLabels } from '../labels.ts';
import { FittedLinear } from '../linear/linear-model.ts';
import { type ClassCalibration, chooseClassCalibration } from '../preprocess/class-calibration.ts';
import { topCalibration } from '../top-calibration.ts';
import { softmaxRows } from '../tree/boost-loss.ts';
import { CountedTexts, featuresFor, onlyBlock } from './feature-sets.ts';
import { gatherRows } from './held-scores.ts';
import { asMember, type Blend, blendName, blendOf, growBlend, sharesOf } from './text-blend.ts';
import {
  type Candidate,
  candidatesFor,
  type Family,
  fitCandidate,
  MANY_CLASSES,
} from './text-candidates.ts';
import { type Fold, type FoldOptions, textFolds } from './text-folds.ts';
import { FittedTextModel } from './text-model.ts';
import {
  bestOfEach,
  candidateName,
  newTrial,
  picksOf,
  type Trial,
  type TrialData,
  testOnFold,
} from './text-trials.ts';
import { type TriedModel, triedModel } from './tried-model.ts';

export interface SelectTextOptions extends FoldOptions {
  /** Default `auto`: all families and their blends. */
  readonly model?: Family | 'auto';
  readonly onProgress?: (message: string) => void;
}

export interface SelectedText {
  readonly model: FittedTextModel;
  readonly name: string;
  /** The winner first. */
  readonly candidates: readonly TriedModel[];
  readonly nearCopies: number;
  /** How the scores became probabilities, and their calibration error on the held-out rows. */
  readonly calibration: { readonly method: string; readonly ece: number };
  /** The first fold, and what the winner, not having seen them, said about its test rows. */
  readonly firstFold: Fold & { readonly picks: readonly string[] };
}

/** Candidates × numbers × problems of the first round; fewer folds are used beyond. */
const FIRST_ROUND = 6e8;
/** Candidates that go on to all folds and to the blends. */
const FINALISTS = 6;
const FINALISTS_MANY = 4;

/**
 * 1. Every candidate (family, cost, block of features) is tested on the first folds. 2. The best
 * ones, at most one per family and block, are tested on all folds. 3. Their blends are tried.
 * Decisions are leaned towards rare classes where that raises macro-F1; every figure is taken with
 * a lean learnt from the other folds. 4. The winner is fitted on everything. All of it is linear in
 * one table of columns, so that the result is one weight per term and class.
 * @throws RapportError not_enough_data with fewer than two classes or a class of fewer rows than folds.
 */
export function selectText(
  texts: readonly string[],
  labels: readonly string[],
  { model = 'auto', seed = 1, onProgress = () => {}, ...options }: SelectTextOptions = {},
): SelectedText {
  const { classes, codes } = encodeLabels(labels);
  const k = classes.length;
  const { folds, nearCopies } = textFolds(texts, labels, { ...options, seed });
  const counted = new CountedTexts(texts, featuresFor(texts, seed));
  const data: TrialData = { counted, classes, codes, folds, seed, onProgress };
  const { trials, finalists } = runTrials(model, data);

  onProgress('blends');
  const rows = Int32Array.from(folds.flatMap((fold) => fold.test));
  const tested = {
    truth: Int32Array.from(rows, (i) => codes[i] ?? 0),
    fold: Int32Array.from(folds.flatMap((fold, f) => fold.test.map(() => f))),
    classes: k,
  };
  const members = finalists.map(({ candidate, scores }) =>
    asMember(candidateName(candidate), candidate, gatherRows(scores, rows, k), tested),
  );
  const singles = members.map((member) => blendOf([member], tested));
  const winner = growBlend(singles, members, tested);

  onProgress('fitting the winner on everything');
  const lean = Array.from(fitLean(winner.scores, tested.truth, k));
  const chances = softmaxRows(winner.scores.slice(), k);
  const { calibration, said } = chooseClassCalibration(chances, tested.truth, tested.fold, k);
  const { train, test } = folds[0] ?? { train: [], test: [] };
  return {
    model: fitBlend(winner, data, lean, calibration),
    name: blendName(winner),
    candidates: reportOf({ winner, singles, trials, finalists }, { rows, ...tested }, data),
    nearCopies,
    calibration: {
      method: calibration.method === 'none' ? 'temperature' : calibration.method,
      ece: topCalibration(said, tested.truth, k).ece,
    },
    firstFold: {
      train,
      test,
      picks: Array.from(winner.picks.subarray(0, test.length), (c) => classes[c] ?? ''),
    },
  };
}

/** All candidates on the first folds, the best of them on all folds. */
function runTrials(
  model: Family | 'auto',
  data: TrialData,
): { trials: readonly Trial[]; finalists: readonly Trial[] } {
  const { counted, classes, folds } = data;
  const k = classes.length;
  const trials = candidatesFor(k, model).map((candidate) => newTrial(candidate, data));
  const work = counted.size * (k === 2 ? 1 : k) * trials.length;
  const first = Math.max(1, Math.min(folds.length, Math.floor(FIRST_ROUND / work)));
  for (let f = 0; f < first; f++) testOnFold(f, trials, data);
  const count = k > MANY_CLASSES ? FINALISTS_MANY : FINALISTS;
  const finalists = bestOfEach(trials, data).slice(0, count);
  for (let f = first; f < folds.length; f++) testOnFold(f, finalists, data);
  return { trials, finalists };
}

/** The members of a blend fitted on everything, added up in one table of weights. */
function fitBlend(
  blend: Blend<Candidate>,
  { counted, classes, codes, seed }: TrialData,
  lean: readonly number[],
  calibration: ClassCalibration,
): FittedTextModel {
  const { vectorizer, x, isGram } = counted.all();
  const weights = classes.map(() => new Float64Array(x.cols + 1));
  for (const { source, share } of sharesOf(blend)) {
    const block = onlyBlock(x, isGram, source.features);
    fitCandidate(block, codes, classes.length, source, seed).forEach((own, c) => {
      const sum = weights[c]!;
      for (let j = 0; j < own.length; j++) sum[j] = sum[j]! + share * own[j]!;
    });
  }
  return new FittedTextModel(
    vectorizer,
    new FittedLinear({ columns: x.cols, classes, weights, lean }),
    calibration,
  );
}

interface Tries {
  readonly winner: Blend<Candidate>;
  readonly singles: readonly Blend<Candidate>[];
  readonly trials: readonly Trial[];
  readonly finalists: readonly Trial[];
}

/** The winner, then by folds and macro-F1. */
function reportOf(
  { winner, singles, trials, finalists }: Tries,
  { rows, truth }: { readonly rows: Int32Array; readonly truth: Int32Array },
  data: TrialData,
): TriedModel[] {
  const { classes, folds, seed } = data;
  const k = classes.length;
  const place = new Map(Array.from(rows, (i, r) => [i, r]));
  const blends = singles.includes(winner) ? singles : [winner, ...singles];
  const report = [
    ...blends.map((blend) => {
      const outcome = { truth, picks: blend.picks, winner: winner.picks };
      return triedModel(blendName(blend), folds.length, outcome, k, seed);
    }),
    ...trials
      .filter((trial) => !finalists.includes(trial))
      .map((trial) => {
        const own = picksOf(trial, data);
        const against = Int32Array.from(own.rows, (i) => winner.picks[place.get(i) ?? 0] ?? 0);
        const outcome = { truth: own.truth, picks: own.picks, winner: against };
        return triedModel(candidateName(trial.candidate), trial.folds, outcome, k, seed);
      }),
  ];
  const name = blendName(winner);
  return [
    ...report.filter((c) => c.model === name),
    ...report
      .filter((c) => c.model !== name)
      .sort((a, b) => b.folds - a.folds || b.macro_f1 - a.macro_f1),
  ];
}
