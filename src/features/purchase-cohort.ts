/** Purchase histories cut at a moment: what was known then, and what came after. */
import type { PurchaseHistories } from '../ml/value/bg-nbd-likelihood.ts';

/** One customer's purchases; days since 1970, ascending, each once. */
export interface PurchaseLog {
  readonly customer: string;
  readonly days: readonly number[];
  /** Amount per day, ≥ 0. */
  readonly amounts: readonly number[];
}

/** One entry per customer who bought on or before the cut; purchases on one day are one. */
export interface Cohort extends PurchaseHistories {
  readonly customers: readonly string[];
  /** Mean amount of the repeat purchases; 0 without one. */
  readonly meanSpend: Float64Array;
  /** Amount of all purchases up to the cut. */
  readonly spent: Float64Array;
  /** Purchases and amount after the cut, up to the end of the horizon. */
  readonly laterPurchases: Float64Array;
  readonly laterSpent: Float64Array;
  /** Time units from the cut to the end of the horizon. */
  readonly ahead: number;
}

/**
 * Everybody who bought by the end of day `cut`, with what they bought after it by `until`.
 * @param unitDays days per unit of time.
 */
export function cohortAt(
  log: readonly PurchaseLog[],
  cut: number,
  until: number,
  unitDays: number,
): Cohort {
  const known = log.filter(({ days }) => (days[0] ?? Number.POSITIVE_INFINITY) <= cut);
  const histories = known.map((one) => historyOf(one, cut, until, unitDays));
  const column = (key: keyof History): Float64Array =>
    Float64Array.from(histories, (history) => history[key]);
  return {
    customers: known.map(({ customer }) => customer),
    repeats: column('repeats'),
    lastAt: column('lastAt'),
    age: column('age'),
    meanSpend: column('meanSpend'),
    spent: column('spent'),
    laterPurchases: column('laterPurchases'),
    laterSpent: column('laterSpent'),
    ahead: (until - cut) / unitDays,
  };
}

type History = ReturnType<typeof historyOf>;

function historyOf({ days, amounts }: PurchaseLog, cut: number, until: number, unitDays: number) {
  let before = 0;
  let later = 0;
  let spent = 0;
  let laterSpent = 0;
  days.forEach((day, i) => {
    if (day <= cut) {
      before++;
      spent += amounts[i] ?? 0;
    } else if (day <= until) {
      later++;
      laterSpent += amounts[i] ?? 0;
    }
  });
  const first = days[0] ?? cut;
  const repeats = before - 1;
  return {
    repeats,
    lastAt: ((days[before - 1] ?? first) - first) / unitDays,
    age: (cut - first) / unitDays,
    meanSpend: repeats > 0 ? (spent - (amounts[0] ?? 0)) / repeats : 0,
    spent,
    laterPurchases: later,
    laterSpent,
  };
}
