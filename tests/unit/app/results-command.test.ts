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
