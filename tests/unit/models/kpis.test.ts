/** KPIs: counted from what happened in the window, with intervals, and unknown instead of zero. */
import { expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { normalQuantile } from '../../../src/ml/stats/distributions.ts';
import { kpis, medianInterval } from '../../../src/models/kpis.ts';
import { AT, contact, deal, feedbackItem, later } from '../../support/builders.ts';

const DAY = 86_400_000;
const ago = (days: number): Date => later(-days * DAY);

const person = (id: number, over: object) => ({
  segment: id % 2 === 0 ? 'seg_01' : 'seg_02',
  touches: [],
  facts: {
    contact: contact(id),
    interactions: [],
    deals: [],
    lineItems: [],
    tickets: [],
    notes: [],
    feedback: [],
    ...over,
  },
});

test('shares and scores of the last 90 days, against the 90 before, for all and per segment', () => {
  const contacts = Array.from({ length: 40 }, (_, i) =>
    person(i, {
      deals: [
        deal(`1${i}`, i, { stage: i % 4 === 0 ? 'lost' : 'won', closedAt: ago(10) }),
        deal(`2${i}`, i, { stage: i % 2 === 0 ? 'lost' : 'won', closedAt: ago(100) }),
        deal(`3${i}`, i, { stage: 'won', closedAt: ago(400) }),
        deal(`4${i}`, i, { stage: 'won', closedAt: later(DAY) }),
      ],
      feedback: [
        feedbackItem(`5${i}`, i, {
          surveyType: 'NPS',
          rating: i < 20 ? 10 : i < 30 ? 7 : 2,
          at: ago(5),
        }),
        feedbackItem(`6${i}`, i, { surveyType: 'CES', rating: 1, at: ago(5) }),
      ],
    }),
  );
  const { all, segments } = kpis(contacts, AT, DEFAULT_REACH_RULES);
  const of = (code: string) => all.find((k) => k.code === code);
  expect(of('conversion')).toMatchObject({ n: 40, value: 0.75, before: { n: 40, value: 0.5 } });
  expect(of('conversion')?.before).toMatchObject({ difference: 0.25 });
  expect(of('conversion')?.before?.low).toBeGreaterThan(0);
  expect(of('nps')).toMatchObject({ n: 40, value: 25, before: null });
  expect(all.map((k) => k.code)).toEqual(['conversion', 'nps']);
  expect(segments.map((s) => [s.id, s.kpis[0]?.value])).toEqual([
    ['seg_01', 0.5],
    ['seg_02', 1],
  ]);
});

test('the interval of a median holds the true one in 93 to 99 of 100 samples', () => {
  const random = createRandom(3);
  let held = 0;
  for (let run = 0; run < 400; run++) {
    const { low, high } = medianInterval(
      Array.from({ length: 25 }, () => Math.exp(normalQuantile(random.next() || 0.5))),
    );
    if (low <= 1 && 1 <= high) held += 1;
  }
  expect(held / 400).toBeGreaterThanOrEqual(0.93);
  expect(held / 400).toBeLessThanOrEqual(0.99);
  expect(medianInterval([5])).toEqual({
    estimate: 5,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
  });
});
