/** What the feedback model answers, in the labels that the data has. */
import {
  type FeedbackType,
  SENTIMENTS,
  type Sentiment,
  URGENCIES,
  type Urgency,
} from '../../core/record.ts';
import { detectLanguage } from '../../ml/text/language.ts';
import {
  type FeedbackModel,
  type FeedbackReading,
  likeliestSentiment,
  likeliestUrgency,
  sentimentOf,
  typesOf,
  urgencyOf,
} from '../../models/feedback-model.ts';
import type { Folded, Question } from './feedback-labels.ts';

/** One label per text; `null` where the model abstains. */
export function answers(
  model: FeedbackModel,
  texts: readonly string[],
  question: Question,
  folded: Pick<Folded, 'own' | 'rest'>,
  gated = true,
): (string | null)[] {
  return texts.map((text) =>
    detectLanguage(text) === 'other'
      ? null
      : answerOf(model, model.read(text), question, folded, gated),
  );
}

export function answerOf(
  model: FeedbackModel,
  reading: FeedbackReading,
  question: Question,
  folded: Pick<Folded, 'own' | 'rest'>,
  gated = true,
): string | null {
  if (reading.known === 0) return null;
  if (gated && sure(model, reading, question, folded) === false) return null;
  if (question === 'type') return typeAnswer(model, reading, folded);
  return question === 'sentiment' ? moodAnswer(reading, folded) : urgencyAnswer(reading, folded);
}

/** Whether the product would say anything: none of the types given, or a mood or urgency below its gate, is an abstention. */
function sure(
  model: FeedbackModel,
  reading: FeedbackReading,
  question: Question,
  { own, rest }: Pick<Folded, 'own' | 'rest'>,
): boolean {
  if (question === 'sentiment') return sentimentOf(reading) !== null;
  if (question === 'urgency') return urgencyOf(reading) !== null;
  const chosen = rest === null && own.length > 1;
  return !chosen || typesOf(reading, model.state).length > 0;
}

/**
 * With two or more of our types and no rest, the likeliest of them; otherwise the likeliest of those
 * the model gives, and the rest where it gives none of them.
 */
function typeAnswer(
  model: FeedbackModel,
  reading: FeedbackReading,
  { own, rest }: Pick<Folded, 'own' | 'rest'>,
): string | null {
  if (rest === null && own.length > 1) return best(own, (l) => reading.chances[l as FeedbackType]);
  const given = typesOf(reading, model.state).find(({ label }) => own.includes(label));
  return given?.label ?? rest ?? 'other';
}

/** Levels fold onto negative, neutral, positive; without a neutral, the nearer side is taken. */
function moodAnswer(reading: FeedbackReading, { own }: Pick<Folded, 'own'>): string | null {
  const { sentiment: p } = reading;
  if (own.some((l) => l.startsWith('very_')))
    return best(own, (l) => p[SENTIMENTS.indexOf(l as Sentiment)] ?? 0);
  const sides: Record<string, number> = {
    negative: (p[0] ?? 0) + (p[1] ?? 0),
    neutral: p[2] ?? 0,
    positive: (p[3] ?? 0) + (p[4] ?? 0),
  };
  if (own.includes('neutral')) {
    const label = likeliestSentiment(reading)?.label;
    const side = label?.replace('very_', '');
    return side === undefined || own.includes(side)
      ? (side ?? null)
      : best(own, (l) => sides[l] ?? 0);
  }
  return best(own, (l) => sides[l] ?? 0);
}

function urgencyAnswer(reading: FeedbackReading, { own }: Pick<Folded, 'own'>): string | null {
  const label = likeliestUrgency(reading)?.label ?? null;
  if (label === null || own.includes(label)) return label;
  return best(own, (l) => reading.urgency[URGENCIES.indexOf(l as Urgency)] ?? 0);
}

const best = (labels: readonly string[], chance: (label: string) => number): string | null =>
  labels.reduce<string | null>((a, b) => (a === null || chance(b) > chance(a) ? b : a), null);
