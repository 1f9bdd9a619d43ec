/** Whether the rules foresee the next basket better than popularity, on purchases they have not seen. */
import type { Interval } from '../stats/intervals.ts';
import { meanInterval } from '../stats/mean-interval.ts';
import {
  fitNextItems,
  type History,
  type NextItemsModel,
  type NextItemsSettings,
  nextItemsRanker,
  RULE_UNITS,
} from './next-items.ts';

/** One customer's history before the cut, and the first basket after it. */
export interface NextBasketCase {
  readonly before: History;
  readonly next: readonly number[];
}

export interface HitRates {
  /** Customers judged. */
  readonly n: number;
  /** Share whose next basket held one of the proposed items. */
  readonly rules: number;
  readonly popularity: number;
  /** Rules minus popularity, the same customers on both sides; 95 %. */
  readonly difference: Interval;
}

export interface Dated {
  readonly atMs: number;
  readonly items: readonly number[];
}

/** What was bought before the cut, by everyone; and who came back after it. */
export function splitHistories(customers: readonly (readonly Dated[])[], cutMs: number) {
  const earlier: History[] = [];
  const cases: NextBasketCase[] = [];
  for (const baskets of customers) {
    const before = baskets.filter((b) => b.atMs < cutMs).map((b) => b.items);
    if (before.length === 0) continue;
    earlier.push(before);
    const next = baskets.find((b) => b.atMs >= cutMs);
    if (next !== undefined) cases.push({ before, next: next.items });
  }
  return { earlier, cases };
}

/**
 * Hit rate at `top`. With `fresh`, only items the customer never had are proposed and counted, and
 * customers whose next basket holds none are left out: nothing could have been right.
 */
export function hitRates(
  model: NextItemsModel,
  cases: readonly NextBasketCase[],
  top: number,
  fresh: boolean,
): HitRates {
  const ranker = nextItemsRanker(model);
  const rules: number[] = [];
  const popular: number[] = [];
  for (const { before, next } of cases) {
    const owned = new Set(fresh ? before.flat() : []);
    const wanted = new Set(next.filter((item) => !owned.has(item)));
    if (wanted.size === 0) continue;
    const hit = (items: readonly number[]): number => (items.some((i) => wanted.has(i)) ? 1 : 0);
    rules.push(hit(ranker.rank(before, top, owned).map((r) => r.item)));
    popular.push(hit(ranker.popular(top, owned)));
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
  return {
    n: rules.length,
    rules: mean(rules),
    popularity: mean(popular),
    difference: meanInterval(Float64Array.from(rules, (v, i) => v - (popular[i] ?? 0))),
  };
}

/** Every combination that `selectSettings` tries for a least count. */
export const candidateSettings = (minCounts: readonly number[]): NextItemsSettings[] =>
  minCounts.flatMap((minCount) =>
    RULE_UNITS.flatMap((unit) =>
      (['last', 'all'] as const).map((from) => ({ unit, from, minCount, shrinkage: 20 })),
    ),
  );

/**
 * The settings with the best hit rate when the rules of the time before `cutMs` meet the baskets
 * after it; call it with training data only. Ties go to the first.
 */
export function selectSettings(
  customers: readonly (readonly Dated[])[],
  itemCount: number,
  cutMs: number,
  candidates: readonly NextItemsSettings[],
  options: { readonly top: number; readonly fresh: boolean },
) {
  const { earlier, cases } = splitHistories(customers, cutMs);
  const fitted = new Map<string, NextItemsModel>();
  const tried = candidates.map((settings) => {
    const key = `${settings.unit} ${settings.minCount}`;
    const known = fitted.get(key) ?? fitNextItems(earlier, itemCount, settings);
    fitted.set(key, known);
    const rates = hitRates({ ...known, settings }, cases, options.top, options.fresh);
    return { settings, hitRate: rates.rules, popularity: rates.popularity, n: rates.n };
  });
  const best = tried.reduce((a, b) => (b.hitRate > a.hitRate ? b : a));
  return { settings: best.settings, tried };
}
