/** Win chances against a known truth: recovered, calibrated, explained exactly, and blind to the future. */
import { describe, expect, test } from 'vitest';
import type { Deal } from '../../../src/core/record.ts';
import {
  type DealFacts,
  dealVector,
  longestSilence,
  silentDays,
} from '../../../src/features/deal.ts';
import { DAY_MS } from '../../../src/features/facts.ts';
import { logit, sigmoid } from '../../../src/ml/linear/logistic-regression.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { chanceOf } from '../../../src/models/deal-fit.ts';
import { fitDealModel } from '../../../src/models/deal-model.ts';
import { winChance } from '../../../src/models/deal-score.ts';
import { call, contact, deal, later } from '../../support/builders.ts';
import { AS_OF } from './simulated-portal.ts';

interface Drawn {
  readonly facts: DealFacts;
  /** True log-odds of winning, given the person's earlier purchases. */
  readonly eta: number;
}

/** logit P(won) = −0.3 + 1.2·(bought before) + noise-free; answers follow the outcome only after the close. */
function drawDeals(n: number, seed: number): Drawn[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i): Drawn => {
    const begun = later(-random.int(500) * DAY_MS - 40 * DAY_MS, AS_OF);
    const closed = later((5 + random.int(30)) * DAY_MS, begun);
    const before = random.int(3);
    const eta = -1.2 + 1.4 * Math.log1p(before);
    const won = random.next() < sigmoid(eta);
    const own: Deal = deal(i * 10 + 1, i, {
      createdAt: begun,
      closedAt: closed,
      stage: won ? 'won' : 'lost',
      amount: 100 + random.int(900),
    });
    const earlier = Array.from({ length: before }, (_, k) =>
      deal(i * 10 + 2 + k, i, {
        createdAt: later(-90 * DAY_MS, begun),
        closedAt: later(-60 * DAY_MS, begun),
      }),
    );
    // A thank-you call after every won deal: a leak for whoever looks past the moment.
    const calls = won ? [call(i, i, { at: later(DAY_MS, closed) })] : [];
    const facts = {
      contact: contact(i, { createdAt: later(-100 * DAY_MS, begun) }),
      interactions: calls,
      deals: [...earlier, own],
      lineItems: [],
      tickets: [],
      feedback: [],
    };
    return { facts: { deal: own, contacts: [facts] }, eta };
  });
}

const never = (): never => {
  throw new Error('there is none');
};
const drawn = drawDeals(600, 3);
const model = fitDealModel(
  drawn.map((d) => d.facts),
  AS_OF,
  1,
);
if (model?.kind !== 'fitted') throw new Error('not fitted');

describe('the fitted model', () => {
  test('finds the true chance of unseen deals to 0.06 on average, and is no better than the truth', () => {
    const fresh = drawDeals(400, 4);
    const errors = fresh.map(({ facts, eta }) => {
      const at = later(DAY_MS, facts.deal.createdAt);
      return Math.abs(chanceOf(model, dealVector(facts, at).values) - sigmoid(eta));
    });
    expect(errors.reduce((a, b) => a + b, 0) / errors.length).toBeLessThan(0.06);
    const { test: held } = model.report;
    expect(held?.logLoss).toBeLessThan(held?.baselineLogLoss ?? 0);
    expect(held?.ece).toBeLessThan(0.1);
    expect(held?.auc).toBeLessThan(0.8);
  });

  test('its 90 % interval holds the true chance of most unseen deals', () => {
    const fresh = drawDeals(400, 5);
    const held = fresh.filter(({ facts, eta }) => {
      const open = { ...facts, deal: { ...facts.deal, stage: 'open' as const, closedAt: null } };
      const { low, high } = winChance(model, open, later(DAY_MS, facts.deal.createdAt));
      return low <= sigmoid(eta) && sigmoid(eta) <= high;
    });
    expect(held.length / fresh.length).toBeGreaterThan(0.85);
  });

  test('base and effects are the chance’s log-odds, to 1e-9', () => {
    for (const { facts } of drawn) {
      const win = winChance(model, facts, AS_OF);
      const sum = win.reasons.reduce((s, r) => s + r.effect, win.base);
      expect(Math.abs(sum - logit(win.chance))).toBeLessThan(1e-9);
      expect(win.low).toBeLessThanOrEqual(win.chance);
      expect(win.high).toBeGreaterThanOrEqual(win.chance);
    }
  });

  test('says whether it beats the usual rate, and how boosted trees did on the same later deals', () => {
    const held = model.report.test;
    expect(held?.verdict).toBe('better');
    expect(held?.difference.high).toBeLessThan(0);
    expect(held?.boosting.logLoss).toBeGreaterThan(0);
    const { low = 0, high = 0, estimate = 0 } = held?.boosting.difference ?? {};
    expect(low).toBeLessThanOrEqual(estimate);
    expect(high).toBeGreaterThanOrEqual(estimate);
    expect(winChance(model, drawn[0]?.facts ?? never(), AS_OF).better).toBe(true);
  });

  test.each([1, 2, 3])(
    'outcomes that nothing foretells are “not better than the usual rate” (%i)',
    (seed) => {
      const random = createRandom(seed);
      const coin = drawDeals(400, seed).map(({ facts }) => {
        const stage = random.next() < 0.5 ? ('won' as const) : ('lost' as const);
        const own = { ...facts.deal, stage };
        const [person] = facts.contacts;
        if (person === undefined) return never();
        return { deal: own, contacts: [{ ...person, interactions: [], deals: [own] }] };
      });
      const fitted = fitDealModel(coin, AS_OF, 1);
      expect(fitted?.report.test?.verdict).toBe('not_better');
      if (fitted === null || coin[0] === undefined) return never();
      const win = winChance(fitted, coin[0], AS_OF);
      expect(win.better).toBe(false);
      if (fitted.kind === 'rate') expect(win).toMatchObject({ chance: win.usual, reasons: [] });
    },
  );

  test('same input and seed, same bytes', () => {
    const again = fitDealModel(
      drawn.map((d) => d.facts),
      AS_OF,
      1,
    );
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
  });
});

describe('with few outcomes', () => {
  const some = (won: number, lost: number) =>
    Array.from({ length: won + lost }, (_, i): DealFacts => {
      const createdAt = later(-50 * DAY_MS, AS_OF);
      const closedAt = later(-10 * DAY_MS, AS_OF);
      const stage = i < won ? 'won' : 'lost';
      return { deal: deal(i, i, { createdAt, closedAt, stage }), contacts: [] };
    });

  test('nothing closed: no model; nine lost: the rate with a wide interval, and no reasons', () => {
    expect(fitDealModel([], AS_OF, 1)).toBeNull();
    const rate = fitDealModel(some(20, 9), AS_OF, 1);
    expect(rate?.kind).toBe('rate');
    if (rate === null) return;
    const [open] = some(1, 0);
    if (open === undefined) return;
    const win = winChance(rate, open, AS_OF);
    expect(win).toMatchObject({ chance: 21 / 31, band: 'strong', reasons: [], won: 20, lost: 9 });
    expect(win.high - win.low).toBeGreaterThan(0.25);
    expect(fitDealModel(some(3, 2), AS_OF, 1)?.stalledAfterDays).toBeNull();
  });

  test('a deal closed after the as-of is no outcome', () => {
    expect(fitDealModel(some(20, 20), later(-20 * DAY_MS, AS_OF), 1)).toBeNull();
  });
});

describe('a deal’s features', () => {
  const begun = later(-30 * DAY_MS, AS_OF);
  const open = deal(1, 7, { createdAt: begun, closedAt: null, stage: 'open', amount: null });
  const facts: DealFacts = {
    deal: open,
    contacts: [
      {
        contact: contact(7),
        interactions: [
          call(1, 7, { at: later(-40 * DAY_MS, AS_OF) }),
          call(2, 7, { at: later(-12 * DAY_MS, AS_OF), answered: false }),
          call(3, 7, { at: later(DAY_MS, AS_OF) }),
        ],
        deals: [open, deal(2, 7, { closedAt: later(2 * DAY_MS, AS_OF) })],
        lineItems: [],
        tickets: [],
        feedback: [],
      },
    ],
  };

  test('F63 look at nothing later than the moment', () => {
    const vector = dealVector(facts, AS_OF);
    const value = (name: string) => vector.values[vector.names.indexOf(name)] ?? Number.NaN;
    expect(Math.expm1(value('silence'))).toBeCloseTo(12, 6);
    expect(Math.expm1(value('age'))).toBeCloseTo(30, 6);
    expect(Math.expm1(value('touches_30d'))).toBeCloseTo(1, 6);
    expect(value('answers_30d')).toBe(0);
    expect(value('bought_before')).toBe(0);
    expect(value('amount_unknown')).toBe(1);
  });

  test('silence is counted from the last touch, or from the begin where there was none since', () => {
    expect(silentDays(facts, AS_OF)).toBeCloseTo(12, 9);
    expect(silentDays({ ...facts, contacts: [] }, AS_OF)).toBeCloseTo(30, 9);
    expect(longestSilence(facts, AS_OF)).toBeCloseTo(18, 9);
  });
});
