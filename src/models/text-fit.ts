/** A portal's own labels → the classifier that cross-validation likes best, with its held-out figures. */
import { flatMacroF1, pairedDifference } from '../ml/confusion.ts';
import { macroF1 } from '../ml/metrics.ts';
import { fitTemperature, scaledLogLoss, softmax } from '../ml/preprocess/calibrate.ts';
import { createRandom, type Random } from '../ml/random.ts';
import { type Csr, csrDot } from '../ml/sparse.ts';
import { stratifiedGroupFolds } from '../ml/split.ts';
import { significant, significantAll } from './numbers.ts';
import { MIN_LABELS, type TextClassifierModel } from './text-classifier.ts';
import { type Learner, learnersOf } from './text-learners.ts';

const FOLDS = 5;

export interface LabelledRows {
  /** The built-in columns come first. */
  readonly x: Csr;
  readonly builtInColumns: number;
  readonly labels: readonly string[];
  /** Equal keys are copies of one text and share a fold. */
  readonly keys: readonly string[];
  readonly languages: readonly ('en' | 'zh')[];
  /** The built-in model's answers; `null` where it abstained. */
  readonly builtIn: readonly (string | null)[];
  /** Its scores per row for the classes given. */
  builtInScores(classes: readonly string[]): readonly number[][];
  /** Texts without a label, none of them a copy of a labelled one. */
  readonly unlabelled: Csr;
  /** Chances of each class per unlabelled text, where something else than the built-in scores teaches. */
  teach?(classes: readonly string[]): readonly (readonly number[] | null)[];
}

interface Tried {
  readonly learner: Learner;
  /** Held-out scores per row and class. */
  readonly scores: number[][];
  readonly temperature: number;
  readonly loss: number;
}

/**
 * Chooses how to learn by the log-loss of 5-fold cross-validation (classes spread evenly, copies of
 * a text kept in one fold): self-training, where there are texts for it, unless another way is
 * better by two standard errors. Calibrates on the held-out scores, then fits on everything.
 * Figures in `report` are the held-out ones. `null` with fewer than 20 labels or a single class.
 */
export function fitTextClassifier(data: LabelledRows, seed: number): TextClassifierModel | null {
  const { labels } = data;
  const classes = [...new Set(labels)].sort();
  if (labels.length < MIN_LABELS || classes.length < 2) return null;
  const truth = labels.map((label) => classes.indexOf(label));
  const numberOf = new Map<string, number>();
  const groups = data.keys.map((key) => {
    const known = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, known);
    return known;
  });
  const folds = stratifiedGroupFolds(truth, FOLDS, createRandom(seed), groups);
  const learners = learnersOf({
    x: data.x,
    truth,
    classes: classes.length,
    builtIn: data.builtInColumns,
    unlabelled: data.unlabelled,
    taught: data.teach?.(classes) ?? null,
    seed,
  });
  const tried = learners.map((learner) => tryOut(learner, folds, truth, classes.length));
  const best = chosen(tried, truth);
  const all = truth.map((_, i) => i);
  return {
    classes,
    weights: best.learner.fit(all).map((w) => significantAll(w, 6)),
    temperature: significant(best.temperature),
    labels: {
      en: data.languages.filter((l) => l === 'en').length,
      zh: data.languages.filter((l) => l === 'zh').length,
    },
    report: reportOf(best, classes, data, truth, createRandom(seed)),
  };
}

/** Few labels cannot tell good ways from lucky ones; self-training strays least from what is known. */
const CLEARLY = 2;

function chosen(tried: readonly Tried[], truth: readonly number[]): Tried {
  const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  const safe = tried.find(({ learner }) => learner.name === 'self_trained');
  if (safe === undefined || safe === best) return best;
  const a = rowLosses(safe, truth);
  const b = rowLosses(best, truth);
  const lost = a.map((loss, i) => loss - (b[i] ?? 0));
  const { mean, error } = meanAndError(lost);
  return mean > CLEARLY * error ? best : safe;
}

const rowLosses = ({ scores, temperature }: Tried, truth: readonly number[]): number[] =>
  scores.map((row, i) => -Math.log(Math.max(1e-300, softmax(row, temperature)[truth[i]!]!)));

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}

function tryOut(
  learner: Learner,
  folds: Int32Array,
  truth: readonly number[],
  classes: number,
): Tried {
  const { x } = learner;
  const scores: number[][] = truth.map(() => new Array<number>(classes).fill(0));
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = truth.flatMap((_, i) => (folds[i] === fold ? [i] : []));
    if (held.length === 0) continue;
    const weights = learner.fit(truth.flatMap((_, i) => (folds[i] === fold ? [] : [i])));
    for (const i of held) scores[i] = weights.map((w) => csrDot(x, i, w) + (w[x.cols] ?? 0));
  }
  const temperature = fitTemperature(scores, truth);
  return { learner, scores, temperature, loss: scaledLogLoss(scores, truth, temperature) };
}

function reportOf(
  best: Tried,
  classes: readonly string[],
  { labels, builtIn, builtInScores }: LabelledRows,
  truth: readonly number[],
  random: Random,
): TextClassifierModel['report'] {
  const chances = best.scores.map((row) => softmax(row, best.temperature));
  const picks = chances.map((row) => row.indexOf(Math.max(...row)));
  const shares = classes.map((k) => labels.filter((l) => l === k).length / labels.length);
  const right = picks.map((pick, i) => (pick === truth[i] ? 1 : 0));
  const gap = new Float64Array(10);
  chances.forEach((row, i) => {
    const top = Math.max(...row);
    const bin = Math.min(9, Math.floor(top * 10));
    gap[bin] = (gap[bin] ?? 0) + (right[i] ?? 0) - top;
  });
  const n = labels.length;
  const rest = classes.length;
  const known = builtIn.map((label) => {
    const k = classes.indexOf(label ?? '');
    return k < 0 ? rest : k;
  });
  const said = builtInScores(classes);
  const [low, high] = pairedDifference(truth, picks, known, classes.length, random);
  return {
    n,
    builtInLogLoss: significant(scaledLogLoss(said, truth, fitTemperature(said, truth)), 4),
    builtInMacroF1: significant(flatMacroF1(truth, known, classes.length), 4),
    gain: [significant(low, 4), significant(high, 4)],
    macroF1: significant(
      macroF1(
        labels,
        picks.map((pick) => classes[pick] ?? ''),
      ),
      4,
    ),
    logLoss: significant(best.loss, 4),
    baselineLogLoss: significant(-shares.reduce((sum, p) => sum + p * Math.log(p), 0), 4),
    accuracy: significant(right.reduce<number>((a, b) => a + b, 0) / n, 4),
    baselineAccuracy: significant(Math.max(...shares), 4),
    ece: significant(gap.reduce((sum, g) => sum + Math.abs(g), 0) / n, 4),
    cost: best.learner.cost,
    learner: best.learner.name,
  };
}
