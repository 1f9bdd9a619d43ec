/** What the models of a portal say of one contact, or of one text. */

import type { ReachRules } from '../core/channel.ts';
import { noContactScore } from '../core/no-score.ts';
import type {
  ContactScore,
  ReachAdvice,
  ScorePoint,
  ScoreStatus,
  TextScore,
  ValueBand,
} from '../core/score.ts';
import type { Topic } from '../core/topic.ts';
import { tally, touches } from '../features/channel-history.ts';
import type { ContactFacts } from '../features/facts.ts';
import { pastOf } from '../features/past.ts';
import { scoreChurn } from './churn.ts';
import { adviseOffer } from './next-offer.ts';
import type { PortalModels } from './portal-models.ts';
import { adviseReach } from './reach.ts';
import { scoreSegment } from './segmentation.ts';
import { classifyText } from './text.ts';
import { scoreValue } from './value.ts';

/** An interval no wider than this is ready even before it is personal. */
const READY_WIDTH = 0.3;

/**
 * Everything Rapport says of one contact. Facts are read up to `asOf`; the touch cap and the next
 * slot are counted from `now`.
 */
export function scoreContact(
  models: PortalModels,
  facts: ContactFacts,
  rules: ReachRules,
  asOf: Date,
  now: Date,
): ContactScore {
  const modelVersion = models.version;
  if (facts.contact.doNotScore) return noContactScore('excluded', modelVersion);
  const tries = touches(facts, asOf, rules);
  const past = pastOf(facts, asOf, rules, tries);
  const segment = models.segments ? scoreSegment(models.segments, past) : null;
  const value = models.value ? scoreValue(models.value, past) : null;
  const risk = models.churn ? scoreChurn(models.churn, past) : null;
  const own = models.channel ? tally(tries) : [];
  const reach = models.channel ? adviseReach(models.channel, facts, own, rules, now) : null;
  const tried = own.reduce((n, t) => n + t.tried, 0);
  const offer = models.offers
    ? adviseOffer(models.offers, facts, asOf, (reach?.ranked.length ?? 0) > 0)
    : null;
  const status = reach
    ? reachStatus(reach, tried)
    : segment === null && value === null
      ? 'no_data'
      : 'learning';
  return { status, segment, value, risk, reach, offer, heldOut: null, voice: null, modelVersion };
}

/**
 * `ready` once the contact's own outcomes inform a channel enough, or leave a narrow interval; a
 * reached touch cap blocks for some days only and leaves the status as it is.
 */
function reachStatus({ ranked, blocked }: ReachAdvice, tried: number): ScoreStatus {
  if (
    ranked.length === 0 &&
    blocked.every((b) => b.code !== 'touch_cap' && b.code !== 'quiet_hours')
  )
    return 'consent_blocked';
  const best = ranked[0];
  if (tried === 0) return 'learning';
  if (best === undefined) return 'ready';
  const personal = ranked.some((c) => c.evidence === 'personal');
  const sure = best.evidence !== 'everyone' && best.high - best.low <= READY_WIDTH;
  return personal || sure ? 'ready' : 'learning';
}

/** What would have been said of a contact's value and risk at `asOf`; `null` when nothing would. */
export function scorePoint(
  models: PortalModels,
  facts: ContactFacts,
  rules: ReachRules,
  asOf: Date,
  month: string,
): ScorePoint | null {
  if (facts.contact.doNotScore || facts.contact.createdAt > asOf) return null;
  const past = pastOf(facts, asOf, rules);
  const value = models.value ? scoreValue(models.value, past) : null;
  const risk = models.churn ? scoreChurn(models.churn, past) : null;
  if (value === null && risk === null) return null;
  return { month, value12m: value?.expected12m ?? null, churnChance: risk?.chance ?? null };
}

/** How much a contact is worth, alone; `null` where nothing is said of it. */
export function valueBand(
  models: PortalModels,
  facts: ContactFacts,
  rules: ReachRules,
  asOf: Date,
): ValueBand | null {
  if (facts.contact.doNotScore || models.value === null) return null;
  return scoreValue(models.value, pastOf(facts, asOf, rules))?.band ?? null;
}

/** Type, sentiment and urgency of one ticket or survey answer. */
export function scoreText(
  models: PortalModels,
  input: { readonly text: string; readonly subject?: string },
  topics: readonly Topic[],
): TextScore {
  return classifyText(models.text, input, models.version, topics);
}
