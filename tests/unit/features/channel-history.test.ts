import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, dayPartAt } from '../../../src/core/channel.ts';
import { recordId } from '../../../src/core/ids.ts';
import type { Deal, Interaction } from '../../../src/core/record.ts';
import { tally, touches, touches7d } from '../../../src/features/channel-history.ts';
import { localDayPart } from '../../../src/features/day-part.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { purchases } from '../../../src/features/purchases.ts';
import { person } from '../models/simulated-portal.ts';

const RULES = { defaultTimeZone: 'UTC' };
const ASOF = new Date('2026-03-31T12:00:00Z');
const day = (n: number): Date => new Date(ASOF.getTime() - n * 86_400_000);
let next = 1;
const mail = (daysAgo: number, direction: 'outbound' | 'inbound'): Interaction => ({
  kind: 'email',
  id: recordId(next++),
  createdAt: day(daysAgo),
  updatedAt: day(daysAgo),
  links: [],
  channel: 'email',
  direction,
  at: day(daysAgo),
  answered: null,
  text: '',
});
const facts = (
  interactions: readonly Interaction[],
  deals: readonly Deal[] = [],
): ContactFacts => ({
  contact: person(),
  interactions,
  deals,
  lineItems: [],
  tickets: [],
  feedback: [],
});
const outcomes = (list: readonly Interaction[]): boolean[] =>
  touches(facts(list), ASOF, RULES).map((t) => t.answered);

describe('who answered which e-mail', () => {
  it('credits a reply to the last e-mail before it, within 7 days', () => {
    expect(outcomes([mail(30, 'outbound'), mail(28, 'outbound'), mail(27, 'inbound')])).toEqual([
      false,
      true,
    ]);
    expect(outcomes([mail(30, 'outbound'), mail(22, 'inbound')])).toEqual([false]);
    expect(outcomes([mail(30, 'outbound'), mail(23, 'inbound')])).toEqual([true]);
    expect(outcomes([mail(31, 'inbound'), mail(30, 'outbound')])).toEqual([false]);
  });

  it('leaves a young e-mail out until the reply or the end of the window', () => {
    expect(outcomes([mail(3, 'outbound')])).toEqual([]);
    expect(touches(facts([mail(3, 'outbound'), mail(2, 'inbound')]), ASOF, RULES)).toMatchObject([
      { answered: true, settled: false },
    ]);
    expect(outcomes([mail(7, 'outbound')])).toEqual([false]);
  });

  it('takes the outcome of calls as recorded and skips the unknown', () => {
    const call = (answered: boolean | null): Interaction => ({
      ...mail(20, 'outbound'),
      kind: 'call',
      channel: 'phone',
      answered,
    });
    expect(outcomes([call(true), call(false), call(null)])).toEqual([true, false]);
  });

  it('counts cells and the touches of a week', () => {
    const list = [
      mail(30, 'outbound'),
      mail(2, 'outbound'),
      mail(1, 'outbound'),
      mail(1, 'inbound'),
    ];
    expect(touches7d(facts(list), ASOF)).toBe(2);
    expect(
      tally(touches(facts([mail(30, 'outbound'), mail(20, 'outbound')]), ASOF, RULES)),
    ).toEqual([{ channel: 'email', dayPart: 'midday', tried: 2, answered: 0 }]);
  });
});

describe('point in time', () => {
  it('nothing after asOf changes any feature', () => {
    const arbitrary = fc.array(
      fc.record({
        daysAgo: fc.double({ min: -20, max: 60, noNaN: true }),
        inbound: fc.boolean(),
        channel: fc.constantFrom(...CHANNELS),
        answered: fc.option(fc.boolean()),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(arbitrary, (drawn) => {
        const all = drawn.map(
          (d): Interaction => ({
            ...mail(d.daysAgo, d.inbound ? 'inbound' : 'outbound'),
            channel: d.channel,
            answered: d.channel === 'email' ? null : d.answered,
          }),
        );
        const won = all.map(
          (i): Deal => ({
            kind: 'deal',
            id: i.id,
            createdAt: i.at,
            updatedAt: i.at,
            links: [],
            name: '',
            amount: 10,
            stage: 'won',
            closedAt: i.at,
          }),
        );
        const past = all.filter((i) => i.at <= ASOF);
        const pastWon = won.filter((d) => d.closedAt !== null && d.closedAt <= ASOF);
        const full = facts(all, won);
        const cut = facts(past, pastWon);
        expect(touches(full, ASOF, RULES)).toEqual(touches(cut, ASOF, RULES));
        expect(purchases(full, ASOF)).toEqual(purchases(cut, ASOF));
        expect(touches7d(full, ASOF)).toBe(touches7d(cut, ASOF));
      }),
    );
  });
});

describe('day part', () => {
  it('equals the slow way in every zone, clock changes included', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        fc.constantFrom(
          'Europe/Lisbon',
          'America/New_York',
          'Asia/Shanghai',
          'Asia/Kolkata',
          'UTC',
        ),
        (at, zone) => {
          expect(localDayPart(at, zone)).toBe(dayPartAt(at, zone));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('money', () => {
  it('takes line items where a deal has no amount', () => {
    const deal: Deal = {
      kind: 'deal',
      id: recordId(5),
      createdAt: day(40),
      updatedAt: day(40),
      links: [],
      name: '',
      amount: null,
      stage: 'won',
      closedAt: day(40),
    };
    const item = {
      kind: 'line_item' as const,
      id: recordId(6),
      createdAt: day(40),
      updatedAt: day(40),
      links: [{ kind: 'deal' as const, id: recordId(5) }],
      name: 'seat',
      sku: null,
      quantity: 3,
      price: 20,
    };
    const known = purchases({ ...facts([], [deal]), lineItems: [item] }, ASOF);
    expect(known).toEqual([{ at: day(40), amount: 60 }]);
    expect(purchases(facts([], [deal]), ASOF)).toEqual([]);
  });
});
