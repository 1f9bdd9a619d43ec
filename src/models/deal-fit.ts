/** Fits P(won | deal) by logistic regression on closed deals, looked at while they were still open. */
import { DEAL_FEATURES, type DealFacts, dealVector } from '../features/deal.ts';
import { namesHash } from '../features/vector.ts';
import { addOuter, fitPenalised, log1pExp, sigmoid } from '../ml/linear/logistic-regression.ts';
import { cholesky, choleskySolve, matrixFromRows } from '../ml/matrix.ts';
import { fitScaler, type Scaler, scaleRow } from '../ml/preprocess/scaler.ts';
import { createRandom } from '../ml/random.ts';
import { type Csr, csrFromRows } from '../ml/sparse.ts';
import { timeOrderedSplits } from '../ml/split.ts';
import { significantAll } from './numbers.ts';

/** Fewer won or lost deals than this, and the portal's rate answers instead. */
export const MIN_OUTCOMES = 10;
/** Moments at which each closed deal is looked at; together they weigh as one deal. */
export const LOOKS = 2;
const PENALTIES = [1, 10, 100];
const FOLDS = 3;

export interface Look {
  readonly row: readonly number[];
  readonly won: boolean;
  readonly closedMs: number;
  readonly deal: string;
}

/** Deals closed at or before `asOf`, each at `LOOKS` seeded moments of its life. */
export function looksAt(deals: readonly DealFacts[], asOf: Date, seed: number): Look[] {
  const random = createRandom(seed);
  return deals.flatMap((facts) => {
    const { deal } = facts;
    const closed = deal.closedAt;
    const draws = Array.from({ length: LOOKS }, (_, k) => (k + random.next()) / LOOKS);
    if (deal.stage === 'open' || closed === null || closed > asOf) return [];
    const begun = deal.createdAt.getTime();
    const life = closed.getTime() - begun;
    if (!(life > 0)) return [];
    return draws.map((share) => ({
      row: dealVector(facts, new Date(begun + share * life)).values,
      won: deal.stage === 'won',
      closedMs: closed.getTime(),
      deal: deal.id,
    }));
  });
}

/** Plain data. */
export interface DealFit {
  readonly features: string;
  readonly scaler: Scaler;
  /** Per standard deviation of a feature, then the intercept. */
  readonly weights: readonly number[];
  /** Laplace covariance of the weights, row-major. */
  readonly covariance: readonly number[];
  readonly l2: number;
}

export function fitLooks(looks: readonly Look[], l2: number): DealFit {
  const columns = [...DEAL_FEATURES];
  const fitted = fitScaler(
    matrixFromRows(
      looks.map((l) => [...l.row]),
      columns,
    ),
    columns,
  );
  const scaler: Scaler = {
    columns,
    mean: significantAll(fitted.mean),
    sd: significantAll(fitted.sd),
  };
  const p = columns.length + 1;
  const x = csrFromRows(
    looks.map((l) => ({
      indices: columns.map((_, j) => j).concat(p - 1),
      values: design(scaler, l.row),
    })),
    [...columns, 'intercept'],
  );
  const trials = new Float64Array(looks.length).fill(1 / LOOKS);
  const hits = Float64Array.from(looks, (l) => (l.won ? 1 / LOOKS : 0));
  const penalty = new Float64Array(p).fill(l2);
  penalty[p - 1] = 1e-9;
  const weights = significantAll(fitPenalised(x, hits, trials, penalty));
  return {
    features: namesHash(columns),
    scaler,
    weights,
    covariance: significantAll(laplace(x, weights, trials, penalty), 6),
    l2,
  };
}

/** The row in standard deviations, then 1 for the intercept. */
export const design = (scaler: Scaler, row: readonly number[]): number[] => [
  ...scaleRow(scaler, row),
  1,
];

/** The chance with the weights as they stand; for one deal's advice see `winChance`. */
export const chanceOf = (
  fit: Pick<DealFit, 'weights' | 'scaler'>,
  row: readonly number[],
): number => sigmoid(scoreOf(fit.weights, design(fit.scaler, row)));

export const scoreOf = (weights: readonly number[], row: readonly number[]): number =>
  row.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0);

/** Inverse of the penalised information (MacKay 1992, the Laplace approximation). */
function laplace(
  x: Csr,
  weights: readonly number[],
  trials: Float64Array,
  penalty: Float64Array,
): Float64Array {
  const p = x.cols;
  const information = new Float64Array(p * p);
  for (let j = 0; j < p; j++) information[j * p + j] = penalty[j]!;
  for (let i = 0; i < x.rows; i++) {
    let eta = 0;
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++)
      eta += x.values[k]! * (weights[x.indices[k]!] ?? 0);
    const mu = sigmoid(eta);
    addOuter(information, x, i, trials[i]! * mu * (1 - mu));
  }
  const factor = cholesky(information, p);
  const inverse = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const unit = new Float64Array(p);
    unit[j] = 1;
    inverse.set(choleskySolve(factor, p, unit), j * p);
  }
  return inverse;
}

/** The penalty with the least log-loss over forward-chaining folds; the largest of equals. */
export function choosePenalty(looks: readonly Look[]): number {
  const splits = timeOrderedSplits(
    looks.map((l) => l.closedMs),
    FOLDS,
  ).map(({ train, test }) => ({
    train: train.flatMap((i) => looks[i] ?? []),
    test: test.flatMap((i) => looks[i] ?? []),
  }));
  const usable = splits.filter(
    ({ train, test }) => test.length > 0 && train.some((l) => l.won) && train.some((l) => !l.won),
  );
  let best = { l2: PENALTIES.at(-1) ?? 1, loss: Number.POSITIVE_INFINITY };
  for (const l2 of [...PENALTIES].reverse()) {
    let loss = 0;
    for (const { train, test } of usable) {
      const fit = fitLooks(train, l2);
      for (const look of test) {
        const eta = scoreOf(fit.weights, design(fit.scaler, look.row));
        loss += log1pExp(look.won ? -eta : eta);
      }
    }
    if (loss < best.loss) best = { l2, loss };
  }
  return best.l2;
}
