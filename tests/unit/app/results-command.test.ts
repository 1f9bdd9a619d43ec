/** What `rapport results` prints: never a figure without its interval, and doubt in words. */
import { expect, test } from 'vitest';
import { printResults } from '../../../src/app/results-command.ts';
import { policyValue } from '../../../src/models/policy-value.ts';

const decisions = Array.from({ length: 40 }, (_, i) => ({
  unit: i,
  taken: i % 2,
  answered: i % 4 === 0,
  propensity: [0.5, 0.5],
  predicted: [0.4, 0.3],
  recommended: 0,
  single: 1,
}));
const results = {
  id: 'hubspot:1',
  name: 'Example',
  model: null,
  effectiveness: null,
  holdoutShare: 0.1,
  uplift: null,
  offers: null,
  satisfaction: null,
  kpis: null,
};

test('says that it cannot tell, and why', () => {
  const policy = policyValue(decisions, ['phone', 'email'], 'email');
  expect(policy?.versusLogged).toMatchObject({ verdict: 'cannot_tell', doubt: 'few' });
  const text = printResults([{ ...results, policy }]);
  expect(text).toContain('judged on    40 later touches of 40 contacts');
  expect(text).toMatch(/reps {9}25\.0 % \(\d+\.\d % to \d+\.\d %\) answered/);
  expect(text).toContain('we cannot tell yet, too few touches');
});

test('says so where there is nothing to judge', () => {
  expect(printResults([])).toBe('No account is connected yet.');
  expect(printResults([{ ...results, policy: null }])).toContain('too few touches to judge');
});

test('is right about a policy that was always followed', () => {
  const policy = policyValue(
    Array.from({ length: 200 }, (_, i) => ({
      unit: i,
      taken: i % 2,
      answered: i % 2 === 0,
      propensity: [0.5, 0.5],
      predicted: [0.9, 0.1],
      recommended: 0,
      single: 1,
    })),
    ['phone', 'email'],
    'email',
  );
  expect(policy?.versusLogged).toMatchObject({ verdict: 'helps', doubt: null });
  expect(policy?.recommended).toMatchObject({ agreement: 0.5, overlap: 'good' });
  expect(policy?.recommended.ips.estimate).toBeCloseTo(1, 9);
});

test('offers say whether they beat popularity, and the figures of service stand with their intervals', () => {
  const offers = {
    purchases: 300,
    rules: 12,
    heldOut: { n: 80, rules: 0.3, popularity: 0.25, low: -0.02, high: 0.12 },
    needs: {
      train: 200,
      test: 50,
      chosen: 'logistic_20',
      tried: [],
      later: {
        logLoss: 3.2,
        popularity: 3.1,
        difference: { estimate: 0.1, low: -0.1, high: 0.3 },
        verdict: 'not_better' as const,
      },
    },
  };
  const kpi = { code: 'csat', n: 40, value: 0.8, low: 0.65, high: 0.9, before: null } as const;
  const text = printResults([
    { ...results, policy: null, offers, kpis: { windowDays: 90, all: [kpi], segments: [] } },
  ]);
  expect(text).toContain('30.0 %, by popularity in 25.0 %');
  expect(text).toContain('not better than popularity');
  expect(text).toContain(
    'needs: logistic_20 is not better than the usual rate on 50 later articles',
  );
  expect(text).toMatch(/satisfied customers \(CSAT\) +80\.0 % \(65\.0 % to 90\.0 %\), n = 40/);
  const better = { ...offers, heldOut: { ...offers.heldOut, low: 0.01 } };
  expect(printResults([{ ...results, policy: null, offers: better }])).toContain(
    ': better than popularity',
  );
});
