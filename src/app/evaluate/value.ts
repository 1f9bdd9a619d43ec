/** `rapport evaluate value`: what customers will still buy and spend, checked on a holdout. */
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { type Cohort, cohortAt, type PurchaseLog } from '../../features/purchase-cohort.ts';
import { expectedSpend, fitGammaGamma, type GammaGammaModel } from '../../ml/value/gamma-gamma.ts';
import { fitPurchases, type PurchaseContest } from '../../models/purchase-contest.ts';
import { expectPurchases, type PurchaseModel } from '../../models/purchase-model.ts';
import { onUserData } from './config-error.ts';
import { agreement, topShare } from './holdout.ts';
import { progress, report } from './report.ts';
import { readTable } from './table.ts';
import { dayOf, readPurchases } from './transactions.ts';

interface ValueOptions {
  readonly data: string;
  readonly customer: string;
  readonly date: string;
  readonly amount: string;
  readonly calibrationEnd: string;
  readonly timeUnit: 'week' | 'day';
  readonly json?: boolean;
}

export function valueCommand(): Command {
  return new Command('value')
    .description('expected purchases (BG/NBD) and spend (Gamma–Gamma), with a holdout')
    .requiredOption('--data <file>', 'purchase lines')
    .requiredOption('--customer <column>', 'who bought')
    .requiredOption('--date <column>', 'when, like 2026-11-23 or 20261123')
    .requiredOption('--amount <column>', 'for how much; negative lines are refunds, left out')
    .requiredOption('--calibration-end <date>', 'last day the models may see')
    .addOption(
      new Option('--time-unit <unit>', "unit of the models' clock")
        .choices(['week', 'day'])
        .default('week'),
    )
    .option('--json', 'print one JSON object')
    .action(async (options: ValueOptions) => report(await evaluateValue(options), options));
}

/** Fits on the days up to the calibration end and predicts the rest of the file. */
export async function evaluateValue(options: ValueOptions): Promise<object> {
  const end = dayOf(options.calibrationEnd);
  if (end === undefined)
    throw new RapportError(
      'config_invalid',
      `--calibration-end must be a date like 2026-11-23, not "${options.calibrationEnd}".`,
    );
  const unitDays = options.timeUnit === 'week' ? 7 : 1;
  const read = readPurchases(await readTable(options.data), options, end);
  const cohort = cohortAt(read.log, end, read.last, unitDays);
  progress(`${cohort.customers.length} customers, ${cohort.ahead} ${options.timeUnit}s of holdout`);
  const begun = performance.now();
  const seen = read.log.map((one) => upTo(one, end));
  const aheadDays = cohort.ahead > 0 ? read.last - end : 365;
  const { model, contest } = onUserData(options.data, () =>
    fitPurchases(seen, { end, aheadDays, unitDays, seed: 1 }),
  );
  const spend = spendModel(cohort);
  const fitS = (performance.now() - begun) / 1000;
  const { r, alpha, a, b, logLikelihood } = model.bgNbd;
  return {
    n_customers: cohort.customers.length,
    n_repeat_customers: cohort.repeats.filter((x) => x > 0).length,
    rows_without_customer: read.withoutCustomer,
    refunds_left_out: read.refunds,
    time_unit: options.timeUnit,
    bg_nbd: { r, alpha, a, b, log_likelihood: logLikelihood },
    gamma_gamma: spend === undefined ? null : { p: spend.p, q: spend.q, gamma: spend.gamma },
    model: model.kind,
    contest: contest === null ? null : contestReport(contest),
    ...holdout(cohort, model, spend),
    fit_s: fitS,
  };
}

/** The models are given nothing after the calibration end, so that they cannot look at it. */
const upTo = (one: PurchaseLog, end: number): PurchaseLog => {
  const known = one.days.filter((day) => day <= end).length;
  return { ...one, days: one.days.slice(0, known), amounts: one.amounts.slice(0, known) };
};

/** The contest inside the calibration period: every model beside BG/NBD, losers included. */
const contestReport = ({
  winner,
  customers,
  purchases,
  cut,
  until,
  entrants,
}: PurchaseContest) => ({
  winner,
  n_customers: customers,
  actual_total: purchases,
  seen_until: isoDay(cut),
  judged_until: isoDay(until),
  entrants: Object.fromEntries(
    entrants.map(({ kind, deviance, expectedTotal, difference, low, high }) => [
      kind,
      {
        deviance,
        expected_total: expectedTotal,
        deviance_minus_bg_nbd: { estimate: difference, low, high, level: 0.9 },
      },
    ]),
  ),
});

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Undefined when the amounts say nothing, such as all equal: counts can still be predicted. */
function spendModel({ repeats, meanSpend }: Cohort): GammaGammaModel | undefined {
  try {
    return fitGammaGamma({ purchases: repeats, mean: meanSpend });
  } catch (error) {
    if (error instanceof RapportError && error.code === 'not_enough_data') return undefined;
    throw error;
  }
}

/** Null figures when the file ends at the cut-off: nothing to compare with. */
function holdout(cohort: Cohort, model: PurchaseModel, spend: GammaGammaModel | undefined) {
  const { repeats, age, ahead, meanSpend, spent, laterPurchases, laterSpent } = cohort;
  if (!(ahead > 0)) return { holdout: null };
  const expected = expectPurchases(model, cohort, ahead);
  const plain = expectPurchases({ ...model, kind: 'bg_nbd' }, cohort, ahead);
  // The baseline: everybody goes on at the rate of their own repeat purchases so far.
  const ownRate = repeats.map((x, i) => (x > 0 ? (x * ahead) / (age[i] ?? 1) : 0));
  const later = expected.map((count, i) =>
    spend === undefined ? count : count * expectedSpend(spend, repeats[i] ?? 0, meanSpend[i] ?? 0),
  );
  const chosen = agreement(expected, laterPurchases);
  const baseline = agreement(ownRate, laterPurchases);
  return {
    holdout: { ahead, ...chosen },
    holdout_bg_nbd: agreement(plain, laterPurchases),
    baseline: { own_rate: baseline },
    better_than_baseline: chosen.mae < baseline.mae,
    verdict:
      chosen.mae < baseline.mae ? 'better than the baseline' : 'not better than the baseline',
    spend_holdout: spend === undefined ? null : agreement(later, laterSpent),
    top_decile_share_of_spend: {
      model: topShare(later, laterSpent, 0.1),
      past_spend: topShare(spent, laterSpent, 0.1),
      perfect: topShare(laterSpent, laterSpent, 0.1),
    },
  };
}
