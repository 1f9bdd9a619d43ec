/** Large portals are judged on a sample: every contact as likely as any other, the same ones each time. */
import { expect, it } from 'vitest';
import { CHANNELS, DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { tally, touches } from '../../../src/features/channel-history.ts';
import { judgePolicy } from '../../../src/models/channel-decisions.ts';
import { observables } from '../../../src/models/channel-design.ts';
import { fitChannelModel } from '../../../src/models/channel-fit.ts';
import { contactSample } from '../../../src/models/contact-sample.ts';
import { AS_OF, simulatePortal } from './simulated-portal.ts';

it('draws whole contacts alike, in their order, the same for the same seed', () => {
  const contacts = Array.from({ length: 40 }, (_, i) => i);
  const drawn = new Array<number>(40).fill(0);
  for (let seed = 1; seed <= 2000; seed++) {
    const sample = contactSample(contacts, 10, seed);
    expect(new Set(sample).size).toBe(10);
    expect([...sample].sort((a, b) => a - b)).toEqual(sample);
    for (const i of sample) drawn[i] = (drawn[i] ?? 0) + 1;
  }
  // Binomial with chance 1/4: five standard errors are 97 of 2,000.
  for (const n of drawn) expect(Math.abs(n - 500)).toBeLessThan(97);
  expect(contactSample(contacts, 10, 7)).toEqual(contactSample(contacts, 10, 7));
  expect(contactSample(contacts, 40, 7)).toBe(contacts);
});

it('judges 3,000 contacts of a larger portal, by an interval that counts those only', () => {
  const { facts } = simulatePortal(200, 3);
  const histories = facts.map((f) => ({
    facts: f,
    touches: touches(f, AS_OF, DEFAULT_REACH_RULES).filter((t) => t.settled),
  }));
  const model = fitChannelModel(
    histories.map((h) => ({
      observed: observables(h.facts.contact),
      tallies: tally(h.touches),
    })),
    1,
  );
  if (model === null) throw new Error('the simulated portal has too few touches');
  const few = histories.map((h) => ({ ...h, touches: h.touches.slice(-1) }));
  const many = Array.from({ length: 3400 }, (_, i) => few[i % few.length]).filter(
    (h) => h !== undefined,
  );
  const report = judgePolicy(model, many, 0, DEFAULT_REACH_RULES, 1);
  expect(report?.contacts).toBe(3000);
  expect(report?.touches).toBe(3000);
  expect(CHANNELS).toContain(report?.bestSingle);
});
