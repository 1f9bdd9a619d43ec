/** What somebody will buy next from who they are: the classifier that foresaw later purchases best. */
import type { Contact } from '../core/record.ts';
import type { ContactFacts } from '../features/facts.ts';
import { softmax } from '../ml/preprocess/calibrate.ts';
import type { Dated } from '../ml/rules/hit-rate.ts';
import type { History } from '../ml/rules/next-items.ts';
import { splitByTime, timeOrderedSplits } from '../ml/split.ts';
import type { Interval } from '../ml/stats/intervals.ts';
import { observables } from './channel-design.ts';
import {
  NEEDS_LEARNERS,
  type NeedsExample,
  type NeedsModel,
  popularityNeeds,
} from './needs-learners.ts';
import { significant } from './numbers.ts';
import { pairedDifference } from './paired-loss.ts';

export interface NeedsReport {
  readonly train: number;
  readonly test: number;
  /** The classifier of the least log-loss in cross-validation. */
  readonly chosen: string;
  /** Log-loss over forward-chaining folds inside the training slice; `popularity` is the baseline. */
  readonly tried: readonly { readonly name: string; readonly logLoss: number }[];
  /** The chosen one on the newest fifth of purchases, which had no part in choosing it. */
  readonly later: {
    readonly logLoss: number;
    readonly popularity: number;
    /** Chosen minus popularity, nats per article, 95 %, the interval counting customers. */
    readonly difference: Interval;
    /** `better`: the whole interval lies below zero; else it is not shown to beat the usual rate. */
    readonly verdict: 'better' | 'not_better';
  };
}

const MIN_EXAMPLES = 100;
const FOLDS = 2;

/** What is known of somebody before a purchase, in words. */
export function needFacts(contact: Contact, before: History): string[] {
  const observed = Object.entries(observables(contact)).map(([name, value]) => `${name}=${value}`);
  const owned = [...new Set(before.flat())].map((item) => `has=${item}`);
  return [...observed, ...owned, `purchases=${Math.min(3, before.length)}`];
}

/**
 * Naive Bayes against multinomial logistic regression, each with several penalties: chosen by
 * time-ordered cross-validation on the older four fifths of purchases, judged on the newest fifth.
 * `model` is `null` unless it is better than popularity there. `null` with fewer than 100 purchased
 * articles.
 */
export function fitNeeds(
  contacts: readonly ContactFacts[],
  customers: readonly (readonly Dated[])[],
): { readonly model: NeedsModel | null; readonly report: NeedsReport } | null {
  const examples = contacts.flatMap(({ contact }, i): NeedsExample[] => {
    const before: number[][] = [];
    return (customers[i] ?? []).flatMap(({ atMs, items }) => {
      const facts = needFacts(contact, before);
      const owned = new Set(before.flat());
      before.push([...items]);
      return items
        .filter((item) => !owned.has(item))
        .map((item) => ({ customer: contact.id, facts, item, atMs }));
    });
  });
  if (examples.length < MIN_EXAMPLES) return null;
  examples.sort((a, b) => a.atMs - b.atMs);
  const { train, test } = splitByTime(
    examples.map((e) => e.atMs),
    0.2,
  );
  const learnt = train.flatMap((i) => examples[i] ?? []);
  const later = test.flatMap((i) => examples[i] ?? []);
  const [usual, ...classifiers] = crossValidated(learnt);
  const best = classifiers.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  const ours = lossesOf(best.fit(learnt), later);
  const theirs = lossesOf(popularityNeeds(learnt), later);
  const { champion, challenger, difference } = pairedDifference(
    later.map(({ customer }, i) => ({
      group: customer,
      champion: theirs[i] ?? 0,
      challenger: ours[i] ?? 0,
    })),
  );
  const verdict = difference.high < 0 ? 'better' : 'not_better';
  return {
    model: verdict === 'better' ? best.fit(examples) : null,
    report: {
      train: learnt.length,
      test: later.length,
      chosen: best.name,
      tried: [usual, ...classifiers].flatMap((c) =>
        c === undefined ? [] : [{ name: c.name, logLoss: significant(c.logLoss, 5) }],
      ),
      later: {
        logLoss: significant(challenger, 5),
        popularity: significant(champion, 5),
        difference: {
          estimate: significant(difference.estimate, 4),
          low: significant(difference.low, 4),
          high: significant(difference.high, 4),
        },
        verdict,
      },
    },
  };
}

/** Popularity first; the log-loss per article over every fold's later block. */
function crossValidated(learnt: readonly NeedsExample[]) {
  const folds = timeOrderedSplits(
    learnt.map((e) => e.atMs),
    FOLDS,
  ).map(({ train, test }) => ({
    before: train.flatMap((i) => learnt[i] ?? []),
    after: test.flatMap((i) => learnt[i] ?? []),
  }));
  const usable = folds.filter(({ before, after }) => before.length > 0 && after.length > 0);
  return [{ name: 'popularity', fit: popularityNeeds }, ...NEEDS_LEARNERS].map((learner) => {
    const losses = usable.flatMap(({ before, after }) => lossesOf(learner.fit(before), after));
    return { ...learner, logLoss: losses.reduce((a, b) => a + b, 0) / Math.max(1, losses.length) };
  });
}

/** Articles by their chance of being the next one bought; `usual` is their share of all purchases. */
export function predictNeeds(
  model: NeedsModel,
  known: readonly string[],
): { readonly item: number; readonly chance: number; readonly usual: number }[] {
  const { facts, items, usual } = model;
  const columns = known.map((fact) => facts.indexOf(fact)).filter((j) => j >= 0);
  const chances = softmax(scoresOf(model, columns), 1);
  return items
    .map((item, c) => ({ item, chance: chances[c] ?? 0, usual: usual[c] ?? 0 }))
    .sort((a, b) => b.chance - a.chance || a.item - b.item);
}

/** −ln of the chance given to what was bought; an article never seen gets one part in a thousand. */
function lossesOf(model: NeedsModel, examples: readonly NeedsExample[]): number[] {
  const place = new Map(model.items.map((item, c) => [item, c]));
  const column = new Map(model.facts.map((fact, j) => [fact, j]));
  return examples.map(({ facts, item }) => {
    const c = place.get(item);
    const known = facts.flatMap((fact) => column.get(fact) ?? []);
    const chance = c === undefined ? 0 : (softmax(scoresOf(model, known), 1)[c] ?? 0);
    return -Math.log(Math.max(1e-3, chance));
  });
}

const scoresOf = ({ weights }: NeedsModel, columns: readonly number[]): number[] =>
  weights.map((w) => columns.reduce((sum, j) => sum + (w[j] ?? 0), w.at(-1) ?? 0));
