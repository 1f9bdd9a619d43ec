/** Blends of classifiers: calibrated held-out scores averaged as long as that helps. */
import { flatMacroF1 } from '../confusion.ts';
import { fitFlatTemperature } from '../preprocess/flat-temperature.ts';
import { crossFittedPicks, type HeldScores } from './held-scores.ts';

/** One classifier's held-out scores, calibrated. */
export interface Member<S> {
  readonly name: string;
  /** How to fit it again. */
  readonly source: S;
  readonly held: Float64Array;
  /** What calibrated its scores. */
  readonly factor: number;
}

export interface Blend<S> {
  /** With repeats, which weigh a member. */
  readonly chosen: readonly Member<S>[];
  /** Held-out scores of the blend, calibrated by `factor`. */
  readonly scores: Float64Array;
  readonly factor: number;
  readonly picks: Int32Array;
  readonly f1: number;
}

/** The rows that were tested: what is true of them, and the fold that tested each. */
export type Tested = Omit<HeldScores, 'scores'>;

/** Rounds of ensemble selection. */
const ROUNDS = 5;
/** Macro-F1 that another member must add. */
const WORTH = 1e-4;

/** @param raw held-out scores of the tested rows, rows × classes. */
export function asMember<S>(
  name: string,
  source: S,
  raw: Float64Array,
  { truth, classes }: Tested,
): Member<S> {
  const factor = fitFlatTemperature(raw, truth, classes);
  return { name, source, factor, held: raw.map((v) => v * factor) };
}

/** The mean of the members' scores, and what it picks with a lean learnt from the other folds. */
export function blendOf<S>(chosen: readonly Member<S>[], tested: Tested): Blend<S> {
  const { truth, classes } = tested;
  const scores = new Float64Array(truth.length * classes);
  for (const { held } of chosen)
    for (let at = 0; at < scores.length; at++) scores[at] = scores[at]! + held[at]! / chosen.length;
  const factor = fitFlatTemperature(scores, truth, classes);
  for (let at = 0; at < scores.length; at++) scores[at] = scores[at]! * factor;
  const picks = crossFittedPicks({ ...tested, scores });
  return { chosen, scores, factor, picks, f1: flatMacroF1(truth, picks, classes) };
}

/**
 * Ensemble selection (Caruana and others 2004, "Ensemble selection from libraries of models"): from
 * the best single member on, the one that helps most is added, repeats allowed, until none helps.
 */
export function growBlend<S>(
  singles: readonly Blend<S>[],
  members: readonly Member<S>[],
  tested: Tested,
): Blend<S> {
  const better = (a: Blend<S>, b: Blend<S>): Blend<S> => (b.f1 > a.f1 + 1e-9 ? b : a);
  let best = singles.reduce(better);
  for (let round = 1; round < ROUNDS; round++) {
    const { chosen } = best;
    const grown = members.map((member) => blendOf([...chosen, member], tested)).reduce(better);
    if (grown.f1 <= best.f1 + WORTH) break;
    best = grown;
  }
  return best;
}

const timesIn = <S>({ chosen }: Blend<S>, member: Member<S>): number =>
  chosen.filter((other) => other === member).length;

/** Each member once, with the factor on its raw scores that makes it its part of the blend. */
export function sharesOf<S>(blend: Blend<S>): { readonly source: S; readonly share: number }[] {
  return [...new Set(blend.chosen)].map((member) => ({
    source: member.source,
    share: (member.factor * blend.factor * timesIn(blend, member)) / blend.chosen.length,
  }));
}

export function blendName<S>(blend: Blend<S>): string {
  return [...new Set(blend.chosen)]
    .map((member) => {
      const times = timesIn(blend, member);
      return times > 1 ? `${times} × ${member.name}` : member.name;
    })
    .join(' + ');
}
