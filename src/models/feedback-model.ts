/** What a piece of customer text is: types, sentiment and urgency from a linear model over named features. */
import {
  FEEDBACK_TYPES,
  type FeedbackType,
  SENTIMENTS,
  type Sentiment,
  URGENCIES,
  type Urgency,
} from '../core/record.ts';
import { type FeedbackFeatures, feedbackFeatures } from '../features/feedback-text.ts';
import { softmax } from '../ml/preprocess/calibrate.ts';
import { PhraseBook, type PhraseList } from '../ml/text/phrase-book.ts';
import type { Span } from '../ml/text/sentences.ts';

/** One score each: a type, an urgency, or how far towards the positive end the mood lies. */
export type HeadName = FeedbackType | Urgency | 'sentiment';
export const HEADS: readonly HeadName[] = [...FEEDBACK_TYPES, ...URGENCIES, 'sentiment'];

/** Plain data. A head's weights stand in the order of `features`. */
export interface FeedbackState {
  readonly version: string;
  readonly phrases: PhraseList;
  readonly features: readonly string[];
  /** Length of the block of words and pairs; cues and forms are not scaled. */
  readonly gramScale: number;
  readonly heads: Readonly<Record<HeadName, { bias: number; weights: readonly number[] }>>;
  /** Added to the mood's score: the log-odds of lying above step k of the scale. */
  readonly steps: readonly number[];
  /**
   * Chance of a side of the mood, and of an urgency, below which nothing is said: held-out messages
   * of our own that got no more were right less than half the time.
   */
  readonly gates: { readonly sentiment: number; readonly urgency: number };
  /** Probability from which a type is given. */
  readonly thresholds: Readonly<Record<FeedbackType, number>>;
}

export interface Chance<L extends string> {
  readonly label: L;
  readonly confidence: number;
}

/** One feature where it stands in the text, and what it adds to a head's score. */
export interface Effect {
  readonly feature: string;
  readonly effect: number;
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
}

export interface FeedbackReading {
  readonly sentences: readonly Span[];
  /** Chance of each type; they need not add up to 1. */
  readonly chances: Readonly<Record<FeedbackType, number>>;
  /** Chances in the order of `SENTIMENTS` and of `URGENCIES`; each adds up to 1. */
  readonly sentiment: readonly number[];
  readonly urgency: readonly number[];
  readonly gates: FeedbackState['gates'];
  /** Known features in the text; 0 means that nothing is known of it. */
  readonly known: number;
  /** The known features with their values and places. */
  readonly features: readonly (Omit<Effect, 'effect'> & { readonly value: number })[];
  /** Score of a head taken apart: `base + Σ effects = score`. */
  explain(head: HeadName): { score: number; base: number; effects: readonly Effect[] };
}

const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

/** A fitted model; reading a text has no side effects. */
export class FeedbackModel {
  readonly state: FeedbackState;
  readonly #book: PhraseBook;
  readonly #columns: ReadonlyMap<string, number>;

  constructor(state: FeedbackState) {
    this.state = state;
    this.#book = new PhraseBook(state.phrases);
    this.#columns = new Map(state.features.map((name, j) => [name, j]));
  }

  read(text: string): FeedbackReading {
    const features = feedbackFeatures(text, this.#book);
    return this.weigh(features);
  }

  /** The answer for features that were taken from a text before. */
  weigh({ sentences, occurrences }: FeedbackFeatures): FeedbackReading {
    const { state } = this;
    const known = scaled(occurrences, this.#columns, state.gramScale);
    const scores = Object.fromEntries(
      HEADS.map((head) => {
        const { bias, weights } = state.heads[head];
        return [head, known.reduce((sum, f) => sum + f.value * (weights[f.column] ?? 0), bias)];
      }),
    ) as Record<HeadName, number>;
    return {
      sentences,
      chances: Object.fromEntries(
        FEEDBACK_TYPES.map((type) => [type, logistic(scores[type])]),
      ) as Record<FeedbackType, number>,
      sentiment: levels(scores.sentiment, state.steps),
      urgency: softmax(
        URGENCIES.map((level) => scores[level]),
        1,
      ),
      gates: state.gates,
      known: known.length,
      features: known.map(({ column, ...f }) => ({ ...f, feature: state.features[column] ?? '' })),
      explain: (head) => {
        const { bias, weights } = state.heads[head];
        return {
          score: scores[head],
          base: bias,
          effects: known.map(({ column, value, start, end, sentence }) => ({
            feature: state.features[column] ?? '',
            effect: value * (weights[column] ?? 0),
            start,
            end,
            sentence,
          })),
        };
      },
    };
  }
}

interface Weighed {
  readonly column: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
}

/** Occurrences of known features; words and pairs are brought to the length `gramScale` together. */
export function scaled(
  occurrences: FeedbackFeatures['occurrences'],
  columns: ReadonlyMap<string, number>,
  gramScale: number,
): Weighed[] {
  const known: (Weighed & { gram: boolean })[] = [];
  let grams = 0;
  for (const { name, value, start, end, sentence } of occurrences) {
    const column = columns.get(name);
    if (column === undefined) continue;
    const gram = name.startsWith('w:');
    if (gram) grams++;
    known.push({ column, value, start, end, sentence, gram });
  }
  const scale = grams === 0 ? 0 : gramScale / Math.sqrt(grams);
  return known.map((f) => (f.gram ? { ...f, value: scale } : f));
}

/** Chances of the levels of an ordered scale: cumulative logits (McCullagh 1980). */
function levels(score: number, steps: readonly number[]): number[] {
  const above = steps.map((step) => logistic(score + step));
  return [...above, 0].map((p, k) => Math.max(0, (k === 0 ? 1 : (above[k - 1] ?? 0)) - p));
}

/** Types whose chance reaches their threshold, the likeliest first. */
export function typesOf(reading: FeedbackReading, state: FeedbackState): Chance<FeedbackType>[] {
  if (reading.known === 0) return [];
  return FEEDBACK_TYPES.map((label) => ({ label, confidence: reading.chances[label] }))
    .filter(({ label, confidence }) => confidence >= state.thresholds[label])
    .sort((a, b) => b.confidence - a.confidence);
}

/**
 * The side with the greatest chance (negative, neutral, positive), and the likelier level within
 * it; `null` where the side is no surer than its gate.
 */
export const sentimentOf = (reading: FeedbackReading): Chance<Sentiment> | null =>
  likeliestSentiment(reading, reading.gates.sentiment);

/** The same without a gate of its own. */
export function likeliestSentiment(
  { sentiment, known }: FeedbackReading,
  gate = 0,
): Chance<Sentiment> | null {
  if (known === 0) return null;
  const p = (k: number): number => sentiment[k] ?? 0;
  const sides = [
    [0, 1],
    [2, 2],
    [3, 4],
  ].map(([a = 0, b = 0]) => ({ a, b, sum: a === b ? p(a) : p(a) + p(b) }));
  const side = sides.reduce((best, s) => (s.sum > best.sum ? s : best));
  if (side.sum < gate) return null;
  const k = p(side.b) > p(side.a) ? side.b : side.a;
  return { label: SENTIMENTS[k] ?? 'neutral', confidence: p(k) };
}

/** `null` where the likeliest is no surer than its gate. */
export const urgencyOf = (reading: FeedbackReading): Chance<Urgency> | null =>
  likeliestUrgency(reading, reading.gates.urgency);

/** The same without a gate of its own. */
export function likeliestUrgency(
  { urgency, known }: FeedbackReading,
  gate = 0,
): Chance<Urgency> | null {
  if (known === 0) return null;
  const k = urgency.indexOf(Math.max(...urgency));
  if ((urgency[k] ?? 0) < gate) return null;
  return { label: URGENCIES[k] ?? 'none', confidence: urgency[k] ?? 0 };
}

/**
 * How likely each of the labels is to the built-in model, as logarithms on no common scale: a
 * `negative` without its own level stands for its side, a label of another name for "none of these".
 */
export function scoresOf(
  reading: FeedbackReading,
  question: 'type' | 'sentiment' | 'urgency',
  labels: readonly string[],
): number[] {
  if (question === 'sentiment') {
    const levels = labels.some((label) => label.startsWith('very_'));
    const chance = (label: string): number =>
      SENTIMENTS.reduce((sum, level, k) => {
        const own = levels ? level : level.replace('very_', '');
        return sum + (own === label ? (reading.sentiment[k] ?? 0) : 0);
      }, 0);
    return labels.map((label) => Math.log(Math.max(1e-6, chance(label))));
  }
  const heads: readonly string[] = question === 'type' ? FEEDBACK_TYPES : URGENCIES;
  return labels.map((label) =>
    heads.includes(label) ? reading.explain(label as HeadName).score : 0,
  );
}

/** The sentence that speaks most for a head, or against it when `sign` is −1. */
export function evidenceOf(reading: FeedbackReading, head: HeadName, sign = 1): Span | null {
  const sums = reading.sentences.map(() => 0);
  for (const { sentence, effect } of reading.explain(head).effects)
    if (sentence >= 0) sums[sentence] = (sums[sentence] ?? 0) + sign * effect;
  const best = sums.indexOf(Math.max(...sums));
  return reading.sentences[best] ?? null;
}
