/** What Rapport says of one open deal: win chance with exact reasons, silence, next touch, expected value. */
import type { ReachRules } from '../core/channel.ts';
import type { DealScore, Reason, WinBand, WinChance } from '../core/score.ts';
import { tally, touches } from '../features/channel-history.ts';
import { DEAL_FEATURES, type DealFacts, dealVector, silentDays } from '../features/deal.ts';
import type { ContactFacts } from '../features/facts.ts';
import { namesHash } from '../features/vector.ts';
import { logit, sigmoid } from '../ml/linear/logistic-regression.ts';
import { design, scoreOf } from './deal-fit.ts';
import type { DealModel } from './deal-model.ts';
import { byWeight } from './explain.ts';
import { significant } from './numbers.ts';
import type { PortalModels } from './portal-models.ts';
import { adviseReach } from './reach.ts';

const Z90 = 1.6448536269514722;

/**
 * `null` for a closed deal: its outcome is known. People marked do-not-score are looked past; a
 * deal of theirs alone is excluded. No touch is advised of people in `heldOut`.
 */
export function scoreDeal(
  models: PortalModels,
  facts: DealFacts,
  rules: ReachRules,
  asOf: Date,
  now: Date,
  heldOut: ReadonlySet<string> = new Set(),
): DealScore | null {
  if (facts.deal.stage !== 'open') return null;
  const modelVersion = models.version;
  const contacts = facts.contacts.filter((c) => !c.contact.doNotScore);
  const nothing = { win: null, silentDays: null, stalledAfterDays: null, stalled: null };
  if (facts.contacts.length > 0 && contacts.length === 0)
    return { status: 'excluded', ...nothing, nextTouch: null, expectedValue: null, modelVersion };
  const known = { deal: facts.deal, contacts };
  const win = models.deals === null ? null : winChance(models.deals, known, asOf);
  const silent = silentDays(known, now);
  const limit = models.deals?.stalledAfterDays ?? null;
  const { amount } = facts.deal;
  return {
    status: win === null ? 'no_data' : win.better === true ? 'ready' : 'learning',
    win,
    silentDays: significant(silent, 4),
    stalledAfterDays: limit,
    stalled: limit === null ? null : silent > limit,
    nextTouch: nextTouch(
      models,
      contacts.filter((c) => !heldOut.has(c.contact.id)),
      rules,
      asOf,
      now,
    ),
    expectedValue: win === null || amount === null ? null : win.chance * amount,
    modelVersion,
  };
}

/**
 * The mean over what is unknown of the weights: σ(κ·η), κ = 1/√(1 + π·var/8) (MacKay 1992), so base
 * and effects are multiplied by κ and add up exactly. 90 % interval from the Laplace covariance; for
 * the rate alone from the Beta posterior's logit.
 */
export function winChance(model: DealModel, facts: DealFacts, asOf: Date): WinChance {
  const usual = (model.won + 1) / (model.won + model.lost + 2);
  const verdict = model.report.test?.verdict;
  const closed = {
    won: model.won,
    lost: model.lost,
    better: verdict === undefined ? null : verdict === 'better',
  };
  if (model.kind === 'rate') {
    const sd = Math.sqrt(1 / (model.won + 1) + 1 / (model.lost + 1));
    const base = logit(usual);
    return banded({ chance: usual, usual, base, reasons: [], ...closed }, base, sd);
  }
  const { names, values } = dealVector(facts, asOf);
  if (namesHash(names) !== model.features)
    throw new Error('the deals were fitted on other columns');
  const row = design(model.scaler, values);
  const p = row.length;
  let variance = 0;
  row.forEach((a, i) => {
    row.forEach((b, j) => {
      variance += a * b * (model.covariance[i * p + j] ?? 0);
    });
  });
  variance = Math.max(0, variance);
  const shrink = 1 / Math.sqrt(1 + (Math.PI * variance) / 8);
  const base = shrink * (model.weights[p - 1] ?? 0);
  const reasons: Reason[] = DEAL_FEATURES.flatMap((feature, j) => {
    const effect = shrink * (model.weights[j] ?? 0) * (row[j] ?? 0);
    return effect === 0
      ? []
      : [
          {
            code: codeOf(feature, values[j] ?? 0),
            effect,
            params: {
              value: plain(feature, values[j] ?? 0),
              usual: plain(feature, model.scaler.mean[j] ?? 0),
            },
          },
        ];
  });
  const sorted = byWeight(reasons);
  const chance = sigmoid(sorted.reduce((sum, r) => sum + r.effect, base));
  const eta = scoreOf(model.weights, row);
  return banded({ chance, usual, base, reasons: sorted, ...closed }, eta, Math.sqrt(variance));
}

const codeOf = (feature: (typeof DEAL_FEATURES)[number], value: number): string =>
  feature === 'amount_unknown' && value < 0.5 ? 'deal_amount_known' : `deal_${feature}`;

/** Back from ln(1 + x). */
const plain = (feature: (typeof DEAL_FEATURES)[number], value: number): number =>
  significant(feature === 'amount_unknown' ? value : Math.expm1(value), 3);

/** `strong` and `weak` only where the whole interval says so. */
function banded(win: Omit<WinChance, 'low' | 'high' | 'band'>, eta: number, sd: number): WinChance {
  const low = Math.min(win.chance, sigmoid(eta - Z90 * sd));
  const high = Math.max(win.chance, sigmoid(eta + Z90 * sd));
  const band: WinBand = low > 0.5 ? 'strong' : high < 0.5 ? 'weak' : 'even';
  return { ...win, low, high, band };
}

/** Whoever on the deal is likeliest to answer on an allowed channel. */
function nextTouch(
  { channel }: PortalModels,
  contacts: readonly ContactFacts[],
  rules: ReachRules,
  asOf: Date,
  now: Date,
): DealScore['nextTouch'] {
  if (channel === null) return null;
  const best = contacts
    .flatMap((facts) => {
      const own = tally(touches(facts, asOf, rules));
      const { ranked, nextContactAt } = adviseReach(channel, facts, own, rules, now);
      const [first] = ranked;
      return first === undefined
        ? []
        : [
            {
              contactId: facts.contact.id as string,
              channel: first.channel,
              chance: first.chance,
              at: nextContactAt,
            },
          ];
    })
    .sort((a, b) => b.chance - a.chance);
  return best[0] ?? null;
}
