/** BG/NBD: how many purchases a customer will still make (Fader, Hardie, Lee 2005, Marketing Science 24(2)). */
import { RapportError } from '../../core/errors.ts';
import { minimise } from './bfgs.ts';
import { likelihood, type PurchaseHistories } from './bg-nbd-likelihood.ts';
import { hypergeometric } from './special-functions.ts';

/** Plain data. Purchases come at rate λ ~ Gamma(r, α); after each one a customer leaves with chance p ~ Beta(a, b). */
export interface BgNbdModel {
  readonly kind: 'bg-nbd';
  readonly version: 1;
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
  readonly logLikelihood: number;
  readonly customers: number;
}

/**
 * Most that a + b may be. Where customers leave with nearly the same chance, the likelihood is flat
 * in a + b and the maximum runs off to where the expectation can no longer be computed.
 */
const MOST_ALIKE = 200;

/**
 * Maximum likelihood on the log scale of the four parameters, with exact derivatives.
 * @throws RapportError invalid_payload naming the column and row of an impossible value,
 * not_enough_data without a single repeat purchase.
 */
export function fitBgNbd(histories: PurchaseHistories): BgNbdModel {
  check(histories);
  const objective = likelihood(histories);
  const { age } = histories;
  const meanAge = age.reduce((sum, t) => sum + t, 0) / age.length;
  // The rate's scale is that of the clock, so that weeks and days take the same path.
  const start = Float64Array.of(0, Math.log(Math.max(meanAge / 4, 1e-6)), 0, 0);
  const { x, value } = minimise(objective, start);
  const [r = 1, alpha = 1, a0 = 1, b0 = 1] = Array.from(x, Math.exp);
  const shrink = Math.min(1, MOST_ALIKE / (a0 + b0));
  const [a, b] = [a0 * shrink, b0 * shrink];
  return {
    kind: 'bg-nbd',
    version: 1,
    r,
    alpha,
    a,
    b,
    logLikelihood: -value,
    customers: age.length,
  };
}

/**
 * E[purchases in (T, T + ahead] | x, t_x, T], the paper's eq. 10. Euler's transformation of the
 * hypergeometric function keeps every factor small, so that customers with hundreds of purchases
 * do not overflow.
 */
export function expectedPurchases(
  model: BgNbdModel,
  repeats: number,
  lastAt: number,
  age: number,
  ahead: number,
): number {
  if (!(ahead > 0)) return 0;
  const { a } = model;
  // At a = 1 the formula is 0 / 0; its neighbours on both sides average to the limit.
  if (Math.abs(a - 1) < 1e-5) {
    const side = (at: number) =>
      expectedPurchases({ ...model, a: at }, repeats, lastAt, age, ahead);
    return (side(1 - 2e-5) + side(1 + 2e-5)) / 2;
  }
  const { r, alpha, b } = model;
  const z = ahead / (alpha + age + ahead);
  const c = a + b + repeats - 1;
  const top = c === 0 ? 1e-12 : c;
  const f = (1 - z) ** (a - 1) * hypergeometric(a + b - 1 - r, a - 1, top, z);
  return (top / (a - 1)) * (1 - f) * probabilityAlive(model, repeats, lastAt, age);
}

/** P(still a customer at T | x, t_x, T); 1 without a repeat purchase, by the model's assumption. */
export function probabilityAlive(
  model: BgNbdModel,
  repeats: number,
  lastAt: number,
  age: number,
): number {
  if (repeats === 0) return 1;
  const { r, alpha, a, b } = model;
  const logOdds =
    Math.log(a / (b + repeats - 1)) + (r + repeats) * Math.log((alpha + age) / (alpha + lastAt));
  return 1 / (1 + Math.exp(logOdds));
}

function check({ repeats, lastAt, age }: PurchaseHistories): void {
  if (repeats.length !== lastAt.length || repeats.length !== age.length)
    throw new RapportError(
      'invalid_payload',
      'repeats, lastAt and age must hold one value per customer',
    );
  let total = 0;
  for (let i = 0; i < repeats.length; i++) {
    const x = repeats[i]!;
    const tx = lastAt[i]!;
    const t = age[i]!;
    if (!(x >= 0 && Number.isInteger(x))) refuse('repeats', i, x);
    if (!(tx >= 0) || (x === 0 && tx !== 0)) refuse('lastAt', i, tx);
    if (!(t >= tx && Number.isFinite(t))) refuse('age', i, t);
    total += x;
  }
  if (total === 0)
    throw new RapportError('not_enough_data', 'no customer bought a second time: no rate to learn');
}

function refuse(column: string, row: number, value: number): never {
  throw new RapportError('invalid_payload', `column "${column}" holds ${value} in row ${row + 1}`);
}
