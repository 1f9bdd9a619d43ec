/** P(reply | contact, channel, day part) for one contact, with interval, evidence and exact reasons. */
import { type Channel, DAY_PARTS, type DayPart } from '../core/channel.ts';
import type { ChannelChance, Evidence, Reason } from '../core/score.ts';
import type { Tally } from '../features/channel-history.ts';
import { sigmoid } from '../ml/linear/logistic-regression.ts';
import { type UnitPosterior, unitPosterior } from '../ml/linear/unit-posterior.ts';
import { rateChances } from './baseline.ts';
import {
  type Cell,
  type Columns,
  contactCells,
  type Design,
  dayPartColumns,
  type Observed,
  rowColumns,
} from './channel-design.ts';
import { type ChannelModel, cellEffect, type PooledChannelModel } from './channel-fit.ts';
import { byWeight, fieldCode } from './explain.ts';

/** "Personal": the contact's own outcomes removed this share of the variance of what is its own. */
export const PERSONAL_SHARE = 0.3;
/** "Similar": known fields and outcomes removed this share of the variance between contacts. */
export const SIMILAR_SHARE = 0.1;
const Z95 = 1.959963984540054;

/**
 * Every channel of the portal at its best day part among `parts`.
 * The chance is the mean over what is still unknown of this contact: σ(κ·η) with
 * κ = 1/√(1 + π·var/8) (MacKay 1992), so base and effects are multiplied by κ and add up exactly.
 */
export function channelChances<C extends string = Channel>(
  model: ChannelModel<C>,
  observed: Observed,
  own: readonly Tally<C>[],
  parts: readonly DayPart[] = DAY_PARTS,
): ChannelChance<C>[] {
  if (model.kind === 'rates') return rateChances(model.rates, own, parts);
  const cells = contactCells(model.design, observed);
  const tallies = own.filter((t) => model.design.channels.includes(t.channel));
  const person = { cells, tallies, posterior: personPosterior(model, cells, tallies) };
  return model.design.channels.map((channel, c) => chanceOn(model, channel, c, person, parts));
}

interface Person<C extends string> {
  readonly cells: readonly Cell[];
  readonly tallies: readonly Tally<C>[];
  readonly posterior: UnitPosterior;
}

/** η of one row without anything personal. */
function fixed(model: PooledChannelModel<string>, { indices, values }: Columns): number {
  let sum = 0;
  indices.forEach((j, k) => {
    sum += (model.weights[j] ?? 0) * (values[k] ?? 0);
  });
  return sum;
}

/** Variance of what is a contact's own on a channel; fields not known of it are part of that. */
function groupVariance(
  { sds, spread }: PooledChannelModel<string>,
  cells: readonly Cell[],
  c: number,
): number {
  const unknown = cells.reduce(
    (sum, cell, f) => sum + (cell?.known ? 0 : (spread[c]?.[f] ?? 0)),
    0,
  );
  return sds.group ** 2 + unknown;
}

function personPosterior<C extends string>(
  model: PooledChannelModel<C>,
  cells: readonly Cell[],
  tallies: readonly Tally<C>[],
): UnitPosterior {
  const { channels } = model.design;
  const group = tallies.map((t) => channels.indexOf(t.channel));
  const rows = {
    eta: Float64Array.from(tallies, (t, i) =>
      fixed(model, rowColumns(model.design, cells, group[i] ?? 0, t.dayPart)),
    ),
    tried: Float64Array.from(tallies, (t) => t.tried),
    answered: Float64Array.from(tallies, (t) => t.answered),
    group: Int32Array.from(group),
    slot: Int32Array.from(tallies, (t) => DAY_PARTS.indexOf(t.dayPart)),
  };
  return unitPosterior(rows, {
    unit: model.sds.unit ** 2,
    group: channels.map((_, c) => groupVariance(model, cells, c)),
    slot: DAY_PARTS.map(() => model.sds.slot ** 2),
  });
}

/** xᵀ Cov x. */
function fixedVariance(model: PooledChannelModel<string>, { indices, values }: Columns): number {
  const { covariance } = model;
  let sum = 0;
  for (let a = 0; a < indices.length; a++) {
    const i = indices[a] ?? 0;
    const row = (i * (i + 1)) / 2;
    let before = 0;
    // Columns ascend: what stands before in the row is in the lower triangle.
    for (let b = 0; b < a; b++)
      before += (covariance[row + (indices[b] ?? 0)] ?? 0) * (values[b] ?? 0);
    const value = values[a] ?? 0;
    sum += value * (2 * before + (covariance[row + i] ?? 0) * value);
  }
  return Math.max(0, sum);
}

const count = (tallies: readonly Tally<string>[]) => ({
  answered: tallies.reduce((n, t) => n + t.answered, 0),
  tried: tallies.reduce((n, t) => n + t.tried, 0),
});

function chanceOn<C extends string>(
  model: PooledChannelModel<C>,
  channel: C,
  c: number,
  { cells, tallies, posterior }: Person<C>,
  parts: readonly DayPart[],
): ChannelChance<C> {
  const { design, weights, centre, spread, sds } = model;
  const g = 1 + c;
  const slotOf = (part: DayPart): number => 1 + design.channels.length + DAY_PARTS.indexOf(part);
  const partEffect = (part: DayPart): number =>
    dayPartColumns(design, part, c).reduce((sum, j) => sum + (weights[j] ?? 0), 0);
  const ofPart = (part: DayPart): number => partEffect(part) + (posterior.mean[slotOf(part)] ?? 0);
  const dayPart = parts.reduce((a, b) => (ofPart(b) > ofPart(a) ? b : a), parts[0] ?? 'morning');

  const ownVariance = sumOver(posterior, [0, g, slotOf(dayPart)]);
  const variance = ownVariance + fixedVariance(model, rowColumns(design, cells, c, dayPart));
  const shrink = 1 / Math.sqrt(1 + (Math.PI * variance) / 8);

  const mine = count(tallies.filter((t) => t.channel === channel));
  const usualOf = (f: number): number => centre[c]?.[f] ?? 0;
  const reasons: Reason[] = [];
  const say = (code: string, raw: number, params: Reason['params']): void => {
    reasons.push({ code, effect: shrink * raw, params });
  };
  if (mine.tried > 0) say('personal_history', posterior.mean[g] ?? 0, { channel, ...mine });
  if (tallies.length > 0) say('overall_history', posterior.mean[0] ?? 0, count(tallies));
  const then = tallies.filter((t) => t.dayPart === dayPart);
  if (then.length > 0) {
    const alone = then.every((t) => t.channel === channel);
    say('personal_day_part', posterior.mean[slotOf(dayPart)] ?? 0, {
      dayPart,
      ...(alone ? { channel } : {}),
      ...count(then),
    });
  }
  let base = weights[c] ?? 0;
  cells.forEach((cell, f) => {
    base += usualOf(f);
    const name = design.fields[f]?.name ?? '';
    const raw = cell === null ? 0 : cellEffect(design, weights, cell, c) - usualOf(f);
    say(fieldCode(name), raw, { field: name, value: shownValue(design, cell, f) });
  });
  base += usualOf(cells.length);
  say('day_part', partEffect(dayPart) - usualOf(cells.length), { dayPart });

  base *= shrink;
  const sorted = byWeight(reasons);
  const total = sorted.reduce((sum, r) => sum + r.effect, base);
  const chance = sigmoid(total);
  const eta = total / shrink;
  const reach = Z95 * Math.sqrt(variance);
  const usual = model.rates.channels.find((r) => r.channel === channel)?.rate ?? chance;
  const own = sds.unit ** 2 + groupVariance(model, cells, c) + sds.slot ** 2;
  const between =
    sds.unit ** 2 + sds.group ** 2 + sds.slot ** 2 + (spread[c] ?? []).reduce((a, b) => a + b, 0);
  const evidence: Evidence =
    mine.tried > 0 && ownVariance <= (1 - PERSONAL_SHARE) * own
      ? 'personal'
      : variance <= (1 - SIMILAR_SHARE) * between
        ? 'similar'
        : 'everyone';
  return {
    channel,
    dayPart,
    chance,
    low: Math.min(chance, sigmoid(eta - reach)),
    high: Math.max(chance, sigmoid(eta + reach)),
    usual,
    evidence,
    ...mine,
    base,
    reasons: sorted,
  };
}

/** Variance of a sum of effects. */
function sumOver({ covariance, size }: UnitPosterior, effects: readonly number[]): number {
  let sum = 0;
  for (const a of effects) for (const b of effects) sum += covariance[a * size + b] ?? 0;
  return Math.max(1e-12, sum);
}

/** A contact's value of a field, in the field's own words or unit. */
function shownValue({ fields }: Design<string>, cell: Cell, f: number): string | number {
  if (!cell?.known) return 'unknown';
  const { levels, scale } = fields[f] ?? { levels: [] };
  return scale === undefined
    ? (levels[cell.level] ?? 'unknown')
    : Number((scale.mean + cell.value * scale.sd).toPrecision(6));
}

/** Touches on one channel after which evidence is usually personal, at the channel's usual rate. */
export function touchesForPersonal<C extends string>(model: ChannelModel<C>): number | null {
  if (model.kind === 'rates') return null;
  const prior = model.sds.unit ** 2 + model.sds.group ** 2;
  const rate =
    model.rates.channels.reduce((sum, c) => sum + c.rate, 0) / model.rates.channels.length;
  return Math.ceil(PERSONAL_SHARE / (1 - PERSONAL_SHARE) / prior / (rate * (1 - rate)));
}
