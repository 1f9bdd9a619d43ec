/** Scores in the words of CRM properties: option values, numbers with two decimals, ISO times. */
import { DateTime } from 'luxon';
import { CHANNELS } from '../core/channel.ts';
import type { CompanyScore, ContactScore, DealScore, ReachAdvice } from '../core/score.ts';
import type { TicketScore } from './score-tickets.ts';
import { churnWhyText, whyLines, whyText } from './why-text.ts';

type Values = Record<string, string | null>;

const probability = (value: number | undefined): string | null =>
  value === undefined ? null : value.toFixed(2);

/**
 * What a contact in the holdout shows: who they are, and that they are held out. Advice is what the
 * holdout judges, so every property that advises is empty, whatever was scored.
 */
export const SHOWN_PROPERTIES_OF_HOLDOUT: ReadonlySet<string> = new Set([
  'rapport_status',
  'rapport_holdout',
  'rapport_segment',
  'rapport_value_band',
  'rapport_value_12m',
  'rapport_value_12m_low',
  'rapport_value_12m_high',
  'rapport_churn_band',
  'rapport_churn_prob',
  'rapport_churn_why',
  'rapport_scored_at',
  'rapport_model',
]);

/** Unknown is empty, never zero; `rapport_status` says why. */
export function contactValues(score: ContactScore, scoredAt: Date): Values {
  const values = allContactValues(score, scoredAt);
  if (score.status !== 'holdout') return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      SHOWN_PROPERTIES_OF_HOLDOUT.has(name) ? value : null,
    ]),
  );
}

function allContactValues(score: ContactScore, scoredAt: Date): Values {
  const best = score.reach?.ranked[0];
  return {
    rapport_status: score.status,
    rapport_best_channel: best?.channel ?? (score.reach === null ? null : 'none'),
    rapport_reply_prob: probability(best?.chance),
    rapport_reach_evidence: best?.evidence ?? null,
    rapport_next_contact_at: score.reach?.nextContactAt ?? null,
    rapport_reach_why: best === undefined ? null : whyText(best),
    rapport_best_day: bestDay(score.reach),
    rapport_best_daypart: best?.dayPart ?? null,
    rapport_touches_7d: count(score.reach?.touches7d),
    rapport_allowed_channels: allowedChannels(score.reach),
    rapport_sentiment_90d: score.voice?.sentiment90d ?? null,
    rapport_open_feedback: count(score.voice?.openFeedback),
    rapport_segment: score.segment?.id ?? null,
    rapport_value_band: score.value?.band ?? null,
    rapport_value_12m: money(score.value?.expected12m),
    rapport_value_12m_low: money(score.value?.low),
    rapport_value_12m_high: money(score.value?.high),
    rapport_churn_band: score.risk?.band ?? null,
    rapport_churn_prob: probability(score.risk?.chance),
    rapport_churn_why: score.risk === null ? null : churnWhyText(score.risk),
    rapport_next_offer: offered(score.offer),
    rapport_offer_lift: score.offer?.blocked === null ? score.offer.lift.toFixed(2) : null,
    rapport_holdout: score.heldOut == null ? null : String(score.heldOut),
    rapport_scored_at: scoredAt.toISOString(),
    rapport_model: score.modelVersion,
  };
}

/** An offer that may not be made now is none; `null` = nothing is known to offer. */
const offered = (offer: ContactScore['offer']): string | null =>
  offer === null ? null : offer.blocked === null ? offer.sku : 'none';

/** What could not be computed is not known: empty, and neither waiting nor of no priority. */
export function ticketValues(score: TicketScore, scoredAt: Date): Values {
  const { followUp, priority, summary, similar } = score.case;
  const known = score.status !== 'error';
  return {
    rapport_feedback_type:
      score.types.length === 0 ? null : score.types.map((t) => t.label).join(';'),
    rapport_type_confidence: probability(score.type?.confidence),
    rapport_sentiment: score.sentiment?.label ?? null,
    rapport_urgency: score.urgency?.label ?? null,
    rapport_topic: score.topic,
    rapport_entities: score.entities.length === 0 ? null : entityLines(score.entities),
    rapport_language: known ? score.language : null,
    rapport_priority: known ? String(priority.score) : null,
    rapport_followup_state: known ? followUp.state : null,
    rapport_followup_due: followUp.dueAt,
    rapport_summary: summary.length === 0 ? null : summary.map((line) => line.text).join('\n'),
    rapport_similar_case: similar[0]?.id ?? null,
    rapport_why: whyLines(score.reasons),
    rapport_scored_at: scoredAt.toISOString(),
    rapport_model: score.modelVersion,
  };
}

const MOST_ENTITIES = 20;

/** One line per entity: its kind and its one form. */
const entityLines = (entities: TicketScore['entities']): string =>
  [...new Set(entities.map(({ kind, text, value }) => `${kind}: ${value ?? text}`))]
    .slice(0, MOST_ENTITIES)
    .join('\n');

const count = (n: number | null | undefined): string | null => n?.toFixed(0) ?? null;
const money = (n: number | null | undefined): string | null => n?.toFixed(2) ?? null;
const yesNo = (is: boolean | null | undefined): string | null => is?.toString() ?? null;

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The weekday of the next good hour where the contact lives. */
function bestDay(reach: ReachAdvice | null): string | null {
  if (reach === null || reach.nextContactAt === null) return null;
  const { weekday } = DateTime.fromISO(reach.nextContactAt, { zone: reach.timeZone });
  return DAYS[weekday - 1] ?? null;
}

function allowedChannels(reach: ReachAdvice | null): string | null {
  const allowed = new Set(reach?.ranked.map((c) => c.channel));
  return CHANNELS.filter((c) => allowed.has(c)).join(';') || null;
}

/** `null` = the deal is closed: whatever was written is emptied. */
export function dealValues(score: DealScore | null, scoredAt: Date): Values {
  const { win = null, nextTouch = null, stalled = null, expectedValue = null } = score ?? {};
  return {
    rapport_win_prob: probability(win?.chance),
    rapport_win_band: win?.band ?? null,
    rapport_win_why: whyLines(win?.reasons ?? []),
    rapport_stalled: yesNo(stalled),
    rapport_next_touch:
      score === null || score.status === 'excluded' || score.status === 'error'
        ? null
        : (nextTouch?.channel ?? 'none'),
    rapport_expected_value: money(expectedValue),
    rapport_scored_at: score === null ? null : scoredAt.toISOString(),
  };
}

export function companyValues(score: CompanyScore, scoredAt: Date): Values {
  return {
    rapport_health_band: score.health?.band ?? null,
    rapport_value_12m: money(score.value12m?.expected),
    rapport_churn_band: score.churn?.band ?? null,
    rapport_engaged_contacts_90d: count(score.engaged90d),
    rapport_single_threaded: yesNo(score.singleThreaded),
    rapport_best_contact: score.bestContact?.id ?? null,
    rapport_sentiment_90d: score.sentiment90d,
    rapport_top_issue: score.topIssue?.category ?? null,
    rapport_next_offer: score.nextOffer?.sku ?? null,
    rapport_health_why: whyLines(score.health?.reasons ?? []),
    rapport_scored_at: scoredAt.toISOString(),
  };
}
