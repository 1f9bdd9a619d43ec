/** One text question: TF-IDF rows → calibrated label, learnt from a portal's own labels. */
import { RapportError } from '../core/errors.ts';
import type { Reason } from '../core/score.ts';
import { flatMacroF1, pairedDifference } from '../ml/confusion.ts';
import { SparseLogisticRegression } from '../ml/linear/sparse-logistic.ts';
import { macroF1 } from '../ml/metrics.ts';
import { fitTemperature, scaledLogLoss, softmax } from '../ml/preprocess/calibrate.ts';
import { createRandom, type Random } from '../ml/random.ts';
import { type Csr, csrDot, csrSelect } from '../ml/sparse.ts';
import { groupFolds } from '../ml/split.ts';
import { byWeight } from './explain.ts';
import { significant, significantAll } from './numbers.ts';
import type { Part } from './text-rows.ts';

/** Fewer labels than this, in all or in a language, and nothing is claimed. */
export const MIN_LABELS = 20;
const FOLDS = 5;
const COSTS = [1, 4, 16] as const;

/** Plain data. `weights` per class; the last entry is the intercept. */
export interface TextClassifierModel {
  readonly classes: readonly string[];
  readonly weights: readonly (readonly number[])[];
  readonly temperature: number;
  readonly labels: { readonly en: number; readonly zh: number };
  readonly report: {
    readonly n: number;
    readonly macroF1: number;
    readonly logLoss: number;
    /** Log-loss of always answering the class shares. */
    readonly baselineLogLoss: number;
    readonly accuracy: number;
    readonly baselineAccuracy: number;
    readonly ece: number;
    readonly cost: number;
    /** The built-in model on the same texts, and the 95 % interval of the gain over it. */
    readonly builtInMacroF1: number;
    readonly gain: readonly [low: number, high: number];
  };
}

/** Whether the portal's own labels beat the built-in model, by an interval clear of zero. */
export const beatsBuiltIn = (model: TextClassifierModel): boolean => model.report.gain[0] > 0;

export interface LabelledRows {
  readonly x: Csr;
  readonly labels: readonly string[];
  /** Equal keys are copies of one text and share a fold. */
  readonly keys: readonly string[];
  readonly languages: readonly ('en' | 'zh')[];
  /** The built-in model's answers; `null` where it abstained. */
  readonly builtIn: readonly (string | null)[];
}

const scoresOf = (weights: readonly (readonly number[])[], x: Csr, i: number): number[] =>
  weights.map((w) => csrDot(x, i, w) + (w[x.cols] ?? 0));

/** Two classes get a mirrored pair of weight vectors, so that every class has a score. */
function fitWeights(
  x: Csr,
  labels: readonly string[],
  c: number,
  seed: number,
): Map<string, number[]> {
  const state = new SparseLogisticRegression({ c, seed }).fit(x, labels).toJSON();
  const classes = state['classes'] as readonly string[];
  const weights = state['weights'] as readonly (readonly number[])[];
  if (classes.length > 2) return new Map(classes.map((k, i) => [k, [...(weights[i] ?? [])]]));
  const half = (weights[0] ?? []).map((w) => w / 2);
  return new Map([
    [classes[0] ?? '', half.map((w) => -w)],
    [classes[1] ?? '', half],
  ]);
}

/**
 * Chooses the cost by 5-fold cross-validation (copies of a text kept in one fold), calibrates on
 * the held-out scores, then fits on everything. Figures in `report` are the held-out ones.
 * `null` with fewer than 20 labels or a single class.
 */
export function fitTextClassifier(data: LabelledRows, seed: number): TextClassifierModel | null {
  const { x, labels } = data;
  const classes = [...new Set(labels)].sort();
  if (labels.length < MIN_LABELS || classes.length < 2) return null;
  const folds = groupFolds(data.keys, FOLDS, createRandom(seed));
  const truth = labels.map((label) => classes.indexOf(label));
  const rowsOf = (keep: (fold: number) => boolean): number[] =>
    folds.flatMap((fold, i) => (keep(fold) ? [i] : []));
  const candidates = COSTS.map((cost) => {
    const scores: number[][] = labels.map(() => classes.map(() => 0));
    for (let fold = 0; fold < FOLDS; fold++) {
      const train = rowsOf((f) => f !== fold);
      let weights: Map<string, number[]>;
      try {
        weights = fitWeights(
          csrSelect(x, train),
          train.map((i) => labels[i] ?? ''),
          cost,
          seed,
        );
      } catch (error) {
        if (error instanceof RapportError && error.code === 'not_enough_data') continue;
        throw error;
      }
      const ordered = classes.map((k) => weights.get(k) ?? unseen(x.cols));
      for (const i of rowsOf((f) => f === fold)) scores[i] = scoresOf(ordered, x, i);
    }
    const temperature = fitTemperature(scores, truth);
    return { cost, scores, temperature, loss: scaledLogLoss(scores, truth, temperature) };
  });
  const best = candidates.reduce((a, b) => (b.loss < a.loss ? b : a));
  const weights = fitWeights(x, labels, best.cost, seed);
  return {
    classes,
    weights: classes.map((k) => significantAll(weights.get(k) ?? [], 6)),
    temperature: significant(best.temperature),
    labels: {
      en: data.languages.filter((l) => l === 'en').length,
      zh: data.languages.filter((l) => l === 'zh').length,
    },
    report: reportOf(best, classes, data, truth, createRandom(seed)),
  };
}

/** A class without a training row in a fold: as unlikely as a flat score of −5. */
const unseen = (columns: number): number[] => [...new Array<number>(columns).fill(0), -5];

function reportOf(
  best: { cost: number; scores: number[][]; temperature: number; loss: number },
  classes: readonly string[],
  { labels, builtIn }: LabelledRows,
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
  const [low, high] = pairedDifference(truth, picks, known, classes.length, random);
  return {
    n,
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
    cost: best.cost,
  };
}

export interface Classification {
  readonly label: string;
  readonly confidence: number;
  /** Effects on ln(P(label) / P(runner-up)), all of them: base, terms, remainder. */
  readonly reasons: readonly Reason[];
}

/** Terms named one by one; the rest are summed up. */
const NAMED_TERMS = 8;

/** The most likely label of one text, from its parts. */
export function classify(model: TextClassifierModel, parts: readonly Part[]): Classification {
  const { classes, weights, temperature } = model;
  const intercept = (weights[0]?.length ?? 1) - 1;
  const own = parts.filter(({ column }) => column < intercept);
  const scores = weights.map((w) =>
    own.reduce((sum, p) => sum + p.value * (w[p.column] ?? 0), w[intercept] ?? 0),
  );
  const order = scores
    .map((_, k) => k)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const first = order[0] ?? 0;
  const second = order[1] ?? 0;
  const chances = softmax(scores, temperature);
  const difference = (j: number): number =>
    temperature * ((weights[first]?.[j] ?? 0) - (weights[second]?.[j] ?? 0));
  const effects = own.map(({ column, value, term }) => ({
    term,
    effect: value * difference(column),
  }));
  return {
    label: classes[first] ?? '',
    confidence: chances[first] ?? 0,
    reasons: termReasons(effects, difference(intercept)),
  };
}

/** Effects by term, the strongest named one by one, the rest summed up: they add up as before. */
export function termReasons(
  effects: readonly { readonly term: string | null; readonly effect: number }[],
  base: number,
): Reason[] {
  const byTerm = new Map<string, number>();
  let all = 0;
  for (const { term, effect } of effects) {
    all += effect;
    if (term !== null) byTerm.set(term, (byTerm.get(term) ?? 0) + effect);
  }
  const named = byWeight(
    [...byTerm].map(([term, effect]) => ({ code: 'text_term', effect, params: { term } })),
  ).slice(0, NAMED_TERMS);
  const reasons: Reason[] = [...named, { code: 'text_base', effect: base, params: {} }];
  const rest = new Set(effects.map((e) => e.term)).size - named.length;
  if (rest > 0) {
    const told = named.reduce((sum, r) => sum + r.effect, 0);
    reasons.push({ code: 'text_other', effect: all - told, params: { terms: rest } });
  }
  return reasons;
}
