/** What a portal's own texts teach: one classifier a question. */
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type { Topic } from '../core/topic.ts';
import { detectLanguage } from '../ml/text/language.ts';
import type { TfidfState } from '../ml/text/tfidf.ts';
import { builtInFeedback } from './built-in-feedback.ts';
import {
  type FeedbackReading,
  likeliestSentiment,
  likeliestUrgency,
  typesOf,
} from './feedback-model.ts';
import { MIN_LABELS, type TextClassifierModel } from './text-classifier.ts';
import {
  joinText,
  type LabelledText,
  sentimentLabels,
  topicLabels,
  typeLabels,
  urgencyLabels,
} from './text-labels.ts';
import {
  builtInQuestion,
  type FeedbackQuestion,
  fitQuestion,
  topicQuestion,
} from './text-question.ts';
import { TextRows } from './text-rows.ts';

/** Plain data; a classifier is `null` while the portal has too few labels for it. */
export interface TextModels {
  readonly vectorizer: TfidfState;
  readonly type: TextClassifierModel | null;
  readonly sentiment: TextClassifierModel | null;
  readonly urgency: TextClassifierModel | null;
  /** Learnt from the topics people chose; absent in models of former versions. */
  readonly topic?: TextClassifierModel | null;
}

/** Labels a classifier is fitted on at most, the first ones of the list. */
const MAX_LABELS = 12_000;

/**
 * Texts without a label teach too, in what way `text-learners.ts` says. `null` when the portal has
 * too few labelled texts to learn anything from.
 */
export function fitTextModels(
  tickets: readonly Ticket[],
  feedback: readonly FeedbackItem[],
  seed: number,
  topics: readonly Topic[] = [],
): TextModels | null {
  const sets = {
    type: usable(typeLabels(tickets, feedback)),
    sentiment: usable(sentimentLabels(feedback)),
    urgency: usable(urgencyLabels(tickets)),
    topic: usable(topicLabels(tickets, feedback, topics)),
  };
  const labelled = new Set(Object.values(sets).flatMap((rows) => rows.map((r) => r.text)));
  if (labelled.size < MIN_LABELS) return null;
  const all = allTexts(tickets, feedback);
  const model = builtInFeedback();
  const rows = TextRows.fit(model, [...new Set([...labelled, ...all])]);
  const learn = (
    question: FeedbackQuestion,
    answer: (reading: FeedbackReading) => string | null,
  ): TextClassifierModel | null => {
    const asked = builtInQuestion(question, answer);
    return fitQuestion(model, rows, { ...asked, labelled: sets[question], texts: all }, seed);
  };
  return {
    vectorizer: rows.toJSON(),
    type: learn('type', (reading) => typesOf(reading, model.state)[0]?.label ?? null),
    sentiment: learn('sentiment', (reading) => likeliestSentiment(reading)?.label ?? null),
    urgency: learn('urgency', (reading) => likeliestUrgency(reading)?.label ?? null),
    topic: fitQuestion(
      model,
      rows,
      { ...topicQuestion(topics), labelled: sets.topic, texts: all },
      seed,
    ),
  };
}

function allTexts(tickets: readonly Ticket[], feedback: readonly FeedbackItem[]): string[] {
  const texts = [
    ...tickets.map((t) => joinText(t.subject, t.text)),
    ...feedback.map((f) => f.text),
  ];
  return texts.filter((text) => /\p{L}/u.test(text) && detectLanguage(text) !== 'other');
}

function usable<L extends string>(rows: readonly LabelledText<L>[]): LabelledText<L>[] {
  return rows.filter((r) => detectLanguage(r.text) !== 'other').slice(0, MAX_LABELS);
}
