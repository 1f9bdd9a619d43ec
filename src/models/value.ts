/** Expected spend in the next 12 months: purchase rate × amount, both shrunk towards the portal. */
import type { Reason, ValueBand, ValueScore } from '../core/score.ts';
import type { ContactFacts } from '../features/facts.ts';
import { purchases, rfm } from '../features/recency.ts';
import { significant } from './numbers.ts';

/** Plain data. Rates are purchases per year, Gamma(shape, rate `exposure`) over contacts. */
export interface ValueModel {
  readonly shape: number;
  readonly exposure: number;
  readonly meanAmount: number;
  /** Variance of amounts of one contact, and of contacts' true mean amounts. */
  readonly within: number;
  readonly between: number;
  /** Mean expected spend over the portal's contacts: the yardstick of the bands. */
  readonly meanExpected: number;
  readonly contacts: number;
  readonly purchases: number;
}

/** A band is a multiple of the portal's mean expected value, not a forced quartile. */
export const BAND_FLOORS: readonly (readonly [ValueBand, number])[] = [
  ['top', 3],
  ['high', 1.25],
  ['mid', 0.5],
  ['low', 0],
];

interface History {
  readonly count: number;
  readonly years: number;
  readonly amounts: readonly number[];
}

const historyOf = (facts: ContactFacts, asOf: Date): History => {
  const { frequency, exposureYears } = rfm(facts, asOf);
  const amounts = purchases(facts, asOf).map((p) => p.amount);
  return { count: frequency, years: exposureYears, amounts };
};

/** `null` with fewer than 5 purchases in the portal. */
export function fitValue(contacts: readonly ContactFacts[], asOf: Date): ValueModel | null {
  const histories = contacts.map((facts) => historyOf(facts, asOf));
  const bought = histories.reduce((n, h) => n + h.count, 0);
  if (bought < 5) return null;
  const { shape, exposure } = fitRate(histories);
  const amounts = fitAmounts(histories);
  const draft = {
    shape,
    exposure,
    ...amounts,
    meanExpected: 1,
    contacts: contacts.length,
    purchases: bought,
  };
  const sum = histories.reduce((total, h) => {
    const { rate, amount } = expectation(draft, h);
    return total + rate * amount;
  }, 0);
  return { ...draft, meanExpected: significant(sum / histories.length) };
}

/**
 * Gamma–Poisson (negative binomial) by maximum likelihood: for each shape the best scale by Newton
 * on a monotone equation, the shape by golden section (Ehrenberg 1959; Greene 1982 for exposures).
 */
function fitRate(histories: readonly History[]): { shape: number; exposure: number } {
  const counts: number[] = [];
  for (const { count } of histories) {
    for (let j = 0; j < count; j++) counts[j] = (counts[j] ?? 0) + 1;
  }
  const step = Math.max(1, Math.floor(histories.length / 5000));
  const rows = histories.filter((_, i) => i % step === 0);
  const scaleFor = (shape: number): number => {
    let low = -8;
    let high = 8;
    for (let i = 0; i < 50; i++) {
      const a = Math.exp((low + high) / 2);
      let slope = 0;
      for (const { count, years } of rows) slope += shape / a - (shape + count) / (a + years);
      if (slope > 0) low = (low + high) / 2;
      else high = (low + high) / 2;
    }
    return Math.exp((low + high) / 2);
  };
  const likelihood = (logShape: number): number => {
    const shape = Math.exp(logShape);
    const a = scaleFor(shape);
    let sum = 0;
    for (const { count, years } of rows) {
      sum += shape * Math.log(a) - (shape + count) * Math.log(a + years);
    }
    counts.forEach((n, j) => {
      sum += (n / step) * Math.log(shape + j);
    });
    return sum;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = -4;
  let high = 4;
  for (let i = 0; i < 25; i++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (likelihood(a) > likelihood(b)) high = b;
    else low = a;
  }
  const shape = Math.exp((low + high) / 2);
  return { shape: significant(shape), exposure: significant(scaleFor(shape)) };
}

/** Bühlmann credibility (1967): variance within and between contacts by moments. */
function fitAmounts(
  histories: readonly History[],
): Pick<ValueModel, 'meanAmount' | 'within' | 'between'> {
  const buyers = histories.filter((h) => h.count > 0);
  const all = buyers.flatMap((h) => h.amounts);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  let inside = 0;
  let across = 0;
  let squares = 0;
  for (const { amounts } of buyers) {
    const own = amounts.reduce((a, b) => a + b, 0) / amounts.length;
    for (const amount of amounts) inside += (amount - own) ** 2;
    across += amounts.length * (own - mean) ** 2;
    squares += amounts.length ** 2;
  }
  const total = all.length;
  const spare = total - buyers.length;
  const spread = all.reduce((sum, a) => sum + (a - mean) ** 2, 0) / Math.max(1, total - 1);
  const within = spare > 0 ? inside / spare : spread;
  const denominator = total - squares / total;
  const between =
    denominator > 0 ? Math.max(0, (across - (buyers.length - 1) * within) / denominator) : 0;
  return {
    meanAmount: significant(mean),
    within: significant(within),
    between: significant(between),
  };
}

function expectation(
  model: ValueModel,
  { count, years, amounts }: History,
): { rate: number; rateVariance: number; amount: number; amountVariance: number } {
  const rate = (model.shape + count) / (model.exposure + years);
  const n = amounts.length;
  const trust = model.between > 0 ? (n * model.between) / (n * model.between + model.within) : 0;
  const own = n > 0 ? amounts.reduce((a, b) => a + b, 0) / n : model.meanAmount;
  return {
    rate,
    rateVariance: rate / (model.exposure + years),
    amount: trust * own + (1 - trust) * model.meanAmount,
    amountVariance: (1 - trust) * model.between,
  };
}

/**
 * Expected spend with the 90 % interval of that expectation (not of one year's spend, which varies
 * more): the product's first two moments matched by a Gamma, quantiles by Wilson and Hilferty
 * (1931). Money: `meanRate × meanAmount + Σ effects = expected12m`.
 */
export function scoreValue(model: ValueModel, facts: ContactFacts, asOf: Date): ValueScore {
  const history = historyOf(facts, asOf);
  const { rate, rateVariance, amount, amountVariance } = expectation(model, history);
  const expected12m = rate * amount;
  const variance =
    rateVariance * amount ** 2 + amountVariance * rate ** 2 + rateVariance * amountVariance;
  const meanRate = model.shape / model.exposure;
  const reasons: Reason[] = [
    {
      code: 'value_rate',
      effect: (rate - meanRate) * model.meanAmount,
      params: { purchases: history.count, years: significant(history.years, 3) },
    },
    {
      code: 'value_spend',
      effect: rate * (amount - model.meanAmount),
      params: { amount: significant(amount, 6), usual: significant(model.meanAmount, 6) },
    },
  ];
  const ratio = expected12m / model.meanExpected;
  const band = BAND_FLOORS.find(([, floor]) => ratio >= floor)?.[0] ?? 'low';
  return {
    band,
    expected12m,
    low: Math.min(expected12m, gammaQuantile(expected12m, variance, -1.6448536)),
    high: Math.max(expected12m, gammaQuantile(expected12m, variance, 1.6448536)),
    reasons,
  };
}

function gammaQuantile(mean: number, variance: number, z: number): number {
  if (!(mean > 0) || !(variance > 0)) return mean;
  const k = mean ** 2 / variance;
  const root = 1 - 1 / (9 * k) + z / Math.sqrt(9 * k);
  return root <= 0 ? 0 : mean * root ** 3;
}
