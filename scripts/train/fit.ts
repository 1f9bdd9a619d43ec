/** Fits the heads of the built-in model on labelled examples. */
import { FEEDBACK_TYPES, type FeedbackType, URGENCIES } from '../../src/core/record.ts';
import { type FeedbackFeatures, feedbackFeatures } from '../../src/features/feedback-text.ts';
import { SparseLogisticRegression } from '../../src/ml/linear/sparse-logistic.ts';
import { csrFromRows, type SparseRow } from '../../src/ml/sparse.ts';
import { PhraseBook, type PhraseList } from '../../src/ml/text/phrase-book.ts';
import { type FeedbackState, type HeadName, scaled } from '../../src/models/feedback-model.ts';
import type { Example } from './examples.ts';

export interface Settings {
  /** Cost of an error per kind of head; larger fits the training text closer. */
  readonly c: { readonly type: number; readonly sentiment: number; readonly urgency: number };
  readonly urgencyWeight: 'balanced' | 'none';
  /** Weight of words and pairs beside cues and forms. */
  readonly gramScale: number;
  /** Domains a word must occur in, so that a subject is not taken for a mood. */
  readonly minDomains: number;
}

export interface Prepared extends Example {
  readonly features: FeedbackFeatures;
}

export function prepare(examples: readonly Example[], phrases: PhraseList): Prepared[] {
  const book = new PhraseBook(phrases);
  return examples.map((e) => ({ ...e, features: feedbackFeatures(e.text, book) }));
}

/** Cues and forms seen at all; words and pairs seen in enough domains. */
function vocabulary(rows: readonly Prepared[], minDomains: number): string[] {
  const domains = new Map<string, Set<string>>();
  for (const { features, domain } of rows)
    for (const { name } of features.occurrences)
      domains.set(name, (domains.get(name) ?? new Set()).add(domain));
  return [...domains]
    .filter(([name, seen]) => !name.startsWith('w:') || seen.size >= minDomains)
    .map(([name]) => name)
    .sort();
}

const SEED = 1;
/** The steps of an ordered scale are columns of this size, large so that they are hardly penalised. */
const STEP = 4;
const digits = (v: number): number => Number(v.toPrecision(5));

interface Line {
  readonly weights: number[];
  readonly bias: number;
}

function fitLine(
  rows: readonly SparseRow[],
  columns: number,
  positive: readonly boolean[],
  c: number,
  classWeight: 'balanced' | 'none',
): Line {
  const x = csrFromRows(
    rows,
    Array.from({ length: columns }, (_, j) => String(j)),
  );
  const model = new SparseLogisticRegression({ c, seed: SEED, classWeight }).fit(
    x,
    positive.map((p) => (p ? '1' : '0')),
  );
  const { weights } = model.toJSON() as unknown as { weights: readonly (readonly number[])[] };
  const line = weights[0] ?? [];
  return { weights: line.slice(0, columns), bias: line[columns] ?? 0 };
}

export function fitState(
  rows: readonly Prepared[],
  phrases: PhraseList,
  settings: Settings,
): Omit<FeedbackState, 'gates'> {
  const { c, gramScale } = settings;
  const features = vocabulary(rows, settings.minDomains);
  const columns = new Map(features.map((name, j) => [name, j]));
  const vectors = rows.map(({ features: f }): SparseRow => {
    const sums = new Map<number, number>();
    for (const { column, value } of scaled(f.occurrences, columns, gramScale))
      sums.set(column, (sums.get(column) ?? 0) + value);
    const sorted = [...sums].sort((a, b) => a[0] - b[0]);
    return { indices: sorted.map(([j]) => j), values: sorted.map(([, v]) => v) };
  });
  const typeHead = (type: FeedbackType): Line => {
    const chosen = rows
      .map((row, i) => ({ row, i }))
      .filter(
        ({ row }) => row.types !== null && !(row.domain === 'banking77' && type === 'problem'),
      );
    return fitLine(
      chosen.map(({ i }) => vectors[i]!),
      features.length,
      chosen.map(({ row }) => row.types?.includes(type) ?? false),
      c.type,
      'balanced',
    );
  };
  /** One line for all steps of a scale: each row once per step, asked whether it lies above it. */
  const scaleHead = (
    levels: readonly number[],
    levelOf: (row: Prepared) => number | null,
    cost: number,
    classWeight: 'balanced' | 'none',
  ): Line & { steps: number[] } => {
    const asked: SparseRow[] = [];
    const above: boolean[] = [];
    rows.forEach((row, i) => {
      const level = levelOf(row);
      if (level === null) return;
      levels.slice(0, -1).forEach((step, k) => {
        const { indices, values } = vectors[i]!;
        asked.push({ indices: [...indices, features.length + k], values: [...values, STEP] });
        above.push(level > step);
      });
    });
    const line = fitLine(asked, features.length + levels.length - 1, above, cost, classWeight);
    return {
      bias: line.bias,
      weights: line.weights.slice(0, features.length),
      steps: line.weights.slice(features.length).map((w) => w * STEP),
    };
  };
  const sentiment = scaleHead([-2, -1, 0, 1, 2], (r) => r.sentiment, c.sentiment, 'balanced');
  const urgencyHead = (level: number): Line => {
    const chosen = rows.map((row, i) => ({ row, i })).filter(({ row }) => row.urgency !== null);
    return fitLine(
      chosen.map(({ i }) => vectors[i]!),
      features.length,
      chosen.map(({ row }) => row.urgency === level),
      c.urgency,
      settings.urgencyWeight,
    );
  };
  const heads = {
    ...Object.fromEntries(FEEDBACK_TYPES.map((t) => [t, typeHead(t)])),
    ...Object.fromEntries(URGENCIES.map((u, k) => [u, urgencyHead(3 - k)])),
    sentiment,
  } as unknown as Record<HeadName, Line>;
  return {
    version: 'feedback-3',
    phrases,
    features,
    gramScale,
    heads: Object.fromEntries(
      Object.entries(heads).map(([name, { bias, weights }]) => [
        name,
        { bias: digits(bias), weights: weights.map(digits) },
      ]),
    ) as unknown as FeedbackState['heads'],
    steps: sentiment.steps.map(digits),
    thresholds: { problem: 0.5, suggestion: 0.5, praise: 0.5, question: 0.5 },
  };
}
