/** Gamma–Gamma: what a customer spends per purchase (Fader, Hardie 2013, "The Gamma-Gamma Model of Monetary Value"). */
import { RapportError } from '../../core/errors.ts';
import { logGamma } from '../stats/distributions.ts';
import { minimise } from './bfgs.ts';
import { digamma } from './special-functions.ts';

/** One entry per customer. */
export interface SpendHistories {
  /** Purchases the mean is taken over; the caller leaves out the first one, as the note does. */
  readonly purchases: Float64Array;
  /** Their mean amount. */
  readonly mean: Float64Array;
}

/** Plain data. An amount is Gamma(p, ν), ν ~ Gamma(q, γ) over customers. */
export interface GammaGammaModel {
  readonly kind: 'gamma-gamma';
  readonly version: 1;
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
  readonly logLikelihood: number;
  /** Customers the fit could use. */
  readonly customers: number;
}

/**
 * Maximum likelihood. Customers without a purchase or with a mean of zero or less say nothing
 * under a model of positive amounts, and are left out.
 * @throws RapportError invalid_payload for a value that is not finite, not_enough_data with fewer
 * than 3 usable customers or with all means equal.
 */
export function fitGammaGamma({ purchases, mean }: SpendHistories): GammaGammaModel {
  if (purchases.length !== mean.length)
    throw new RapportError('invalid_payload', 'purchases and mean must have equally many values');
  const used: number[] = [];
  for (let i = 0; i < purchases.length; i++) {
    const [x, m] = [purchases[i]!, mean[i]!];
    if (!Number.isFinite(x) || x < 0)
      throw new RapportError('invalid_payload', `column "purchases" holds ${x} in row ${i + 1}`);
    if (x === 0) continue;
    if (!Number.isFinite(m))
      throw new RapportError('invalid_payload', `column "mean" holds ${m} in row ${i + 1}`);
    if (m > 0) used.push(i);
  }
  const x = Float64Array.from(used, (i) => purchases[i]!);
  const m = Float64Array.from(used, (i) => mean[i]!);
  if (used.length < 3 || m.every((v) => v === m[0]))
    throw new RapportError(
      'not_enough_data',
      'spend needs at least 3 customers with repeat purchases of different amounts',
    );
  const average = m.reduce((sum, v) => sum + v, 0) / m.length;
  const start = Float64Array.of(Math.log(2), Math.log(3), Math.log(average));
  const best = minimise(likelihood(x, m), start);
  const [p = 1, q = 1, gamma = 1] = Array.from(best.x, Math.exp);
  return {
    kind: 'gamma-gamma',
    version: 1,
    p,
    q,
    gamma,
    logLikelihood: -best.value,
    customers: used.length,
  };
}

/**
 * E[mean amount | x purchases of mean m], the note's eq. 5: the customer's own mean pulled towards
 * the population's pγ / (q − 1), the more the fewer purchases there are. `x = 0` gives the population mean.
 * When q ≤ 1 the population has no mean; with few purchases the answer is then the own mean.
 */
export function expectedSpend(model: GammaGammaModel, purchases: number, mean: number): number {
  const { p, q, gamma } = model;
  const weight = p * purchases + q - 1;
  if (weight <= 0) return mean;
  return (p * (gamma + purchases * mean)) / weight;
}

/** Negative log-likelihood (the note's eq. 1a) and gradient in (ln p, ln q, ln γ). */
function likelihood(x: Float64Array, m: Float64Array) {
  const n = x.length;
  const spent = x.map((purchases, i) => purchases * m[i]!);
  /** Σ ln m and Σ x ln(x m): all that the amounts add outside of ln(γ + x m). */
  let sumLogM = 0;
  let sumXLog = 0;
  for (let i = 0; i < n; i++) {
    sumLogM += Math.log(m[i]!);
    sumXLog += x[i]! * Math.log(spent[i]!);
  }
  /** Customers with exactly x purchases, by x: the gamma functions depend on nothing else. */
  const byPurchases = new Map<number, number>();
  for (const purchases of x) byPurchases.set(purchases, (byPurchases.get(purchases) ?? 0) + 1);
  return (at: Float64Array, gradient: Float64Array): number => {
    const [p, q, gamma] = [Math.exp(at[0]!), Math.exp(at[1]!), Math.exp(at[2]!)] as const;
    let value = n * (q * at[2]! - logGamma(q)) + p * sumXLog - sumLogM;
    let dp = sumXLog;
    let dq = n * (at[2]! - digamma(q));
    let dg = (n * q) / gamma;
    for (const [purchases, count] of byPurchases) {
      const px = p * purchases;
      const psi = digamma(px + q);
      value += count * (logGamma(px + q) - logGamma(px));
      dp += count * purchases * (psi - digamma(px));
      dq += count * psi;
    }
    for (let i = 0; i < n; i++) {
      const purchases = x[i]!;
      const shape = p * purchases + q;
      const scale = gamma + spent[i]!;
      const logScale = Math.log(scale);
      value -= shape * logScale;
      dp -= purchases * logScale;
      dq -= logScale;
      dg -= shape / scale;
    }
    gradient[0] = -dp * p;
    gradient[1] = -dq * q;
    gradient[2] = -dg * gamma;
    return Number.isFinite(value) ? -value : Number.POSITIVE_INFINITY;
  };
}
