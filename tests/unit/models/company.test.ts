/** Companies rolled up from their people: stated rules, exact sums, and unknown where nothing is known. */
import { describe, expect, test } from 'vitest';
import type { ContactScore, Mood } from '../../../src/core/score.ts';
import { type ContactFacts, DAY_MS } from '../../../src/features/facts.ts';
import {
  type CompanyPerson,
  healthScore,
  scoreCompany,
} from '../../../src/models/company-score.ts';
import { moodOf, recentMessages, voiceOf } from '../../../src/models/voice.ts';
import { call, contact, deal, later, lineItem, ticket } from '../../support/builders.ts';
import { AS_OF } from './simulated-portal.ts';

const ago = (days: number) => later(-days * DAY_MS, AS_OF);
const person = (
  id: number,
  over: Partial<ContactFacts> = {},
  score: Partial<ContactScore> | null = {},
): CompanyPerson => ({
  facts: {
    contact: contact(id),
    interactions: [],
    deals: [],
    lineItems: [],
    tickets: [],
    feedback: [],
    ...over,
  },
  topics: new Map(),
  score:
    score === null
      ? null
      : {
          status: 'ready',
          segment: null,
          value: null,
          risk: null,
          reach: null,
          offer: null,
          heldOut: null,
          voice: null,
          modelVersion: 'm',
          ...score,
        },
});
const answered = (id: number, days: number) => call(id, 1, { at: ago(days) });
const value = (expected12m: number, low: number, high: number) => ({
  value: { band: 'mid' as const, expected12m, low, high, base: 0, reasons: [] },
});

describe('health', () => {
  test('two engaged people and a fresh purchase are healthy; the points add up', () => {
    const { health } = scoreCompany(
      [
        person(1, { interactions: [answered(1, 5)], deals: [deal(1, 1, { closedAt: ago(20) })] }),
        person(2, { interactions: [answered(2, 80)] }),
      ],
      AS_OF,
      'm',
    );
    expect(health?.band).toBe('healthy');
    expect(health?.total).toBe(2);
    expect(health?.reasons.reduce((sum, r) => sum + r.effect, 0)).toBe(health?.total);
  });

  test('silence, three open cases and a negative mood put it at risk, each with its count', () => {
    const cases = [1, 2, 3].map((n) => ticket(n, 1, { createdAt: ago(n) }));
    const voice = { sentiment90d: 'negative', messages90d: 3, openFeedback: 3 } as const;
    const { health, topIssue, sentiment90d } = scoreCompany(
      [
        person(
          1,
          {
            interactions: [answered(1, 120), answered(2, 130), answered(3, 140), answered(4, 150)],
            tickets: cases.map((c) => ({ ...c, category: 'BILLING_ISSUE' })),
          },
          { voice },
        ),
      ],
      AS_OF,
      'm',
    );
    expect(health).toMatchObject({ band: 'at_risk', total: -5 });
    const params = Object.fromEntries(health?.reasons.map((r) => [r.code, r.params]) ?? []);
    expect(params['company_engaged']).toEqual({ engaged: 0, people: 1 });
    expect(params['company_answers']).toEqual({ now: 0, before: 4 });
    expect(params['company_open_cases']).toEqual({ open: 3 });
    expect([topIssue, sentiment90d]).toEqual([{ category: 'BILLING_ISSUE', cases: 3 }, 'negative']);
  });

  test.each([
    [[-6, -5, -2], 0, 32],
    [[-1], 33, 65],
    [[0, 2, 3], 66, 100],
  ])('%j points take the colour of their band on the host’s circle', (totals, from, to) => {
    const scores = totals.map(healthScore);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(new Set(scores).size).toBe(totals.length);
    for (const score of scores) {
      expect(Number.isInteger(score)).toBe(true);
      expect(score).toBeGreaterThanOrEqual(from);
      expect(score).toBeLessThanOrEqual(to);
    }
  });

  test('nothing recorded is unknown, not healthy', () => {
    expect(scoreCompany([person(1)], AS_OF, 'm').health).toBeNull();
    expect(scoreCompany([], AS_OF, 'm')).toMatchObject({ status: 'no_data', engaged90d: null });
  });
});

test('value adds up, its interval grows with the root; people without a score count for nothing', () => {
  const { value12m } = scoreCompany(
    [person(1, {}, value(100, 70, 140)), person(2, {}, value(200, 160, 230)), person(3, {}, null)],
    AS_OF,
    'm',
  );
  expect(value12m).toEqual({ expected: 300, low: 250, high: 350 });
});

test('one engaged person is single-threaded; people left out are not looked at', () => {
  const one = person(1, { interactions: [answered(1, 5)] });
  const out = person(2, {
    contact: contact(2, { doNotScore: true }),
    interactions: [answered(2, 5)],
  });
  expect(scoreCompany([one, out], AS_OF, 'm')).toMatchObject({
    people: 1,
    engaged90d: 1,
    singleThreaded: true,
  });
  expect(scoreCompany([out], AS_OF, 'm').status).toBe('excluded');
});

describe('mood', () => {
  const cases: [Mood[], Mood | null][] = [
    [[], null],
    [['neutral'], 'neutral'],
    [['negative', 'neutral', 'neutral'], 'negative'],
    [['negative', 'positive'], 'mixed'],
    [['positive', 'positive', 'negative'], 'positive'],
    [['mixed'], 'mixed'],
  ];
  test.each(cases)('%j is %s', (moods, mood) => expect(moodOf(moods)).toBe(mood));

  test('only messages of 90 days and of known sentiment count; open cases count whatever their age', () => {
    const { facts } = person(1, {
      tickets: [
        ticket(1, 1, { createdAt: ago(89) }),
        ticket(2, 1, { createdAt: ago(91) }),
        ticket(3, 1, { createdAt: later(DAY_MS, AS_OF), open: false }),
      ],
    });
    expect(recentMessages(facts, AS_OF).tickets).toEqual(['1']);
    const text = {
      status: 'ready',
      language: 'en',
      type: null,
      types: [],
      topic: null,
      entities: [],
      evidence: null,
      sentimentEvidence: null,
      urgency: null,
      reasons: [],
      modelVersion: 'm',
    } as const;
    expect(
      voiceOf(facts, [
        { ...text, sentiment: { label: 'very_positive', confidence: 0.8 } },
        { ...text, sentiment: null },
      ]),
    ).toEqual({ sentiment90d: 'positive', messages90d: 2, openFeedback: 2 });
  });
});

test('the churn band is the highest among those who carry half of the spend, not of everybody', () => {
  const risk = (band: 'high' | 'rising' | 'normal', chance: number) => ({
    risk: { band, chance, usual: 0.2, days: 90, base: 0, reasons: [], before: null },
  });
  const people = [
    person(1, {}, { ...value(420, 400, 600), ...risk('normal', 0.1) }),
    person(2, {}, { ...value(400, 300, 500), ...risk('rising', 0.3) }),
    person(3, {}, { ...value(200, 1, 300), ...risk('high', 0.9) }),
  ];
  expect(scoreCompany(people, AS_OF, 'm').churn).toEqual({
    band: 'rising',
    contactId: '2',
    of: 2,
  });
  const [, , small] = people;
  expect(scoreCompany(small === undefined ? [] : [small], AS_OF, 'm').churn?.band).toBe('high');
  expect(scoreCompany([person(1)], AS_OF, 'm').churn).toBeNull();
});

test('a company’s next offer is owned by none of its people, blocked for nobody it counts, and held out from nobody', () => {
  const offer = (sku: string, chance: number, blocked: 'open_problem' | null = null) => ({
    offer: {
      sku,
      name: `Article ${sku}`,
      basis: 'rule' as const,
      because: null,
      chance,
      usual: 0.1,
      lift: chance / 0.1,
      count: 3,
      n: 9,
      blocked,
    },
  });
  const owns = (sku: string) => ({
    deals: [deal(7, 1, { closedAt: ago(20) })],
    lineItems: [{ ...lineItem(1, 7), sku }],
  });
  const next = (people: readonly CompanyPerson[]) => scoreCompany(people, AS_OF, 'm').nextOffer;
  expect(next([person(1, {}, offer('A', 0.3)), person(2, {}, offer('B', 0.2))])?.sku).toBe('A');
  expect(next([person(1, {}, offer('A', 0.3)), person(2, owns('A'), offer('B', 0.2))])).toEqual({
    sku: 'B',
    name: 'Article B',
    people: 1,
  });
  expect(next([person(1, {}, offer('A', 0.3, 'open_problem'))])).toBeNull();
  expect(next([person(1, {}, { ...offer('A', 0.3), heldOut: true })])).toBeNull();
});

test('the top issue is the topic where it is known, and each case counts once', () => {
  const cases = [1, 2, 3].map((n) => ({
    ...ticket(n, 1, { createdAt: ago(n) }),
    category: 'OTHER_CATEGORY',
  }));
  const topics = new Map([
    ['1', 'billing'],
    ['2', 'billing'],
  ]);
  const [first, second] = [1, 2].map((id) => ({ ...person(id, { tickets: cases }), topics }));
  if (first === undefined || second === undefined) throw new Error('two people');
  expect(scoreCompany([first, second], AS_OF, 'm').topIssue).toEqual({
    category: 'billing',
    cases: 2,
  });
});
