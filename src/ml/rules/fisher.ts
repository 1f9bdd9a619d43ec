/** Fisher's exact test that two things occur together more often than by chance (Fisher 1935). */

/** ln P(overlap ≥ `both`) when `left` and `right` of `n` baskets are drawn independently: the one-sided p-value. */
export type OverlapTest = (both: number, left: number, right: number) => number;

/** The test for one number of baskets; ln k! is tabulated once. */
export function overlapTest(n: number): OverlapTest {
  const logFactorial = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) logFactorial[k] = logFactorial[k - 1]! + Math.log(k);
  const lf = (k: number): number => logFactorial[k]!;
  const logChance = (k: number, left: number, right: number): number =>
    lf(left) -
    lf(k) -
    lf(left - k) +
    lf(n - left) -
    lf(right - k) -
    lf(n - left - right + k) -
    (lf(n) - lf(right) - lf(n - right));
  /** ln Σ P(k) from `k` outwards; the terms' ratio is exact, so only the first needs logarithms. */
  const tail = (from: number, left: number, right: number, up: boolean): number => {
    let term = 1;
    let sum = 1;
    for (let k = from; ; ) {
      const ratio = up
        ? ((left - k) * (right - k)) / ((k + 1) * (n - left - right + k + 1))
        : (k * (n - left - right + k)) / ((left - k + 1) * (right - k + 1));
      if (!(ratio > 0)) break;
      term *= ratio;
      sum += term;
      if (term < 1e-17 * sum && ratio < 1) break;
      k += up ? 1 : -1;
    }
    return logChance(from, left, right) + Math.log(sum);
  };
  return (both, left, right) => {
    const lowest = Math.max(0, left + right - n);
    if (both <= lowest) return 0;
    // The side with the mode is summed only through its complement.
    if (both * n > left * right) return Math.min(0, tail(both, left, right, true));
    return Math.log1p(-Math.min(1, Math.exp(tail(both - 1, left, right, false))));
  };
}
