/** A user's purchase lines as customers' histories before and after a cut-off day. */
import { RapportError } from '../../core/errors.ts';
import type { PurchaseHistories } from '../../ml/value/bg-nbd-likelihood.ts';
import type { Table } from './table.ts';

const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|[T ])/;

/** Days since 1970 of `2026-11-23`, `20261123` or an ISO time; undefined when it is no date. */
export function dayOf(text: string): number | undefined {
  const [, year, month, date] = DATE.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date));
  const same = new Date(ms).toISOString().slice(0, 10) === `${year}-${month}-${date}`;
  return same ? ms / DAY_MS : undefined;
}

/** One entry per customer who bought on or before the cut-off; purchases on one day are one. */
export interface Cohort extends PurchaseHistories {
  readonly customers: readonly string[];
  /** Mean amount of the repeat purchases; 0 without one. */
  readonly meanSpend: Float64Array;
  /** Amount of all purchases up to the cut-off. */
  readonly spent: Float64Array;
  /** Purchases and amount after the cut-off. */
  readonly laterPurchases: Float64Array;
  readonly laterSpent: Float64Array;
  /** Time units from the cut-off to the last day of the file. */
  readonly ahead: number;
  /** Lines left out: without a customer, and with a negative amount (refunds). */
  readonly withoutCustomer: number;
  readonly refunds: number;
}

export interface CohortColumns {
  readonly customer: string;
  readonly date: string;
  readonly amount: string;
}

/** @throws RapportError config_invalid naming the cell that is no date or number, or when a side of the cut-off is empty. */
export function readCohort(
  table: Table,
  columns: CohortColumns,
  calibrationEnd: number,
  unitDays: number,
): Cohort {
  const names = table.text(columns.customer);
  const days = table.text(columns.date).map((text, row) => {
    const day = dayOf(text);
    if (day === undefined)
      throw new RapportError(
        'config_invalid',
        `${table.file}: column "${columns.date}", row ${row + 1} holds "${text}", which is not a date like 2026-11-23.`,
      );
    return day;
  });
  const amounts = table.numbers(columns.amount);
  const byCustomer = new Map<string, Map<number, number>>();
  let withoutCustomer = 0;
  let refunds = 0;
  let last = calibrationEnd;
  for (const [row, raw] of names.entries()) {
    const name = raw.trim();
    const day = days[row] ?? 0;
    const amount = amounts[row] ?? 0;
    last = Math.max(last, day);
    if (name === '') withoutCustomer++;
    else if (amount < 0) refunds++;
    else {
      const purchases = byCustomer.get(name) ?? new Map<number, number>();
      byCustomer.set(name, purchases);
      purchases.set(day, (purchases.get(day) ?? 0) + amount);
    }
  }
  const known = [...byCustomer].filter(([, p]) => Math.min(...p.keys()) <= calibrationEnd);
  if (known.length === 0)
    throw new RapportError(
      'config_invalid',
      `${table.file}: nobody bought on or before the calibration end.`,
    );
  const histories = known.map(([, purchases]) => historyOf(purchases, calibrationEnd, unitDays));
  const column = (key: keyof History): Float64Array =>
    Float64Array.from(histories, (history) => history[key]);
  return {
    customers: known.map(([name]) => name),
    repeats: column('repeats'),
    lastAt: column('lastAt'),
    age: column('age'),
    meanSpend: column('meanSpend'),
    spent: column('spent'),
    laterPurchases: column('laterPurchases'),
    laterSpent: column('laterSpent'),
    ahead: (last - calibrationEnd) / unitDays,
    withoutCustomer,
    refunds,
  };
}

type History = ReturnType<typeof historyOf>;

function historyOf(purchases: ReadonlyMap<number, number>, end: number, unitDays: number) {
  const ordered = [...purchases].sort(([a], [b]) => a - b);
  const before = ordered.filter(([day]) => day <= end);
  const after = ordered.filter(([day]) => day > end);
  const total = (part: readonly (readonly [number, number])[]) =>
    part.reduce((sum, [, amount]) => sum + amount, 0);
  const first = before[0]?.[0] ?? end;
  const repeats = before.length - 1;
  return {
    repeats,
    lastAt: ((before.at(-1)?.[0] ?? first) - first) / unitDays,
    age: (end - first) / unitDays,
    meanSpend: repeats > 0 ? total(before.slice(1)) / repeats : 0,
    spent: total(before),
    laterPurchases: after.length,
    laterSpent: total(after),
  };
}
