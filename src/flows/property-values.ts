/** Scores in the words of CRM properties: option values, numbers with two decimals, ISO times. */
import type { ContactScore } from '../core/score.ts';
import type { TicketScore } from './score-tickets.ts';
import { whyText } from './why-text.ts';

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
    rapport_segment: score.segment?.id ?? null,
    rapport_value_band: score.value?.band ?? null,
    rapport_holdout: score.heldOut == null ? null : String(score.heldOut),
    rapport_scored_at: scoredAt.toISOString(),
    rapport_model: score.modelVersion,
  };
}

export function ticketValues(score: TicketScore, scoredAt: Date): Values {
  const { followUp, priority, summary, similar } = score.case;
  return {
    rapport_feedback_type:
      score.types.length === 0 ? null : score.types.map((t) => t.label).join(';'),
    rapport_type_confidence: probability(score.type?.confidence),
    rapport_sentiment: score.sentiment?.label ?? null,
    rapport_urgency: score.urgency?.label ?? null,
    rapport_topic: score.topic,
    rapport_entities: score.entities.length === 0 ? null : entityLines(score.entities),
    rapport_language: score.language,
    rapport_priority: String(priority.score),
    rapport_followup_state: followUp.state,
    rapport_followup_due: followUp.dueAt,
    rapport_summary: summary.length === 0 ? null : summary.map((line) => line.text).join('\n'),
    rapport_similar_case: similar[0]?.id ?? null,
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
