/** The drift alarm on simulated portals: quiet while nothing changes, and names the field on the day it does. */
import { describe, expect, test } from 'vitest';
import { CHANNELS, DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import type { Deal, Interaction, Ticket } from '../../../src/core/record.ts';
import { type ContactFacts, DAY_MS } from '../../../src/features/facts.ts';
import { factsAsOf } from '../../../src/features/facts-as-of.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { checkDrift, driftReference } from '../../../src/models/drift.ts';
import { call, contact, deal, later, ticket } from '../../support/builders.ts';

const START = new Date('2026-01-05T00:00:00Z');
const QUARTER = 91;
const day = (n: number) => later(n * DAY_MS, START);

/**
 * 300 people over 400 days of past and a quarter of future: about 80 touches on a working day, few
 * at weekends, a channel mix that wanders from week to week, seasonal answers, a new person every other day.
 */
function simulate(seed: number): ContactFacts[] {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)] as T;
  const people = Array.from({ length: 300 }, (_, i) => ({
    contact: contact(i, {
      createdAt: day(i < 150 ? -600 : -400 + Math.floor(random.next() * (400 + QUARTER))),
      lifecycle: pick(['lead', 'opportunity', 'customer']),
      language: pick(['en', 'en', 'zh-cn']),
      traits: {
        country: pick(['DE', 'US', 'CN', 'PT']),
        source: pick(['ads', 'fair', 'referral']),
      },
    }),
    interactions: [] as Interaction[],
    deals: [] as Deal[],
    lineItems: [],
    tickets: [] as Ticket[],
    feedback: [],
  }));
  let id = 1;
  let favourite = 0;
  for (let n = -400; n < QUARTER; n++) {
    const weekday = day(n).getUTCDay();
    if (weekday === 1) favourite = random.int(CHANNELS.length);
    const touches = weekday === 0 || weekday === 6 ? 6 : 70 + random.int(25);
    for (let t = 0; t < touches; t++) {
      const person = pick(people);
      if (person.contact.createdAt > day(n)) continue;
      const channel = random.next() < 0.15 ? (CHANNELS[favourite] ?? 'phone') : pick(CHANNELS);
      const at = later((7 + 11 * random.next()) * 3_600_000, day(n));
      const rate = 0.35 + 0.04 * Math.sin(n / 15);
      person.interactions.push(
        call(id++, 0, {
          at,
          createdAt: at,
          channel,
          direction: random.next() < 0.2 ? 'inbound' : 'outbound',
          answered: random.next() < rate,
        }),
      );
    }
    for (let d = 0; d < 3; d++) {
      const person = pick(people);
      const amount = Math.round(Math.exp(5 + random.next() * 2));
      person.deals.push(deal(id++, 0, { createdAt: day(n - 20), closedAt: day(n), amount }));
      person.tickets.push(
        ticket(id++, 0, { createdAt: day(n), category: pick(['BILLING', 'PRODUCT', 'OTHER']) }),
      );
    }
  }
  // Laid out person by person, as rows read from a database are: 182 days walk over all of them.
  return people.map((p) => ({
    ...p,
    interactions: p.interactions.map((i) => ({ ...i, at: new Date(i.at) })),
  }));
}

/** More with RAPPORT_DRIFT_QUARTERS; one takes a few seconds. */
const QUARTERS = Number(process.env['RAPPORT_DRIFT_QUARTERS'] ?? 2);
const SEEDS = Array.from({ length: QUARTERS }, (_, i) => i + 1);
const portals = SEEDS.map((seed) => {
  const facts = simulate(seed);
  const past = facts.flatMap((f) => factsAsOf(f, START) ?? []);
  return { facts, reference: driftReference(past, DEFAULT_REACH_RULES, START) };
});
const alarmsOn = (n: number, facts: readonly ContactFacts[], portal = portals[0]): string[] => {
  if (portal === undefined) throw new Error('no portal');
  const known = facts.flatMap((f) => factsAsOf(f, day(n)) ?? []);
  return checkDrift(portal.reference, known, DEFAULT_REACH_RULES, day(n))
    .filter((d) => d.moved)
    .map((d) => d.field);
};

test(
  'at most one false alarm a quarter, over quarters of nothing but chance',
  () => {
    const alarms = portals.map(
      ({ facts }, p) =>
        Array.from({ length: QUARTER }, (_, n) => alarmsOn(n + 1, facts, portals[p])).filter(
          (a) => a.length > 0,
        ).length,
    );
    console.log('alarm days per quarter', alarms);
    expect(Math.max(...alarms)).toBeLessThanOrEqual(1);
    expect(alarms.reduce((a, b) => a + b, 0) / alarms.length).toBeLessThanOrEqual(0.5);
  },
  QUARTERS * 150_000,
);

describe('an injected change is caught the next morning, by name', () => {
  const at = 45;
  const { facts } = portals[0] ?? { facts: [] };
  const touched = (change: (i: Interaction) => Interaction) =>
    facts.map((f) => ({
      ...f,
      interactions: f.interactions.map((i) => (i.at >= day(at) ? change(i) : i)),
    }));
  const cases: [string, string, readonly ContactFacts[]][] = [
    [
      'a field of the record is emptied',
      'country',
      facts.map((f) => ({ ...f, contact: { ...f.contact, traits: {} } })),
    ],
    [
      'a field gets other words',
      'lifecycle',
      facts.map((f) => ({
        ...f,
        contact: { ...f.contact, lifecycle: `new_${f.contact.lifecycle}` },
      })),
    ],
    [
      'amounts come in cents',
      'spent',
      facts.map((f) => ({
        ...f,
        deals: f.deals.map((d) => ({ ...d, amount: (d.amount ?? 0) * 100 })),
      })),
    ],
    [
      'every touch is logged as e-mail',
      'touch_channel',
      touched((i) => ({ ...i, channel: 'email' })),
    ],
    [
      'answers are no longer recorded',
      'touch_answered',
      touched((i) => ({ ...i, answered: false })),
    ],
    [
      'times lose their hour',
      'touch_day_part',
      touched((i) => ({
        ...i,
        at: later(20 * 3_600_000, new Date(i.at.toISOString().slice(0, 10))),
      })),
    ],
  ];
  test.each(cases)('%s: %s', (_, field, changed) => {
    expect(alarmsOn(at, facts)).toEqual([]);
    expect(alarmsOn(at + 1, changed)).toContain(field);
  });
});

test('a portal too small to tell is not tested, and never alarms', () => {
  const few = (portals[0]?.facts ?? []).slice(0, 20);
  const reference = driftReference(few, DEFAULT_REACH_RULES, START);
  expect(reference.fields.filter((f) => f.kind === 'people')).toEqual([]);
  expect(checkDrift(reference, [], DEFAULT_REACH_RULES, day(1))).toEqual([]);
});
