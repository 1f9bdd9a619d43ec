/** How well the chances of winning foresaw later deals: beside the usual rate, and beside boosted trees. */
import { DEAL_FEATURES } from '../features/deal.ts';
import type { Frame } from '../ml/frame.ts';
import { matrixFromRows } from '../ml/matrix.ts';
import { auc, ece, logLoss } from '../ml/metrics.ts';
import { splitByTime } from '../ml/split.ts';
import type { Interval } from '../ml/stats/intervals.ts';
import { GradientBoosting } from '../ml/tree/gradient-boosting.ts';
import { chanceOf, choosePenalty, fitLooks, LOOKS, type Look, MIN_OUTCOMES } from './deal-fit.ts';
import { significant } from './numbers.ts';
import { pairedLoss } from './paired-loss.ts';

export interface DealReport {
  readonly won: number;
  readonly lost: number;
  /** Deals closed in the newest fifth of time, judged by models fitted on the others; `null` with too few. */
  readonly test: DealTest | null;
}

/** Differences are log-losses per look, nats, 95 %, deals resampled whole; below zero the first is better. */
export interface DealTest {
  readonly deals: number;
  readonly logLoss: number;
  readonly baselineLogLoss: number;
  readonly auc: number | null;
  readonly ece: number;
  /** Fitted minus the usual rate. */
  readonly difference: Interval;
  /** `better`: the whole interval lies below zero; else it is not shown to be better than the usual rate. */
  readonly verdict: 'better' | 'not_better';
  /** Boosted trees minus logistic regression. */
  readonly boosting: { readonly logLoss: number; readonly difference: Interval };
}

const TEST_SHARE = 0.2;

/** Small trees, slow and stopped early: closed deals are few. */
const BOOSTING = {
  rounds: 150,
  learningRate: 0.05,
  maxLeaves: 6,
  minLeafRows: 40,
  earlyStopping: { share: 0.2, patience: 15 },
} as const;

export function judgeDealModels(looks: readonly Look[], seed: number): DealTest | null {
  const { train, test } = splitByTime(
    looks.map((l) => l.closedMs),
    TEST_SHARE,
  );
  const early = train.flatMap((i) => looks[i] ?? []);
  const late = test.flatMap((i) => looks[i] ?? []);
  const wonEarly = early.filter((l) => l.won).length;
  const fewest = Math.min(wonEarly, early.length - wonEarly) / LOOKS;
  if (fewest < MIN_OUTCOMES || late.length < LOOKS * MIN_OUTCOMES) return null;
  const fit = fitLooks(early, choosePenalty(early));
  const rate = wonEarly / early.length;
  const chances = late.map((l) => chanceOf(fit, l.row));
  const boosted = boostedChances(early, late, seed);
  const outcomes = late.map((l) => (l.won ? 1 : 0));
  const area = auc(outcomes, chances);
  const difference = differenceOf(late, () => rate, chances);
  return {
    deals: late.length / LOOKS,
    logLoss: significant(logLoss(outcomes, chances), 5),
    baselineLogLoss: significant(
      logLoss(
        outcomes,
        late.map(() => rate),
      ),
      5,
    ),
    auc: Number.isNaN(area) ? null : significant(area, 4),
    ece: significant(ece(outcomes, chances), 4),
    difference,
    verdict: difference.high < 0 ? 'better' : 'not_better',
    boosting: {
      logLoss: significant(logLoss(outcomes, boosted), 5),
      difference: differenceOf(late, (i) => chances[i] ?? rate, boosted),
    },
  };
}

function boostedChances(early: readonly Look[], late: readonly Look[], seed: number): number[] {
  const columns = [...DEAL_FEATURES];
  const frame = (rows: readonly Look[]): Frame => ({
    ...matrixFromRows(
      rows.map((l) => [...l.row]),
      columns,
    ),
    columns,
  });
  const fitted = new GradientBoosting({ ...BOOSTING, seed }).fit(
    frame(early),
    early.map((l) => (l.won ? 'won' : 'lost')),
  );
  const won = fitted.classes.indexOf('won');
  const chances = fitted.predictProba(frame(late));
  return late.map((_, i) => chances[i * fitted.classes.length + won] ?? 0);
}

function differenceOf(
  late: readonly Look[],
  yardstick: (i: number) => number,
  chances: readonly number[],
): Interval {
  const { estimate, low, high } = pairedLoss(
    late.map((l, i) => ({
      group: l.deal,
      outcome: l.won,
      champion: yardstick(i),
      challenger: chances[i] ?? 0,
    })),
  ).difference;
  return {
    estimate: significant(estimate, 4),
    low: significant(low, 4),
    high: significant(high, 4),
  };
}
