/** The difference of two policies on logs whose choice chances and reply chances are known. */
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/ml/random.ts';
import { type ChannelDecision, policyValue } from '../../../src/models/policy-value.ts';

const CHANNELS = ['phone', 'email', 'sms', 'meeting'] as const;
const all = CHANNELS.map((_, c) => c);

/** Reps keep to one channel per contact; the advice leaves the single channel for one contact in `every`. */
function log(random: Random, contacts: number, every: number) {
  const decisions: ChannelDecision[] = [];
  let truth = 0;
  for (let unit = 0; unit < contacts; unit++) {
    const chance = all.map(() => 0.05 + 0.6 * random.next());
    const predicted = chance.map((p) =>
      Math.min(0.95, Math.max(0.05, p + 0.3 * random.next() - 0.2)),
    );
    const habit = random.int(CHANNELS.length);
    const propensity = all.map((c) => (c === habit ? 0.76 : 0.08));
    const recommended = random.int(every) === 0 ? 1 + random.int(3) : 0;
    for (let touches = 1 + random.int(8); touches > 0; touches--) {
      let u = random.next();
      let taken = 0;
      while (taken < CHANNELS.length - 1 && u > (propensity[taken] ?? 0))
        u -= propensity[taken++] ?? 0;
      const answered = random.next() < (chance[taken] ?? 0);
      decisions.push({ unit, taken, answered, propensity, predicted, recommended, single: 0 });
      truth += (chance[recommended] ?? 0) - (chance[0] ?? 0);
    }
  }
  return { decisions, truth: truth / decisions.length };
}

describe('advice minus the best single channel', () => {
  it.each([
    [60, 2],
    [150, 4],
    [100, 10],
  ])(
    'covers the truth of 930 among 1,000 logs of %i contacts, differing for one in %i',
    (contacts, every) => {
      const random = createRandom(contacts + every);
      let covered = 0;
      for (let run = 0; run < 1000; run++) {
        const { decisions, truth } = log(random, contacts, every);
        const found = policyValue(decisions, CHANNELS, 'phone')?.versusSingle.difference;
        const low = found?.low ?? Number.NEGATIVE_INFINITY;
        const high = found?.high ?? Number.POSITIVE_INFINITY;
        covered += low <= truth && truth <= high ? 1 : 0;
      }
      expect(covered).toBeGreaterThanOrEqual(930);
    },
  );

  it('has hardly an upper or lower end where a single contact tells the two apart', () => {
    const decisions = Array.from({ length: 200 }, (_, unit): ChannelDecision => {
      const differs = unit === 7;
      return {
        unit,
        taken: differs ? 1 : 0,
        answered: unit % 3 === 0,
        propensity: [0.5, 0.5],
        predicted: [0.3, 0.4],
        recommended: differs ? 1 : 0,
        single: 0,
      };
    });
    const found = policyValue(decisions, ['phone', 'email'], 'phone')?.versusSingle;
    const { estimate = 0, low, high } = found?.difference ?? {};
    expect(found?.verdict).toBe('cannot_tell');
    // One contact's worth of evidence: Student's t with one degree of freedom.
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(20 * Math.abs(estimate));
  });
});
