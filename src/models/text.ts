/** What a ticket or survey answer says: the built-in model, until a portal's own labels beat it. */

import { noTextScore } from '../core/no-score.ts';
import {
  FEEDBACK_TYPES,
  type FeedbackType,
  SENTIMENTS,
  type Sentiment,
  type TextLanguage,
  URGENCIES,
} from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import type { Topic } from '../core/topic.ts';
import { findEntities } from '../ml/text/entities.ts';
import { detectLanguage } from '../ml/text/language.ts';
import { builtInFeedback } from './built-in-feedback.ts';
import { withoutClosingThanks } from './closing-thanks.ts';
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
  MIN_LABELS,
  type TextClassifierModel,
  termReasons,
} from './text-classifier.ts';
import { joinText } from './text-labels.ts';
import type { TextModels } from './text-models.ts';
import { TextRows } from './text-rows.ts';
import { topicOf } from './topics.ts';

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
