/** What comes next in a history of baskets: rules between items, and popularity where no rule speaks. */
import { type Observation, type PairRule, pairRules } from './pair-rules.ts';

/** One customer's baskets, oldest first; items are numbers, each once per basket. */
export type History = readonly (readonly number[])[];

/**
 * What a rule is counted over: `basket`: bought together; `customer`: bought by the same customer,
 * whenever; `sequence`: had before, and then in the next basket.
 */
export const RULE_UNITS = ['basket', 'customer', 'sequence'] as const;
export type RuleUnit = (typeof RULE_UNITS)[number];

export interface NextItemsSettings {
  readonly unit: RuleUnit;
  /** Which of the customer's baskets rules start from. */
  readonly from: 'last' | 'all';
  readonly minCount: number;
  /** Pseudo-observations of the usual rate that temper a rule of few observations. */
  readonly shrinkage: number;
}

/** Plain data. */
export interface NextItemsModel {
  readonly settings: NextItemsSettings;
  readonly itemCount: number;
  readonly rules: readonly PairRule[];
  /** Share of observations with the item. */
  readonly popularity: readonly number[];
  readonly observations: number;
}

export interface RankedItem {
  readonly item: number;
  /** Tempered confidence of the best rule, or the popularity. */
  readonly score: number;
  /** The rule behind it; `null` where popularity answers. */
  readonly rule: PairRule | null;
}

const distinct = (history: History): number[] => [...new Set(history.flat())];

/** The observations of a unit. */
export function observationsOf(histories: readonly History[], unit: RuleUnit): Observation[] {
  const both = (items: readonly number[]): Observation => ({ left: items, right: items });
  if (unit === 'basket') return histories.flatMap((h) => h.map(both));
  if (unit === 'customer') return histories.map((h) => both(distinct(h)));
  return histories.flatMap((h) => {
    const before = new Set<number>();
    return h.flatMap((right, i): Observation[] => {
      const left = [...before];
      for (const item of right) before.add(item);
      return i === 0 ? [] : [{ left, right }];
    });
  });
}

/** Rules of the settings' unit, and every item's popularity over the same observations. */
export function fitNextItems(
  histories: readonly History[],
  itemCount: number,
  settings: NextItemsSettings,
): NextItemsModel {
  const observations = observationsOf(histories, settings.unit);
  const counts = new Float64Array(itemCount);
  for (const { right } of observations) for (const item of right) counts[item] = counts[item]! + 1;
  return {
    settings,
    itemCount,
    rules: pairRules(observations, itemCount, {
      minCount: settings.minCount,
      repeats: settings.unit === 'sequence',
    }),
    popularity: Array.from(counts, (n) => n / Math.max(1, observations.length)),
    observations: observations.length,
  };
}

/** Ranks for many histories; the rules are indexed once. */
export function nextItemsRanker(model: NextItemsModel) {
  const { itemCount, popularity, settings, rules } = model;
  const score = Float64Array.from(
    rules,
    ({ count, n, usual }) => (count + settings.shrinkage * usual) / (n + settings.shrinkage),
  );
  // Rules are sorted by their left item: those of item i are `first[i] … first[i + 1] − 1`.
  const first = new Int32Array(itemCount + 1);
  for (const { left } of rules) first[left + 1] = first[left + 1]! + 1;
  for (let i = 0; i < itemCount; i++) first[i + 1] = first[i + 1]! + first[i]!;
  const byPopularity = Array.from({ length: itemCount }, (_, i) => i)
    .filter((item) => popularity[item]! > 0)
    .sort((a, b) => popularity[b]! - popularity[a]! || a - b);
  const best = new Float64Array(itemCount);
  const why = new Int32Array(itemCount).fill(-1);

  const popular = (top: number, without: ReadonlySet<number> = new Set()): number[] => {
    const found: number[] = [];
    for (const item of byPopularity) {
      if (found.length === top) break;
      if (!without.has(item)) found.push(item);
    }
    return found;
  };
  return {
    /** The `top` items by popularity alone. */
    popular,
    /** The `top` items most likely to come next; those in `without` are passed over. */
    rank(history: History, top: number, without: ReadonlySet<number> = new Set()): RankedItem[] {
      const starts = settings.from === 'last' ? (history.at(-1) ?? []) : distinct(history);
      const touched = popular(top, without);
      for (const item of touched) best[item] = popularity[item]!;
      for (const left of starts) {
        for (let r = first[left]!; r < first[left + 1]!; r++) {
          const { right } = rules[r]!;
          if (!(score[r]! > best[right]!) || without.has(right)) continue;
          if (best[right] === 0) touched.push(right);
          best[right] = score[r]!;
          why[right] = r;
        }
      }
      const ranked = touched
        .sort((a, b) => best[b]! - best[a]! || a - b)
        .slice(0, top)
        .map((item) => ({ item, score: best[item]!, rule: rules[why[item]!] ?? null }));
      for (const item of touched) {
        best[item] = 0;
        why[item] = -1;
      }
      return ranked;
    },
  };
}

export type NextItemsRanker = ReturnType<typeof nextItemsRanker>;
