/** Tails of the normal, t, F and chi-square distributions, as logarithms so that none vanishes. */
import { RapportError } from '../../core/errors.ts';

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
const MAX_TERMS = 200_000;
const TINY = 1e-300;

/**
 * log Γ(x) − [(x − ½) log x − x + ½ log 2π] for x ≥ 10, where Stirling's series has full precision
 * (Abramowitz, Stegun 6.1.41).
 */
function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  const series =
    1 / 12 -
    y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156)))));
  return series / x;
}

/** log Γ(x) for x > 0. */
export function logGamma(x: number): number {
  let shift = 1;
  let z = x;
  while (z < 12) {
    shift *= z;
    z++;
  }
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_2PI + stirlingRest(z) - Math.log(shift);
}

/** log B(a, b); the cancelling parts of large arguments are taken out before they are computed. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 12) return logGamma(a) + logGamma(b) - logGamma(a + b);
  const rest = stirlingRest(large) - stirlingRest(small + large);
  return (
    logGamma(small) -
    small * Math.log(small + large) -
    (large - 0.5) * Math.log1p(small / large) +
    small +
    rest
  );
}

/** log(1 − eˣ) for x ≤ 0 (Mächler 2012). */
export const log1mExp = (x: number): number =>
  x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));

/** Modified Lentz evaluation of b₀ + a₁/(b₁ + a₂/(b₂ + …)) (Thompson, Barnett 1986). */
function continuedFraction(b0: number, term: (n: number) => readonly [number, number]): number {
  let f = b0 === 0 ? TINY : b0;
  let c = f;
  let d = 0;
  for (let n = 1; n < MAX_TERMS; n++) {
    const [a, b] = term(n);
    d = b + a * d;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = b + a / c;
    if (Math.abs(c) < TINY) c = TINY;
    const step = c * d;
    f *= step;
    if (Math.abs(step - 1) < 1e-16) return f;
  }
  return f;
}

/** log of the regularised upper incomplete gamma function Q(a, x), a > 0, x ≥ 0. */
export function logGammaQ(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = a * Math.log(x) - x - logGamma(a);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MAX_TERMS && term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return log1mExp(Math.min(0, front + Math.log(sum)));
  }
  const fraction = continuedFraction(x + 1 - a, (n) => [-n * (n - a), x + 2 * n + 1 - a]);
  return front - Math.log(fraction);
}

/**
 * log of the regularised incomplete beta function I_x(a, b).
 * @param y 1 − x, given apart because either may be too small to be told from the other.
 */
export function logBetaI(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  if (y <= 0) return 0;
  if (x > (a + 1) / (a + b + 2)) return log1mExp(Math.min(0, logBetaFraction(y, x, b, a)));
  return logBetaFraction(x, y, a, b);
}

function logBetaFraction(x: number, y: number, a: number, b: number): number {
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y);
  const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
  const fraction = continuedFraction(1, (n) => {
    const m = Math.floor(n / 2);
    if (n % 2 === 1) return [(-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)), 1];
    return [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), 1];
  });
  return a * logX + b * logY - Math.log(a) - logBeta(a, b) - Math.log(fraction);
}

/** log P(χ² ≥ x) with `df` degrees of freedom. */
export const logChiSquareTail = (x: number, df: number): number => logGammaQ(df / 2, x / 2);

/** log P(F ≥ f) with `df1` and `df2` degrees of freedom. */
export function logFTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 0;
  if (f === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  const total = df1 * f + df2;
  return logBetaI(df2 / total, (df1 * f) / total, df2 / 2, df1 / 2);
}

/** log P(|T| ≥ |t|) with `df` degrees of freedom. */
export function logTTwoSided(t: number, df: number): number {
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  const total = df + square;
  return logBetaI(df / total, square / total, df / 2, 0.5);
}

/** log P(|Z| ≥ |z|) of the standard normal. */
export const logNormalTwoSided = (z: number): number => logGammaQ(0.5, (z * z) / 2);

/** P(Z ≤ z) of the standard normal. */
export function normalCdf(z: number): number {
  const tail = 0.5 * Math.exp(logNormalTwoSided(z));
  return z < 0 ? tail : 1 - tail;
}

/** z with P(Z ≤ z) = p, 0 < p < 1. */
export function normalQuantile(p: number): number {
  checkShare(p);
  const z = upperQuantile(Math.log(2 * Math.min(p, 1 - p)), logNormalTwoSided);
  return p < 0.5 ? -z : z;
}

/** t with P(T ≤ t) = p, 0 < p < 1. */
export function tQuantile(p: number, df: number): number {
  checkShare(p);
  const t = upperQuantile(Math.log(2 * Math.min(p, 1 - p)), (at) => logTTwoSided(at, df));
  return p < 0.5 ? -t : t;
}

/** Where a falling log-tail takes the value `target` ≤ 0: bracket, then bisection. */
function upperQuantile(target: number, logTail: (at: number) => number): number {
  if (target >= 0) return 0;
  let low = 0;
  let high = 1;
  while (logTail(high) > target) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200 && high - low > 2e-16 * high; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (logTail(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function checkShare(p: number): void {
  if (!(p > 0 && p < 1)) {
    throw new RapportError('invalid_payload', `a probability between 0 and 1 is needed, not ${p}`);
  }
}
