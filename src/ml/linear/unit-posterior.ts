/** What the outcomes of one unit say about its own random intercepts, by nested quadrature. */

/** Gauss–Hermite nodes for a standard normal (probabilists'), with their weights. */
const OUTER: readonly (readonly [number, number])[] = [
  [-3.750439717725742, 5.482688559722178e-4],
  [-2.366759410734541, 3.075712396758649e-2],
  [-1.154405394739968, 2.401231786050127e-1],
  [0, 4.571428571428571e-1],
  [1.154405394739968, 2.401231786050127e-1],
  [2.366759410734541, 3.075712396758649e-2],
  [3.750439717725742, 5.482688559722178e-4],
];
const INNER: readonly (readonly [number, number])[] = [
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
const K = OUTER.length;
const J = INNER.length;
const NODES = K * J;

/** Rows of one unit, `[from, to)`, sorted by group; a row is `answered` out of `tried` at log-odds `eta`. */
export interface UnitRows {
  readonly eta: Float64Array;
  readonly tried: Float64Array;
  readonly answered: Float64Array;
  readonly group: Int32Array;
}

export interface GroupPosterior {
  readonly group: number;
  /** Posterior mean and second moment of the group's own intercept. */
  readonly mean: number;
  readonly second: number;
  /** Posterior variance of unit intercept + group intercept. */
  readonly totalVariance: number;
}

export interface UnitPosterior {
  readonly logMarginal: number;
  readonly mean: number;
  readonly second: number;
  readonly groups: readonly GroupPosterior[];
}

/**
 * Posterior of u ~ N(0, sdUnit²) and of one v ~ N(0, sdGroup²) per group, given
 * answered ~ Binomial(tried, σ(eta + u + v)). 7 × 9 Gauss–Hermite nodes; given u the groups are
 * independent, so the nesting is exact up to the quadrature.
 * @param chance if given, receives E[σ] per row, and `chance2` E[σ²] (same indices as `rows`).
 */
export function unitPosterior(
  rows: UnitRows,
  from: number,
  to: number,
  sdUnit: number,
  sdGroup: number,
  chance?: Float64Array,
  chance2?: Float64Array,
): UnitPosterior {
  const shift = new Float64Array(NODES);
  const odds = new Float64Array(NODES);
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < J; j++) {
      shift[k * J + j] = sdUnit * OUTER[k]![0] + sdGroup * INNER[j]![0];
      odds[k * J + j] = Math.exp(shift[k * J + j]!);
    }
  }
  const starts: number[] = [];
  for (let i = from; i < to; i++) {
    if (i === from || rows.group[i] !== rows.group[i - 1]) starts.push(i);
  }
  const logOuter = new Float64Array(K);
  for (let k = 0; k < K; k++) logOuter[k] = Math.log(OUTER[k]![1]);
  const inner = starts.map((start, g) => {
    const end = starts[g + 1] ?? to;
    const weight = new Float64Array(NODES);
    for (let node = 0; node < NODES; node++) weight[node] = LOG_INNER[node % J]!;
    for (let i = start; i < end; i++) {
      const eta = rows.eta[i]!;
      const e = Math.exp(eta);
      const hits = rows.answered[i]!;
      const trials = rows.tried[i]!;
      for (let node = 0; node < NODES; node++) {
        weight[node] =
          weight[node]! + hits * (eta + shift[node]!) - trials * Math.log1p(e * odds[node]!);
      }
    }
    for (let k = 0; k < K; k++) {
      let max = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < J; j++) max = Math.max(max, weight[k * J + j]!);
      let sum = 0;
      for (let j = 0; j < J; j++) {
        const value = Math.exp(weight[k * J + j]! - max);
        weight[k * J + j] = value;
        sum += value;
      }
      for (let j = 0; j < J; j++) weight[k * J + j] = weight[k * J + j]! / sum;
      logOuter[k] = logOuter[k]! + max + Math.log(sum);
    }
    return weight;
  });
  const top = Math.max(...logOuter);
  let total = 0;
  const outer = new Float64Array(K);
  for (let k = 0; k < K; k++) {
    outer[k] = Math.exp(logOuter[k]! - top);
    total += outer[k]!;
  }
  let mean = 0;
  let second = 0;
  for (let k = 0; k < K; k++) {
    outer[k] = outer[k]! / total;
    const u = sdUnit * OUTER[k]![0];
    mean += outer[k]! * u;
    second += outer[k]! * u * u;
  }
  const groups = starts.map((start, g) => {
    const end = starts[g + 1] ?? to;
    const weight = inner[g]!;
    let own = 0;
    let own2 = 0;
    let both = 0;
    let both2 = 0;
    for (let k = 0; k < K; k++) {
      for (let j = 0; j < J; j++) {
        const q = outer[k]! * weight[k * J + j]!;
        weight[k * J + j] = q;
        const v = sdGroup * INNER[j]![0];
        const b = shift[k * J + j]!;
        own += q * v;
        own2 += q * v * v;
        both += q * b;
        both2 += q * b * b;
      }
    }
    if (chance !== undefined && chance2 !== undefined) {
      for (let i = start; i < end; i++) {
        const e = Math.exp(rows.eta[i]!);
        let p1 = 0;
        let p2 = 0;
        for (let node = 0; node < NODES; node++) {
          const r = e * odds[node]!;
          const p = r / (1 + r);
          p1 += weight[node]! * p;
          p2 += weight[node]! * p * p;
        }
        chance[i] = p1;
        chance2[i] = p2;
      }
    }
    return {
      group: rows.group[start]!,
      mean: own,
      second: own2,
      totalVariance: Math.max(1e-12, both2 - both * both),
    };
  });
  return { logMarginal: top + Math.log(total), mean, second, groups };
}

const LOG_INNER = Float64Array.from(INNER, ([, weight]) => Math.log(weight));
