/** Numbers and times as a reader writes them. Ranges use the contact's zone, never the reader's. */
import type { Translator } from './translate.ts';

/** A probability as a whole percentage, without the sign. */
export const percent = (p: number): number => Math.round(p * 100);

export function money({ locale }: Translator, amount: number, currency: string): string {
  const options = { style: 'currency', currency, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(locale, options).format(amount);
}

const zoned = (timeZone: string): string | undefined => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

/** A time of day as readers of every language write it here: 24 hours. */
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY = { weekday: 'long', month: 'short', day: 'numeric' } as const;

function formatIn(
  { locale }: Translator,
  at: string,
  zone: string,
  shape: Intl.DateTimeFormatOptions,
): string {
  const timeZone = zoned(zone) ?? 'UTC';
  return new Intl.DateTimeFormat(locale, { ...shape, timeZone }).format(new Date(at));
}

/** "16:00" in the given zone. */
export const hour = (translator: Translator, at: string, zone: string): string =>
  formatIn(translator, at, zone, CLOCK);

/** "09:00–11:00" in the given zone. */
export const hours = (translator: Translator, from: string, until: string, zone: string): string =>
  `${hour(translator, from, zone)}–${hour(translator, until, zone)}`;

/** "Tuesday, Nov 24" in the given zone. */
export const day = (translator: Translator, at: string, zone: string): string =>
  translator.space(formatIn(translator, at, zone, DAY));

/** A place name English readers know, the zone's own name for Chinese ones. */
export function zoneName(translator: Translator, at: string, zone: string): string {
  const { language, locale, t } = translator;
  const timeZone = zoned(zone);
  if (timeZone === undefined || !zone.includes('/')) return 'UTC';
  if (language === 'en') {
    return t('reach.zone', { city: (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ') });
  }
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' });
  return parts.formatToParts(new Date(at)).find((p) => p.type === 'timeZoneName')?.value ?? zone;
}

/** "2 days", "3 hours" where it took less than a day. */
export function days({ locale, space }: Translator, n: number): string {
  const [value, unit] = n < 1 ? [Math.max(1, Math.round(n * 24)), 'hour'] : [Math.round(n), 'day'];
  return space(
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
  );
}

const UNITS = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "2 days ago". */
export function ago({ locale, space }: Translator, at: string, now = Date.now()): string {
  const elapsedMs = Date.parse(at) - now;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(elapsedMs) >= size)
      return space(relative.format(Math.round(elapsedMs / size), unit));
  }
  return relative.format(0, 'second');
}
