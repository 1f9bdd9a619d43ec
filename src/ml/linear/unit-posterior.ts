/** What the outcomes of one unit say about its own effects, by expectation propagation. */
import { tilt } from './binomial-site.ts';

/**
 * Rows of all units; a row is `answered` out of `tried` at log-odds
 * `eta` + unit effect + effect of its `group` + effect of its `slot`.
 */
export interface UnitRows {
  readonly eta: Float64Array;
  readonly tried: Float64Array;
  readonly answered: Float64Array;
  readonly group: Int32Array;
  readonly slot: Int32Array;
}

/** Prior variances of the effects of a unit: its own, one per group, one per slot. */
export interface UnitPrior {
  readonly unit: number;
  readonly group: ArrayLike<number>;
  readonly slot: ArrayLike<number>;
}

/** What every row adds to its unit's posterior, as a Gaussian; kept between sweeps. */
export interface Sites {
  readonly precision: Float64Array;
  readonly natural: Float64Array;
  readonly peak: Float64Array;
  /** d log-likelihood / d eta, the unit's effects integrated out. */
  readonly pull: Float64Array;
}

export const emptySites = (rows: number): Sites => ({
  precision: new Float64Array(rows),
  natural: new Float64Array(rows),
  peak: new Float64Array(rows),
  pull: new Float64Array(rows),
});

/** A row's `eta` moved: what it says of the unit's effects moves the other way. */
export function shiftSite(sites: Sites, i: number, by: number): void {
  sites.natural[i] = sites.natural[i]! - sites.precision[i]! * by;
  sites.peak[i] = sites.peak[i]! - by;
}

/** Effects in the order unit, groups, slots. */
export interface UnitPosterior {
  readonly size: number;
  readonly mean: Float64Array;
  /** Row-major, size × size. */
  readonly covariance: Float64Array;
}

export const unitSize = (prior: UnitPrior): number => 1 + prior.group.length + prior.slot.length;

/** Room for the posterior of one unit, used for one after the other. */
export function unitSpace(size: number) {
  return {
    size,
    mean: new Float64Array(size),
    covariance: new Float64Array(size * size),
    factor: new Float64Array(size * size),
    inverse: new Float64Array(size * size),
    natural: new Float64Array(size),
  };
}
type Space = ReturnType<typeof unitSpace>;

const tilted = { mean: 0, variance: 0, peak: 0 };

/**
 * The Gaussian posterior under the present sites of rows `[from, to)`, then one parallel update of
 * those sites (Minka 2001; Rasmussen, Williams 2006, ch. 3.6). Binomial likelihoods are
 * log-concave, so every site keeps a precision ≥ 0.
 * @returns the largest change of a site's mean pull, 0 once nothing moves.
 */
export function sweep(
  rows: UnitRows,
  sites: Sites,
  from: number,
  to: number,
  prior: UnitPrior,
  space: Space,
): number {
  posterior(rows, sites, from, to, prior, space);
  const { size, mean, covariance } = space;
  const slots = 1 + prior.group.length;
  let moved = 0;
  for (let i = from; i < to; i++) {
    const g = 1 + rows.group[i]!;
    const s = slots + rows.slot[i]!;
    const variance =
      covariance[0]! +
      covariance[g * size + g]! +
      covariance[s * size + s]! +
      2 * (covariance[g]! + covariance[s]! + covariance[g * size + s]!);
    const centre = mean[0]! + mean[g]! + mean[s]!;
    const cavityPrecision = Math.max(1e-6, 1 / variance - sites.precision[i]!);
    const cavity = (centre / variance - sites.natural[i]!) / cavityPrecision;
    const width = 1 / cavityPrecision;
    tilt(cavity, width, rows.eta[i]!, rows.tried[i]!, rows.answered[i]!, sites.peak[i]!, tilted);
    const precision = Math.max(0, 1 / tilted.variance - cavityPrecision);
    const natural = tilted.mean / tilted.variance - cavity * cavityPrecision;
    sites.peak[i] = tilted.peak;
    sites.precision[i] = precision;
    sites.natural[i] = natural;
    const pull = (tilted.mean - cavity) / width;
    moved = Math.max(moved, Math.abs(pull - sites.pull[i]!));
    sites.pull[i] = pull;
  }
  return moved;
}

/** Mean and covariance of the unit's effects under the sites of rows `[from, to)`, into `space`. */
export function posterior(
  rows: UnitRows,
  sites: Sites,
  from: number,
  to: number,
  prior: UnitPrior,
  space: Space,
): void {
  const { size, mean, covariance, factor: a, natural } = space;
  const groups = prior.group.length;
  a.fill(0);
  natural.fill(0);
  a[0] = 1 / prior.unit;
  for (let g = 0; g < groups; g++) a[(1 + g) * size + 1 + g] = 1 / prior.group[g]!;
  for (let s = 0; s < prior.slot.length; s++) {
    const at = 1 + groups + s;
    a[at * size + at] = 1 / prior.slot[s]!;
  }
  for (let i = from; i < to; i++) {
    const g = 1 + rows.group[i]!;
    const s = 1 + groups + rows.slot[i]!;
    const precision = sites.precision[i]!;
    a[0] = a[0]! + precision;
    for (const at of [g * size + g, s * size + s, g * size, s * size, s * size + g])
      a[at] = a[at]! + precision;
    natural[0] = natural[0]! + sites.natural[i]!;
    natural[g] = natural[g]! + sites.natural[i]!;
    natural[s] = natural[s]! + sites.natural[i]!;
  }
  invert(space);
  for (let r = 0; r < size; r++) {
    let sum = 0;
    for (let c = 0; c < size; c++) sum += covariance[r * size + c]! * natural[c]!;
    mean[r] = sum;
  }
}

/** `covariance` becomes the inverse of the lower triangle in `factor`, without allocating. */
function invert({ size, factor: l, inverse: m, covariance }: Space): void {
  for (let j = 0; j < size; j++) {
    let d = l[j * size + j]!;
    for (let k = 0; k < j; k++) d -= l[j * size + k]! * l[j * size + k]!;
    const root = Math.sqrt(d);
    l[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = l[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * size + k]! * l[j * size + k]!;
      l[i * size + j] = sum / root;
    }
  }
  for (let c = 0; c < size; c++) {
    m[c * size + c] = 1 / l[c * size + c]!;
    for (let i = c + 1; i < size; i++) {
      let sum = 0;
      for (let k = c; k < i; k++) sum -= l[i * size + k]! * m[c * size + k]!;
      m[c * size + i] = sum / l[i * size + i]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < size; k++) sum += m[i * size + k]! * m[j * size + k]!;
      covariance[i * size + j] = sum;
      covariance[j * size + i] = sum;
    }
  }
}

const SWEEPS = 40;

/** The converged posterior of one unit whose rows are all of `rows`. */
export function unitPosterior(rows: UnitRows, prior: UnitPrior): UnitPosterior {
  const n = rows.eta.length;
  const sites = emptySites(n);
  const space = unitSpace(unitSize(prior));
  for (let round = 0; round < SWEEPS; round++)
    if (sweep(rows, sites, 0, n, prior, space) < 1e-7) break;
  posterior(rows, sites, 0, n, prior, space);
  return space;
}
