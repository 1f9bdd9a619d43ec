/** What a ticket or survey answer says: the built-in model, until a portal's own labels beat it. */
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
import {
  type Chance,
  evidenceOf,
  type FeedbackModel,
  type FeedbackReading,
  sentimentOf,
  typesOf,
  urgencyOf,
} from './feedback-model.ts';
import {
  beatsBuiltIn,
  type Classification,
  classify,
  fitTextClassifier,
  MIN_LABELS,
  type TextClassifierModel,
  termReasons,
} from './text-classifier.ts';
import {
  joinText,
  type LabelledText,
  sentimentLabels,
  typeLabels,
  urgencyLabels,
} from './text-labels.ts';
import { TextRows } from './text-rows.ts';
import { topicOf } from './topics.ts';

/** Plain data; a classifier is `null` while the portal has too few labels for it. */
export interface TextModels {
  readonly vectorizer: TfidfState;
  readonly type: TextClassifierModel | null;
  readonly sentiment: TextClassifierModel | null;
  readonly urgency: TextClassifierModel | null;
}

/** Labels a classifier is fitted on at most, the first ones of the list. */
const MAX_LABELS = 12_000;

/** `null` when the portal has too few labelled texts to learn anything from. */
export function fitTextModels(
  tickets: readonly Ticket[],
  feedback: readonly FeedbackItem[],
  seed: number,
): TextModels | null {
  const sets = {
    type: usable(typeLabels(tickets, feedback)),
    sentiment: usable(sentimentLabels(feedback)),
    urgency: usable(urgencyLabels(tickets)),
  };
  const texts = [...new Set(Object.values(sets).flatMap((rows) => rows.map((r) => r.text)))];
  if (texts.length < MIN_LABELS) return null;
  const model = builtInFeedback();
  const rows = TextRows.fit(model, texts);
  const learn = (
    labelled: readonly LabelledText<string>[],
    answer: (reading: FeedbackReading) => string | null,
  ): TextClassifierModel | null => fitQuestion(model, rows, labelled, answer, seed);
  return {
    vectorizer: rows.toJSON(),
    type: learn(sets.type, (reading) => typesOf(reading, model.state)[0]?.label ?? null),
    sentiment: learn(sets.sentiment, (reading) => sentimentOf(reading)?.label ?? null),
    urgency: learn(sets.urgency, (reading) => urgencyOf(reading)?.label ?? null),
  };
}

/**
 * The better, by cross-validated log-loss, of two classifiers: one that only weighs the built-in
 * reading anew, and one that adds the portal's own terms. `null` with too few labels.
 */
export function fitQuestion(
  model: FeedbackModel,
  rows: TextRows,
  labelled: readonly LabelledText<string>[],
  answer: (reading: FeedbackReading) => string | null,
  seed: number,
): TextClassifierModel | null {
  const texts = labelled.map((r) => r.text);
  const shared = {
    labels: labelled.map((r) => r.label),
    keys: texts.map((text) => text.toLowerCase().replace(/[^\p{L}]+/gu, ' ')),
    languages: texts.map((text) =>
      /^zh|^mixed/.test(detectLanguage(text)) ? ('zh' as const) : ('en' as const),
    ),
    builtIn: texts.map((text) => answer(model.read(text))),
  };
  const fits = [rows.builtIn, rows.columns].flatMap((columns) => {
    const fitted = fitTextClassifier({ ...shared, x: rows.matrix(texts, columns) }, seed);
    return fitted === null ? [] : [fitted];
  });
  return fits.reduce<TextClassifierModel | null>(
    (best, fit) => (best === null || fit.report.logLoss < best.report.logLoss ? fit : best),
    null,
  );
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
  const text = joinText(input.subject, input.text);
  const language: TextLanguage = detectLanguage(text);
  const none: TextScore = {
    status: 'no_data',
    language,
    type: null,
    types: [],
    sentiment: null,
    urgency: null,
    topic: null,
    entities: [],
    evidence: null,
    sentimentEvidence: null,
    reasons: [],
    modelVersion,
  };
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
    topic: topicOf(text, topics)?.id ?? null,
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
