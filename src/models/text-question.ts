/** One question about texts, learnt from its labels and from the texts that have none. */
import type { Topic } from '../core/topic.ts';
import { detectLanguage } from '../ml/text/language.ts';
import { type FeedbackModel, type FeedbackReading, scoresOf } from './feedback-model.ts';
import { MIN_LABELS, type TextClassifierModel } from './text-classifier.ts';
import { fitTextClassifier } from './text-fit.ts';
import type { LabelledText } from './text-labels.ts';
import { MOST_LABELS, MOST_UNLABELLED } from './text-learners.ts';
import type { TextRows } from './text-rows.ts';
import { topicOf, topicShares } from './topics.ts';

export type FeedbackQuestion = 'type' | 'sentiment' | 'urgency';

export interface AskedQuestion {
  /** What is answered without labels, in the words of the labels. */
  readonly answer: (reading: FeedbackReading, text: string) => string | null;
  /** The scores behind that answer. */
  readonly scores: (reading: FeedbackReading, classes: readonly string[], text: string) => number[];
  /** Who reads unlabelled texts: absent = the built-in scores, weighed anew on the labels. */
  readonly teach?: (text: string, classes: readonly string[]) => number[] | null;
  readonly labelled: readonly LabelledText<string>[];
  /** Texts of the portal, labelled or not. */
  readonly texts: readonly string[];
}

export const builtInQuestion = (
  question: FeedbackQuestion,
  answer: (reading: FeedbackReading) => string | null,
): Pick<AskedQuestion, 'answer' | 'scores'> => ({
  answer,
  scores: (reading, classes) => scoresOf(reading, question, classes),
});

/** Topics by the words of the list, which teach the portal's other words. */
export function topicQuestion(
  topics: readonly Topic[],
): Pick<AskedQuestion, 'answer' | 'scores' | 'teach'> {
  return {
    answer: (_, text) => topicOf(text, topics)?.id ?? null,
    scores: (_, classes, text) =>
      topicShares(text, topics, classes).map((share) => Math.log(share + 0.05)),
    teach: (text, classes) => {
      const shares = topicShares(text, topics, classes);
      return shares.some((share) => share > 0) ? shares : null;
    },
  };
}

/** `null` with too few labels. */
export function fitQuestion(
  model: FeedbackModel,
  rows: TextRows,
  { answer, scores, teach, labelled, texts }: AskedQuestion,
  seed: number,
): TextClassifierModel | null {
  if (labelled.length < MIN_LABELS) return null;
  const readings = labelled.map((r) => model.read(r.text));
  const keys = labelled.map((r) => keyOf(r.text));
  const known = new Set(keys);
  const unlabelled = labelled.length > MOST_LABELS ? [] : unknownTo(known, texts);
  return fitTextClassifier(
    {
      x: rows.matrix(labelled.map((r) => r.text)),
      builtInColumns: rows.builtIn,
      labels: labelled.map((r) => r.label),
      keys,
      languages: labelled.map(({ text }) =>
        /^zh|^mixed/.test(detectLanguage(text)) ? ('zh' as const) : ('en' as const),
      ),
      builtIn: readings.map((reading, i) => answer(reading, labelled[i]?.text ?? '')),
      builtInScores: (classes) =>
        readings.map((reading, i) => scores(reading, classes, labelled[i]?.text ?? '')),
      unlabelled: rows.matrix(unlabelled),
      ...(teach === undefined
        ? {}
        : { teach: (classes) => unlabelled.map((text) => teach(text, classes)) }),
    },
    seed,
  );
}

/** Copies of one text, whatever their case, marks and numbers, have one key. */
const keyOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]+/gu, ' ');

/** Spread evenly over the texts, no copies. */
function unknownTo(known: ReadonlySet<string>, texts: readonly string[]): string[] {
  const others = new Map(texts.map((text) => [keyOf(text), text]));
  for (const key of known) others.delete(key);
  const spare = [...others.values()];
  const step = Math.max(1, spare.length / MOST_UNLABELLED);
  return Array.from(
    { length: Math.floor(spare.length / step) },
    (_, k) => spare[Math.floor(k * step)] ?? '',
  );
}
