/** Open hours counted over nights, weekends, holidays and changes of the clock, against dates worked out by hand. */
import { expect, test } from 'vitest';
import { addBusinessHours, type BusinessTime } from '../../../src/core/business-time.ts';

const LISBON: BusinessTime = {
  businessHours: { fromHour: 9, toHour: 18 },
  businessDays: [1, 2, 3, 4, 5],
  holidays: [],
  defaultTimeZone: 'Europe/Lisbon',
};
const NIGHTS: BusinessTime = {
  businessHours: { fromHour: 0, toHour: 24 },
  businessDays: [1, 2, 3, 4, 5, 6, 7],
  holidays: [],
  defaultTimeZone: 'America/New_York',
};

test.each([
  ['within the day', '2026-01-14T10:00Z', 2, LISBON, '2026-01-14T12:00Z'],
  ['to the last minute of the day', '2026-01-14T10:00Z', 8, LISBON, '2026-01-14T18:00Z'],
  ['before opening', '2026-01-14T04:00Z', 1, LISBON, '2026-01-14T10:00Z'],
  ['after closing', '2026-01-14T20:00Z', 1, LISBON, '2026-01-15T10:00Z'],
  ['over a night', '2026-01-14T17:30Z', 2, LISBON, '2026-01-15T10:30Z'],
  ['over a weekend', '2026-01-16T17:00Z', 3, LISBON, '2026-01-19T11:00Z'],
  ['written on Sunday', '2026-01-18T11:00Z', 9, LISBON, '2026-01-19T18:00Z'],
  ['a week', '2026-01-12T09:00Z', 45, LISBON, '2026-01-16T18:00Z'],
  [
    'over a holiday',
    '2026-01-14T17:00Z',
    2,
    { ...LISBON, holidays: ['2026-01-15'] },
    '2026-01-16T10:00Z',
  ],
  ['over the weekend on which summer begins', '2026-03-27T17:00Z', 2, LISBON, '2026-03-30T09:00Z'],
  ['over the weekend on which it ends', '2026-10-23T16:00Z', 2, LISBON, '2026-10-26T10:00Z'],
  ['a day of 23 hours', '2026-03-08T05:00Z', 23, NIGHTS, '2026-03-09T04:00Z'],
  ['a day of 25 hours', '2026-11-01T04:00Z', 25, NIGHTS, '2026-11-02T05:00Z'],
  [
    'Sunday here is Monday in Shanghai',
    '2026-01-18T22:00Z',
    4,
    { ...LISBON, defaultTimeZone: 'Asia/Shanghai' },
    '2026-01-19T05:00Z',
  ],
  ['no open day', '2026-01-16T17:00Z', 3, { ...LISBON, businessDays: [] }, '2026-01-16T20:00Z'],
] as const)('%s', (_name, from, hours, rules, due) => {
  expect(addBusinessHours(new Date(from), hours, rules)).toEqual(new Date(due));
});
