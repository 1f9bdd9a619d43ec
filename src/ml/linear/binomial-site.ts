/** Mean and variance of a Gaussian times a binomial likelihood on the log-odds scale. */

/** Gauss–Hermite nodes for a standard normal (probabilists'), with their weights. */
const NODES: readonly (readonly [number, number])[] = [
  [-4.512745863399783, 2.234584400774658e-5],
  [-3.20542900285647, 2.789141321231769e-3],
  [-2.07684797867783, 4.991640676521787e-2],
  [-1.023255663789133, 2.440975028949394e-1],
  [0, 4.063492063492063e-1],
  [1.023255663789133, 2.440975028949394e-1],
  [2.07684797867783, 4.991640676521787e-2],
  [3.20542900285647, 2.789141321231769e-3],
  [4.512745863399783, 2.234584400774658e-5],
];
const AT = Float64Array.from(NODES, ([node]) => node);
/** Weight over the density the node was drawn from: what is integrated brings its own. */
const LOG_WEIGHT = Float64Array.from(
  NODES,
  ([node, weight]) => Math.log(weight) + (node * node) / 2,
);

export interface Tilted {
  mean: number;
  variance: number;
  /** Where the product is highest: a good start for the next, similar one. */
  peak: number;
}

const raised = new Float64Array(AT.length);

/**
 * Moments of s ~ N(mean, variance) · Binomial(answered | tried, σ(eta + s)), written into `out`.
 * Nine Gauss–Hermite nodes placed at the peak and scaled by its curvature (Liu, Pierce 1994).
 * @param peak where the search for the peak begins.
 */
export function tilt(
  mean: number,
  variance: number,
  eta: number,
  tried: number,
  answered: number,
  peak: number,
  out: Tilted,
): void {
  let s = peak;
  let curvature = 1 / variance;
  for (let step = 0; step < 25; step++) {
    const p = 1 / (1 + Math.exp(-eta - s));
    curvature = tried * p * (1 - p) + 1 / variance;
    const move = (answered - tried * p - (s - mean) / variance) / curvature;
    s += Math.min(1, Math.max(-1, move));
    if (Math.abs(move) < 0.02) break;
  }
  const scale = 1 / Math.sqrt(curvature);
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < AT.length; k++) {
    const at = s + scale * AT[k]!;
    const x = eta + at;
    const log1p = x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    const d = at - mean;
    const value = LOG_WEIGHT[k]! + answered * x - tried * log1p - (d * d) / (2 * variance);
    raised[k] = value;
    if (value > top) top = value;
  }
  let total = 0;
  let first = 0;
  let second = 0;
  for (let k = 0; k < AT.length; k++) {
    const weight = Math.exp(raised[k]! - top);
    total += weight;
    first += weight * AT[k]!;
    second += weight * AT[k]! * AT[k]!;
  }
  first /= total;
  out.mean = s + scale * first;
  out.variance = scale * scale * Math.max(1e-9, second / total - first * first);
  out.peak = s;
}
