/** A user's purchase lines as customers' purchases by day. */
import { RapportError } from '../../core/errors.ts';
import type { PurchaseLog } from '../../features/purchase-cohort.ts';
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

/** A file's purchases by customer, and what was left out of it. */
export interface Purchases {
  readonly log: readonly PurchaseLog[];
  /** The last day of the file, at least the calibration end. */
  readonly last: number;
  /** Lines left out: without a customer, and with a negative amount (refunds). */
  readonly withoutCustomer: number;
  readonly refunds: number;
}

export interface PurchaseColumns {
  readonly customer: string;
  readonly date: string;
  readonly amount: string;
}

/** @throws RapportError config_invalid naming the cell that is no date or number, or when nobody bought by the calibration end. */
export function readPurchases(
  table: Table,
  columns: PurchaseColumns,
  calibrationEnd: number,
): Purchases {
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
  const log = [...byCustomer].map(([customer, purchases]): PurchaseLog => {
    const ordered = [...purchases].sort(([a], [b]) => a - b);
    return {
      customer,
      days: ordered.map(([day]) => day),
      amounts: ordered.map(([, amount]) => amount),
    };
  });
  if (!log.some(({ days }) => (days[0] ?? last + 1) <= calibrationEnd))
    throw new RapportError(
      'config_invalid',
      `${table.file}: nobody bought on or before the calibration end.`,
    );
  return { log, last, withoutCustomer, refunds };
}
