/** The chance that a customer neither buys nor answers within the horizon, calibrated on the newest slice of time. */
import type { ReachRules } from '../core/channel.ts';
import { CHURN_HIGH_ODDS, type RiskScore } from '../core/score.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';
import { type Past, pastOf } from '../features/past.ts';
import {
  fitStandard,
  readable,
  requireSame,
  type Standard,
  standardise,
} from '../features/standard.ts';
import { DenseLogistic } from '../ml/linear/dense-logistic.ts';
import { logit, sigmoid } from '../ml/linear/logistic-regression.ts';
import { auc, ece, logLoss } from '../ml/metrics.ts';
import { fitPlatt, type Platt } from '../ml/preprocess/platt.ts';
import { createRandom } from '../ml/random.ts';
import { byWeight } from './explain.ts';
import { significant, significantAll } from './numbers.ts';

export const CHURN_FEATURES = [
  'recency_days',
  'gap_ratio',
  'purchases',
  'purchases_year',
  'spent_year',
  'signs_year',
  'signs_quarter',
  'sent_year',
  'silence_days',
  'answered_phone',
  'answered_email',
  'cases_year',
  'rating',
  'open_deals',
  'customer_days',
] as const;

/** On a slice of time nothing before it was learned from; `baseline` says the earlier slice's rate to all. */
export interface ChurnReport {
  readonly customers: number;
  readonly rate: number;
  readonly auc: number;
  readonly logLoss: number;
  readonly ece: number;
  readonly baselineLogLoss: number;
}

/** Plain data. log-odds = slope · (intercept + Σ weight · z) + offset. */
export interface ChurnModel {
  readonly days: number;
  readonly standard: Standard;
  readonly weights: readonly number[];
  readonly intercept: number;
  readonly platt: Platt;
  /** Share of the customers who fell silent on the newest slice. */
  readonly usual: number;
  /** `null` where history does not reach back far enough to hold a slice out. */
  readonly report: ChurnReport | null;
}

interface Slice {
  readonly pasts: readonly Past[];
  readonly churned: readonly number[];
}

const SLICES = 4;
const SAMPLE = 2000;
const MIN_ROWS = 100;
const MIN_EACH = 15;

/**
 * Customers at the end of each earlier horizon, with what they did in the one after it. Features
 * never see the window their label comes from.
 */
function sliceAt(
  facts: readonly ContactFacts[],
  latest: ReadonlyMap<ContactFacts, Past>,
  cut: number,
  days: number,
  rules: ReachRules,
): Slice {
  const pasts: Past[] = [];
  const churned: number[] = [];
  const until = cut + days * DAY_MS;
  for (const one of facts) {
    const now = latest.get(one);
    if (now === undefined || (now.purchases[0]?.at.getTime() ?? until) > cut) continue;
    const within = (at: number): boolean => at > cut && at <= until;
    const alive = now.signsAt.some(within) || now.purchases.some(({ at }) => within(at.getTime()));
    pasts.push(pastOf(one, new Date(cut), rules));
    churned.push(alive ? 0 : 1);
  }
  return { pasts, churned };
}

const enough = ({ churned }: Slice, rows: number): boolean => {
  const gone = churned.reduce((sum, c) => sum + c, 0);
  return churned.length >= rows && gone >= MIN_EACH && churned.length - gone >= MIN_EACH;
};

/**
 * Logistic regression on the slices before the newest, Platt scaling on the newest. The report is
 * that of the same procedure one slice earlier. `null` with too few customers, or when none or
 * nearly all fell silent.
 */
export function fitChurn(
  contacts: readonly ContactFacts[],
  asOf: Date,
  rules: ReachRules,
  days: number,
  seed: number,
): ChurnModel | null {
  const facts = contacts.filter(({ deals }) => deals.some(({ stage }) => stage === 'won'));
  const order = createRandom(seed).permutation(facts.length).subarray(0, SAMPLE).sort();
  const drawn = Array.from(order, (i) => facts[i]).filter((f) => f !== undefined);
  const latest = new Map(drawn.map((one) => [one, pastOf(one, asOf, rules)]));
  const slices = Array.from({ length: SLICES }, (_, k) =>
    sliceAt(drawn, latest, asOf.getTime() - (k + 1) * days * DAY_MS, days, rules),
  );
  const model = fitSlices(slices, days);
  if (model === null) return null;
  const earlier = fitSlices(slices.slice(1), days);
  const [newest] = slices;
  return {
    ...model,
    report: earlier === null || newest === undefined ? null : judge(earlier, newest),
  };
}

function fitSlices([newest, ...older]: readonly Slice[], days: number): ChurnModel | null {
  const train = {
    pasts: older.flatMap(({ pasts }) => pasts),
    churned: older.flatMap(({ churned }) => churned),
  };
  if (newest === undefined || !enough(newest, MIN_ROWS / 2) || !enough(train, MIN_ROWS))
    return null;
  const standard = fitStandard(CHURN_FEATURES, train.pasts);
  const rows = train.pasts.map((past) => standardise(standard, past));
  const x = {
    rows: rows.length,
    cols: CHURN_FEATURES.length,
    data: Float64Array.from(rows.flat()),
    columns: CHURN_FEATURES,
  };
  const fitted = new DenseLogistic().fit(
    x,
    train.churned.map((c) => String(c)),
  );
  const all = (fitted.toJSON() as unknown as { weights: number[][] }).weights[0] ?? [];
  const weights = significantAll(all.slice(0, CHURN_FEATURES.length));
  const draft: ChurnModel = {
    days,
    standard,
    weights,
    intercept: significant(all.at(-1) ?? 0),
    platt: { slope: 1, offset: 0 },
    usual: significant(mean(newest.churned)),
    report: null,
  };
  const { slope, offset } = fitPlatt(
    newest.pasts.map((past) => logOdds(draft, standardise(standard, past))),
    newest.churned,
  );
  return { ...draft, platt: { slope: significant(slope), offset: significant(offset) } };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

function logOdds({ weights, intercept, platt }: ChurnModel, point: readonly number[]): number {
  const linear = point.reduce((sum, z, j) => sum + (weights[j] ?? 0) * z, intercept);
  return platt.slope * linear + platt.offset;
}

function judge(model: ChurnModel, { pasts, churned }: Slice): ChurnReport {
  const chances = pasts.map((past) => sigmoid(logOdds(model, standardise(model.standard, past))));
  return {
    customers: churned.length,
    rate: significant(mean(churned), 4),
    auc: significant(auc(churned, chances), 4),
    logLoss: significant(logLoss(churned, chances), 4),
    ece: significant(ece(churned, chances), 4),
    baselineLogLoss: significant(
      logLoss(
        churned,
        churned.map(() => model.usual),
      ),
      4,
    ),
  };
}

/**
 * `null` for those who never bought. `base + Σ effects = logit(chance)`; the base is the customer
 * who is usual in everything. The band is `high` from twice the usual odds on.
 */
export function scoreChurn(model: ChurnModel, past: Past): RiskScore | null {
  requireSame(model.standard, CHURN_FEATURES);
  if (past.purchases.length === 0) return null;
  const point = standardise(model.standard, past);
  const chance = sigmoid(logOdds(model, point));
  const { slope, offset } = model.platt;
  const reasons = CHURN_FEATURES.map((feature, j) => {
    const usual = model.standard.mean[j] ?? 0;
    const z = point[j] ?? 0;
    return {
      code: 'churn_feature',
      effect: slope * (model.weights[j] ?? 0) * z,
      params: {
        feature,
        value: significant(readable(feature, z * (model.standard.sd[j] ?? 1) + usual), 4),
        usual: significant(readable(feature, usual), 4),
      },
    };
  });
  const odds = logit(chance) - logit(model.usual);
  return {
    band: odds >= Math.log(CHURN_HIGH_ODDS) ? 'high' : 'normal',
    chance,
    usual: model.usual,
    days: model.days,
    base: slope * model.intercept + offset,
    reasons: byWeight(reasons),
    before: null,
  };
}
