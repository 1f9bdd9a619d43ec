/** Fits P(reply | contact, channel, day part) on a portal's own touches. */
import { type Channel, DAY_PARTS } from '../core/channel.ts';
import type { Tally } from '../features/channel-history.ts';
import { fitMixedLogistic, type MixedInput, type MixedStart } from '../ml/linear/mixed-logistic.ts';
import type { EffectSds } from '../ml/linear/variance-components.ts';
import { csrFromRows } from '../ml/sparse.ts';
import { fitRates, type Rates } from './baseline.ts';
import {
  type Cell,
  columnBlocks,
  columnCount,
  contactCells,
  type Design,
  dayPartColumns,
  type Observed,
  planDesign,
  rowColumns,
  slotColumns,
} from './channel-design.ts';
import { contactSample } from './contact-sample.ts';
import { significant, significantAll } from './numbers.ts';

/** Fewer settled touches than this, and the portal's rates answer instead. */
export const MIN_TOUCHES = 50;
/** Contacts the pooled model is fitted on at most; a larger portal is sampled. */
const MAX_CONTACTS = 6000;

/** One contact's facts with its settled touches, counted. */
export interface ContactTally<C extends string = Channel> {
  readonly observed: Observed;
  readonly tallies: readonly Tally<C>[];
}

/** Plain data. */
export interface PooledChannelModel<C extends string = Channel> {
  readonly kind: 'pooled';
  readonly design: Design<C>;
  readonly weights: readonly number[];
  /** Covariance of the weights, lower triangle packed by rows. */
  readonly covariance: readonly number[];
  /** Spread of what is a contact's own: over all channels, per channel, per day part. */
  readonly sds: EffectSds;
  readonly blockSd: readonly number[];
  /** Mean effect per channel of every field, then of the day part: what is usual, moved to the base. */
  readonly centre: readonly (readonly number[])[];
  /** Variance over contacts per channel of every field's effect: what not knowing the field costs. */
  readonly spread: readonly (readonly number[])[];
  readonly rates: Rates<C>;
  readonly touches: number;
}

export interface RateChannelModel<C extends string = Channel> {
  readonly kind: 'rates';
  readonly rates: Rates<C>;
  readonly touches: number;
}

export type ChannelModel<C extends string = Channel> = PooledChannelModel<C> | RateChannelModel<C>;

/**
 * Fixed effects: channel; each observable field and day part, alone and per channel. On top, a
 * random effect per contact, one per contact × channel and one per contact × day part, partially
 * pooled. The reps' choice of channel is not modelled: given the fields and the outcomes before,
 * which are both in the likelihood, it is ignorable (Rubin 1976).
 * `null` without a single settled touch.
 */
export function fitChannelModel<C extends string = Channel>(
  contacts: readonly ContactTally<C>[],
  seed: number,
  start?: ChannelModel<C> | null,
  onRound?: (round: number, rounds: number) => void,
): ChannelModel<C> | null {
  const all = contacts.flatMap((c) => c.tallies);
  const touches = all.reduce((n, t) => n + t.tried, 0);
  if (touches === 0) return null;
  const rates = fitRates(all);
  const hits = all.reduce((n, t) => n + t.answered, 0);
  if (touches < MIN_TOUCHES || hits < 10 || touches - hits < 10) {
    return { kind: 'rates', rates, touches };
  }
  const used = contactSample(
    contacts.filter((c) => c.tallies.length > 0),
    MAX_CONTACTS,
    seed,
  );
  const design = planDesign(
    contacts.map((c) => c.observed),
    rates.channels.map((c) => c.channel),
  );
  const input = mixedInput(design, used);
  const fitted = fitMixedLogistic(input, sameDesign(start, design), 60, onRound);
  const weights = significantAll(fitted.weights);
  const { unit, group, slot } = fitted.sds;
  return {
    kind: 'pooled',
    design,
    weights,
    covariance: significantAll(fitted.covariance, 5),
    sds: { unit: significant(unit), group: significant(group), slot: significant(slot) },
    blockSd: significantAll(fitted.blockSd),
    ...usual(design, weights, contacts, all),
    rates,
    touches,
  };
}

/** An earlier fit over the same columns is a good place to start. */
function sameDesign<C extends string>(
  start: ChannelModel<C> | null | undefined,
  design: Design<C>,
): MixedStart | undefined {
  if (start?.kind !== 'pooled') return undefined;
  if (JSON.stringify(start.design) !== JSON.stringify(design)) return undefined;
  return start;
}

function mixedInput<C extends string>(
  design: Design<C>,
  contacts: readonly ContactTally<C>[],
): MixedInput {
  const columns = Array.from({ length: columnCount(design) }, (_, j) => `column ${j}`);
  const cells = contacts.flatMap(({ observed, tallies }, unit) => {
    const known = contactCells(design, observed);
    return tallies.flatMap((t) => {
      const group = design.channels.indexOf(t.channel);
      if (group < 0) return [];
      return [{ ...t, unit, group, row: rowColumns(design, known, group, t.dayPart) }];
    });
  });
  return {
    x: csrFromRows(
      cells.map((c) => c.row),
      columns,
    ),
    tried: Float64Array.from(cells, (c) => c.tried),
    answered: Float64Array.from(cells, (c) => c.answered),
    unit: Int32Array.from(cells, (c) => c.unit),
    group: Int32Array.from(cells, (c) => c.group),
    slot: Int32Array.from(cells, (c) => DAY_PARTS.indexOf(c.dayPart)),
    groups: design.channels.length,
    slots: DAY_PARTS.length,
    block: columnBlocks(design),
  };
}

/** A field's own effect plus the one with the channel, for a contact. */
export function cellEffect(
  design: Design<string>,
  weights: readonly number[],
  cell: Cell,
  channel: number,
): number {
  if (cell === null) return 0;
  const [own, joint] = slotColumns(design, cell.slot, channel);
  return cell.value * ((weights[own] ?? 0) + (weights[joint] ?? 0));
}

/** Mean and variance of every field's effect over contacts, and the mean day part effect over touches. */
function usual<C extends string>(
  design: Design<C>,
  weights: readonly number[],
  contacts: readonly ContactTally<C>[],
  tallies: readonly Tally<C>[],
): { centre: number[][]; spread: number[][] } {
  const all = contacts.map(({ observed }) => contactCells(design, observed));
  const centre: number[][] = [];
  const spread: number[][] = [];
  design.channels.forEach((channel, c) => {
    const moments = design.fields.map((_, f) => {
      const effects = all.flatMap((cells) => {
        const cell = cells[f] ?? null;
        return cell?.known ? [cellEffect(design, weights, cell, c)] : [];
      });
      const n = Math.max(1, effects.length);
      const mean = effects.reduce((sum, e) => sum + e, 0) / n;
      return { mean, variance: effects.reduce((sum, e) => sum + (e - mean) ** 2, 0) / n };
    });
    const cells = tallies.filter((t) => t.channel === channel);
    const tried = cells.reduce((n, t) => n + t.tried, 0);
    const dayPart = DAY_PARTS.reduce((total, part) => {
      const n = cells.filter((t) => t.dayPart === part).reduce((m, t) => m + t.tried, 0);
      const [own, joint] = dayPartColumns(design, part, c);
      return total + (n / Math.max(1, tried)) * ((weights[own] ?? 0) + (weights[joint] ?? 0));
    }, 0);
    centre.push(significantAll([...moments.map((m) => m.mean), dayPart]));
    spread.push(significantAll(moments.map((m) => m.variance)));
  });
  return { centre, spread };
}
