/** `rapport evaluate value`: what customers will still buy and spend, checked on a holdout. */
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { expectedPurchases, fitBgNbd } from '../../ml/value/bg-nbd.ts';
import { expectedSpend, fitGammaGamma, type GammaGammaModel } from '../../ml/value/gamma-gamma.ts';
import { onUserData } from './config-error.ts';
import { agreement, topShare } from './holdout.ts';
import { progress, report } from './report.ts';
import { readTable } from './table.ts';
import { type Cohort, dayOf, readCohort } from './transactions.ts';

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
  const table = await readTable(options.data);
  const cohort = readCohort(table, options, end, options.timeUnit === 'week' ? 7 : 1);
  progress(`${cohort.customers.length} customers, ${cohort.ahead} ${options.timeUnit}s of holdout`);
  const begun = performance.now();
  const purchases = onUserData(options.data, () => fitBgNbd(cohort));
  const spend = spendModel(cohort);
  const fitS = (performance.now() - begun) / 1000;
  const { r, alpha, a, b, logLikelihood } = purchases;
  const expected = cohort.repeats.map((x, i) =>
    expectedPurchases(purchases, x, cohort.lastAt[i] ?? 0, cohort.age[i] ?? 0, cohort.ahead),
  );
  return {
    n_customers: cohort.customers.length,
    n_repeat_customers: cohort.repeats.filter((x) => x > 0).length,
    rows_without_customer: cohort.withoutCustomer,
    refunds_left_out: cohort.refunds,
    time_unit: options.timeUnit,
    bg_nbd: { r, alpha, a, b, log_likelihood: logLikelihood },
    gamma_gamma: spend === undefined ? null : { p: spend.p, q: spend.q, gamma: spend.gamma },
    ...holdout(cohort, expected, spend),
    fit_s: fitS,
  };
}

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
function holdout(cohort: Cohort, expected: Float64Array, spend: GammaGammaModel | undefined) {
  const { repeats, age, ahead, meanSpend, spent, laterPurchases, laterSpent } = cohort;
  if (!(ahead > 0)) return { holdout: null };
  // The baseline: everybody goes on at the rate of their own repeat purchases so far.
  const ownRate = repeats.map((x, i) => (x > 0 ? (x * ahead) / (age[i] ?? 1) : 0));
  const later = expected.map((count, i) =>
    spend === undefined ? count : count * expectedSpend(spend, repeats[i] ?? 0, meanSpend[i] ?? 0),
  );
  const model = agreement(expected, laterPurchases);
  const baseline = agreement(ownRate, laterPurchases);
  return {
    holdout: { ahead, ...model },
    baseline: { own_rate: baseline },
    better_than_baseline: model.mae < baseline.mae,
    verdict: model.mae < baseline.mae ? 'better than the baseline' : 'not better than the baseline',
    spend_holdout: spend === undefined ? null : agreement(later, laterSpent),
    top_decile_share_of_spend: {
      model: topShare(later, laterSpent, 0.1),
      past_spend: topShare(spent, laterSpent, 0.1),
      perfect: topShare(laterSpent, laterSpent, 0.1),
    },
  };
}
