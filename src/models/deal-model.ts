/** What a portal knows of its deals: a fitted chance of winning where it has closed enough of them, else its usual rate. */
import { type DealFacts, longestSilence } from '../features/deal.ts';
import { choosePenalty, type DealFit, fitLooks, LOOKS, looksAt, MIN_OUTCOMES } from './deal-fit.ts';
import { type DealReport, judgeDealModels } from './deal-judge.ts';
import { significant } from './numbers.ts';

const STALLED_SHARE = 0.9;

interface Common {
  readonly won: number;
  readonly lost: number;
  /** Nine of ten won deals never were silent for longer, in days; `null` with too few won. */
  readonly stalledAfterDays: number | null;
  readonly report: DealReport;
}

/** Plain data. */
export interface FittedDealModel extends Common, DealFit {
  readonly kind: 'fitted';
}
export interface DealRateModel extends Common {
  readonly kind: 'rate';
}
export type DealModel = FittedDealModel | DealRateModel;

/**
 * `null` without a single closed deal. Same input and seed, same model. The usual rate answers with
 * too few deals, and where the fitted chances did worse than it on later deals.
 */
export function fitDealModel(
  deals: readonly DealFacts[],
  asOf: Date,
  seed: number,
): DealModel | null {
  const looks = looksAt(deals, asOf, seed);
  const won = looks.filter((l) => l.won).length / LOOKS;
  const lost = looks.length / LOOKS - won;
  if (won + lost === 0) return null;
  const common = { won, lost, stalledAfterDays: stallLimit(deals, asOf) };
  if (Math.min(won, lost) < MIN_OUTCOMES)
    return { kind: 'rate', ...common, report: { won, lost, test: null } };
  const report = { won, lost, test: judgeDealModels(looks, seed) };
  if (report.test !== null && report.test.difference.estimate >= 0)
    return { kind: 'rate', ...common, report };
  return { kind: 'fitted', ...common, ...fitLooks(looks, choosePenalty(looks)), report };
}

function stallLimit(deals: readonly DealFacts[], asOf: Date): number | null {
  const silences = deals
    .flatMap((facts) => {
      const { stage, closedAt } = facts.deal;
      return stage === 'won' && closedAt !== null && closedAt <= asOf
        ? [longestSilence(facts, closedAt)]
        : [];
    })
    .sort((a, b) => a - b);
  if (silences.length < MIN_OUTCOMES) return null;
  return significant(silences[Math.ceil(STALLED_SHARE * silences.length) - 1] ?? 0, 6);
}
