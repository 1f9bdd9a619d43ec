/** The parts that may only object: expected purchases and texts on what came later, and groups without a contest. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import type { Ticket } from '../../../src/core/record.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { factsAsOf } from '../../../src/features/facts-as-of.ts';
import { pastOf } from '../../../src/features/past.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { judgeText, judgeValue, segmentsVerdict } from '../../../src/models/challenge-parts.ts';
import type { PortalModels } from '../../../src/models/portal-models.ts';
import { fitTextModels } from '../../../src/models/text-models.ts';
import type { TrainingInput } from '../../../src/models/train-portal.ts';
import { fitValue } from '../../../src/models/value.ts';
import { contact, deal, later, ticket } from '../../support/builders.ts';
import { AS_OF } from './simulated-portal.ts';

const DAY = 86_400_000;
const THEN = new Date(AS_OF.getTime() - 60 * DAY);
const input = (contacts: readonly ContactFacts[], tickets: readonly Ticket[]): TrainingInput => ({
  contacts,
  tickets,
  feedback: [],
  rules: DEFAULT_REACH_RULES,
  asOf: AS_OF,
  seed: 1,
});
/** Only the parts that are judged here. */
const models = (over: Partial<PortalModels>, asOf: Date): PortalModels =>
  ({ value: null, text: null, report: { asOf: asOf.toISOString() }, ...over }) as PortalModels;

describe('expected purchases', () => {
  const random = createRandom(9);
  const people = Array.from({ length: 400 }, (_, i): ContactFacts => {
    const gap = 15 + 60 * random.next();
    const deals = [];
    for (let day = -700 + 400 * random.next(); day < 0; day += gap * (0.4 + 1.2 * random.next())) {
      const closedAt = later(day * DAY, AS_OF);
      const createdAt = later(-5 * DAY, closedAt);
      deals.push(deal(i * 100 + deals.length, i, { createdAt, closedAt, amount: 80 }));
    }
    const createdAt = later(-800 * DAY, AS_OF);
    return {
      contact: contact(i, { createdAt }),
      interactions: [],
      deals,
      lineItems: [],
      tickets: [],
      feedback: [],
    };
  });
  const valueAt = (at: Date) => {
    const pasts = people.flatMap((f) => {
      const then = factsAsOf(f, at);
      return then === null ? [] : [pastOf(then, at, DEFAULT_REACH_RULES)];
    });
    return fitValue(pasts, at, 1);
  };
  const known = valueAt(THEN);
  const now = models({ value: valueAt(AS_OF) }, AS_OF);

  test('a champion that expects twenty times too much is found out', () => {
    if (known === null) throw new Error('no value model');
    const { purchases } = known;
    const bgNbd = { ...purchases.bgNbd, r: purchases.bgNbd.r * 20 };
    const wild = { ...known, purchases: { ...purchases, kind: 'bg_nbd' as const, bgNbd } };
    const verdict = judgeValue(input(people, []), models({ value: wild }, THEN), now);
    expect(verdict).toMatchObject({ part: 'value', outcome: 'better' });
    expect(verdict.rows).toBeGreaterThan(300);
    expect(verdict.difference?.high).toBeLessThan(0);
  });

  test('the same recipe on a little more data does not object', () => {
    const verdict = judgeValue(input(people, []), models({ value: known }, THEN), now);
    expect(['better', 'not_worse', 'cannot_tell']).toContain(verdict.outcome);
  });

  test('nothing to lose without a champion; worse without a challenger; untold on no later day', () => {
    const none = models({}, THEN);
    const held = models({ value: known }, THEN);
    expect(judgeValue(input(people, []), none, now).outcome).toBe('nothing_to_lose');
    expect(judgeValue(input(people, []), held, none).outcome).toBe('worse');
    expect(judgeValue(input(people, []), now, now).outcome).toBe('cannot_tell');
  });
});

describe('texts', () => {
  const WHAT = ['lamp', 'desk', 'invoice', 'parcel', 'app', 'chair', 'screen', 'order', 'account'];
  const WHERE = ['kitchen', 'office', 'hall', 'shop', 'portal', 'garage', 'studio', 'clinic'];
  const SAID = ['is broken and nobody answers', 'would be nicer with one more drawer'];
  const random = createRandom(4);
  const tickets = (turned: boolean) =>
    Array.from({ length: 200 }, (_, i): Ticket => {
      const kind = i % 2;
      const pick = (list: readonly string[]) => list[random.int(list.length)] ?? '';
      const text = `The ${pick(WHAT)} in our ${pick(WHERE)} ${SAID[kind]} since the ${pick(WHAT)} came to the ${pick(WHERE)}.`;
      const label = (kind === 0) !== turned ? ('problem' as const) : ('suggestion' as const);
      return {
        ...ticket(i, i, { createdAt: later(-(200 - i) * DAY, AS_OF) }),
        subject: '',
        category: null,
        priority: null,
        humanType: [label],
        text,
      };
    });
  /** Here people call a complaint a suggestion, and the reverse: only their own labels teach that. */
  const right = tickets(true);
  const isEarly = (t: Ticket): boolean => t.createdAt < THEN;
  const text = (rows: readonly Ticket[]) => fitTextModels(rows, [], 1);

  test('a champion that has not learnt how this portal labels loses to one that has; one that has does not', () => {
    const now = models({ text: text(right) }, AS_OF);
    const turned = models({ text: text(tickets(false).filter(isEarly)) }, THEN);
    const verdict = judgeText(input([], right), turned, now);
    expect(verdict.rows).toBeGreaterThanOrEqual(30);
    expect(verdict.challenger).toBeLessThan(verdict.champion ?? 0);
    const same = models({ text: text(right.filter(isEarly)) }, THEN);
    expect(judgeText(input([], right), same, now).outcome).not.toBe('worse');
    expect(judgeText(input([], []), same, now).outcome).toBe('cannot_tell');
    expect(judgeText(input([], right), models({}, THEN), now).outcome).toBe('nothing_to_lose');
  });
});

test('groups are not compared, and never hold a successor back', () => {
  expect(segmentsVerdict(null, null)).toMatchObject({ outcome: 'no_contest', difference: null });
});
