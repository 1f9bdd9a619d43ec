/** When people may be reached: local business hours, weekends and the two days a year that are no 24 hours long. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DAY_PART_HOURS,
  DAY_PARTS,
  DEFAULT_REACH_RULES,
  dayPartAt,
  nextSlot,
} from '../../../src/core/channel.ts';

const rules = DEFAULT_REACH_RULES;
const slot = (from: string, part: (typeof DAY_PARTS)[number], zone: string, given = rules) => {
  const found = nextSlot(new Date(from), part, zone, given);
  return found && [found.start.toISOString(), found.end.toISOString()];
};

describe('nextSlot', () => {
  test('later today, in the hours of the contact, not of the server', () => {
    expect(slot('2026-03-02T12:00:00Z', 'morning', 'America/New_York')).toEqual([
      '2026-03-02T14:00:00.000Z',
      '2026-03-02T16:00:00.000Z',
    ]);
    expect(slot('2026-03-02T12:00:00Z', 'morning', 'Asia/Shanghai')?.[0]).toBe(
      '2026-03-03T01:00:00.000Z',
    );
  });

  test('over the weekend to Monday, and where Friday is a day of rest, past that', () => {
    expect(slot('2026-03-06T18:30:00Z', 'morning', 'UTC')?.[0]).toBe('2026-03-09T09:00:00.000Z');
    const dubai = { ...rules, businessDays: [7, 1, 2, 3, 4] };
    expect(slot('2026-03-05T18:30:00Z', 'morning', 'UTC', dubai)?.[0]).toBe(
      '2026-03-08T09:00:00.000Z',
    );
  });

  test('leaves an hour to prepare', () => {
    expect(slot('2026-03-02T08:00:00Z', 'morning', 'UTC')?.[0]).toBe('2026-03-02T09:00:00.000Z');
    expect(slot('2026-03-02T08:00:01Z', 'morning', 'UTC')?.[0]).toBe('2026-03-02T09:15:00.000Z');
  });

  test('begins inside a part that runs, unless too little of it is left', () => {
    expect(slot('2026-03-02T09:20:00Z', 'morning', 'UTC')).toEqual([
      '2026-03-02T10:30:00.000Z',
      '2026-03-02T11:00:00.000Z',
    ]);
    expect(slot('2026-03-02T09:31:00Z', 'morning', 'UTC')?.[0]).toBe('2026-03-03T09:00:00.000Z');
  });

  test('nine in the morning stays nine when the clocks change', () => {
    const zone = 'Europe/Berlin';
    expect(slot('2026-03-27T20:00:00Z', 'morning', zone)?.[0]).toBe('2026-03-30T07:00:00.000Z');
    expect(slot('2026-10-23T20:00:00Z', 'morning', zone)?.[0]).toBe('2026-10-26T08:00:00.000Z');
    const everyDay = { ...rules, businessDays: [1, 2, 3, 4, 5, 6, 7] };
    expect(slot('2026-03-28T20:00:00Z', 'morning', zone, everyDay)).toEqual([
      '2026-03-29T07:00:00.000Z',
      '2026-03-29T09:00:00.000Z',
    ]);
  });

  test('business hours cut a part short, or leave nothing of it', () => {
    expect(slot('2026-03-02T00:00:00Z', 'early', 'UTC')).toEqual([
      '2026-03-02T08:00:00.000Z',
      '2026-03-02T09:00:00.000Z',
    ]);
    const short = { ...rules, businessHours: { fromHour: 9, toHour: 17 } };
    expect(slot('2026-03-02T00:00:00Z', 'evening', 'UTC', short)).toBeNull();
    expect(
      slot('2026-03-02T00:00:00Z', 'morning', 'UTC', { ...rules, businessDays: [] }),
    ).toBeNull();
  });

  test('always in the future, in the part, on a business day, whatever the zone', () => {
    const zones = [
      'UTC',
      'Pacific/Kiritimati',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Africa/Cairo',
    ];
    const at = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        at,
        fc.constantFrom(...DAY_PARTS),
        fc.constantFrom(...zones),
        (from, part, zone) => {
          const found = nextSlot(from, part, zone, rules);
          if (found === null) throw new Error('no slot');
          expect(found.start.getTime()).toBeGreaterThanOrEqual(from.getTime() + 3_600_000);
          expect(found.end.getTime()).toBeGreaterThan(found.start.getTime());
          expect(dayPartAt(found.start, zone)).toBe(part);
          const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: zone });
          expect(['Sat', 'Sun']).not.toContain(weekday.format(found.start));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('parts of the day follow each other without a gap, and nights count as the nearest', () => {
  const hours = DAY_PARTS.map((p) => DAY_PART_HOURS[p]);
  for (const [i, [from]] of hours.slice(1).entries()) expect(from).toBe(hours[i]?.[1]);
  const at = (hour: number) => dayPartAt(new Date(Date.UTC(2026, 2, 2, hour)), 'UTC');
  expect([0, 1, 2, 5, 6, 9, 11, 14, 17, 19, 20, 23].map(at)).toEqual([
    'evening',
    'evening',
    'early',
    'early',
    'early',
    'morning',
    'midday',
    'afternoon',
    'evening',
    'evening',
    'evening',
    'evening',
  ]);
});
