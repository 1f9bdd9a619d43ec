/** Champion against challenger: what the interval must say before a model is replaced. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { factsAsOf } from '../../../src/features/facts-as-of.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { challenge, decide } from '../../../src/models/challenge.ts';
import { judge, MARGIN } from '../../../src/models/judge-part.ts';
import { type PairedRow, pairedLoss } from '../../../src/models/paired-loss.ts';
import type { PortalModels } from '../../../src/models/portal-models.ts';
import { trainPortalModels } from '../../../src/models/train-portal.ts';
import { AS_OF, simulatePortal } from './simulated-portal.ts';

const { facts } = simulatePortal(400, 11);
const DAY = 86_400_000;
const input = (asOf: Date, contacts: readonly ContactFacts[] = facts) => ({
  contacts: contacts.flatMap((f) => factsAsOf(f, asOf) ?? []),
  tickets: [],
  feedback: [],
  rules: DEFAULT_REACH_RULES,
  asOf,
  seed: 1,
});
const champion = trainPortalModels(input(new Date(AS_OF.getTime() - 60 * DAY)));
const challenger = trainPortalModels(input(AS_OF));

/** Rows of a truth of 40 %, on which the champion errs by `a` and the challenger by `b`. */
function rows(n: number, perGroup: number, a: number, b: number, seed: number): PairedRow[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => ({
    group: String(Math.floor(i / perGroup)),
    outcome: random.next() < 0.4,
    champion: 0.4 + (i % 2 === 0 ? a : -a),
    challenger: 0.4 + (i % 2 === 0 ? b : -b),
  }));
}

describe('the paired interval', () => {
  test('covers the true difference in 93 to 97 % of 2,000 samples of 40 contacts', () => {
    const loss = (p: number): number => -(0.4 * Math.log(p) + 0.6 * Math.log(1 - p));
    const mean = (e: number): number => (loss(0.4 + e) + loss(0.4 - e)) / 2;
    const truth = mean(0.1) - mean(0.2);
    let covered = 0;
    for (let seed = 0; seed < 2_000; seed++) {
      const { low, high } = pairedLoss(rows(400, 10, 0.2, 0.1, seed)).difference;
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / 2_000).toBeGreaterThan(0.93);
    expect(covered / 2_000).toBeLessThan(0.97);
  });

  test('one contact says nothing, however often it was touched', () => {
    const { low, high } = pairedLoss(rows(400, 400, 0.2, 0, 1)).difference;
    expect([low, high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('the rule', () => {
  test('better, not worse, worse, and cannot tell', () => {
    expect(judge('reach', rows(2_000, 5, 0.25, 0, 1)).outcome).toBe('better');
    expect(judge('reach', rows(2_000, 5, 0.1, 0.1, 1)).outcome).toBe('not_worse');
    expect(judge('reach', rows(2_000, 5, 0, 0.25, 1)).outcome).toBe('worse');
    expect(judge('reach', rows(60, 1, 0.25, 0, 1))).toMatchObject({
      outcome: 'cannot_tell',
      difference: null,
    });
    expect(judge('reach', []).outcome).toBe('cannot_tell');
  });

  test('a first part that is worse or cannot be told keeps the champion; the others object only by being worse', () => {
    const part = (outcome: 'better' | 'worse' | 'cannot_tell') => ({
      ...judge('reach', []),
      outcome,
    });
    const decided = (...outcomes: ('better' | 'worse' | 'cannot_tell')[]) =>
      decide(outcomes.map(part), 'v', null, 'schedule').promoted;
    expect(decided('better')).toBe(true);
    expect(decided('better', 'worse')).toBe(false);
    expect(decided('cannot_tell', 'better')).toBe(false);
    expect(decided('better', 'cannot_tell')).toBe(true);
  });
});

describe('two portals’ models', () => {
  test('a successor on more of the same data is promoted, judged on touches the champion never saw', () => {
    const verdict = challenge(input(AS_OF), champion, challenger, 'schedule');
    expect(verdict).toMatchObject({ promoted: true, against: champion.version });
    expect(Date.parse(verdict.cutAt ?? '')).toBeGreaterThan(Date.parse(champion.report.asOf));
    expect(verdict.parts[0]?.rows).toBeGreaterThan(300);
  });

  test('a champion whose answers were turned round is replaced by a better one', () => {
    const { channel } = champion;
    if (channel?.kind !== 'pooled') throw new Error('no pooled model');
    const turned: PortalModels = {
      ...champion,
      version: 'turned',
      channel: { ...channel, weights: channel.weights.map((w) => -w) },
    };
    const verdict = challenge(input(AS_OF), turned, challenger, 'drift');
    expect(verdict).toMatchObject({ promoted: true, reason: 'better' });
    expect(verdict.parts[0]?.difference?.high).toBeLessThan(0);
  });

  test('a challenger fitted on spoilt answers keeps the champion', () => {
    const cut = AS_OF.getTime() - 45 * DAY;
    const spoilt = facts.map((f) => ({
      ...f,
      interactions: f.interactions.map((i) =>
        i.at.getTime() < cut && i.answered !== null ? { ...i, answered: !i.answered } : i,
      ),
    }));
    const verdict = challenge(
      input(AS_OF, spoilt),
      champion,
      trainPortalModels(input(AS_OF, spoilt)),
      'admin',
    );
    expect(verdict).toMatchObject({ promoted: false, reason: 'worse' });
    expect(verdict.parts[0]?.difference?.low).toBeGreaterThan(MARGIN);
  });

  test('losing the model to a shortage of touches is worse; a baseline has nothing to lose', () => {
    const few = trainPortalModels(input(AS_OF, facts.slice(0, 3)));
    expect(challenge(input(AS_OF), champion, few, 'schedule').reason).toBe('worse');
    expect(challenge(input(AS_OF), few, challenger, 'schedule')).toMatchObject({
      promoted: true,
      reason: 'nothing_to_lose',
    });
  });

  test('a champion of today leaves no touches to judge by, and stays', () => {
    const verdict = challenge(
      input(AS_OF),
      { ...challenger, version: 'v' },
      challenger,
      'schedule',
    );
    expect(verdict).toMatchObject({ promoted: false, reason: 'cannot_tell' });
  });
});

describe('facts as of a moment', () => {
  test('F63 training never sees the future', () => {
    const at = new Date(AS_OF.getTime() - 100 * DAY);
    for (const f of facts) {
      const then = factsAsOf(f, at);
      if (then === null) {
        expect(f.contact.createdAt.getTime()).toBeGreaterThan(at.getTime());
        continue;
      }
      for (const i of then.interactions) expect(i.at <= at).toBe(true);
      for (const d of then.deals) expect(d.closedAt === null || d.closedAt <= at).toBe(true);
    }
    const early = trainPortalModels(input(at));
    const changed = facts.map((f) => ({
      ...f,
      interactions: f.interactions.map((i) => (i.at > at ? { ...i, answered: true } : i)),
    }));
    expect(trainPortalModels({ ...input(AS_OF, changed), asOf: at }).version).toBe(early.version);
  });
});
