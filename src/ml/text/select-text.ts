/** The best text classifier by cross-validation: features, model, blend, calibration, and its losers. */
import { RapportError } from '../../core/errors.ts';
import { fitLean, flatMacroF1, macroF1Interval, pairedDifference } from '../confusion.ts';
import { FittedLinear, pick } from '../linear/linear-model.ts';
import { fitFlatTemperature } from '../preprocess/flat-temperature.ts';
import { createRandom } from '../random.ts';
import { stratifiedGroupFolds, timeOrderedSplits } from '../split.ts';
import { CountedTexts, FEATURE_SETS, featuresFor, onlyBlock } from './feature-sets.ts';
import { nearDuplicateGroups } from './near-duplicates.ts';
import {
  type Candidate,
  candidatesFor,
  type Family,
  fitCandidate,
  MANY_CLASSES,
} from './text-candidates.ts';
import { FittedTextModel } from './text-model.ts';

export interface SelectTextOptions {
  /** Default `auto`: all families and their blends. */
  readonly model?: Family | 'auto';
  /** With the moments of the texts, folds go forward in time instead of being drawn. */
  readonly timesMs?: readonly number[];
  readonly seed?: number;
  readonly onProgress?: (message: string) => void;
}

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

export interface SelectedText {
  readonly model: FittedTextModel;
  readonly name: string;
  /** The winner first. */
  readonly candidates: readonly TriedModel[];
  /** Rows that stand in a group of near-copies; groups are never parted by the folds. */
  readonly nearCopies: number;
  /** The first fold, and what the winner, not having seen them, said about its test rows. */
  readonly firstFold: Fold & { readonly picks: readonly string[] };
}

export interface Fold {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

interface Trial {
  readonly candidate: Candidate;
  /** Held-out scores, rows × classes; filled fold by fold. */
  readonly scores: Float64Array;
  folds: number;
}

interface Member {
  readonly name: string;
  readonly trial: Trial;
  /** Held-out scores of the tested rows, calibrated. */
  readonly held: Float64Array;
  readonly factor: number;
}

/** Candidates × numbers × problems of the first round; fewer folds are used beyond. */
const FIRST_ROUND = 6e8;
const FOLDS = 4;
/** With many classes every fit is many problems; three folds keep the search within its minute. */
const FOLDS_MANY = 3;
/** Candidates that go on to all folds and to the blends. */
const FINALISTS = 6;
const FINALISTS_MANY = 4;
/** Rounds of ensemble selection. */
const ROUNDS = 5;

const label = ({ family, c, features }: Candidate): string =>
  `${family} ${family === 'nb' ? 'smoothing' : 'C'} ${c} on ${features}`;

/**
 * 1. Every candidate (family, cost, block of features) is tested on the first folds. 2. The best
 * ones, at most one per family and block, are tested on all folds. 3. Ensemble selection (Caruana
 * and others 2004): calibrated scores are averaged as long as that helps. Decisions are leaned
 * towards rare classes where that raises macro-F1; every figure is taken with a lean learnt from the
 * other folds. 4. The winner is fitted on everything. All of it is linear in one table of columns,
 * so that the result is one weight per term and class.
 * @throws RapportError not_enough_data with fewer than two classes or a class of fewer rows than folds.
 */
export function selectText(
  texts: readonly string[],
  labels: readonly string[],
  { model = 'auto', timesMs, seed = 1, onProgress = () => {} }: SelectTextOptions = {},
): SelectedText {
  const classes = [...new Set(labels)].sort();
  const k = classes.length;
  const numberOf = new Map(classes.map((name, c) => [name, c]));
  const y = Int32Array.from(labels, (name) => numberOf.get(name) ?? 0);
  const many = k > MANY_CLASSES;
  const { folds, nearCopies } = textFolds(texts, labels, { seed, ...(timesMs && { timesMs }) });
  const counted = new CountedTexts(texts, featuresFor(texts, seed));
  const all = candidatesFor(k, model);
  const work = counted.size * (k === 2 ? 1 : k) * all.length;
  const firstFolds = Math.max(1, Math.min(folds.length, Math.floor(FIRST_ROUND / work)));
  const trials = all.map((candidate): Trial => {
    return { candidate, scores: new Float64Array(y.length * k), folds: 0 };
  });
  const testOn = (f: number, chosen: readonly Trial[]): void => {
    const { train, test } = folds[f] ?? { train: [], test: [] };
    const { x, held, isGram } = counted.split(train, test);
    const own = Int32Array.from(train, (i) => y[i] ?? 0);
    for (const features of FEATURE_SETS) {
      const here = chosen.filter((t) => t.candidate.features === features);
      if (here.length === 0) continue;
      const block = onlyBlock(x, isGram, features);
      const heldBlock = onlyBlock(held, isGram, features);
      for (const trial of here) {
        onProgress(`fold ${f + 1} of ${folds.length}: ${label(trial.candidate)}`);
        const weights = fitCandidate(block, own, k, trial.candidate, seed);
        const scores = new FittedLinear({ columns: x.cols, classes, weights }).scores(heldBlock);
        test.forEach((i, r) => {
          trial.scores.set(scores.subarray(r * k, (r + 1) * k), i * k);
        });
        trial.folds++;
      }
    }
  };
  for (let f = 0; f < firstFolds; f++) testOn(f, trials);
  const rank = (trial: Trial): number => picksOf(trial, folds, y, k).f1;
  const finalists = bestOfEach(trials, rank).slice(0, many ? FINALISTS_MANY : FINALISTS);
  for (let f = firstFolds; f < folds.length; f++) testOn(f, finalists);

  onProgress('blends');
  const tested = Int32Array.from(folds.flatMap((fold) => fold.test));
  const where = Int32Array.from(folds.flatMap((fold, f) => fold.test.map(() => f)));
  const truth = Int32Array.from(tested, (i) => y[i] ?? 0);
  const members = finalists.map((trial): Member => {
    const raw = gather(trial.scores, tested, k);
    const factor = fitFlatTemperature(raw, truth, k);
    return { name: label(trial.candidate), trial, factor, held: raw.map((v) => v * factor) };
  });
  const judge = (chosen: readonly Member[]): Blend => {
    const scores = new Float64Array(truth.length * k);
    for (const { held } of chosen)
      for (let at = 0; at < scores.length; at++)
        scores[at] = scores[at]! + held[at]! / chosen.length;
    const factor = fitFlatTemperature(scores, truth, k);
    for (let at = 0; at < scores.length; at++) scores[at] = scores[at]! * factor;
    const picks = crossFittedPicks(scores, truth, where, folds.length, k);
    return { chosen, scores, factor, picks, f1: flatMacroF1(truth, picks, k) };
  };
  const judged = members.map((member) => judge([member]));
  const winner = selectEnsemble(judged, members, judge);

  onProgress('fitting the winner on everything');
  const { vectorizer, x, isGram } = counted.all();
  const weights = Array.from({ length: k }, () => new Float64Array(x.cols + 1));
  for (const member of new Set(winner.chosen)) {
    const { candidate } = member.trial;
    const own = fitCandidate(onlyBlock(x, isGram, candidate.features), y, k, candidate, seed);
    const times = winner.chosen.filter((m) => m === member).length;
    const share = (member.factor * winner.factor * times) / winner.chosen.length;
    own.forEach((w, c) => {
      const sum = weights[c]!;
      for (let j = 0; j < w.length; j++) sum[j] = sum[j]! + share * w[j]!;
    });
  }
  const lean = Array.from(fitLean(winner.scores, truth, k));
  const place = new Map(Array.from(tested, (i, r) => [i, r]));
  const blends = judged.includes(winner) ? judged : [winner, ...judged];
  const candidates = [
    ...blends.map((b) =>
      triedModel(nameOf(b.chosen), folds.length, truth, b.picks, winner.picks, k, seed),
    ),
    ...trials
      .filter((t) => !finalists.includes(t))
      .map((t) => {
        const { rows, picks, own } = picksOf(t, folds, y, k);
        const against = Int32Array.from(rows, (i) => winner.picks[place.get(i) ?? 0] ?? 0);
        return triedModel(label(t.candidate), t.folds, own, picks, against, k, seed);
      }),
  ];
  const name = nameOf(winner.chosen);
  return {
    model: new FittedTextModel(
      vectorizer,
      new FittedLinear({ columns: x.cols, classes, weights, lean }),
    ),
    name,
    candidates: [
      ...candidates.filter((c) => c.model === name),
      ...candidates
        .filter((c) => c.model !== name)
        .sort((a, b) => b.folds - a.folds || b.macro_f1 - a.macro_f1),
    ],
    nearCopies,
    firstFold: {
      train: folds[0]?.train ?? [],
      test: folds[0]?.test ?? [],
      picks: Array.from(winner.picks.subarray(0, folds[0]?.test.length), (c) => classes[c] ?? ''),
    },
  };
}

/** Folds of a selection: near-copies on one side, classes spread evenly; or forward in time. */
export function textFolds(
  texts: readonly string[],
  labels: readonly string[],
  { timesMs, seed = 1 }: SelectTextOptions = {},
): { folds: readonly Fold[]; nearCopies: number } {
  const classes = [...new Set(labels)].sort();
  if (classes.length < 2)
    throw new RapportError('not_enough_data', `two classes are needed, found ${classes.length}`);
  const numberOf = new Map(classes.map((name, c) => [name, c]));
  const y = Int32Array.from(labels, (name) => numberOf.get(name) ?? 0);
  const groups = nearDuplicateGroups(texts);
  const many = classes.length > MANY_CLASSES;
  return {
    folds: foldsFor(y, many ? FOLDS_MANY : FOLDS, groups, timesMs, seed),
    nearCopies: groups.filter((g, i) => g !== i).length,
  };
}

interface Blend {
  readonly chosen: readonly Member[];
  readonly scores: Float64Array;
  readonly factor: number;
  readonly picks: Int32Array;
  readonly f1: number;
}

function nameOf(chosen: readonly Member[]): string {
  return [...new Set(chosen)]
    .map((m) => {
      const times = chosen.filter((other) => other === m).length;
      return times > 1 ? `${times} × ${m.name}` : m.name;
    })
    .join(' + ');
}

/** Adds the member that helps most, again and again, with repeats; stops when none helps. */
function selectEnsemble(
  singles: readonly Blend[],
  members: readonly Member[],
  judge: (chosen: readonly Member[]) => Blend,
): Blend {
  let best = singles.reduce((a, b) => (b.f1 > a.f1 + 1e-9 ? b : a));
  for (let round = 1; round < ROUNDS; round++) {
    const grown = members
      .map((member) => judge([...best.chosen, member]))
      .reduce((a, b) => (b.f1 > a.f1 + 1e-9 ? b : a));
    if (grown.f1 <= best.f1 + 1e-4) break;
    best = grown;
  }
  return best;
}

/** The best candidate of each family on each block, best first. */
function bestOfEach(trials: readonly Trial[], rank: (trial: Trial) => number): Trial[] {
  const ranked = trials.map((trial) => ({ trial, f1: rank(trial) })).sort((a, b) => b.f1 - a.f1);
  const seen = new Set<string>();
  return ranked.flatMap(({ trial }) => {
    const { family, features } = trial.candidate;
    const key = `${family} ${features}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [trial];
  });
}

/** What a trial picked on its tested rows, leaned by what it learnt from the same rows. */
function picksOf(
  trial: Trial,
  folds: readonly Fold[],
  y: Int32Array,
  k: number,
): { rows: Int32Array; own: Int32Array; picks: Int32Array; f1: number } {
  const rows = Int32Array.from(folds.slice(0, trial.folds).flatMap((fold) => fold.test));
  const own = Int32Array.from(rows, (i) => y[i] ?? 0);
  const raw = gather(trial.scores, rows, k);
  const factor = fitFlatTemperature(raw, own, k);
  const scores = raw.map((v) => v * factor);
  const picks = pick(scores, k, fitLean(scores, own, k));
  return { rows, own, picks, f1: flatMacroF1(own, picks, k) };
}

function triedModel(
  model: string,
  folds: number,
  truth: Int32Array,
  picks: Int32Array,
  winner: Int32Array,
  k: number,
  seed: number,
): TriedModel {
  const [low, high] = macroF1Interval(truth, picks, k, createRandom(seed));
  const [behind_low, behind_high] = pairedDifference(truth, winner, picks, k, createRandom(seed));
  return {
    model,
    folds,
    macro_f1: flatMacroF1(truth, picks, k),
    low,
    high,
    behind_low,
    behind_high,
  };
}

function foldsFor(
  y: Int32Array,
  folds: number,
  groups: Int32Array,
  timesMs: readonly number[] | undefined,
  seed: number,
): readonly Fold[] {
  if (timesMs !== undefined) return timeOrderedSplits(timesMs, folds);
  const counts = new Map<number, number>();
  for (const c of y) counts.set(c, (counts.get(c) ?? 0) + 1);
  const rarest = Math.min(...counts.values());
  if (rarest < folds) {
    throw new RapportError(
      'not_enough_data',
      `the rarest class has ${rarest} texts; at least ${folds} are needed`,
    );
  }
  const fold = stratifiedGroupFolds(y, folds, createRandom(seed), groups);
  return Array.from({ length: folds }, (_, f) => {
    const train: number[] = [];
    const test: number[] = [];
    fold.forEach((own, i) => {
      (own === f ? test : train).push(i);
    });
    return { train, test };
  });
}

/** The scores of some rows, in their order. */
function gather(scores: Float64Array, rows: Int32Array, classes: number): Float64Array {
  const out = new Float64Array(rows.length * classes);
  rows.forEach((i, r) => {
    out.set(scores.subarray(i * classes, (i + 1) * classes), r * classes);
  });
  return out;
}

/** Picks of each fold's rows, leaned by what the other folds taught. */
function crossFittedPicks(
  scores: Float64Array,
  truth: Int32Array,
  fold: Int32Array,
  folds: number,
  classes: number,
): Int32Array {
  const picks = new Int32Array(truth.length);
  for (let f = 0; f < folds; f++) {
    const others = rowsWhere(fold, (own) => own !== f);
    const here = rowsWhere(fold, (own) => own === f);
    const lean = fitLean(
      gather(scores, others, classes),
      Int32Array.from(others, (i) => truth[i] ?? 0),
      classes,
    );
    const own = pick(gather(scores, here, classes), classes, lean);
    here.forEach((i, r) => {
      picks[i] = own[r] ?? 0;
    });
  }
  return picks;
}

const rowsWhere = (fold: Int32Array, keep: (own: number) => boolean): Int32Array =>
  Int32Array.from(Array.from(fold, (_, i) => i).filter((i) => keep(fold[i] ?? -1)));
