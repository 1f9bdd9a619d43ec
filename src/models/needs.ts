/** What somebody will buy next from who they are: the classifier that foresaw later purchases best. */
import type { Contact } from '../core/record.ts';
import type { ContactFacts } from '../features/facts.ts';
import { naiveBayesWeights } from '../ml/bayes/naive-bayes.ts';
import { softmax } from '../ml/preprocess/calibrate.ts';
import type { Dated } from '../ml/rules/hit-rate.ts';
import type { History } from '../ml/rules/next-items.ts';
import { csrFromRows } from '../ml/sparse.ts';
import { splitByTime } from '../ml/split.ts';
import { observables } from './channel-design.ts';
import { significant, significantAll } from './numbers.ts';

/** Plain data: naive Bayes over facts in words; an article's place in `items` is its class. */
export interface NeedsModel {
  readonly facts: readonly string[];
  readonly items: readonly number[];
  readonly weights: readonly (readonly number[])[];
  /** Share of the purchased articles, by class. */
  readonly usual: readonly number[];
  /** Purchased articles learnt from. */
  readonly n: number;
}

export interface NeedsReport {
  readonly train: number;
  readonly test: number;
  readonly chosen: string;
  /** Log-loss on the newest fifth, per candidate; `popularity` is the baseline. */
  readonly tried: readonly { readonly name: string; readonly logLoss: number }[];
}

interface Example {
  readonly facts: readonly string[];
  readonly item: number;
  readonly atMs: number;
}

const MIN_EXAMPLES = 100;
const MIN_ROWS = 10;
/** Pseudo-counts tried; naive Bayes counts a fact in every class, so that few rows say little. */
const SMOOTHINGS = [1, 5, 20, 80];

/** What is known of somebody before a purchase, in words. */
export function needFacts(contact: Contact, before: History): string[] {
  const observed = Object.entries(observables(contact)).map(([name, value]) => `${name}=${value}`);
  const owned = [...new Set(before.flat())].map((item) => `has=${item}`);
  return [...observed, ...owned, `purchases=${Math.min(3, before.length)}`];
}

/**
 * Chosen by the log-loss of the newest fifth of purchases; `model` is `null` where nothing beats
 * popularity there. `null` with fewer than 100 purchased articles.
 */
export function fitNeeds(
  contacts: readonly ContactFacts[],
  customers: readonly (readonly Dated[])[],
  itemCount: number,
): { readonly model: NeedsModel | null; readonly report: NeedsReport } | null {
  const examples = contacts.flatMap(({ contact }, i): Example[] => {
    const before: number[][] = [];
    return (customers[i] ?? []).flatMap(({ atMs, items }) => {
      const facts = needFacts(contact, before);
      const owned = new Set(before.flat());
      before.push([...items]);
      return items.filter((item) => !owned.has(item)).map((item) => ({ facts, item, atMs }));
    });
  });
  if (examples.length < MIN_EXAMPLES) return null;
  const { train, test } = splitByTime(
    examples.map((e) => e.atMs),
    0.2,
  );
  const of = (rows: readonly number[]) => rows.flatMap((i) => examples[i] ?? []);
  const learnt = of(train);
  const later = of(test);
  const candidates = SMOOTHINGS.map((smoothing) => {
    const model = fitBayes(learnt, itemCount, smoothing);
    return { name: `naive_bayes_${smoothing}`, smoothing, logLoss: loss(model, later) };
  });
  const flat = {
    name: 'popularity',
    logLoss: loss({ ...fitBayes(learnt, itemCount, 1), facts: [] }, later),
  };
  const best = candidates.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  const better = best.logLoss < flat.logLoss;
  return {
    model: better ? fitBayes(examples, itemCount, best.smoothing) : null,
    report: {
      train: learnt.length,
      test: later.length,
      chosen: better ? best.name : flat.name,
      tried: [flat, ...candidates].map(({ name, logLoss }) => ({
        name,
        logLoss: significant(logLoss, 5),
      })),
    },
  };
}

/** Articles by their chance of being the next one bought; `usual` is their share of all purchases. */
export function predictNeeds(
  { facts, items, weights, usual }: NeedsModel,
  known: readonly string[],
): { readonly item: number; readonly chance: number; readonly usual: number }[] {
  const columns = known.map((fact) => facts.indexOf(fact)).filter((j) => j >= 0);
  const scores = weights.map(
    (w) => (w.at(-1) ?? 0) + columns.reduce((sum, j) => sum + (w[j] ?? 0), 0),
  );
  const chances = softmax(scores, 1);
  return items
    .map((item, c) => ({ item, chance: chances[c] ?? 0, usual: usual[c] ?? 0 }))
    .sort((a, b) => b.chance - a.chance || a.item - b.item);
}

function fitBayes(examples: readonly Example[], itemCount: number, smoothing: number): NeedsModel {
  const counts = new Map<string, number>();
  for (const { facts } of examples)
    for (const fact of facts) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  const facts = [...counts]
    .filter(([, n]) => n >= MIN_ROWS)
    .map(([fact]) => fact)
    .sort();
  const column = new Map(facts.map((fact, j) => [fact, j]));
  const sold = new Array<number>(itemCount).fill(0);
  for (const { item } of examples) sold[item] = (sold[item] ?? 0) + 1;
  const items = sold.flatMap((n, item) => (n > 0 ? [item] : []));
  const rows = examples.map((e) => {
    const indices = e.facts.flatMap((fact) => column.get(fact) ?? []);
    return { indices, values: indices.map(() => 1) };
  });
  const weights = naiveBayesWeights(
    csrFromRows(rows, facts),
    Int32Array.from(examples, ({ item }) => items.indexOf(item)),
    items.length,
    { smoothing },
  );
  return {
    facts,
    items,
    weights: weights.map((w) => significantAll(w, 6)),
    usual: items.map((item) => significant((sold[item] ?? 0) / examples.length, 6)),
    n: examples.length,
  };
}

/** Mean −ln of the chance given to what was bought; an article never seen gets one part in a thousand. */
function loss(model: NeedsModel, examples: readonly Example[]): number {
  const sum = examples.reduce((total, { facts, item }) => {
    const found = predictNeeds(model, facts).find((p) => p.item === item);
    return total - Math.log(Math.max(1e-3, found?.chance ?? 0));
  }, 0);
  return sum / Math.max(1, examples.length);
}
