/** Which purchase model answers: a contest on the newest part of the history, never on what is asked. */
import { RapportError } from '../core/errors.ts';
import { type Cohort, cohortAt, type PurchaseLog } from '../features/purchase-cohort.ts';
import { poissonDeviance } from '../ml/metrics.ts';
import { createRandom } from '../ml/random.ts';
import { bootstrap, type Interval } from '../ml/stats/intervals.ts';
import { fitBgNbd } from '../ml/value/bg-nbd.ts';
import {
  expectPurchases,
  fitBoosted,
  PURCHASE_KINDS,
  type PurchaseKind,
  type PurchaseModel,
  plainModel,
} from './purchase-model.ts';

export interface Entrant {
  readonly kind: PurchaseKind;
  /** Mean Poisson deviance per customer on the judged slice; less is better. */
  readonly deviance: number;
  readonly expectedTotal: number;
  /** Deviance minus that of BG/NBD, with the 90 % bootstrap interval over customers. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/** Plain data; losers included. */
export interface PurchaseContest {
  readonly winner: PurchaseKind;
  readonly customers: number;
  /** What the judged customers bought on the judged slice. */
  readonly purchases: number;
  /** Days since 1970: entrants saw nothing after `cut` and were judged on the days up to `until`. */
  readonly cut: number;
  readonly until: number;
  readonly entrants: readonly Entrant[];
}

/** Below this many customers and later purchases an interval decides nothing. */
const MIN_CUSTOMERS = 200;
const MIN_PURCHASES = 50;
const RESAMPLES = 1000;

export interface ContestOptions {
  /** Last day the models may see, and how many days they will be asked about. */
  readonly end: number;
  readonly aheadDays: number;
  readonly unitDays: number;
  readonly seed: number;
}

/**
 * Fits what wins. Each step of the past mirrors the question: history before the cut and horizon
 * after it in the same proportion. The trees learn on one such step and are judged on the next; a
 * contender replaces BG/NBD only where the whole 90 % interval of the difference is below zero, the
 * one of the least deviance first.
 * @throws RapportError not_enough_data when nobody bought twice.
 */
export function fitPurchases(
  log: readonly PurchaseLog[],
  options: ContestOptions,
): { readonly model: PurchaseModel; readonly contest: PurchaseContest | null } {
  const { end, aheadDays, unitDays, seed } = options;
  const start = log.reduce((least, { days }) => Math.min(least, days[0] ?? end), end);
  const share = (end - start) / (end - start + aheadDays);
  const judgedFrom = Math.round(start + (end - start) * share);
  const learntFrom = Math.round(start + (judgedFrom - start) * share);
  const now = cohortAt(log, end, end, unitDays);
  const judged = cohortAt(log, judgedFrom, end, unitDays);
  const plain = plainModel(now);
  const contest = hold(log, judged, learntFrom, judgedFrom, end, options);
  if (contest === null || contest.winner === 'bg_nbd') return { model: plain, contest };
  const boosted = fitBoosted({ bgNbd: fitBgNbd(judged), cohort: judged }, now, seed);
  return { model: { ...plain, kind: contest.winner, boosted }, contest };
}

const TIE = { estimate: 0, low: 0, high: 0 };

/** Mean difference of the losses over customers, with its bootstrap interval. */
function gapOf(loss: Float64Array, yardstick: Float64Array, seed: number): Interval {
  const gap = loss.map((value, i) => value - (yardstick[i] ?? 0));
  const mean = (rows: Int32Array): number => {
    let sum = 0;
    for (const i of rows) sum += gap[i] ?? 0;
    return sum / rows.length;
  };
  return bootstrap(gap.length, mean, createRandom(seed), { level: 0.9, resamples: RESAMPLES });
}

function hold(
  log: readonly PurchaseLog[],
  judged: Cohort,
  learntFrom: number,
  judgedFrom: number,
  end: number,
  { unitDays, seed }: ContestOptions,
): PurchaseContest | null {
  const happened = judged.laterPurchases.reduce((sum, n) => sum + n, 0);
  if (judged.customers.length < MIN_CUSTOMERS || happened < MIN_PURCHASES) return null;
  const learnt = cohortAt(log, learntFrom, judgedFrom, unitDays);
  let base: PurchaseModel;
  try {
    base = plainModel(judged);
    const boosted = fitBoosted({ bgNbd: fitBgNbd(learnt), cohort: learnt }, judged, seed);
    base = { ...base, boosted };
  } catch (error) {
    if (error instanceof RapportError && error.code === 'not_enough_data') return null;
    throw error;
  }
  const said = PURCHASE_KINDS.map((kind) =>
    expectPurchases({ ...base, kind }, judged, judged.ahead),
  );
  const losses = said.map((means) => poissonDeviance(judged.laterPurchases, means));
  const yardstick = losses[0] ?? new Float64Array();
  const entrants = PURCHASE_KINDS.map((kind, k): Entrant => {
    const loss = losses[k] ?? yardstick;
    const n = loss.length;
    const { estimate, low, high } = k === 0 ? TIE : gapOf(loss, yardstick, seed);
    return {
      kind,
      deviance: loss.reduce((sum, v) => sum + v, 0) / n,
      expectedTotal: (said[k] ?? loss).reduce((sum, v) => sum + v, 0),
      difference: estimate,
      low,
      high,
    };
  });
  const better = entrants.filter((e) => e.high < 0).sort((a, b) => a.deviance - b.deviance);
  return {
    winner: better[0]?.kind ?? 'bg_nbd',
    customers: judged.customers.length,
    purchases: happened,
    cut: judgedFrom,
    until: end,
    entrants,
  };
}
