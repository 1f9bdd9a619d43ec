/** What a ticket or survey answer says: the built-in model, until a portal's own labels beat it. */

import { noTextScore } from '../core/no-score.ts';
import {
  FEEDBACK_TYPES,
  type FeedbackItem,
  type FeedbackType,
  SENTIMENTS,
  type Sentiment,
  type TextLanguage,
  type Ticket,
  URGENCIES,
} from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import type { Topic } from '../core/topic.ts';
import { findEntities } from '../ml/text/entities.ts';
import { detectLanguage } from '../ml/text/language.ts';
import type { TfidfState } from '../ml/text/tfidf.ts';
import { builtInFeedback } from './built-in-feedback.ts';
import { withoutClosingThanks } from './closing-thanks.ts';
import {
  type Chance,
  evidenceOf,
  type FeedbackModel,
  type FeedbackReading,
  likeliestSentiment,
  likeliestUrgency,
  scoresOf,
  sentimentOf,
  typesOf,
  urgencyOf,
} from './feedback-model.ts';
import {
  beatsBuiltIn,
  type Classification,
  classify,
  MIN_LABELS,
  type TextClassifierModel,
  termReasons,
} from './text-classifier.ts';
import { fitTextClassifier } from './text-fit.ts';
import {
  joinText,
  type LabelledText,
  sentimentLabels,
  topicLabels,
  typeLabels,
  urgencyLabels,
} from './text-labels.ts';
import { MOST_LABELS, MOST_UNLABELLED } from './text-learners.ts';
import { TextRows } from './text-rows.ts';
import { topicOf, topicShares } from './topics.ts';

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

type FeedbackQuestion = 'type' | 'sentiment' | 'urgency';

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
function topicQuestion(
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

/**
 * One question, learnt from its labels and from the texts that have none. `null` with too few
 * labels.
 */
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

const rowsOfModels = new WeakMap<TextModels, TextRows>();

function rowsOf(models: TextModels, model: FeedbackModel): TextRows {
  const known = rowsOfModels.get(models);
  if (known !== undefined) return known;
  const made = TextRows.fromJSON(model, models.vectorizer);
  rowsOfModels.set(models, made);
  return made;
}

/** Further types are named beside the portal's own answer from this chance on. */
const ALSO = 0.6;

/**
 * Labels of one text, the whole of it read. Another language than English or Chinese is abstained
 * from. Per question, the portal's classifier answers where it beats the built-in model and has at
 * least 20 labels in the text's language.
 */
export function classifyText(
  models: TextModels | null,
  input: { readonly text: string; readonly subject?: string },
  modelVersion: string,
  topics: readonly Topic[] = [],
): TextScore {
  const whole = joinText(input.subject, input.text);
  const text = withoutClosingThanks(whole);
  const language: TextLanguage = detectLanguage(whole);
  const none = noTextScore('no_data', language, modelVersion);
  if (!/\p{L}/u.test(text)) return none;
  if (language === 'other') return { ...none, status: 'unsupported_language' };
  const model = builtInFeedback();
  const reading = model.read(text);
  const entities = findEntities(text).map(({ kind, text: found, value }) => ({
    kind,
    text: found,
    ...(value === undefined ? {} : { value }),
  }));
  const family = language === 'en' ? 'en' : 'zh';
  const parts = models === null ? [] : rowsOf(models, model).partsOf(text, reading);
  const ask = (own: TextClassifierModel | null | undefined): Classification | null =>
    own != null && beatsBuiltIn(own) && own.labels[family] >= MIN_LABELS && parts.length > 0
      ? classify(own, parts)
      : null;
  const given = typesOf(reading, model.state);
  const ownType = ask(models?.type);
  const types =
    ownType === null
      ? given
      : [
          ...known(ownType, FEEDBACK_TYPES),
          ...given.filter((t) => t.label !== ownType.label && t.confidence >= ALSO),
        ];
  const [type = null] = types;
  const sentiment = known(ask(models?.sentiment), SENTIMENTS)[0] ?? sentimentOf(reading);
  return {
    ...none,
    status: type === null ? 'learning' : 'ready',
    type,
    types,
    sentiment,
    urgency: known(ask(models?.urgency), URGENCIES)[0] ?? urgencyOf(reading),
    topic: ownTopic(ask(models?.topic), topics) ?? topicOf(text, topics)?.id ?? null,
    entities,
    evidence: type === null ? null : (evidenceOf(reading, type.label)?.text ?? null),
    sentimentEvidence: sentimentSentence(reading, sentiment),
    reasons: ownType?.reasons ?? (type === null ? [] : builtInReasons(text, reading, type.label)),
  };
}

/** The sentence that speaks most for a sentiment; a neutral one has none. */
function sentimentSentence(
  reading: FeedbackReading,
  sentiment: Chance<Sentiment> | null,
): string | null {
  if (sentiment === null || sentiment.label === 'neutral') return null;
  const sign = sentiment.label.endsWith('negative') ? -1 : 1;
  return evidenceOf(reading, 'sentiment', sign)?.text ?? null;
}

/** The portal's own classifier where it is likelier right than not, and the topic still listed. */
const ownTopic = (answer: Classification | null, topics: readonly Topic[]): string | null =>
  answer !== null && answer.confidence >= 0.5 && topics.some((t) => t.id === answer.label)
    ? answer.label
    : null;

/** The log-odds of the type, taken apart by the words of the text. */
export function builtInReasons(text: string, reading: FeedbackReading, type: FeedbackType) {
  const { base, effects } = reading.explain(type);
  return termReasons(
    effects.map(({ start, end, effect }) => ({
      term: end > start ? text.slice(start, end).toLowerCase().trim() : null,
      effect,
    })),
    base,
  );
}

function known<L extends string>(answer: Classification | null, labels: readonly L[]): Chance<L>[] {
  const label = labels.find((l) => l === answer?.label);
  return answer === null || label === undefined ? [] : [{ label, confidence: answer.confidence }];
}
