/**
 * Off-policy estimates of the channel advice on simulated logs whose truth is known. 24 logs by
 * default; `RAPPORT_POLICY_LOGS=1000 npx vitest run --project unit tests/unit/models/policy-coverage.test.ts`
 * measures what docs/models.md states.
 */
import { expect, it } from 'vitest';
import { CHANNELS, DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { tally, touches } from '../../../src/features/channel-history.ts';
import { sigmoid } from '../../../src/ml/linear/logistic-regression.ts';
import { splitByTime } from '../../../src/ml/split.ts';
import { channelDecisions } from '../../../src/models/channel-decisions.ts';
import { observables } from '../../../src/models/channel-design.ts';
import { fitChannelModel } from '../../../src/models/channel-fit.ts';
import { type Bounds, policyValue } from '../../../src/models/policy-value.ts';
import { AS_OF, type SIMULATED, simulatePortal } from './simulated-portal.ts';

const LOGS = Number(process.env['RAPPORT_POLICY_LOGS'] ?? 24);
const FIRST = Number(process.env['RAPPORT_POLICY_FIRST'] ?? 1);
const CONTACTS = 200;

/** One log from its own world: contacts, habits, effects and answers are all drawn anew. */
function judgeLog(seed: number) {
  const { facts, truth } = simulatePortal(CONTACTS, seed);
  const histories = facts.map((f) => ({
    facts: f,
    touches: touches(f, AS_OF, DEFAULT_REACH_RULES).filter((t) => t.settled),
  }));
  const { cutMs } = splitByTime(
    histories.flatMap((h) => h.touches.map((t) => t.at.getTime())),
    0.3,
  );
  const early = fitChannelModel(
    histories.map((h) => ({
      observed: observables(h.facts.contact),
      tallies: tally(h.touches.filter((t) => t.at.getTime() < cutMs)),
    })),
    seed,
  );
  if (early === null) throw new Error('the simulated portal has too few touches');
  const { decisions, channels, bestSingle } = channelDecisions(
    early,
    histories,
    cutMs,
    DEFAULT_REACH_RULES,
    seed,
  );
  const report = policyValue(decisions, channels, bestSingle);
  if (report === null) throw new Error('the simulated portal has no touches to judge');
  const chance = ({ unit, touch }: (typeof decisions)[number], channel: number): number =>
    sigmoid(
      truth[unit]?.[(channels[channel] ?? 'phone') as (typeof SIMULATED)[number]][touch.dayPart] ??
        0,
    );
  const mean = (value: (d: (typeof decisions)[number]) => number): number =>
    decisions.reduce((sum, d) => sum + value(d) / decisions.length, 0);
  return {
    report,
    logged: mean((d) => chance(d, d.taken)),
    recommended: mean((d) => chance(d, d.recommended)),
    single: mean((d) => chance(d, d.single)),
  };
}

const inside = ({ low, high }: Bounds, truth: number): number =>
  (low ?? Number.NEGATIVE_INFINITY) <= truth && truth <= (high ?? Number.POSITIVE_INFINITY) ? 1 : 0;

it(`intervals cover the truth of ${LOGS} simulated logs`, { timeout: 10_800_000 }, () => {
  const covered: Record<string, number> = {};
  const claims = { right: 0, wrong: 0 };
  const count = (name: string, hit: number): void => {
    covered[name] = (covered[name] ?? 0) + hit;
  };
  for (let seed = FIRST; seed < FIRST + LOGS; seed++) {
    const { report, logged, recommended, single } = judgeLog(seed);
    count('recommended ips', inside(report.recommended.ips, recommended));
    count('recommended snips', inside(report.recommended.snips, recommended));
    count('recommended dr', inside(report.recommended.dr, recommended));
    count('single ips', inside(report.single.ips, single));
    count('single snips', inside(report.single.snips, single));
    count('single dr', inside(report.single.dr, single));
    count('logged', inside(report.logged, logged));
    count('difference', inside(report.versusLogged.difference, recommended - logged));
    count('versus single', inside(report.versusSingle.difference, recommended - single));
    if (report.versusLogged.verdict === 'helps') claims[recommended > logged ? 'right' : 'wrong']++;
    expect(CHANNELS).toContain(report.bestSingle);
    const logs = seed - FIRST + 1;
    if (logs % 100 === 0) console.info(JSON.stringify({ logs, covered, claims }));
  }
  // 93 % of the logs, less three standard errors of so few of them.
  const least = LOGS * 0.93 - 3 * Math.sqrt(LOGS * 0.93 * 0.07) * (LOGS >= 500 ? 0 : 1);
  for (const [name, hits] of Object.entries(covered))
    expect(hits, name).toBeGreaterThanOrEqual(least);
  expect(claims.wrong).toBe(0);
});
