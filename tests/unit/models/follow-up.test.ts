/** Follow-up and priority from what really happened, against cases worked out by hand. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import type { FeedbackType, Interaction, Urgency } from '../../../src/core/record.ts';
import { DEFAULT_SERVICE_RULES, type FollowUp } from '../../../src/core/service.ts';
import { dueOf, followUp, isThanksOnly, type Turn, turnOf } from '../../../src/models/follow-up.ts';
import { lookAgainAt, priorityOf } from '../../../src/models/priority.ts';
import { AT, call, email, later, ref, ticket } from '../../support/builders.ts';

const HOUR = 3_600_000;
const at = (hours: number): Date => later(hours * HOUR);
const turn = (from: Turn['from'], hours: number, id = String(hours)): Turn => ({
  at: at(hours),
  from,
  ref: ref('email', id),
  repId: from === 'us' ? 'rep-7' : null,
});
const within =
  (hours: number) =>
  (since: Date): Date =>
    later(hours * HOUR, since);
const state = (turns: readonly Turn[], nowHours: number, hours: number | null = 8, open = true) =>
  followUp(
    ticket(1, 1, { open }),
    turns,
    'case',
    hours === null ? null : within(hours),
    at(nowHours),
  );

describe('follow-up', () => {
  test('nobody has answered: open until it is due, overdue from then on', () => {
    expect(state([], 7.9)).toMatchObject({ state: 'open', dueAt: at(8).toISOString() });
    expect(state([], 8)).toMatchObject({ state: 'overdue', waitingSince: AT.toISOString() });
  });

  test('answered: done, and by whom', () => {
    expect(state([turn('us', 2)], 100)).toMatchObject({
      state: 'done',
      answeredAt: at(2).toISOString(),
      answeredBy: { ref: ref('email', '2'), repId: 'rep-7' },
      cameBack: false,
      dueAt: null,
    });
  });

  test('the customer came back: it waits again, from the first message nobody answered', () => {
    const turns = [turn('us', 2), turn('customer', 5), turn('customer', 9)];
    expect(state(turns, 12)).toMatchObject({
      state: 'open',
      cameBack: true,
      waitingSince: at(5).toISOString(),
      dueAt: at(13).toISOString(),
      answeredAt: at(2).toISOString(),
    });
    expect(state([...turns, turn('us', 12.5)], 20)).toMatchObject({
      state: 'done',
      answeredAt: at(12.5).toISOString(),
    });
  });

  test('what was before the case, or has not happened yet, is no answer to it', () => {
    expect(state([turn('us', -1), turn('us', 30)], 5).state).toBe('open');
  });

  test('a case that people closed is done; one that needs no answer waits for nothing', () => {
    expect(state([], 100, 8, false).state).toBe('done');
    expect(state([], 100, null)).toMatchObject({ state: 'none', dueAt: null });
  });
});

describe('who spoke', () => {
  const from = (i: Interaction, said = 'It is still broken') => turnOf(i, said)?.from ?? null;

  test('mails by their direction; a bare thanks waits for nothing', () => {
    expect(from(email(1, []))).toBe('customer');
    expect(from(email(1, [], { direction: 'outbound' }))).toBe('us');
    expect(from(email(1, []), 'Thanks a lot!')).toBeNull();
  });

  test('calls by whether somebody was reached', () => {
    expect(from(call(1, 1, { answered: true }))).toBe('us');
    expect(from(call(1, 1, { answered: false }))).toBeNull();
    expect(from(call(1, 1, { answered: null }))).toBeNull();
    expect(from(call(1, 1, { answered: false, direction: 'inbound' }))).toBe('customer');
  });

  test.each([
    ['Thanks!', true],
    ['Ok, thank you very much.', true],
    ['Great, thanks for your quick reply!', true],
    ['谢谢！', true],
    ['好的，收到，谢谢您。', true],
    ['Thanks, but it still hums.', false],
    ['谢谢，但是还是不行', false],
    ['Thanks. When will it arrive?', false],
    ['OK so when do I get my money', false],
  ])('only thanks: %s → %s', (text, expected) => {
    expect(isThanksOnly(text)).toBe(expected);
  });
});

test('the due table is read from the top', () => {
  const due = DEFAULT_SERVICE_RULES.due;
  const time = DEFAULT_REACH_RULES;
  const monday = new Date('2026-03-02T08:00:00Z');
  const hoursOf = (type: FeedbackType | null, urgency: Urgency | null) =>
    (Number(dueOf(due, time, type, urgency)?.(monday)) - monday.getTime()) / HOUR;
  expect(hoursOf('problem', 'now')).toBe(1);
  expect(hoursOf('problem', 'today')).toBe(8);
  expect(hoursOf(null, null)).toBe(11);
  // Five days of eleven hours: the end of Friday.
  expect(hoursOf('praise', 'now')).toBe(4 * 24 + 11);
  const none = [{ type: 'praise', urgency: 'any', hours: null } as const];
  expect(dueOf(none, time, 'praise', null)).toBeNull();
  expect(dueOf([], time, 'problem', 'now')).toBeNull();
});

test('business hours wait for the business to open, unless the row counts day and night', () => {
  const saturday = new Date('2026-03-07T12:00:00Z');
  const row = { type: 'any', urgency: 'any', hours: 2 } as const;
  const due = (calendar: boolean) =>
    dueOf([{ ...row, calendar }], DEFAULT_REACH_RULES, 'problem', 'now')?.(saturday).toISOString();
  expect(due(false)).toBe('2026-03-09T10:00:00.000Z');
  expect(due(true)).toBe('2026-03-07T14:00:00.000Z');
});

describe('priority', () => {
  const rules = DEFAULT_SERVICE_RULES.priority;
  const open = (waited: number): [FollowUp, Date] => [state([], waited), at(waited)];

  test('urgency × value × waiting, worked out by hand', () => {
    // 0.75 × 0.85 × (0.4 + 0.6 × 4/8) = 0.44625
    const { score, parts } = priorityOf(rules, 'today', 'high', ...open(4));
    expect(score).toBe(45);
    expect(parts.map((p) => [p.factor, p.input, p.value])).toEqual([
      ['urgency', 'today', 0.75],
      ['value', 'high', 0.85],
      ['waiting', '4.0h', 0.7],
    ]);
  });

  test('the parts that are shown multiply to the score, whatever the weights', () => {
    const weighted = { ...rules, weights: { urgency: 2, value: 0, waiting: 0.5 } };
    const { score, parts } = priorityOf(weighted, 'this_week', 'low', ...open(2));
    const product = parts.reduce((all, p) => all * p.value ** p.weight, 100);
    expect(score).toBe(Math.round(product));
  });

  test('100 when a top customer waits too long for something that cannot wait; 0 when nobody waits', () => {
    expect(priorityOf(rules, 'now', 'top', ...open(50)).score).toBe(100);
    expect(priorityOf(rules, 'now', 'top', state([turn('us', 1)], 50), at(50)).score).toBe(0);
  });

  test('what is unknown has a factor of its own and says so', () => {
    const { parts } = priorityOf(rules, null, null, ...open(0));
    expect(parts.slice(0, 2).map((p) => [p.input, p.value])).toEqual([
      ['unknown', 0.5],
      ['unknown', 0.7],
    ]);
  });

  test('at the announced time the score has grown by five or the answer is due', () => {
    let now = 0;
    for (let looks = 0; looks < 40; looks++) {
      const waits = state([], now);
      const before = priorityOf(rules, 'now', 'top', waits, at(now));
      const next = lookAgainAt(rules, before, waits, at(now));
      if (next === null) break;
      const hours = (next.getTime() - AT.getTime()) / HOUR;
      expect(hours).toBeGreaterThan(now);
      const then = state([], hours);
      const after = priorityOf(rules, 'now', 'top', then, next);
      expect(after.score - before.score >= 4 || then.state === 'overdue').toBe(true);
      now = hours;
    }
    expect(state([], now).state).toBe('overdue');
  });
});
