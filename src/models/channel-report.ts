/** How well the channel model foresees the last fifth of a portal's touches, beside its baseline. */

import { type Touch, tally } from '../features/channel-history.ts';
import type { ContactFacts } from '../features/facts.ts';
import { auc, brier, ece, logLoss } from '../ml/metrics.ts';
import { splitByTime } from '../ml/split.ts';
import { channelChances } from './channel.ts';
import { observables } from './channel-design.ts';
import { type ChannelModel, type ContactTally, fitChannelModel } from './channel-fit.ts';
import { contactSample } from './contact-sample.ts';
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

/** Contacts with later touches that are judged at most; a larger portal is sampled. */
const MOST_JUDGED = 6000;
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
  const judged = contactSample(
    contacts.flatMap((c, i) => (c.touches.some((t) => t.at.getTime() >= cutMs) ? [i] : [])),
    MOST_JUDGED,
    seed,
  );
  const foreseen = foresee(
    early,
    judged.flatMap((i) => contacts[i] ?? []),
    judged.flatMap((i) => before[i] ?? []),
    cutMs,
  );
  const outcomes = foreseen.map((f): number => (f.answered ? 1 : 0));
  const model = foreseen.map((f) => f.chance);
  const baseline = foreseen.map((f) => f.usual);
  const report = {
    train: train.length,
    test: outcomes.length,
    cutAt: new Date(cutMs).toISOString(),
    model: qualityOf(outcomes, model),
    baseline: qualityOf(outcomes, baseline),
  };
  return { report, early };
}

export interface Foreseen {
  /** The same for the same touch, whichever model foresaw it. */
  readonly key: string;
  readonly contact: string;
  readonly answered: boolean;
  readonly chance: number;
  readonly usual: number;
}

/** What a model said of each touch from `cutMs` on, knowing of its contact what came before. */
export function foresee(
  model: ChannelModel,
  contacts: readonly { readonly facts: ContactFacts; readonly touches: readonly Touch[] }[],
  before: readonly ContactTally[],
  cutMs: number,
): Foreseen[] {
  return contacts.flatMap(({ facts, touches }, i) => {
    const later = touches.filter((t) => t.at.getTime() >= cutMs);
    return [...new Set(later.map((t) => t.dayPart))].flatMap((part) => {
      const chances = channelChances(model, before[i]?.observed ?? {}, before[i]?.tallies ?? [], [
        part,
      ]);
      return later.flatMap((touch, n): Foreseen[] => {
        const said = chances.find((c) => c.channel === touch.channel);
        if (touch.dayPart !== part || said === undefined) return [];
        const { chance, usual } = said;
        const contact = facts.contact.id;
        return [{ key: `${contact} ${n}`, contact, answered: touch.answered, chance, usual }];
      });
    });
  });
}
