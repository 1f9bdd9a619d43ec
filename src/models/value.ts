/** Expected spend in the next 12 months: purchases still to come × what they spend on one. */
import { RapportError } from '../core/errors.ts';
import type { Reason, ValueBand, ValueScore } from '../core/score.ts';
import { DAY_MS } from '../features/facts.ts';
import type { Past } from '../features/past.ts';
import { cohortAt, type PurchaseLog } from '../features/purchase-cohort.ts';
import { wilson } from '../ml/stats/intervals.ts';
import { probabilityAlive } from '../ml/value/bg-nbd.ts';
import { expectedSpend, fitGammaGamma, type GammaGammaModel } from '../ml/value/gamma-gamma.ts';
import { significant } from './numbers.ts';
import { fitPurchases, type PurchaseContest } from './purchase-contest.ts';
import { expectPurchases, meanOf, type PurchaseModel } from './purchase-model.ts';

/** Plain data; amounts in the portal's currency. */
export interface ValueModel {
  readonly purchases: PurchaseModel;
  readonly contest: PurchaseContest | null;
  /** `null` where amounts say nothing, such as all equal: then everybody spends the mean. */
  readonly spend: GammaGammaModel | null;
  readonly meanAmount: number;
  /** Mean expected purchases of those who have bought. */
  readonly usualPurchases: number;
  /** Those who had not bought `days` ago, and how many have since; `null` below 20 of them. */
  readonly newcomers: {
    readonly of: number;
    readonly bought: number;
    readonly days: number;
    readonly meanSpend: number;
  } | null;
  /** Mean expected spend over the portal's buyers: the yardstick of the bands. */
  readonly meanExpected: number;
  readonly buyers: number;
}

/** A band is a multiple of the mean expected value of buyers, not a forced quartile. */
export const BAND_FLOORS: readonly (readonly [ValueBand, number])[] = [
  ['top', 3],
  ['high', 1.25],
  ['mid', 0.5],
  ['low', 0],
];

const WEEK_DAYS = 7;
const YEAR_DAYS = 365;
const YEAR_WEEKS = YEAR_DAYS / WEEK_DAYS;
const MIN_NEWCOMERS = 20;
const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

/** Purchases by day, several on one day as one. */
export function logOf(past: Past, customer: string): PurchaseLog {
  const byDay = new Map<number, number>();
  for (const { at, amount } of past.purchases) {
    const day = dayOf(at.getTime());
    byDay.set(day, (byDay.get(day) ?? 0) + amount);
  }
  return { customer, days: [...byDay.keys()], amounts: [...byDay.values()] };
}

/** `null` when nobody bought twice: there is no rate to learn. */
export function fitValue(pasts: readonly Past[], asOf: Date, seed: number): ValueModel | null {
  const log = pasts.map((past, i) => logOf(past, String(i))).filter(({ days }) => days.length > 0);
  const end = dayOf(asOf.getTime());
  const fitted = orNull(() =>
    fitPurchases(log, { end, aheadDays: YEAR_DAYS, unitDays: WEEK_DAYS, seed }),
  );
  if (fitted === null) return null;
  const now = cohortAt(log, end, end, WEEK_DAYS);
  const counts = now.repeats.map((x) => x + 1);
  const means = now.spent.map((sum, i) => sum / (counts[i] ?? 1));
  const spend = orNull(() => fitGammaGamma({ purchases: counts, mean: means }));
  const expected = expectPurchases(fitted.model, now, YEAR_WEEKS);
  const meanAmount = now.spent.reduce((s, v) => s + v, 0) / counts.reduce((s, n) => s + n, 0);
  const draft: ValueModel = {
    purchases: fitted.model,
    contest: fitted.contest,
    spend,
    meanAmount: significant(meanAmount),
    usualPurchases: significant(meanOf(expected)),
    newcomers: newcomersOf(pasts, asOf),
    meanExpected: 1,
    buyers: log.length,
  };
  const worth = expected.map(
    (n, i) => n * amountOf(draft, counts[i] ?? 1, means[i] ?? meanAmount).mean,
  );
  return { ...draft, meanExpected: significant(meanOf(worth)) };
}

function orNull<T>(learn: () => T): T | null {
  try {
    return learn();
  } catch (error) {
    if (error instanceof RapportError && error.code === 'not_enough_data') return null;
    throw error;
  }
}

/** How many of those who had never bought have done so since, and what they spent. */
function newcomersOf(pasts: readonly Past[], asOf: Date): ValueModel['newcomers'] {
  const now = asOf.getTime();
  const oldest = pasts.reduce((least, { recordAt }) => Math.min(least, recordAt), now);
  const days = Math.min(YEAR_DAYS, Math.floor((now - oldest) / DAY_MS / 2));
  const cut = now - days * DAY_MS;
  const then = pasts.filter(
    ({ recordAt, purchases }) =>
      recordAt <= cut && (purchases[0]?.at.getTime() ?? Number.POSITIVE_INFINITY) > cut,
  );
  if (then.length < MIN_NEWCOMERS || days < 1) return null;
  const since = then.filter(({ purchases }) => purchases.length > 0);
  const spent = since.flatMap(({ purchases }) => purchases.map(({ amount }) => amount));
  return {
    of: then.length,
    bought: since.length,
    days,
    meanSpend: significant(spent.reduce((s, a) => s + a, 0) / Math.max(1, since.length)),
  };
}

/** Posterior mean and variance of what a customer spends on one purchase. */
function amountOf(
  { spend, meanAmount }: ValueModel,
  count: number,
  mean: number,
): { mean: number; variance: number } {
  if (spend === null) return { mean: meanAmount, variance: 0 };
  const amount = expectedSpend(spend, count, mean);
  // The mean spend is inverse-gamma with shape p·x + q; below 2 its variance has no end.
  return { mean: amount, variance: amount ** 2 / Math.max(0.5, spend.p * count + spend.q - 2) };
}

const Z90 = 1.6448536;

/**
 * Expected spend with the 90 % interval of that expectation (one year's spend varies more): moments
 * of the purchase rate, of being still a customer, and of the amount, matched by a Gamma, quantiles
 * by Wilson and Hilferty (1931). `base + Σ effects = expected12m`, money. `null` where nothing can
 * be said.
 */
export function scoreValue(model: ValueModel, past: Past): ValueScore | null {
  const log = logOf(past, '');
  return log.days.length === 0 ? newcomer(model) : buyer(model, log, dayOf(past.now), past);
}

function buyer(model: ValueModel, log: PurchaseLog, today: number, past: Past): ValueScore {
  const row = cohortAt([log], today, today, WEEK_DAYS);
  const [x = 0, last = 0, age = 0, spent = 0] = [
    row.repeats[0],
    row.lastAt[0],
    row.age[0],
    row.spent[0],
  ];
  const expected = expectPurchases(model.purchases, row, YEAR_WEEKS)[0] ?? 0;
  const alive = Math.max(1e-9, probabilityAlive(model.purchases.bgNbd, x, last, age));
  const active = expected / alive;
  const amount = amountOf(model, x + 1, spent / (x + 1));
  const expected12m = expected * amount.mean;
  const second = active ** 2 * (1 + 1 / (model.purchases.bgNbd.r + x)) * alive;
  const spread = Math.max(0, second - expected ** 2);
  const variance =
    spread * amount.mean ** 2 + amount.variance * expected ** 2 + spread * amount.variance;
  const { usualPurchases, meanAmount } = model;
  const reasons: Reason[] = [
    {
      code: 'value_rate',
      effect: (active - usualPurchases) * meanAmount,
      params: { purchases: x + 1, years: significant(Math.max(age, 1 / 7) / YEAR_WEEKS, 3) },
    },
    {
      code: 'value_silence',
      effect: (expected - active) * meanAmount,
      params: {
        days: Math.round((past.now - (past.purchases.at(-1)?.at.getTime() ?? past.now)) / DAY_MS),
      },
    },
    {
      code: 'value_spend',
      effect: expected * (amount.mean - meanAmount),
      params: { amount: significant(amount.mean, 6), usual: significant(meanAmount, 6) },
    },
  ];
  return {
    band: bandOf(model, expected12m),
    expected12m,
    low: Math.min(expected12m, gammaQuantile(expected12m, variance, -Z90)),
    high: Math.max(expected12m, gammaQuantile(expected12m, variance, Z90)),
    base: usualPurchases * meanAmount,
    reasons,
  };
}

function newcomer(model: ValueModel): ValueScore | null {
  if (model.newcomers === null) return null;
  const { of, bought, days, meanSpend } = model.newcomers;
  const share = wilson(bought, of, 0.9);
  const yearly = (p: number): number => 1 - (1 - p) ** (YEAR_DAYS / days);
  const worth = (p: number): number => yearly(p) * (meanSpend > 0 ? meanSpend : model.meanAmount);
  const expected12m = worth((bought + 0.5) / (of + 1));
  return {
    band: bandOf(model, expected12m),
    expected12m,
    low: Math.min(expected12m, worth(share.low)),
    high: Math.max(expected12m, worth(share.high)),
    base: 0,
    reasons: [{ code: 'value_new', effect: expected12m, params: { bought, of, days } }],
  };
}

const bandOf = (model: ValueModel, expected: number): ValueBand =>
  BAND_FLOORS.find(([, floor]) => expected / model.meanExpected >= floor)?.[0] ?? 'low';

function gammaQuantile(mean: number, variance: number, z: number): number {
  if (!(mean > 0) || !(variance > 0)) return mean;
  const k = mean ** 2 / variance;
  const root = 1 - 1 / (9 * k) + z / Math.sqrt(9 * k);
  return root <= 0 ? 0 : mean * root ** 3;
}
