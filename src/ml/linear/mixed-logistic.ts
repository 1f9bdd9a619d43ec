/** Partially pooled logistic regression: fixed effects plus random intercepts per unit and per group in it. */
import { RapportError } from '../../core/errors.ts';
import { cholesky, choleskyInverse, choleskySolve } from '../matrix.ts';
import { type Csr, csrDot } from '../sparse.ts';
import { addOuter, fitPenalised } from './logistic-regression.ts';
import { type UnitRows, unitPosterior } from './unit-posterior.ts';

export interface MixedInput {
  /** One row per cell, sorted by unit, then by group. */
  readonly x: Csr;
  readonly tried: Float64Array;
  readonly answered: Float64Array;
  readonly unit: Int32Array;
  readonly group: Int32Array;
  /** Per column: the number of its block, or −1 for a column that is hardly penalised. */
  readonly block: Int32Array;
}

export interface MixedStart {
  readonly weights: readonly number[];
  readonly sdUnit: number;
  readonly sdGroup: number;
  readonly blockSd: readonly number[];
}

export interface MixedModel extends MixedStart {
  /** Covariance of the weights, lower triangle packed by rows: (i, j ≤ i) at i(i+1)/2 + j. */
  readonly covariance: readonly number[];
  readonly logLikelihood: number;
  readonly rounds: number;
}

/** Standard deviations are kept inside these, so that no level is ever frozen. */
const SD_RANGE = { own: [0.1, 3], block: [0.02, 2] } as const;
const within = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, value));

/**
 * Empirical Bayes. Alternates, until nothing moves: (1) moments of every unit's random intercepts
 * by quadrature; (2) a Newton step of the marginal likelihood in the fixed effects, whose gradient
 * is exact (Fisher's identity) and whose curvature is the Laplace one; (3) variances: of the
 * random intercepts by EM (Dempster, Laird, Rubin 1977), of each block of fixed effects by
 * MacKay's evidence update (1992).
 * @throws RapportError not_enough_data when every row was answered, or none.
 */
export function fitMixedLogistic(
  input: MixedInput,
  start?: MixedStart,
  maxRounds = 40,
  onRound?: (round: number, maxRounds: number) => void,
): MixedModel {
  const { x, tried, answered, unit, group, block } = input;
  const p = x.cols;
  const hits = answered.reduce((a, b) => a + b, 0);
  if (hits === 0 || hits === tried.reduce((a, b) => a + b, 0)) {
    throw new RapportError('not_enough_data', 'all outcomes are equal (column "answered")');
  }
  if (!answered.every((value, i) => value >= 0 && value <= (tried[i] ?? -1))) {
    throw new RapportError('invalid_payload', 'column "answered" must lie in 0 … tried');
  }
  const blocks = block.reduce((a, b) => Math.max(a, b), -1) + 1;
  const blockSd = Float64Array.from({ length: blocks }, (_, b) => start?.blockSd[b] ?? 0.4);
  const penaltyOf = (j: number): number => (block[j]! < 0 ? 0.01 : 1 / blockSd[block[j]!]! ** 2);
  let sdUnit = start?.sdUnit ?? 0.4;
  let sdGroup = start?.sdGroup ?? 0.6;
  const penalty = Float64Array.from({ length: p }, (_, j) => penaltyOf(j));
  const w = start
    ? Float64Array.from(start.weights)
    : fitPenalised(x, answered, tried, penalty, 8, 1e-6);
  const bounds: number[] = [];
  for (let i = 0; i < x.rows; i++) if (i === 0 || unit[i] !== unit[i - 1]) bounds.push(i);
  const eta = new Float64Array(x.rows);
  const rows: UnitRows = { eta, tried, answered, group };
  const chance = new Float64Array(x.rows);
  const chance2 = new Float64Array(x.rows);
  let factor: Float64Array = new Float64Array(0);
  let logLikelihood = 0;
  let round = 0;
  while (round < maxRounds) {
    round++;
    for (let i = 0; i < x.rows; i++) eta[i] = csrDot(x, i, w);
    logLikelihood = 0;
    let unitSecond = 0;
    let groupSecond = 0;
    let groups = 0;
    bounds.forEach((from, u) => {
      const to = bounds[u + 1] ?? x.rows;
      const posterior = unitPosterior(rows, from, to, sdUnit, sdGroup, chance, chance2);
      logLikelihood += posterior.logMarginal;
      unitSecond += posterior.second;
      for (const g of posterior.groups) groupSecond += g.second;
      groups += posterior.groups.length;
    });
    const { hessian, gradient } = curvature(input, w, chance, chance2, sdUnit ** 2 + sdGroup ** 2);
    for (let j = 0; j < p; j++) {
      hessian[j * p + j] = hessian[j * p + j]! + penaltyOf(j);
      gradient[j] = gradient[j]! - penaltyOf(j) * w[j]!;
    }
    factor = cholesky(hessian, p);
    const step = choleskySolve(factor, p, gradient);
    let moved = 0;
    for (let j = 0; j < p; j++) {
      const change = within(step[j]!, [-2, 2]);
      w[j] = w[j]! + change;
      moved = Math.max(moved, Math.abs(change));
    }
    // EM is slow when units are short; a step of 3 in the logarithm roughly thirds the rounds.
    const nextUnit = within(
      sdUnit * (Math.sqrt(unitSecond / bounds.length) / sdUnit) ** 3,
      SD_RANGE.own,
    );
    const nextGroup = within(
      sdGroup * (Math.sqrt(groupSecond / groups) / sdGroup) ** 3,
      SD_RANGE.own,
    );
    const drift = Math.max(Math.abs(nextUnit - sdUnit), Math.abs(nextGroup - sdGroup));
    sdUnit = nextUnit;
    sdGroup = nextGroup;
    if (round % 3 === 0 && round <= 24)
      updateBlocks(block, blockSd, w, choleskyInverse(factor, p), p);
    onRound?.(round, maxRounds);
    if (moved < 2e-3 && drift < 2e-3 && (blocks === 0 || round > 6)) break;
  }
  const full = choleskyInverse(factor, p);
  const covariance: number[] = [];
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) covariance.push(full[i * p + j]!);
  return {
    weights: Array.from(w),
    covariance,
    sdUnit,
    sdGroup,
    blockSd: Array.from(blockSd),
    logLikelihood,
    rounds: round,
  };
}

/**
 * Gradient of the marginal likelihood and its curvature, in which each group's own intercept has
 * been integrated out (Schur complement), so that repeated touches of one person count as such.
 */
function curvature(
  input: MixedInput,
  w: Float64Array,
  chance: Float64Array,
  chance2: Float64Array,
  prior: number,
): { hessian: Float64Array; gradient: Float64Array } {
  const { x, tried, answered, unit, group } = input;
  const p = w.length;
  const hessian = new Float64Array(p * p);
  const gradient = new Float64Array(p);
  const sum = new Float64Array(p);
  let touched: number[] = [];
  let weightSum = 0;
  const close = (): void => {
    const scale = -1 / (weightSum + 1 / prior);
    for (const a of touched) {
      const va = scale * sum[a]!;
      for (const b of touched) if (b <= a) hessian[a * p + b] = hessian[a * p + b]! + va * sum[b]!;
    }
    for (const a of touched) sum[a] = 0;
    touched = [];
    weightSum = 0;
  };
  for (let i = 0; i < x.rows; i++) {
    if (i > 0 && (unit[i] !== unit[i - 1] || group[i] !== group[i - 1])) close();
    const residual = answered[i]! - tried[i]! * chance[i]!;
    const weight = tried[i]! * (chance[i]! - chance2[i]!);
    addOuter(hessian, x, i, weight);
    weightSum += weight;
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
      const j = x.indices[k]!;
      gradient[j] = gradient[j]! + x.values[k]! * residual;
      if (sum[j] === 0) touched.push(j);
      sum[j] = sum[j]! + weight * x.values[k]!;
    }
  }
  close();
  return { hessian, gradient };
}

function updateBlocks(
  block: Int32Array,
  blockSd: Float64Array,
  w: Float64Array,
  covariance: Float64Array,
  p: number,
): void {
  const squares = new Float64Array(blockSd.length);
  const determined = new Float64Array(blockSd.length);
  for (let j = 0; j < p; j++) {
    const b = block[j]!;
    if (b < 0) continue;
    squares[b] = squares[b]! + w[j]! ** 2;
    determined[b] = determined[b]! + 1 - covariance[j * p + j]! / blockSd[b]! ** 2;
  }
  for (let b = 0; b < blockSd.length; b++) {
    const next = Math.sqrt(squares[b]! / Math.max(1e-3, determined[b]!));
    blockSd[b] = within(next, SD_RANGE.block);
  }
}
