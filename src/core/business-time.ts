/** Time counted while the business is open: its hours, days and holidays, in its own time zone. */
import { DateTime } from 'luxon';
import type { ReachRules } from './channel.ts';

export type BusinessTime = Pick<
  ReachRules,
  'businessHours' | 'businessDays' | 'holidays' | 'defaultTimeZone'
>;

/** Days ahead in which the time must be found; a year of hours at one hour a week fits. */
const HORIZON_DAYS = 62_000;

/**
 * The moment at which `hours` open hours have passed since `from`, in the business's time zone. On
 * the days when clocks change an hour is still an hour. Where the rules leave no open hour, hours
 * count day and night.
 * @param hours above 0.
 */
export function addBusinessHours(from: Date, hours: number, rules: BusinessTime): Date {
  const { businessHours, businessDays, holidays, defaultTimeZone } = rules;
  let left = hours * 3_600_000;
  const plain = new Date(from.getTime() + left);
  if (businessHours.fromHour >= businessHours.toHour || businessDays.length === 0) return plain;
  const first = DateTime.fromJSDate(from, { zone: defaultTimeZone }).startOf('day');
  for (let day = 0; day < HORIZON_DAYS; day++) {
    const local = first.plus({ days: day });
    if (!businessDays.includes(local.weekday)) continue;
    if (holidays.length > 0 && holidays.includes(local.toISODate() ?? '')) continue;
    const start = Math.max(local.set({ hour: businessHours.fromHour }).toMillis(), from.getTime());
    const open = local.set({ hour: businessHours.toHour }).toMillis() - start;
    if (open <= 0) continue;
    if (left <= open) return new Date(start + left);
    left -= open;
  }
  return plain;
}
