/** Drivers of satisfaction: intervals that hold the truth, nothing read from the future, no effect where there is none. */
import { expect, test } from 'vitest';
import type { CaseService, caseService } from '../../../src/features/case-service.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { normalQuantile } from '../../../src/ml/stats/distributions.ts';
import { type RatedCase, ratedCases, satisfaction } from '../../../src/models/satisfaction.ts';
import { AT, call, contact, feedbackItem, later, ticket } from '../../support/builders.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Ratings from stated effects: −0.4 a doubling of the first response, −0.2 a touch, none of the rest. */
function simulate(n: number, seed: number): RatedCase[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const first = 2 ** (4 * random.next()) - 1;
    const solved = first + 2 ** (5 * random.next());
    const service: CaseService = {
      ticketId: String(i),
      openedAt: AT,
      firstResponseHours: first,
      resolutionHours: solved,
      touches: random.int(6),
      reopened: random.next() < 0.1,
      channel: random.next() < 0.5 ? 'phone' : 'email',
      topic: null,
    };
    const noise = normalQuantile(random.next() || 0.5) * 1.5;
    return { rating: 9 - 0.4 * Math.log2(1 + first) - 0.2 * service.touches + noise, service };
  });
}

test('the 95 % intervals hold the true effects in at least 93 % of simulated surveys', () => {
  const truth = new Map([
    ['first_response_doubling', -0.4],
    ['resolution_doubling', 0],
    ['touches', -0.2],
    ['reopened', 0],
  ]);
  let held = 0;
  let asked = 0;
  for (let seed = 1; seed <= 500; seed++)
    for (const { code, low, high } of satisfaction(simulate(120, seed)).drivers ?? []) {
      const effect = truth.get(code) ?? Number.NaN;
      asked += 1;
      if (low <= effect && effect <= high) held += 1;
    }
  expect(asked).toBe(2_000);
  expect(held / asked).toBeGreaterThanOrEqual(0.93);
  expect(held / asked).toBeLessThanOrEqual(0.97);
});

test('finds the real factors, and the share of false ones among those found stays below 5 %', () => {
  let falseShare = 0;
  let missed = 0;
  const surveys = 200;
  for (let seed = 1; seed <= surveys; seed++) {
    const { drivers, answers } = satisfaction(simulate(400, seed));
    expect(answers).toBe(400);
    const found = (drivers ?? []).filter((d) => d.q <= 0.05).map((d) => d.code);
    const real = found.filter((c) => c === 'first_response_doubling' || c === 'touches').length;
    missed += 2 - real;
    falseShare += found.length === 0 ? 0 : (found.length - real) / found.length / surveys;
  }
  expect(missed / (2 * surveys)).toBeLessThan(0.02);
  expect(falseShare).toBeLessThan(0.05);
});

test('says nothing with too few answers, and compares only groups that are large enough', () => {
  const few = satisfaction(simulate(40, 1));
  expect(few.drivers).toBeNull();
  expect(satisfaction([])).toMatchObject({ answers: 0, drivers: null, comparisons: [] });
  const [channels] = satisfaction(simulate(200, 3)).comparisons;
  expect(channels?.groups.map((g) => g.name)).toEqual(['email', 'phone']);
});

test('cases without an answer are told apart, not given hours', () => {
  const rated = simulate(200, 5).map((r, i) =>
    i % 4 === 0 ? { rating: r.rating - 3, service: { ...r.service, firstResponseHours: null } } : r,
  );
  const unanswered = satisfaction(rated).drivers?.find((d) => d.code === 'unanswered');
  expect(unanswered?.high).toBeLessThan(0);
});

const service = (...interactions: Parameters<typeof caseService>[0]['interactions']) => ({
  contact: contact(1),
  deals: [],
  lineItems: [],
  notes: [],
  tickets: [ticket(7, 1, { createdAt: AT })],
  feedback: [feedbackItem(3, 1, { rating: 8, at: later(5 * DAY) })],
  interactions,
});
const touch = (id: number, hours: number, direction: 'inbound' | 'outbound') =>
  call(id, 1, {
    at: later(hours * HOUR),
    direction,
    links: [
      { kind: 'contact', id: '1' as never },
      { kind: 'ticket', id: '7' as never },
    ],
  });

test('a rating belongs to the case before it, as it stood then; nothing later changes it', () => {
  const early = service(touch(11, 1, 'inbound'), touch(12, 3, 'outbound'));
  const [rated] = ratedCases(early, later(30 * DAY));
  expect(rated).toMatchObject({ rating: 8, service: { firstResponseHours: 3, touches: 2 } });
  const future = service(...early.interactions, touch(13, 200, 'outbound'));
  expect(ratedCases(future, later(30 * DAY))).toEqual([rated]);
  expect(ratedCases(early, later(2 * DAY))).toEqual([]);
  const old = { ...early, tickets: [ticket(7, 1, { createdAt: later(-90 * DAY) })] };
  expect(ratedCases(old, later(30 * DAY))).toEqual([]);
});
