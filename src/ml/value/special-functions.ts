/** ψ and the Gauss hypergeometric function, as the customer-value models need them. */

/** ψ(x) = d ln Γ / dx for x > 0: recurrence to 10, then the asymptotic series (Bernardo 1976). */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let shift = 0;
  let y = x;
  while (y < 10) {
    shift -= 1 / y;
    y += 1;
  }
  const f = 1 / (y * y);
  const series =
    f *
    (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f * (1 / 132 - f * (691 / 32760))))));
  return shift + Math.log(y) - 0.5 / y - series;
}

/** Terms of the hypergeometric series at most; |z| ≤ 0.9999 needs fewer. */
const MAX_TERMS = 400_000;

/** ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its power series; c must not be a whole number ≤ 0. */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < MAX_TERMS; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    if (Math.abs(term) <= 1e-16 * Math.abs(sum) * (1 - z) && n > 4) break;
  }
  return sum;
}
