import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, DAY_PARTS, DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { tally, touches } from '../../../src/features/channel-history.ts';
import { logit, sigmoid } from '../../../src/ml/linear/logistic-regression.ts';
import { channelChances } from '../../../src/models/channel.ts';
import { observables } from '../../../src/models/channel-design.ts';
import { fitChannelModel } from '../../../src/models/channel-fit.ts';
import { evaluateChannel } from '../../../src/models/channel-report.ts';
import { AS_OF, person, SIMULATED, simulatePortal } from './simulated-portal.ts';

type Simulated = (typeof SIMULATED)[number];

const portal = simulatePortal(2000, 1);
const known = portal.facts.map((facts) => ({
  facts,
  touches: touches(facts, AS_OF, DEFAULT_REACH_RULES),
}));
const counted = known.map((k) => ({
  observed: observables(k.facts.contact),
  tallies: tally(k.touches),
}));
const model = fitChannelModel(counted, 1);
if (model?.kind !== 'pooled') throw new Error('the simulated portal is large enough to pool');
const advice = counted.map(({ observed, tallies }) => channelChances(model, observed, tallies));

describe('recovery of a known truth', () => {
  const chanceOf = (i: number, channel: Simulated): number =>
    DAY_PARTS.reduce((s, part) => s + sigmoid(portal.truth[i]?.[channel][part] ?? 0), 0) /
    DAY_PARTS.length;
  const mean = (of: (i: number) => number): number =>
    portal.truth.reduce((s, _, i) => s + of(i), 0) / portal.truth.length;
  const bestOf = (i: number): Simulated =>
    SIMULATED.reduce((a, b) => (chanceOf(i, b) > chanceOf(i, a) ? b : a));
  const regret = (pick: (i: number) => Simulated): number =>
    mean((i) => chanceOf(i, bestOf(i)) - chanceOf(i, pick(i)));
  const hit = (pick: (i: number) => Simulated): number =>
    mean((i) => (pick(i) === bestOf(i) ? 1 : 0));
  const tried = (channel: Simulated): number =>
    known.reduce((n, k) => n + k.touches.filter((t) => t.channel === channel).length, 0);
  const common = SIMULATED.reduce((a, b) => (tried(b) > tried(a) ? b : a));
  const ours = (i: number): Simulated =>
    [...(advice[i] ?? [])].sort((a, b) => b.chance - a.chance)[0]?.channel as Simulated;
  const last = (i: number): Simulated =>
    (known[i]?.touches.filter((t) => t.answered).at(-1)?.channel as Simulated) ?? common;

  it('beats the most common channel and the last one that got a reply by half the regret', () => {
    expect(regret(ours)).toBeLessThan(0.5 * regret(last));
    expect(regret(ours)).toBeLessThan(0.5 * regret(() => common));
    expect(hit(ours)).toBeGreaterThan(0.45);
    expect(hit(ours)).toBeGreaterThan(hit(last) + 0.15);
  });

  it('has intervals that hold the truth about as often as they say', () => {
    let inside = 0;
    let n = 0;
    advice.forEach((chances, i) => {
      for (const c of chances) {
        const truth = sigmoid(portal.truth[i]?.[c.channel as Simulated][c.dayPart] ?? 0);
        if (truth >= c.low && truth <= c.high) inside++;
        n++;
      }
    });
    expect(inside / n).toBeGreaterThan(0.93);
    expect(inside / n).toBeLessThan(0.97);
  });

  it('foresees later touches better than the rates, and well calibrated', () => {
    const report = evaluateChannel(known, 1)?.report;
    expect(report?.model.logLoss).toBeLessThan((report?.baseline.logLoss ?? 0) - 0.02);
    expect(report?.model.auc).toBeGreaterThan(report?.baseline.auc ?? 1);
    expect(report?.model.ece).toBeLessThan(0.05);
  });
});

describe('a chance', () => {
  it('is taken apart without remainder, and lies in its interval', () => {
    const cells = fc.uniqueArray(
      fc.record({
        channel: fc.constantFrom(...CHANNELS),
        dayPart: fc.constantFrom(...DAY_PARTS),
        tried: fc.integer({ min: 1, max: 30 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 12, selector: (c) => `${c.channel}${c.dayPart}` },
    );
    fc.assert(
      fc.property(
        cells,
        fc.constantFrom('lead', 'customer', 'strange', null),
        (drawn, lifecycle) => {
          const own = drawn.map((c) => ({ ...c, answered: Math.round(c.share * c.tried) }));
          const contact = observables(
            person(undefined, undefined, lifecycle, 'en', { industry: 'food' }),
          );
          for (const c of channelChances(model, contact, own)) {
            const sum = c.reasons.reduce((s, r) => s + r.effect, c.base);
            expect(Math.abs(sum - logit(c.chance))).toBeLessThan(1e-9);
            expect(c.low).toBeLessThanOrEqual(c.chance);
            expect(c.high).toBeGreaterThanOrEqual(c.chance);
          }
        },
      ),
    );
  });

  it('calls itself personal only with enough of the contact’s own outcomes', () => {
    const contact = {
      lifecycle: 'lead',
      language: 'en',
      jobLevel: 'manager',
      industry: 'food',
      source: 'fair',
    };
    const advised = (tried: number) =>
      channelChances(model, contact, [
        { channel: 'phone', dayPart: 'morning', tried, answered: Math.floor(tried / 2) },
      ]).find((c) => c.channel === 'phone');
    expect(advised(1)?.evidence).toBe('similar');
    expect(advised(12)?.evidence).toBe('personal');
    expect(channelChances(model, {}, [])[0]?.evidence).toBe('everyone');
    const width = (n: number) => (advised(n)?.high ?? 0) - (advised(n)?.low ?? 0);
    expect(width(30)).toBeLessThan(width(2));
  });

  it('comes from fitted rates while there are fewer than 50 touches', () => {
    const few = fitChannelModel(counted.slice(0, 3), 1);
    expect(few?.kind).toBe('rates');
    for (const c of few ? channelChances(few, {}, []) : []) {
      expect(c).toMatchObject({ evidence: 'everyone', reasons: [] });
      expect(c.base).toBeCloseTo(logit(c.chance), 12);
    }
    expect(fitChannelModel([], 1)).toBeNull();
  });
});
