/** Silhouette width: how much closer points are to their own cluster than to the next one. */

/**
 * Mean silhouette (Rousseeuw 1987) of points with their cluster numbers, −1 … 1; points alone in
 * a cluster count 0. O(n²): sample first.
 */
export function silhouette(
  points: readonly (readonly number[])[],
  labels: readonly number[],
): number {
  const k = Math.max(...labels) + 1;
  const n = points.length;
  const sizes = new Float64Array(k);
  for (let i = 0; i < n; i++) sizes[labels[i]!] = sizes[labels[i]!]! + 1;
  const sums = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const a = points[i]!;
    for (let j = 0; j < i; j++) {
      const b = points[j]!;
      let squares = 0;
      for (let d = 0; d < a.length; d++) squares += (a[d]! - b[d]!) ** 2;
      const distance = Math.sqrt(squares);
      const atI = i * k + labels[j]!;
      const atJ = j * k + labels[i]!;
      sums[atI] = sums[atI]! + distance;
      sums[atJ] = sums[atJ]! + distance;
    }
  }
  let total = 0;
  for (let i = 0; i < n; i++) {
    const own = labels[i]!;
    if (sizes[own]! < 2) continue;
    const inside = sums[i * k + own]! / (sizes[own]! - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      if (c !== own && sizes[c]! > 0) outside = Math.min(outside, sums[i * k + c]! / sizes[c]!);
    }
    if (outside < Number.POSITIVE_INFINITY)
      total += (outside - inside) / Math.max(outside, inside, 1e-300);
  }
  return total / n;
}
