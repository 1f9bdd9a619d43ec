/** How well predicted amounts meet what happened. */

export interface Agreement {
  readonly mae: number;
  readonly rmse: number;
  /** Pearson; null when either side does not vary. */
  readonly correlation: number | null;
  readonly actual_total: number;
  readonly expected_total: number;
}

export function agreement(expected: Float64Array, actual: Float64Array): Agreement {
  const n = actual.length;
  const total = (v: Float64Array) => v.reduce((sum, value) => sum + value, 0);
  const [sumE, sumA] = [total(expected), total(actual)];
  let absolute = 0;
  let squared = 0;
  let see = 0;
  let saa = 0;
  let sea = 0;
  for (const [i, a] of actual.entries()) {
    const e = expected[i] ?? 0;
    absolute += Math.abs(e - a);
    squared += (e - a) ** 2;
    see += (e - sumE / n) ** 2;
    saa += (a - sumA / n) ** 2;
    sea += (e - sumE / n) * (a - sumA / n);
  }
  return {
    mae: absolute / n,
    rmse: Math.sqrt(squared / n),
    correlation: see > 0 && saa > 0 ? sea / Math.sqrt(see * saa) : null,
    actual_total: sumA,
    expected_total: sumE,
  };
}

/** Share of all that happened which falls to the `part` of customers with the highest scores (ties: first come). */
export function topShare(scores: Float64Array, actual: Float64Array, part: number): number | null {
  const total = actual.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const order = Array.from(scores, (_, i) => i).sort(
    (i, j) => (scores[j] ?? 0) - (scores[i] ?? 0) || i - j,
  );
  let captured = 0;
  for (const i of order.slice(0, Math.floor(scores.length * part))) captured += actual[i] ?? 0;
  return captured / total;
}
