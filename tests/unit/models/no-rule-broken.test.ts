/**
 * Over random contacts, consents, rules and clocks, no advice breaks a rule. Hours, weekdays and days
 * are read with Intl, apart from the product's own arithmetic, and the rule shown for a blocked channel
 * is the first that blocks it. 100,000 draws where CI is set, else 5,000; RAPPORT_RULE_RUNS says otherwise.
 */
import { expect, it } from 'vitest';
import {
  type BlockCode,
  CHANNELS,
  type Channel,
  type Consent,
  DEFAULT_REACH_RULES,
  type ReachRules,
} from '../../../src/core/channel.ts';
import { recordId } from '../../../src/core/ids.ts';
import type { Interaction } from '../../../src/core/record.ts';
import type { ReachAdvice } from '../../../src/core/score.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { observables } from '../../../src/models/channel-design.ts';
import { type ChannelModel, fitChannelModel } from '../../../src/models/channel-fit.ts';
import { adviseReach } from '../../../src/models/reach.ts';
import { person } from './simulated-portal.ts';

const RUNS = Number(process.env['RAPPORT_RULE_RUNS'] ?? (process.env['CI'] ? 100_000 : 5000));
const DAY = 86_400_000;
/** The order in which rules speak. */
const ORDER: readonly BlockCode[] = [
  'consent_denied',
  'consent_missing',
  'no_address',
  'touch_cap',
  'quiet_hours',
];
const ZONES = [
  'UTC',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Europe/Lisbon',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];
const random = createRandom(11);
const pick = <T>(list: readonly T[]): T => list[random.int(list.length)] as T;
const some = <T>(list: readonly T[], share: number): T[] =>
  list.filter(() => random.next() < share);

const model: ChannelModel | null = fitChannelModel(
  Array.from({ length: 200 }, (_, i) => ({
    observed: observables(person(undefined, undefined, i % 2 === 0 ? 'lead' : 'customer', 'en')),
    tallies: CHANNELS.map((channel) => ({
      channel,
      dayPart: pick(['early', 'morning', 'midday', 'afternoon', 'evening'] as const),
      tried: 2,
      answered: random.int(3),
    })),
  })),
  1,
);
if (model?.kind !== 'pooled') throw new Error('enough touches to pool');
const pooled: ChannelModel = model;
const few = fitChannelModel(
  CHANNELS.map((channel) => ({
    observed: {},
    tallies: [{ channel, dayPart: 'evening', tried: 3, answered: 1 }] as const,
  })),
  1,
);
if (few?.kind !== 'rates') throw new Error('too few touches to pool');
const rates: ChannelModel = few;

/** Either kind of model, mostly the pooled one. */
const fitted = (): ChannelModel => (random.next() < 0.9 ? pooled : rates);

const touch = (at: Date): Interaction => ({
  kind: 'call',
  id: person().id,
  createdAt: at,
  updatedAt: at,
  links: [],
  channel: 'phone',
  direction: pick(['outbound', 'outbound', 'inbound'] as const),
  at,
  answered: false,
  text: '',
});

function drawn() {
  const now = new Date(Date.UTC(2026, random.int(12), 1 + random.int(28)) + random.int(DAY));
  const consent: Partial<Record<Channel, Consent>> = {};
  for (const channel of some(CHANNELS, 0.5))
    consent[channel] = pick(['granted', 'denied', 'unknown'] as const);
  const rules: ReachRules = {
    ...DEFAULT_REACH_RULES,
    explicitConsent: some(CHANNELS, 0.3),
    businessHours: { fromHour: random.int(24), toHour: 1 + random.int(24) },
    quietHours: { fromHour: random.int(25), toHour: random.int(25) },
    businessDays: some([1, 2, 3, 4, 5, 6, 7], 0.7),
    holidays: some(
      Array.from({ length: 14 }, (_, d) =>
        new Date(now.getTime() + d * DAY).toISOString().slice(0, 10),
      ),
      0.2,
    ),
    touchesPerWeek: random.int(5),
    defaultTimeZone: pick(ZONES),
    explorationShare: pick([0, 0, 0.1]),
  };
  const contact = {
    ...person(undefined, undefined, pick(['lead', 'customer', null]), 'en'),
    consent,
    emailOptOut: random.next() < 0.2,
    email: pick(['a@b.example', '', null]),
    phone: pick(['+1', ' ', null]),
    timeZone: pick([...ZONES, null, 'Nowhere/City']),
  };
  const interactions = Array.from({ length: random.int(6) }, () =>
    touch(new Date(now.getTime() - random.int(14 * DAY))),
  );
  const facts = { contact, interactions, deals: [], lineItems: [], tickets: [], feedback: [] };
  return { now, rules, contact, interactions, facts };
}

const formats = new Map<string, Intl.DateTimeFormat>();
function clock(at: Date, timeZone: string) {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
  return {
    hour: Number(parts['hour']) + Number(parts['minute']) / 60,
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts['weekday'] ?? '') + 1,
    day: `${parts['year']}-${parts['month']}-${parts['day']}`,
  };
}

/** Every rule that a recommendation breaks, in words. */
function broken(
  { now, rules, contact, interactions }: ReturnType<typeof drawn>,
  advice: ReachAdvice,
): string[] {
  const found: string[] = [];
  const wrong = (is: boolean, what: string): void => {
    if (is) found.push(what);
  };
  const week = interactions.filter(
    (i) => i.direction === 'outbound' && i.at.getTime() > now.getTime() - 7 * DAY,
  ).length;
  const noPhone = (contact.phone ?? '').trim() === '';
  const noMail = (contact.email ?? '') === '';
  for (const { channel } of advice.ranked) {
    wrong(contact.consent[channel] === 'denied', 'a refused channel');
    wrong(
      rules.explicitConsent.includes(channel) && contact.consent[channel] !== 'granted',
      'no explicit consent',
    );
    wrong(channel === 'email' && contact.emailOptOut, 'opted out');
    wrong(channel === 'email' && noMail, 'no mailbox');
    wrong(['phone', 'sms', 'whatsapp'].includes(channel) && noPhone, 'no number');
    wrong(channel === 'meeting' && noPhone && noMail, 'nowhere to invite to');
    wrong(week >= rules.touchesPerWeek, 'over the cap');
  }
  for (const { channel, code } of advice.blocked) {
    const consent = contact.consent[channel];
    const byRule: Record<BlockCode, boolean> = {
      consent_denied: consent === 'denied' || (channel === 'email' && contact.emailOptOut),
      consent_missing: rules.explicitConsent.includes(channel) && consent !== 'granted',
      no_address:
        channel === 'email'
          ? noMail
          : channel === 'meeting'
            ? noPhone && noMail
            : ['phone', 'sms', 'whatsapp'].includes(channel) && noPhone,
      touch_cap: week >= rules.touchesPerWeek,
      quiet_hours: true,
    };
    const first = ORDER.find((rule) => byRule[rule]);
    wrong(code !== first, `${channel} blocked by ${code}, not ${first}`);
    wrong(code === 'quiet_hours' && advice.ranked.length > 0, 'quiet for one, open for another');
  }
  const shown = [...advice.ranked, ...advice.blocked].map((c) => c.channel);
  wrong(new Set(shown).size !== CHANNELS.length || shown.length !== CHANNELS.length, 'lost one');
  wrong(advice.ranked.length > 0 !== (advice.nextContactAt !== null), 'a channel without an hour');
  if (advice.nextContactAt === null || advice.nextContactUntil === null) return found;
  const start = new Date(advice.nextContactAt);
  const last = new Date(new Date(advice.nextContactUntil).getTime() - 60_000);
  wrong(start.getTime() < now.getTime() + 3_600_000, 'too soon');
  wrong(last.getTime() <= start.getTime(), 'ends before it starts');
  for (const at of [start, last]) {
    const { hour, weekday, day } = clock(at, advice.timeZone);
    const { fromHour, toHour } = rules.quietHours;
    const quiet =
      fromHour <= toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
    wrong(quiet, `quiet at ${hour}`);
    wrong(hour < rules.businessHours.fromHour || hour >= rules.businessHours.toHour, 'closed');
    wrong(!rules.businessDays.includes(weekday), 'a day off');
    wrong(rules.holidays.includes(day), 'a holiday');
  }
  if (contact.timeZone !== null && contact.timeZone !== 'Nowhere/City')
    wrong(advice.timeZone !== contact.timeZone, 'another zone');
  const { choice } = advice;
  wrong(choice === null || choice.propensity <= 0 || choice.propensity > 1, 'no propensity');
  wrong(rules.explorationShare === 0 && choice?.explored === true, 'explored unasked');
  return found;
}

it(`no advice breaks a rule in ${RUNS} draws`, { timeout: 600_000 }, () => {
  let advised = 0;
  for (let run = 0; run < RUNS; run++) {
    const draw = drawn();
    const advice = adviseReach(fitted(), draw.facts, [], draw.rules, draw.now);
    const found = broken(draw, advice);
    if (found.length > 0)
      throw new Error(`draw ${run}: ${found.join(', ')}: ${JSON.stringify(draw)}`);
    advised += advice.ranked.length > 0 ? 1 : 0;
  }
  // Otherwise the rules would only be kept by saying nothing.
  expect(advised).toBeGreaterThan(0.15 * RUNS);
});

it('explores as often as it says, the same way all week, and never beyond one in ten', () => {
  const rules = { ...DEFAULT_REACH_RULES, explorationShare: 0.9, explicitConsent: [] };
  const monday = new Date('2026-03-02T09:00:00Z');
  const at = (id: number, now: Date) => {
    const contact = person(recordId(id + 1));
    return adviseReach(
      pooled,
      { contact, interactions: [], deals: [], lineItems: [], tickets: [], feedback: [] },
      [],
      rules,
      now,
    );
  };
  let explored = 0;
  const n = 3000;
  for (let id = 0; id < n; id++) {
    const advice = at(id, monday);
    if (advice.choice?.explored) explored++;
    const friday = at(id, new Date('2026-03-06T09:00:00Z'));
    expect(friday.ranked[0]?.channel).toBe(advice.ranked[0]?.channel);
    const among = advice.ranked.length;
    const best = Math.max(...advice.ranked.map((c) => c.chance)) === advice.ranked[0]?.chance;
    expect(advice.choice?.propensity).toBeCloseTo(0.1 / among + (best ? 0.9 : 0), 12);
  }
  const expected = 0.1 * (1 - 1 / CHANNELS.length);
  expect(Math.abs(explored / n - expected)).toBeLessThan(0.02);
});
