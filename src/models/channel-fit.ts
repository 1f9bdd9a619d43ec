/** Fits P(reply | contact, channel, day part) on a portal's own touches. */
import { CHANNELS, type Channel, DAY_PARTS } from '../core/channel.ts';
import type { Contact } from '../core/record.ts';
import type { Tally } from '../features/channel-history.ts';
import { fitMixedLogistic, type MixedInput, type MixedStart } from '../ml/linear/mixed-logistic.ts';
import { createRandom } from '../ml/random.ts';
import { csrFromRows } from '../ml/sparse.ts';
import { fitRates, type Rates } from './baseline.ts';
import {
  cellColumns,
  columnBlocks,
  columnCount,
  contactLevels,
  type Design,
  dayPartColumns,
  levelColumns,
  planDesign,
} from './channel-design.ts';
import { significantAll } from './numbers.ts';

/** Fewer settled touches than this, and the portal's rates answer instead. */
export const MIN_TOUCHES = 50;
/** Contacts the pooled model is fitted on at most; a larger portal is sampled. */
const MAX_CONTACTS = 6000;

/** One contact with its settled touches, counted. */
export interface ContactTally {
  readonly contact: Contact;
  readonly tallies: readonly Tally[];
}

/** Plain data. */
export interface PooledChannelModel {
  readonly kind: 'pooled';
  readonly design: Design;
  readonly weights: readonly number[];
  /** Covariance of the weights, lower triangle packed by rows. */
  readonly covariance: readonly number[];
  readonly sdPerson: number;
  readonly sdChannel: number;
  readonly blockSd: readonly number[];
  /** Mean effect per channel of every field, then of the day part: what is usual, moved to the base. */
  readonly centre: readonly (readonly number[])[];
  readonly rates: Rates;
  readonly touches: number;
}

export interface RateChannelModel {
  readonly kind: 'rates';
  readonly rates: Rates;
  readonly touches: number;
}

export type ChannelModel = PooledChannelModel | RateChannelModel;

/**
 * Fixed effects: channel; each observable field and day part, alone and per channel. On top, a
 * random intercept per contact and one per contact × channel, partially pooled. The reps' choice
 * of channel is never modelled; it is conditioned on the observables it depends on.
 * `null` without a single settled touch.
 */
export function fitChannelModel(
  contacts: readonly ContactTally[],
  seed: number,
  start?: ChannelModel | null,
  onRound?: (round: number, rounds: number) => void,
): ChannelModel | null {
  const all = contacts.flatMap((c) => c.tallies);
  const touches = all.reduce((n, t) => n + t.tried, 0);
  if (touches === 0) return null;
  const rates = fitRates(all);
  const hits = all.reduce((n, t) => n + t.answered, 0);
  if (touches < MIN_TOUCHES || hits < 10 || touches - hits < 10) {
    return { kind: 'rates', rates, touches };
  }
  const used = sampled(
    contacts.filter((c) => c.tallies.length > 0),
    seed,
  );
  const channels = rates.channels.map((c) => c.channel);
  const design = planDesign(
    contacts.map((c) => c.contact),
    channels,
  );
  const input = mixedInput(design, used);
  const fitted = fitMixedLogistic(input, sameDesign(start, design), 40, onRound);
  const weights = significantAll(fitted.weights);
  return {
    kind: 'pooled',
    design,
    weights,
    covariance: significantAll(fitted.covariance, 5),
    sdPerson: significantAll([fitted.sdUnit])[0] ?? 0,
    sdChannel: significantAll([fitted.sdGroup])[0] ?? 0,
    blockSd: significantAll(fitted.blockSd),
    centre: centres(design, weights, contacts, all),
    rates,
    touches,
  };
}

/** An earlier fit over the same columns is a good place to start. */
function sameDesign(
  start: ChannelModel | null | undefined,
  design: Design,
): MixedStart | undefined {
  if (start?.kind !== 'pooled') return undefined;
  if (JSON.stringify(start.design) !== JSON.stringify(design)) return undefined;
  const { weights, blockSd, sdPerson, sdChannel } = start;
  return { weights, blockSd, sdUnit: sdPerson, sdGroup: sdChannel };
}

function sampled(contacts: readonly ContactTally[], seed: number): readonly ContactTally[] {
  if (contacts.length <= MAX_CONTACTS) return contacts;
  const chosen = createRandom(seed).permutation(contacts.length).subarray(0, MAX_CONTACTS).sort();
  return Array.from(chosen).flatMap((i) => contacts[i] ?? []);
}

function mixedInput(design: Design, contacts: readonly ContactTally[]): MixedInput {
  const columns = Array.from({ length: columnCount(design) }, (_, j) => `column ${j}`);
  const rows: { indices: number[]; values: number[] }[] = [];
  const tried: number[] = [];
  const answered: number[] = [];
  const unit: number[] = [];
  const group: number[] = [];
  contacts.forEach(({ contact, tallies }, u) => {
    const levels = contactLevels(design, contact);
    for (const t of byChannel(tallies)) {
      const channel = design.channels.indexOf(t.channel);
      if (channel < 0) continue;
      const indices = cellColumns(design, levels, channel, t.dayPart);
      rows.push({ indices, values: indices.map(() => 1) });
      tried.push(t.tried);
      answered.push(t.answered);
      unit.push(u);
      group.push(channel);
    }
  });
  return {
    x: csrFromRows(rows, columns),
    tried: Float64Array.from(tried),
    answered: Float64Array.from(answered),
    unit: Int32Array.from(unit),
    group: Int32Array.from(group),
    block: columnBlocks(design),
  };
}

const RANK = new Map<Channel, number>(CHANNELS.map((channel, i) => [channel, i]));
/** Cells with those of one channel side by side. */
export const byChannel = (tallies: readonly Tally[]): Tally[] =>
  [...tallies].sort((a, b) => (RANK.get(a.channel) ?? 0) - (RANK.get(b.channel) ?? 0));

function centres(
  design: Design,
  weights: readonly number[],
  contacts: readonly ContactTally[],
  tallies: readonly Tally[],
): number[][] {
  const levels = contacts.map(({ contact }) => contactLevels(design, contact));
  const effect = ([own, joint]: [number, number]): number =>
    (weights[own] ?? 0) + (weights[joint] ?? 0);
  return design.channels.map((channel, c) => {
    const fields = design.fields.map((_, f) => {
      const sum = levels.reduce((total, row) => {
        const level = row[f] ?? -1;
        return total + (level < 0 ? 0 : effect(levelColumns(design, level, c)));
      }, 0);
      return sum / Math.max(1, contacts.length);
    });
    const cells = tallies.filter((t) => t.channel === channel);
    const tried = cells.reduce((n, t) => n + t.tried, 0);
    const dayPart = DAY_PARTS.reduce((total, part) => {
      const n = cells.filter((t) => t.dayPart === part).reduce((m, t) => m + t.tried, 0);
      return total + (n / Math.max(1, tried)) * effect(dayPartColumns(design, part, c));
    }, 0);
    return significantAll([...fields, dayPart]);
  });
}
