/** The part of a contact's local day, fast enough for every touch of a portal. */
import { IANAZone } from 'luxon';
import { type DayPart, dayPartOfHour } from '../core/channel.ts';
import { DAY_MS } from './facts.ts';

/** Offsets in minutes per zone and UTC day; `null` for a day with a clock change. */
const offsets = new Map<string, Map<number, number | null>>();
const CACHED_DAYS = 20_000;

function offsetMinutes(atMs: number, timeZone: string): number {
  const day = Math.floor(atMs / DAY_MS);
  let days = offsets.get(timeZone);
  if (days === undefined || days.size >= CACHED_DAYS) {
    days = new Map();
    offsets.set(timeZone, days);
  }
  let offset = days.get(day);
  if (offset === undefined) {
    const zone = IANAZone.create(timeZone);
    const start = zone.offset(day * DAY_MS);
    offset = start === zone.offset((day + 1) * DAY_MS) ? start : null;
    days.set(day, offset);
  }
  return offset ?? IANAZone.create(timeZone).offset(atMs);
}

/** The same as `dayPartAt` for a valid zone, with the zone's offset looked up once per day. */
export function localDayPart(at: Date, timeZone: string): DayPart {
  const local = at.getTime() + offsetMinutes(at.getTime(), timeZone) * 60_000;
  return dayPartOfHour(Math.floor(local / 3_600_000 - 24 * Math.floor(local / DAY_MS)));
}

const valid = new Map<string, boolean>();

function isZone(timeZone: string): boolean {
  let known = valid.get(timeZone);
  if (known === undefined) {
    known = IANAZone.isValidZone(timeZone);
    if (valid.size < 2000) valid.set(timeZone, known);
  }
  return known;
}

/** The contact's zone if it is one, else the portal's default, else UTC. */
export function zoneOf(timeZone: string | null, fallback: string): string {
  if (timeZone !== null && isZone(timeZone)) return timeZone;
  return isZone(fallback) ? fallback : 'UTC';
}
