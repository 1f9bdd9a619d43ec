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
import { csrSelect } from '../ml/sparse.ts';
import { detectLanguage } from '../ml/text/language.ts';
import { foldForLookup, readable } from '../ml/text/plain.ts';
import { FittedTfidf, fitTfidf, type TfidfOptions, type TfidfState } from '../ml/text/tfidf.ts';
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
  readonly vectorizer: TfidfState;
  readonly type: TextClassifierModel | null;
  readonly sentiment: TextClassifierModel | null;
  readonly urgency: TextClassifierModel | null;
}

/** Labels a classifier is fitted on at most, the first ones of the list. */
const MAX_LABELS = 12_000;

/** Words, marks and pairs, n-grams inside English words and inside Chinese: one table for both. */
const TERMS: TfidfOptions = {
  words: 2,
  wordLength: 1,
  marks: true,
  segment: true,
  grams: [3, 4],
  han: [1, 3],
  maxTerms: 20_000,
};

/** A text as it is counted: of bounded length, widths folded, Chinese in simplified form. */
const folded = (text: string): string => foldForLookup(readable(text));

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
  const texts = [...new Set(Object.values(sets).flatMap((rows) => rows.map((r) => r.text)))];
  if (texts.length < MIN_LABELS) return null;
  const rowOf = new Map(texts.map((text, row) => [text, row]));
  const { vectorizer, x } = fitTfidf(texts.map(folded), TERMS);
  const learn = (rows: readonly LabelledText<string>[]): TextClassifierModel | null =>
    fitTextClassifier(
      {
        x: csrSelect(
          x,
          rows.map(({ text }) => rowOf.get(text) ?? 0),
        ),
        labels: rows.map((r) => r.label),
        keys: rows.map((r) => r.text.toLowerCase().replace(/[^\p{L}]+/gu, ' ')),
        languages: rows.map((r) => (/^zh|^mixed/.test(detectLanguage(r.text)) ? 'zh' : 'en')),
      },
      seed,
    );
  const state = vectorizer.toJSON();
  return {
    vectorizer: { ...state, idf: state.idf.map((v) => Number(v.toPrecision(9))) },
    type: learn(sets.type),
    sentiment: learn(sets.sentiment),
    urgency: learn(sets.urgency),
  };
}

function usable<L extends string>(rows: readonly LabelledText<L>[]): LabelledText<L>[] {
  return rows.filter((r) => detectLanguage(r.text) !== 'other').slice(0, MAX_LABELS);
}

const vectorizers = new WeakMap<TextModels, FittedTfidf>();

function vectorizerOf(models: TextModels): FittedTfidf {
  const known = vectorizers.get(models);
  if (known !== undefined) return known;
  const made = FittedTfidf.fromJSON(models.vectorizer);
  vectorizers.set(models, made);
  return made;
}

/** A term as a person may read it; n-grams of letters, ends of a text and lone marks are not shown. */
function shown(term: string): string | null {
  if (/^·\p{Script=Han}+$/u.test(term)) return term.slice(1);
  return /[·\u2402]/.test(term) || !/[\p{L}\p{N}!?]/u.test(term) ? null : term;
}

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
  const vectorizer = vectorizerOf(models);
  const row = vectorizer.transform([folded(text)]);
  const family = language === 'en' ? 'en' : 'zh';
  const ask = (model: TextClassifierModel | null): Classification | null =>
    model !== null && model.labels[family] >= MIN_LABELS && row.indices.length > 0
      ? classify(model, row, (column) => shown(vectorizer.term(column)))
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
