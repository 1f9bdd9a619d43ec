/** Partially pooled logistic regression: fixed effects plus random effects per unit, per group and per slot in it. */
import { RapportError } from '../../core/errors.ts';
import { cholesky, choleskyInverse, choleskySolve } from '../matrix.ts';
import { type Csr, csrDot } from '../sparse.ts';
import { fitPenalised } from './logistic-regression.ts';
import { createMarginal } from './marginal-curvature.ts';
import {
  emptySites,
  posterior,
  shiftSite,
  sweep,
  type UnitRows,
  unitSize,
  unitSpace,
} from './unit-posterior.ts';
import { createVariances, type EffectSds } from './variance-components.ts';

export interface MixedInput {
  /** One row per cell, sorted by unit. */
  readonly x: Csr;
  readonly tried: Float64Array;
  readonly answered: Float64Array;
  readonly unit: Int32Array;
  readonly group: Int32Array;
  readonly slot: Int32Array;
  readonly groups: number;
  readonly slots: number;
  /** Per column: the number of its block, or −1 for a column that is hardly penalised. */
  readonly block: Int32Array;
}

export interface MixedStart {
  readonly weights: readonly number[];
  readonly sds: EffectSds;
  readonly blockSd: readonly number[];
}

export interface MixedModel extends MixedStart {
  /** Covariance of the weights, lower triangle packed by rows: (i, j ≤ i) at i(i+1)/2 + j. */
  readonly covariance: readonly number[];
  readonly rounds: number;
}

const BLOCK_SD = [0.02, 2] as const;
const TOLERANCE = 4e-3;
const MIN_ROUNDS = 6;
const within = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, value));

/**
 * Empirical Bayes: nothing about the spread of any effect is told, all of it is estimated.
 * Alternates, until nothing moves: (1) a sweep of expectation propagation over every unit; (2) a
 * Newton step of the marginal likelihood in the fixed effects, the unit's effects integrated out;
 * (3) spreads: of the random effects by Fisher scoring, of each block of fixed effects by MacKay's
 * evidence update (1992).
 * @throws RapportError not_enough_data when every row was answered, or none.
 */
export function fitMixedLogistic(
  input: MixedInput,
  start?: MixedStart,
  maxRounds = 60,
  onRound?: (round: number, maxRounds: number) => void,
): MixedModel {
  check(input);
  const { x, tried, answered, unit, group, slot, groups, slots, block } = input;
  const p = x.cols;
  const blocks = block.reduce((a, b) => Math.max(a, b), -1) + 1;
  const blockSd = Float64Array.from({ length: blocks }, (_, b) => start?.blockSd[b] ?? 0.3);
  const penaltyOf = (j: number): number => (block[j]! < 0 ? 0.01 : 1 / blockSd[block[j]!]! ** 2);
  const penalty = Float64Array.from({ length: p }, (_, j) => penaltyOf(j));
  const w = start
    ? Float64Array.from(start.weights)
    : fitPenalised(x, answered, tried, penalty, 2, 1e-3);
  const bounds: number[] = [];
  for (let i = 0; i < x.rows; i++) if (i === 0 || unit[i] !== unit[i - 1]) bounds.push(i);
  bounds.push(x.rows);
  const rows: UnitRows = { eta: new Float64Array(x.rows), tried, answered, group, slot };
  const sites = emptySites(x.rows);
  const variances = createVariances(groups, slots, start?.sds);
  const space = unitSpace(unitSize(variances.prior()));
  const marginal = createMarginal(input, sites);
  let factor: Float64Array = new Float64Array(0);
  let inverse: Float64Array | null = null;
  let round = 0;
  let settled = false;
  while (round < maxRounds) {
    round++;
    for (let i = 0; i < x.rows; i++) {
      const eta = csrDot(x, i, w);
      shiftSite(sites, i, eta - rows.eta[i]!);
      rows.eta[i] = eta;
    }
    const prior = variances.prior();
    // The curvature changes slowly: anew in rounds 1, 2, 4, 8 …, and in the last.
    const anew = settled || round === maxRounds || Number.isInteger(Math.log2(round));
    marginal.start(anew, inverse);
    for (let u = 0; u + 1 < bounds.length; u++) {
      const [from, to] = [bounds[u]!, bounds[u + 1]!];
      sweep(rows, sites, from, to, prior, space);
      if (round === 1) sweep(rows, sites, from, to, prior, space);
      posterior(rows, sites, from, to, prior, space);
      variances.add(space);
      marginal.add(from, to, space);
    }
    const { gradient, hessian } = marginal;
    // The penalties change only together with the factor, or the step would not fit the gradient.
    if (anew && inverse !== null) updateBlocks(block, blockSd, w, inverse, p);
    for (let j = 0; j < p; j++) gradient[j] = gradient[j]! - penaltyOf(j) * w[j]!;
    if (anew) {
      for (let j = 0; j < p; j++) hessian[j * p + j] = hessian[j * p + j]! + penaltyOf(j);
      factor = cholesky(hessian, p);
      inverse = choleskyInverse(factor, p);
    }
    const step = choleskySolve(factor, p, gradient);
    let moved = 0;
    for (let j = 0; j < p; j++) {
      const change = within(step[j]!, [-2, 2]);
      w[j] = w[j]! + change;
      moved = Math.max(moved, Math.abs(change));
    }
    const drift = variances.step(marginal.shared);
    onRound?.(round, maxRounds);
    if (settled) break;
    settled = round >= MIN_ROUNDS && moved < TOLERANCE && drift < TOLERANCE;
  }
  const covariance: number[] = [];
  for (let i = 0; i < p; i++)
    for (let j = 0; j <= i; j++) covariance.push(inverse?.[i * p + j] ?? 0);
  return {
    weights: Array.from(w),
    covariance,
    sds: variances.sds(),
    blockSd: Array.from(blockSd),
    rounds: round,
  };
}

function check({ tried, answered }: MixedInput): void {
  const hits = answered.reduce((a, b) => a + b, 0);
  if (hits === 0 || hits === tried.reduce((a, b) => a + b, 0)) {
    throw new RapportError('not_enough_data', 'all outcomes are equal (column "answered")');
  }
  if (!answered.every((value, i) => value >= 0 && value <= (tried[i] ?? -1))) {
    throw new RapportError('invalid_payload', 'column "answered" must lie in 0 … tried');
  }
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
    blockSd[b] = within(next, BLOCK_SD);
  }
}
