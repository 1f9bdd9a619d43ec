/** P(reply | contact, channel, day part) for one contact, with interval, evidence and exact reasons. */
import { DAY_PARTS, type DayPart } from '../core/channel.ts';
import type { Contact } from '../core/record.ts';
import type { ChannelChance, Evidence, Reason } from '../core/score.ts';
import type { Tally } from '../features/channel-history.ts';
import { sigmoid } from '../ml/linear/logistic-regression.ts';
import { type UnitPosterior, unitPosterior } from '../ml/linear/unit-posterior.ts';
import { rateChances } from './baseline.ts';
import { cellColumns, contactLevels, dayPartColumns, levelColumns } from './channel-design.ts';
import { byChannel, type ChannelModel, type PooledChannelModel } from './channel-fit.ts';
import { byWeight, fieldCode } from './explain.ts';

/** "Personal" needs the contact's own outcomes to have removed this share of the prior variance. */
export const PERSONAL_SHARE = 0.3;
const Z90 = 1.6448536269514722;

/**
 * Every channel of the portal at its best day part among `parts`.
 * The chance is the mean over what is still unknown of this contact: σ(κ·η) with
 * κ = 1/√(1 + π·var/8) (MacKay 1992), so base and effects are multiplied by κ and add up exactly.
 */
export function channelChances(
  model: ChannelModel,
  contact: Contact,
  own: readonly Tally[],
  parts: readonly DayPart[] = DAY_PARTS,
): ChannelChance[] {
  if (model.kind === 'rates') return rateChances(model.rates, own);
  const levels = contactLevels(model.design, contact);
  const cells = byChannel(own).filter((t) => model.design.channels.includes(t.channel));
  const posterior = personPosterior(model, levels, cells);
  return model.design.channels.map((_, c) => chanceOn(model, c, levels, cells, posterior, parts));
}

/** η of one cell without anything personal. */
function fixed(model: PooledChannelModel, columns: readonly number[]): number {
  let sum = 0;
  for (const j of columns) sum += model.weights[j] ?? 0;
  return sum;
}

function personPosterior(
  model: PooledChannelModel,
  levels: readonly number[],
  cells: readonly Tally[],
): UnitPosterior {
  const group = cells.map((t) => model.design.channels.indexOf(t.channel));
  const eta = cells.map((t, i) =>
    fixed(model, cellColumns(model.design, levels, group[i] ?? 0, t.dayPart)),
  );
  const rows = {
    eta: Float64Array.from(eta),
    tried: Float64Array.from(cells, (t) => t.tried),
    answered: Float64Array.from(cells, (t) => t.answered),
    group: Int32Array.from(group),
  };
  return unitPosterior(rows, 0, cells.length, model.sdPerson, model.sdChannel);
}

/** xᵀ Cov x for a row of ones. */
function fixedVariance(model: PooledChannelModel, columns: readonly number[]): number {
  let sum = 0;
  for (const i of columns) {
    for (const j of columns) {
      const at = i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
      sum += model.covariance[at] ?? 0;
    }
  }
  return Math.max(0, sum);
}

function chanceOn(
  model: PooledChannelModel,
  c: number,
  levels: readonly number[],
  cells: readonly Tally[],
  posterior: UnitPosterior,
  parts: readonly DayPart[],
): ChannelChance {
  const { design, weights, centre } = model;
  const channel = design.channels[c] ?? 'phone';
  const effect = ([own, joint]: [number, number]): number =>
    (weights[own] ?? 0) + (weights[joint] ?? 0);
  const partEffect = (part: DayPart): number => effect(dayPartColumns(design, part, c));
  const dayPart = parts.reduce(
    (a, b) => (partEffect(b) > partEffect(a) ? b : a),
    parts[0] ?? 'morning',
  );

  const personal = posterior.groups.find((g) => g.group === c);
  const prior = model.sdPerson ** 2 + model.sdChannel ** 2;
  const unitVariance = posterior.second - posterior.mean ** 2;
  const ownVariance = personal?.totalVariance ?? unitVariance + model.sdChannel ** 2;
  const variance = ownVariance + fixedVariance(model, cellColumns(design, levels, c, dayPart));
  const shrink = 1 / Math.sqrt(1 + (Math.PI * variance) / 8);

  const mine = cells.filter((t) => t.channel === channel);
  const tried = mine.reduce((n, t) => n + t.tried, 0);
  const answered = mine.reduce((n, t) => n + t.answered, 0);
  const usualOf = (f: number): number => centre[c]?.[f] ?? 0;
  const reasons: Reason[] = [];
  const say = (code: string, raw: number, params: Reason['params']): void => {
    reasons.push({ code, effect: shrink * raw, params });
  };
  if (personal) say('personal_history', personal.mean, { channel, answered, tried });
  if (cells.length > 0) {
    say('overall_history', posterior.mean, {
      answered: cells.reduce((n, t) => n + t.answered, 0),
      tried: cells.reduce((n, t) => n + t.tried, 0),
    });
  }
  let base = weights[c] ?? 0;
  levels.forEach((level, f) => {
    base += usualOf(f);
    const { name, levels: names } = design.fields[f] ?? { name: '', levels: [] };
    const first = design.fields.slice(0, f).reduce((n, field) => n + field.levels.length, 0);
    const value = level < 0 ? 'unknown' : (names[level - first] ?? 'unknown');
    const raw = level < 0 ? 0 : effect(levelColumns(design, level, c));
    say(fieldCode(name), raw - usualOf(f), { field: name, value });
  });
  base += usualOf(levels.length);
  say('day_part', partEffect(dayPart) - usualOf(levels.length), { dayPart });

  base *= shrink;
  const sorted = byWeight(reasons);
  const total = sorted.reduce((sum, r) => sum + r.effect, base);
  const chance = sigmoid(total);
  const eta = total / shrink;
  const sd = Math.sqrt(variance);
  const usual = model.rates.channels.find((r) => r.channel === channel)?.rate ?? chance;
  const evidence: Evidence =
    tried > 0 && ownVariance <= (1 - PERSONAL_SHARE) * prior
      ? 'personal'
      : levels.some((level) => level >= 0)
        ? 'similar'
        : 'everyone';
  return {
    channel,
    dayPart,
    chance,
    low: Math.min(chance, sigmoid(eta - Z90 * sd)),
    high: Math.max(chance, sigmoid(eta + Z90 * sd)),
    usual,
    evidence,
    tried,
    answered,
    base,
    reasons: sorted,
  };
}

/** Touches on one channel after which evidence is usually personal, at the channel's usual rate. */
export function touchesForPersonal(model: ChannelModel): number | null {
  if (model.kind === 'rates') return null;
  const prior = model.sdPerson ** 2 + model.sdChannel ** 2;
  const rate =
    model.rates.channels.reduce((sum, c) => sum + c.rate, 0) / model.rates.channels.length;
  return Math.ceil(PERSONAL_SHARE / (1 - PERSONAL_SHARE) / prior / (rate * (1 - rate)));
}
