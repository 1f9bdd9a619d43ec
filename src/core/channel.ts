/** Channels, consent and quiet hours: what is allowed comes before what is best. */
import { DateTime } from 'luxon';

export const CHANNELS = [
  'phone',
  'email',
  'meeting',
  'chat',
  'sms',
  'whatsapp',
  'wechat',
  'linkedin',
] as const;
export type Channel = (typeof CHANNELS)[number];

/** Channels on which a message can be written beforehand. */
export const WRITTEN_CHANNELS: readonly string[] = [
  'email',
  'chat',
  'sms',
  'whatsapp',
  'wechat',
  'linkedin',
];

/** The order of `CHANNELS`; names that are not among them follow by the alphabet. */
export function channelOrder(a: string, b: string): number {
  const known: readonly string[] = CHANNELS;
  const rank = (name: string): number =>
    known.includes(name) ? known.indexOf(name) : known.length;
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Parts of a contact's local day; `[fromHour, toHour)`. */
export const DAY_PARTS = ['early', 'morning', 'midday', 'afternoon', 'evening'] as const;
export type DayPart = (typeof DAY_PARTS)[number];
export const DAY_PART_HOURS: Readonly<Record<DayPart, readonly [number, number]>> = {
  early: [6, 9],
  morning: [9, 11],
  midday: [11, 14],
  afternoon: [14, 17],
  evening: [17, 20],
};

export type Consent = 'granted' | 'denied' | 'unknown';

/** Why a channel may not be used now; the first rule that blocks is the one shown. */
export type BlockCode =
  | 'consent_denied'
  | 'consent_missing'
  | 'no_address'
  | 'touch_cap'
  | 'quiet_hours';
export interface Blocked {
  readonly channel: Channel;
  readonly code: BlockCode;
}

/** What an admin may set about reaching people. */
export interface ReachRules {
  /** Contact property per channel that holds `granted` / `denied`; an absent channel needs no consent. */
  readonly consentProperties: Readonly<Partial<Record<Channel, string>>>;
  /** Channels that need an explicit `granted` before use. */
  readonly explicitConsent: readonly Channel[];
  /** Business hours in the contact's own time zone, 24 h clock, `[fromHour, toHour)`. */
  readonly businessHours: { readonly fromHour: number; readonly toHour: number };
  /** ISO weekdays (1 = Monday … 7 = Sunday) on which people may be reached. */
  readonly businessDays: readonly number[];
  /** Hours in the contact's own time zone in which nobody is reached, whatever else is open; may pass midnight. */
  readonly quietHours: { readonly fromHour: number; readonly toHour: number };
  /** Days (ISO, `2026-12-25`, in the contact's own time zone) on which nobody is reached. */
  readonly holidays: readonly string[];
  /** Outbound touches allowed in any 7 days. */
  readonly touchesPerWeek: number;
  /** Used where a contact has no time zone of its own (IANA name). */
  readonly defaultTimeZone: string;
  /** Share of advice, 0–0.1, that tries another allowed channel than the best, so that learning goes on. */
  readonly explorationShare: number;
}

export const DEFAULT_REACH_RULES: ReachRules = {
  consentProperties: { phone: 'phone_consent', sms: 'sms_consent', whatsapp: 'whatsapp_consent' },
  explicitConsent: ['sms', 'whatsapp'],
  businessHours: { fromHour: 8, toHour: 19 },
  businessDays: [1, 2, 3, 4, 5],
  quietHours: { fromHour: 20, toHour: 8 },
  holidays: [],
  touchesPerWeek: 5,
  defaultTimeZone: 'UTC',
  explorationShare: 0,
};

/** The part of the local day an instant falls in; nights count as the nearest waking part. */
export const dayPartAt = (at: Date, timeZone: string): DayPart =>
  dayPartOfHour(DateTime.fromJSDate(at, { zone: timeZone }).hour);

/** @param hour of the local day, 0–23. */
export function dayPartOfHour(hour: number): DayPart {
  for (const part of DAY_PARTS)
    if (hour < DAY_PART_HOURS[part][1] && hour >= DAY_PART_HOURS[part][0]) return part;
  return hour < 6 && hour >= 2 ? 'early' : 'evening';
}

const SHORTEST_SLOT_MINUTES = 30;
const QUARTER_MS = 15 * 60_000;

type Hours = Pick<ReachRules, 'businessHours' | 'quietHours'>;

/** Runs of whole hours of `part` that are inside business hours and outside quiet hours. */
export function openHours(part: DayPart, { businessHours, quietHours }: Hours): [number, number][] {
  const from = Math.ceil(Math.max(DAY_PART_HOURS[part][0], businessHours.fromHour));
  const to = Math.floor(Math.min(DAY_PART_HOURS[part][1], businessHours.toHour));
  const quiet = (hour: number): boolean =>
    quietHours.fromHour <= quietHours.toHour
      ? hour + 1 > quietHours.fromHour && hour < quietHours.toHour
      : hour + 1 > quietHours.fromHour || hour < quietHours.toHour;
  const runs: [number, number][] = [];
  for (let hour = from; hour < to; hour++) {
    if (quiet(hour)) continue;
    const run = runs.at(-1);
    if (run !== undefined && run[1] === hour) run[1] = hour + 1;
    else runs.push([hour, hour + 1]);
  }
  return runs;
}

/** Days ahead in which an open hour is looked for. */
const HORIZON_DAYS = 21;

/**
 * The next moment, on a quarter of an hour and at least `leadMinutes` after `from`, that lies in an
 * open hour of `part` on a business day that is no holiday, all in `timeZone`. `null` when the rules
 * leave no such hour in the next three weeks.
 */
export function nextSlot(
  from: Date,
  part: DayPart,
  timeZone: string,
  rules: Hours & Pick<ReachRules, 'businessDays' | 'holidays'>,
  leadMinutes = 60,
): { start: Date; end: Date } | null {
  const runs = openHours(part, rules);
  if (runs.length === 0) return null;
  const earliest = DateTime.fromJSDate(from, { zone: timeZone }).plus({ minutes: leadMinutes });
  const quarter = DateTime.fromMillis(Math.ceil(earliest.toMillis() / QUARTER_MS) * QUARTER_MS, {
    zone: timeZone,
  });
  for (let day = 0; day < HORIZON_DAYS; day++) {
    const local = earliest.startOf('day').plus({ days: day });
    if (!rules.businessDays.includes(local.weekday)) continue;
    if (rules.holidays.length > 0 && rules.holidays.includes(local.toISODate() ?? '')) continue;
    for (const [fromHour, toHour] of runs) {
      const end = local.set({ hour: toHour });
      const start = DateTime.max(local.set({ hour: fromHour }), quarter);
      if (end.diff(start).as('minutes') < SHORTEST_SLOT_MINUTES) continue;
      return { start: start.toJSDate(), end: end.toJSDate() };
    }
  }
  return null;
}
