/** The classifiers that may foresee needs: two families, both linear in facts in words. */
import { naiveBayesWeights } from '../ml/bayes/naive-bayes.ts';
import { packRows } from '../ml/linear/packed-rows.ts';
import { fitSoftmax } from '../ml/linear/softmax-regression.ts';
import { csrFromRows } from '../ml/sparse.ts';
import { significant, significantAll } from './numbers.ts';

/** Plain data: scores linear in facts in words; an article's place in `items` is its class. */
export interface NeedsModel {
  readonly facts: readonly string[];
  readonly items: readonly number[];
  /** One weight per fact, the intercept last. */
  readonly weights: readonly (readonly number[])[];
  /** Share of the purchased articles, by class. */
  readonly usual: readonly number[];
  /** Purchased articles learnt from. */
  readonly n: number;
}

/** One article bought for the first time, and what was known of the customer before. */
export interface NeedsExample {
  readonly customer: string;
  readonly facts: readonly string[];
  readonly item: number;
  readonly atMs: number;
}

export interface NeedsLearner {
  readonly name: string;
  /** @param examples oldest first. */
  readonly fit: (examples: readonly NeedsExample[]) => NeedsModel;
}

const MIN_ROWS = 10;
/** Pseudo-counts; naive Bayes counts a fact in every class, so that few rows say little. */
const SMOOTHINGS = [5, 20, 80];
const PENALTIES = [100, 20];
/** Articles × rows the regression learns from at most, the newest: its time grows with both. */
const MOST_CELLS = 40_000;
/** Share of the loss that a step of the regression must promise: far below what tells candidates apart. */
const TOLERANCE = 1e-5;

/**
 * Boosted trees are no candidate: one tree per article and round, with dozens of articles of some
 * hundred purchases each, takes minutes for what training has seconds for.
 */
export const NEEDS_LEARNERS: readonly NeedsLearner[] = [
  ...SMOOTHINGS.map((smoothing) => ({
    name: `naive_bayes_${smoothing}`,
    fit: (examples: readonly NeedsExample[]) => fitBayes(examples, smoothing),
  })),
  ...PENALTIES.map((l2) => ({
    name: `logistic_${l2}`,
    fit: (examples: readonly NeedsExample[]) => fitLogistic(examples, l2),
  })),
];

/** What sells best, whoever asks. */
export function popularityNeeds(examples: readonly NeedsExample[]): NeedsModel {
  const { items, usual } = shares(examples);
  const rounded = usual.map((share) => significant(share, 6));
  const weights = usual.map((share) => [Math.log(share)]);
  return { facts: [], items, weights, usual: rounded, n: examples.length };
}

function fitBayes(examples: readonly NeedsExample[], smoothing: number): NeedsModel {
  const { items, usual } = shares(examples);
  const facts = frequentFacts(examples);
  const weights = naiveBayesWeights(
    csrFromRows(
      columnsOf(examples, facts).map((indices) => ({ indices, values: indices.map(() => 1) })),
      facts,
    ),
    codesOf(examples, items),
    items.length,
    { smoothing },
  );
  return modelOf(facts, items, usual, weights, examples.length);
}

function fitLogistic(examples: readonly NeedsExample[], l2: number): NeedsModel {
  const sold = new Set(examples.map((e) => e.item)).size;
  const newest = examples.slice(-Math.max(MIN_ROWS, Math.floor(MOST_CELLS / sold)));
  const { items, usual } = shares(newest);
  const facts = frequentFacts(newest);
  const data = new Float64Array(newest.length * facts.length);
  columnsOf(newest, facts).forEach((columns, i) => {
    for (const j of columns) data[i * facts.length + j] = 1;
  });
  const rows = packRows({ rows: newest.length, cols: facts.length, data, columns: facts });
  const weights = fitSoftmax(rows, codesOf(newest, items), items.length, l2, undefined, TOLERANCE);
  return modelOf(facts, items, usual, weights, newest.length);
}

const modelOf = (
  facts: readonly string[],
  items: readonly number[],
  usual: readonly number[],
  weights: readonly Float64Array[],
  n: number,
): NeedsModel => ({
  facts,
  items,
  weights: weights.map((w) => significantAll(w, 6)),
  usual: usual.map((share) => significant(share, 6)),
  n,
});

/** Articles that were bought, and their share of all purchases. */
function shares(examples: readonly NeedsExample[]): { items: number[]; usual: number[] } {
  const sold = new Map<number, number>();
  for (const { item } of examples) sold.set(item, (sold.get(item) ?? 0) + 1);
  const items = [...sold.keys()].sort((a, b) => a - b);
  return { items, usual: items.map((item) => (sold.get(item) ?? 0) / examples.length) };
}

function frequentFacts(examples: readonly NeedsExample[]): string[] {
  const counts = new Map<string, number>();
  for (const { facts } of examples)
    for (const fact of facts) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  return [...counts]
    .filter(([, n]) => n >= MIN_ROWS)
    .map(([fact]) => fact)
    .sort();
}

function columnsOf(examples: readonly NeedsExample[], facts: readonly string[]): number[][] {
  const column = new Map(facts.map((fact, j) => [fact, j]));
  return examples.map((e) => e.facts.flatMap((fact) => column.get(fact) ?? []));
}

function codesOf(examples: readonly NeedsExample[], items: readonly number[]): Int32Array {
  const place = new Map(items.map((item, c) => [item, c]));
  return Int32Array.from(examples, ({ item }) => place.get(item) ?? 0);
}
