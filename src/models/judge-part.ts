/** One part of two models on the same later rows: better, not worse, worse, or not to be told apart. */
import type { PartVerdict } from '../core/model.ts';
import { significant } from './numbers.ts';
import {
  type LossRow,
  type PairedLoss,
  type PairedRow,
  pairedDifference,
  pairedLoss,
} from './paired-loss.ts';

/** Nats per row that a challenger may lose at most and still be "not worse": about 1 % of a usual loss. */
export const MARGIN = 0.005;
/** Fewer rows or groups than these cannot tell two models apart. */
const MIN_ROWS = 100;
const MIN_GROUPS = 30;
/** The newest share of what happened, on which two models are compared. */
export const SLICE_SHARE = 0.2;

/**
 * `better`: the whole interval lies below zero. `not_worse`: below the margin. `worse`: above the
 * margin. Anything else, or too few rows, cannot be told.
 */
export const judge = (part: PartVerdict['part'], rows: readonly PairedRow[]): PartVerdict =>
  verdictOf(part, rows.length === 0 ? null : pairedLoss(rows));

/** The same for losses of any kind, nats per row. */
export const judgeLosses = (part: PartVerdict['part'], rows: readonly LossRow[]): PartVerdict =>
  verdictOf(part, rows.length === 0 ? null : pairedDifference(rows));

function verdictOf(part: PartVerdict['part'], paired: PairedLoss | null): PartVerdict {
  if (paired === null) return { ...unjudged(part), outcome: 'cannot_tell' };
  const { low, high, estimate } = paired.difference;
  const enough = paired.rows >= MIN_ROWS && paired.groups >= MIN_GROUPS;
  return {
    part,
    outcome: enough ? outcomeOf(low, high) : 'cannot_tell',
    rows: paired.rows,
    champion: significant(paired.champion, 5),
    challenger: significant(paired.challenger, 5),
    difference: enough
      ? {
          estimate: significant(estimate, 4),
          low: significant(low, 4),
          high: significant(high, 4),
        }
      : null,
  };
}

export const unjudged = <P extends PartVerdict['part']>(part: P) =>
  ({ part, rows: 0, champion: null, challenger: null, difference: null }) as const;

function outcomeOf(low: number, high: number): PartVerdict['outcome'] {
  if (high < 0) return 'better';
  if (high <= MARGIN) return 'not_worse';
  return low > MARGIN ? 'worse' : 'cannot_tell';
}
