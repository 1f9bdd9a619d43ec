/** How well the channel model foresees the last fifth of a portal's touches, beside its baseline. */

import { type Touch, tally } from '../features/channel-history.ts';
import type { ContactFacts } from '../features/facts.ts';
import { auc, brier, ece, logLoss } from '../ml/metrics.ts';
import { splitByTime } from '../ml/split.ts';
import { channelChances } from './channel.ts';
import { observables } from './channel-design.ts';
import { type ChannelModel, fitChannelModel } from './channel-fit.ts';
import { significant } from './numbers.ts';

export interface Quality {
  readonly logLoss: number;
  readonly brier: number;
  readonly ece: number;
  readonly auc: number | null;
}

export interface ChannelReport {
  /** Touches trained on and tested on; the test lies entirely after the training. */
  readonly train: number;
  readonly test: number;
  readonly cutAt: string;
  readonly model: Quality;
  /** The portal's rate per channel, fitted on the same training touches. */
  readonly baseline: Quality;
}

const qualityOf = (outcomes: readonly number[], chances: readonly number[]): Quality => {
  const area = auc(outcomes, chances);
  return {
    logLoss: significant(logLoss(outcomes, chances), 5),
    brier: significant(brier(outcomes, chances), 5),
    ece: significant(ece(outcomes, chances), 4),
    auc: Number.isNaN(area) ? null : significant(area, 4),
  };
};

/** Test touches below this number would say nothing. */
const MIN_TEST = 30;

/**
 * Trains on the first 80 % of the settled touches, judges the rest. Also returns the model of the
 * first part, a good start for the fit on everything. `null` with too little to judge.
 */
export function evaluateChannel(
  contacts: readonly { readonly facts: ContactFacts; readonly touches: readonly Touch[] }[],
  seed: number,
  onRound?: (round: number, rounds: number) => void,
): { report: ChannelReport; early: ChannelModel } | null {
  const times = contacts.flatMap((c) => c.touches.map((t) => t.at.getTime()));
  const { cutMs, train, test } = splitByTime(times, 0.2);
  if (test.length < MIN_TEST) return null;
  const before = contacts.map(({ facts, touches }) => ({
    observed: observables(facts.contact),
    tallies: tally(touches.filter((t) => t.at.getTime() < cutMs)),
  }));
  const early = fitChannelModel(before, seed, null, onRound);
  if (early === null) return null;
  const outcomes: number[] = [];
  const model: number[] = [];
  const baseline: number[] = [];
  contacts.forEach(({ touches }, i) => {
    const later = touches.filter((t) => t.at.getTime() >= cutMs);
    for (const part of new Set(later.map((t) => t.dayPart))) {
      const chances = channelChances(early, before[i]?.observed ?? {}, before[i]?.tallies ?? [], [
        part,
      ]);
      for (const touch of later) {
        const chance = chances.find((c) => c.channel === touch.channel);
        if (touch.dayPart !== part || chance === undefined) continue;
        outcomes.push(touch.answered ? 1 : 0);
        model.push(chance.chance);
        baseline.push(chance.usual);
      }
    }
  });
  const report = {
    train: train.length,
    test: outcomes.length,
    cutAt: new Date(cutMs).toISOString(),
    model: qualityOf(outcomes, model),
    baseline: qualityOf(outcomes, baseline),
  };
  return { report, early };
}
