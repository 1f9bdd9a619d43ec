/** The holdout draw, and the stop rule under monthly looks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { recordId } from '../../../src/core/ids.ts';
import { contactValues, SHOWN_PROPERTIES_OF_HOLDOUT } from '../../../src/flows/property-values.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { alwaysValid } from '../../../src/ml/stats/always-valid.ts';
import { drawnOut, isUrgent, periodOf, withHoldout } from '../../../src/models/holdout.ts';
import { type Month, overallUplift, upliftReport } from '../../../src/models/uplift.ts';
import { call, contact, ticket } from '../../support/builders.ts';

const channel = {
  channel: 'phone',
  dayPart: 'morning',
  chance: 0.4,
  low: 0.3,
  high: 0.5,
  usual: 0.3,
  evidence: 'personal',
  tried: 5,
  answered: 2,
  base: 0,
  reasons: [],
} as const;
const advised = {
  status: 'ready',
  segment: null,
  value: null,
  risk: null,
  reach: {
    ranked: [channel],
    blocked: [],
    nextContactAt: '2026-11-24T09:00:00.000Z',
    nextContactUntil: '2026-11-24T11:00:00.000Z',
    timeZone: 'UTC',
    touches7d: 0,
    choice: null,
  },
  offer: null,
  heldOut: null,
  voice: null,
  modelVersion: 'reach-1',
} as const;

describe('the draw', () => {
  const out = (share: number, period = '2026-11') =>
    Array.from({ length: 20_000 }, (_, i) => drawnOut('hubspot:1', String(i), period, share));

  it('holds out its share, alike every time and anew every month', () => {
    const drawn = out(0.1);
    const share = drawn.filter(Boolean).length / drawn.length;
    expect(share).toBeGreaterThan(0.093);
    expect(share).toBeLessThan(0.107);
    expect(out(0.1)).toEqual(drawn);
    const both = out(0.1, '2026-12').filter((o, i) => o && drawn[i]).length;
    expect(both / drawn.length).toBeLessThan(0.015);
    expect(out(0).some(Boolean)).toBe(false);
    // A larger share keeps those who were out.
    expect(out(0.2).every((o, i) => o || !drawn[i])).toBe(true);
  });

  it('knows the month in UTC', () => {
    expect(periodOf(new Date('2026-10-31T23:59:59Z'))).toBe('2026-10');
  });
});

describe('who takes part', () => {
  it('never a consent block, an exclusion or an urgent case, and nobody without advice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ready', 'learning', 'consent_blocked', 'excluded', 'no_data', 'error'),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (status, drawn, urgent, hasAdvice) => {
          const score = {
            ...advised,
            status: status as 'ready',
            reach: hasAdvice ? advised.reach : { ...advised.reach, ranked: [] },
          };
          const found = withHoldout(score, drawn, 0.1, urgent);
          const takesPart = (status === 'ready' || status === 'learning') && !urgent && hasAdvice;
          expect(found.heldOut).toBe(takesPart ? drawn : null);
          expect(found.status).toBe(takesPart && drawn ? 'holdout' : status);
        },
      ),
    );
    expect(isUrgent(ticket(1, 1, { priority: 'urgent' }), null)).toBe(true);
    expect(isUrgent(ticket(1, 1), 'now')).toBe(true);
    expect(isUrgent(ticket(1, 1, { priority: 'urgent', open: false }), 'now')).toBe(false);
  });

  it('writes nothing of the advice, only that it is held back', () => {
    const values = contactValues(withHoldout(advised, true, 0.1, false), new Date());
    for (const [name, value] of Object.entries(values))
      if (!SHOWN_PROPERTIES_OF_HOLDOUT.has(name)) expect(value, name).toBeNull();
    expect(values).toMatchObject({ rapport_status: 'holdout', rapport_holdout: 'true' });
    expect(contactValues(withHoldout(advised, false, 0.1, false), new Date())).toMatchObject({
      rapport_best_channel: 'phone',
      rapport_holdout: 'false',
    });
  });
});

describe('the monthly uplift', () => {
  it('counts people who replied in their month after they were exposed', () => {
    const at = new Date('2026-01-05T00:00:00Z');
    const facts = (id: number, ...days: string[]) => ({
      contact: contact(id),
      interactions: days.map((day, i) => call(id * 10 + i, id, { at: new Date(day) })),
      deals: [],
      lineItems: [],
      tickets: [],
      feedback: [],
    });
    const exposed = (contactId: number, arm: 'shown' | 'holdout', period = '2026-01') => ({
      contactId: recordId(contactId),
      period,
      arm,
      at,
    });
    const report = upliftReport(
      [
        facts(1, '2026-01-10T09:00:00Z', '2026-01-11T09:00:00Z'),
        facts(2, '2026-01-02T09:00:00Z', '2026-02-02T09:00:00Z'),
        facts(3, '2026-01-20T09:00:00Z'),
        facts(4),
      ],
      [
        exposed(1, 'shown'),
        exposed(2, 'shown'),
        exposed(3, 'holdout'),
        exposed(4, 'holdout'),
        exposed(4, 'shown', '2026-03'),
        exposed(99, 'shown'),
      ],
      new Date('2026-03-05T00:00:00Z'),
      DEFAULT_REACH_RULES,
    );
    expect(report?.months).toEqual([
      expect.objectContaining({
        period: '2026-01',
        shown: { people: 2, replied: 1 },
        holdout: { people: 2, replied: 1 },
      }),
    ]);
    expect(report?.verdict).toBe('cannot_tell');
    expect(upliftReport([], [exposed(1, 'shown')], at, DEFAULT_REACH_RULES)).toBeNull();
  });

  const trial = (difference: number, seed: number, runs: number) => {
    const random = createRandom(seed);
    const replied = (people: number, rate: number): number => {
      let n = 0;
      for (let i = 0; i < people; i++) n += random.next() < rate ? 1 : 0;
      return n;
    };
    let stopped = 0;
    let naive = 0;
    for (let run = 0; run < runs; run++) {
      const months: Month[] = [];
      let told = false;
      let peeked = false;
      for (let m = 0; m < 12; m++) {
        const people = { shown: 450, holdout: 50 };
        months.push({
          period: `2026-${String(m + 1).padStart(2, '0')}`,
          shown: { people: people.shown, replied: replied(people.shown, 0.25 + difference) },
          holdout: { people: people.holdout, replied: replied(people.holdout, 0.25) },
        });
        told ||= overallUplift(months).verdict !== 'cannot_tell';
        const sum = (arm: 'shown' | 'holdout', what: 'people' | 'replied') =>
          months.reduce((total, month) => total + month[arm][what], 0);
        const [n, k] = [sum('shown', 'people'), sum('holdout', 'people')];
        const [p, q] = [sum('shown', 'replied') / n, sum('holdout', 'replied') / k];
        const error = Math.sqrt((p * (1 - p)) / n + (q * (1 - q)) / k);
        peeked ||= Math.abs(p - q) > 1.96 * error;
      }
      stopped += told ? 1 : 0;
      naive += peeked ? 1 : 0;
    }
    return { stopped: stopped / runs, naive: naive / runs };
  };

  it('A/A: 12 monthly looks call a difference in at most 5 % of 1,000 trials, plain intervals in far more', () => {
    const { stopped, naive } = trial(0, 5, 1000);
    expect(stopped).toBeLessThanOrEqual(0.05);
    expect(naive).toBeGreaterThan(0.1);
  });

  it('finds a difference that is there', () => {
    expect(trial(0.12, 6, 100).stopped).toBeGreaterThan(0.8);
  });

  it('is wider than a plain interval, and narrows', () => {
    const width = (error: number) => {
      const { low, high } = alwaysValid(0, error);
      return high - low;
    };
    expect(width(0.02)).toBeGreaterThan(2 * 1.96 * 0.02);
    expect(width(0.01)).toBeLessThan(width(0.02));
    expect(alwaysValid(0.1, Number.POSITIVE_INFINITY).low).toBe(Number.NEGATIVE_INFINITY);
  });
});
