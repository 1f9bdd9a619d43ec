/** One text question: TF-IDF rows → calibrated label, learnt from a portal's own labels. */
import type { Reason } from '../core/score.ts';
import { softmax } from '../ml/preprocess/calibrate.ts';
import { byWeight } from './explain.ts';
import type { LearnerName } from './text-learners.ts';
import type { Part } from './text-rows.ts';

/** Fewer labels than this, in all or in a language, and nothing is claimed. */
export const MIN_LABELS = 20;
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
    /** How it was learnt; absent in models of former versions. */
    readonly learner?: LearnerName;
    /** The built-in model on the same texts, and the 95 % interval of the gain over it. */
    readonly builtInMacroF1: number;
    /** After the same calibration; absent in models of former versions. */
    readonly builtInLogLoss?: number;
    readonly gain: readonly [low: number, high: number];
  };
}

/**
 * Whether the portal's own labels beat the built-in model: by an interval clear of zero. What keeps
 * to the built-in reading and learns words from unlabelled texts needs less proof: held-out
 * chances that are better, and labels that are not worse beyond chance.
 */
export function beatsBuiltIn({ report }: TextClassifierModel): boolean {
  const [low, high] = report.gain;
  if (low > 0) return true;
  return (
    report.learner === 'self_trained' && report.logLoss < (report.builtInLogLoss ?? 0) && high > 0
  );
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
