/** Type, sentiment and urgency of customer text: one vocabulary, three classifiers. */
import {
  FEEDBACK_TYPES,
  type FeedbackItem,
  SENTIMENTS,
  type TextLanguage,
  type Ticket,
  URGENCIES,
} from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import { csrFromRows } from '../ml/sparse.ts';
import { detectLanguage } from '../ml/text/language.ts';
import {
  fitVectorizer,
  indexTerms,
  termsOf,
  type VectorizerState,
  vectorize,
} from '../ml/text/vectorize.ts';
import {
  type Classification,
  classify,
  fitTextClassifier,
  MIN_LABELS,
  type TextClassifierModel,
} from './text-classifier.ts';
import {
  joinText,
  type LabelledText,
  sentimentLabels,
  typeLabels,
  urgencyLabels,
} from './text-labels.ts';

/** Plain data; a classifier is `null` while the portal has too few labels for it. */
export interface TextModels {
  readonly vectorizer: VectorizerState;
  readonly type: TextClassifierModel | null;
  readonly sentiment: TextClassifierModel | null;
  readonly urgency: TextClassifierModel | null;
}

/** Labels a classifier is fitted on at most, the first ones of the list. */
const MAX_LABELS = 12_000;

/** `null` when the portal has no two texts with a word in common. */
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
  const terms = new Map<string, string[]>();
  for (const { text } of Object.values(sets).flat()) {
    if (!terms.has(text)) terms.set(text, termsOf(text));
  }
  if (terms.size < MIN_LABELS) return null;
  const vectorizer = fitVectorizer([...terms.values()]);
  const index = indexTerms(vectorizer);
  const learn = (rows: readonly LabelledText<string>[]): TextClassifierModel | null =>
    fitTextClassifier(
      {
        x: csrFromRows(
          rows.map(({ text }) => vectorize(terms.get(text) ?? [], vectorizer, index)),
          vectorizer.terms,
        ),
        labels: rows.map((r) => r.label),
        keys: rows.map((r) => r.text.toLowerCase().replace(/[^\p{L}]+/gu, ' ')),
        languages: rows.map((r) => (/^zh|^mixed/.test(detectLanguage(r.text)) ? 'zh' : 'en')),
      },
      seed,
    );
  return {
    vectorizer: {
      terms: vectorizer.terms,
      idf: vectorizer.idf.map((v) => Number(v.toPrecision(9))),
    },
    type: learn(sets.type),
    sentiment: learn(sets.sentiment),
    urgency: learn(sets.urgency),
  };
}

function usable<L extends string>(rows: readonly LabelledText<L>[]): LabelledText<L>[] {
  return rows.filter((r) => detectLanguage(r.text) !== 'other').slice(0, MAX_LABELS);
}

const indexes = new WeakMap<TextModels, ReadonlyMap<string, number>>();

/**
 * Labels of one text. Another language than English or Chinese is abstained from; a question whose
 * model has fewer than 20 labels in the text's language stays unanswered.
 */
export function classifyText(
  models: TextModels | null,
  input: { readonly text: string; readonly subject?: string },
  modelVersion: string,
): TextScore {
  const text = joinText(input.subject, input.text);
  const language: TextLanguage = detectLanguage(text);
  const none = { language, type: null, sentiment: null, urgency: null, reasons: [], modelVersion };
  if (!/\p{L}/u.test(text)) return { ...none, status: 'no_data' };
  if (language === 'other') return { ...none, status: 'unsupported_language' };
  if (models === null) return { ...none, status: 'learning' };
  const { vectorizer } = models;
  const index = indexes.get(models) ?? indexTerms(vectorizer);
  indexes.set(models, index);
  const row = vectorize(termsOf(text), vectorizer, index);
  const family = language === 'en' ? 'en' : 'zh';
  const ask = (model: TextClassifierModel | null): Classification | null =>
    model !== null && model.labels[family] >= MIN_LABELS && row.indices.length > 0
      ? classify(model, row, vectorizer.terms)
      : null;
  const type = ask(models.type);
  const sentiment = ask(models.sentiment);
  const urgency = ask(models.urgency);
  return {
    ...none,
    status: type === null ? 'learning' : 'ready',
    type: labelled(type, FEEDBACK_TYPES),
    sentiment: labelled(sentiment, SENTIMENTS),
    urgency: labelled(urgency, URGENCIES),
    reasons: type?.reasons ?? [],
  };
}

function labelled<L extends string>(
  answer: Classification | null,
  labels: readonly L[],
): { label: L; confidence: number } | null {
  const label = labels.find((l) => l === answer?.label);
  return answer === null || label === undefined ? null : { label, confidence: answer.confidence };
}
