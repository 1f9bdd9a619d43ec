/** Churn: learned from earlier windows only, calibrated on one, said with reasons and what moved. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { recordId } from '../../../src/core/ids.ts';
import type { Deal, Interaction } from '../../../src/core/record.ts';
import type { ContactScore } from '../../../src/core/score.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { pastOf } from '../../../src/features/past.ts';
import { logit } from '../../../src/ml/linear/logistic-regression.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { fitChurn, scoreChurn } from '../../../src/models/churn.ts';
import { withMovement } from '../../../src/models/movement.ts';
import { person } from './simulated-portal.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const DAY = 86_400_000;
const DAYS = 90;

/** Customers who write at a rate of their own until they leave, at a time of their own. */
function customers(size: number, seed: number): ContactFacts[] {
  const random = createRandom(seed);
  const wait = (mean: number): number => -mean * Math.log(1 - random.next());
  return Array.from({ length: size }, (_, i) => {
    const gap = 10 + 50 * random.next();
    const gone = random.next() < 0.5 ? wait(500) : Number.POSITIVE_INFINITY;
    const at = (age: number): Date => new Date(NOW.getTime() - 800 * DAY + age * DAY);
    const base = (age: number) => ({
      id: recordId(i * 1000 + Math.floor(age)),
      createdAt: at(age),
      updatedAt: at(age),
      links: [],
    });
    const interactions: Interaction[] = [];
    for (let age = wait(gap); age < Math.min(800, gone); age += wait(gap))
      interactions.push({
        ...base(age),
        kind: 'email',
        channel: 'email',
        direction: 'inbound',
        at: at(age),
        answered: null,
        text: '',
      });
    const deal: Deal = {
      ...base(1),
      kind: 'deal',
      name: '',
      amount: 100,
      stage: 'won',
      closedAt: at(1),
    };
    return {
      contact: person(recordId(i + 1)),
      interactions,
      deals: [deal],
      lineItems: [],
      tickets: [],
      feedback: [],
    };
  });
}
const facts = customers(900, 1);
const model = fitChurn(facts, NOW, DEFAULT_REACH_RULES, DAYS, 1);
if (model === null) throw new Error('no model');

describe('churn', () => {
  it('is better than the rate on a slice it never learned from, and calibrated', () => {
    expect(model.report?.customers).toBeGreaterThan(500);
    expect(model.report?.auc).toBeGreaterThan(0.9);
    expect(model.report?.logLoss).toBeLessThan((model.report?.baselineLogLoss ?? 0) * 0.7);
    expect(model.report?.ece).toBeLessThan(0.08);
  });

  it('adds up to 1e-9, in log-odds', () => {
    for (const one of facts.slice(0, 200)) {
      const risk = scoreChurn(model, pastOf(one, NOW, DEFAULT_REACH_RULES));
      const sum = risk?.reasons.reduce((s, r) => s + r.effect, risk.base) ?? 0;
      expect(Math.abs(sum - logit(risk?.chance ?? 0))).toBeLessThan(1e-9);
    }
  });

  it('learns the same whatever happens after the day asked about', () => {
    const later = facts.map((one) => ({
      ...one,
      interactions: [
        ...one.interactions,
        ...one.interactions.slice(0, 2).map((i) => ({ ...i, at: new Date(NOW.getTime() + DAY) })),
      ],
    }));
    expect(fitChurn(later, NOW, DEFAULT_REACH_RULES, DAYS, 1)).toEqual(model);
  });

  it('says nothing of those who never bought, and nothing at all from few', () => {
    const none = { ...facts[0]!, deals: [] };
    expect(scoreChurn(model, pastOf(none, NOW, DEFAULT_REACH_RULES))).toBeNull();
    expect(fitChurn(facts.slice(0, 30), NOW, DEFAULT_REACH_RULES, DAYS, 1)).toBeNull();
  });
});

describe('what moved', () => {
  const risk = scoreChurn(model, pastOf(facts[0]!, NOW, DEFAULT_REACH_RULES));
  const score = {
    status: 'ready',
    segment: null,
    value: null,
    reach: null,
    modelVersion: 'm',
    risk: { ...risk!, band: 'normal', chance: 0.3 },
  } as ContactScore;
  const lastMonth = (churnChance: number | null) => ({
    month: '2026-02',
    value12m: 1,
    churnChance,
  });

  it('makes a normal risk a rising one from 5 points on, never a high one', () => {
    expect(withMovement(score, lastMonth(0.24)).risk?.band).toBe('rising');
    expect(withMovement(score, lastMonth(0.26)).risk?.band).toBe('normal');
    expect(withMovement(score, lastMonth(null)).risk?.band).toBe('normal');
    expect(withMovement(score, null)).toBe(score);
    const high = { ...score, risk: { ...score.risk!, band: 'high' as const } };
    expect(withMovement(high, lastMonth(0.1)).risk?.band).toBe('high');
  });
});
