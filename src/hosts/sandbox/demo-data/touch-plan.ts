/** When and on which channel a rep touched a contact: from the rep's habit, hours and the lifecycle alone. */
import { DateTime } from 'luxon';
import type { Person } from './people.ts';
import type { Lifecycle } from './profile.ts';
import type { Random } from './random.ts';
import type { Rep } from './reps.ts';
import { DEMO_CHANNELS, type DemoChannel } from './types.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
export const HISTORY_DAYS = 548;
const MEDIAN_TOUCHES = 8;
const TOUCHES_SIGMA = 0.75;
const MAX_TOUCHES = 60;
const FIRST_HOUR = 8;
/** How often a rep simply stays with the channel used last. */
const STAYS = 0.3;

type Weights = Readonly<Record<DemoChannel, number>>;
const early: Weights = {
  phone: 0.8,
  email: 1.5,
  meeting: 0.4,
  sms: 0.7,
  whatsapp: 0.6,
  linkedin: 1.6,
};
const middle: Weights = {
  phone: 1.3,
  email: 1,
  meeting: 1.5,
  sms: 0.8,
  whatsapp: 0.8,
  linkedin: 0.9,
};
const bought: Weights = {
  phone: 1,
  email: 0.9,
  meeting: 1,
  sms: 1.2,
  whatsapp: 1.4,
  linkedin: 0.7,
};
const BY_LIFECYCLE: Readonly<Record<Lifecycle, Weights>> = {
  subscriber: early,
  lead: early,
  marketingqualifiedlead: early,
  salesqualifiedlead: middle,
  opportunity: middle,
  customer: bought,
  evangelist: { ...bought, meeting: 1.6 },
};

export function drawTouchCount(random: Random): number {
  return Math.min(
    MAX_TOUCHES,
    Math.max(1, Math.round(random.logNormal(MEDIAN_TOUCHES, TOUCHES_SIGMA))),
  );
}

/** The weights a rep gives the channels for this contact; the hidden truth plays no part. */
export function channelWeights(person: Person): Record<DemoChannel, number> {
  const denied: Readonly<Record<DemoChannel, boolean>> = {
    phone: person.phoneConsent === 'denied',
    email: person.emailOptOut,
    meeting: false,
    sms: person.smsConsent === 'denied',
    whatsapp: person.whatsappConsent === 'denied',
    linkedin: false,
  };
  const possible: Readonly<Record<DemoChannel, boolean>> = {
    phone: (person.phone ?? person.mobile) !== undefined,
    email: person.email !== undefined,
    meeting: true,
    sms: person.mobile !== undefined,
    whatsapp: person.mobile !== undefined,
    linkedin: person.linkedin !== undefined,
  };
  const lifecycle = BY_LIFECYCLE[person.profile.lifecycle];
  return Object.fromEntries(
    DEMO_CHANNELS.map((c) => [
      c,
      possible[c] ? person.rep.habit[c] * lifecycle[c] * (denied[c] ? 0.1 : 1) : 0,
    ]),
  ) as Record<DemoChannel, number>;
}

export function drawChannel(
  weights: Readonly<Record<DemoChannel, number>>,
  last: DemoChannel | null,
  random: Random,
): DemoChannel {
  return last !== null && random.chance(STAYS) ? last : random.weighted(weights);
}

/** A moment of the rep's working week in `[fromMs, toMs)`, or any moment of it when it is too short. */
export function drawWorkingTime(rep: Rep, fromMs: number, toMs: number, random: Random): number {
  for (let attempt = 0; attempt < 6; attempt++) {
    let day = Math.floor(random.between(fromMs, toMs) / DAY);
    const weekday = (day + 4) % 7;
    if (weekday === 0) day += 1;
    if (weekday === 6) day -= 1;
    const hour = FIRST_HOUR + random.weightedIndex(rep.hours);
    const at = day * DAY - offsetMs(rep.timeZone, day) + (hour + random.next()) * HOUR;
    if (at >= fromMs && at < toMs) return Math.floor(at);
  }
  return Math.floor(random.between(fromMs, toMs));
}

const offsets = new Map<string, number>();

/** The zone's distance from UTC on a day counted from the epoch. */
function offsetMs(timeZone: string, day: number): number {
  const key = `${timeZone}|${String(day)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = DateTime.fromMillis(day * DAY + 12 * HOUR, { zone: timeZone }).offset * 60_000;
    offsets.set(key, offset);
  }
  return offset;
}
