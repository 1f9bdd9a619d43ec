/** Every reason code a score may carry; the words for them belong to the cards. */
import type { Reason } from '../core/score.ts';

/**
 * `channel`: effects on the log-odds of a reply. `trait_<field>` stands for each CRM field.
 * `segment_…`: standard deviations from the portal's mean. `value_…`: money. `text_…`: log-odds of
 * the label against the runner-up.
 */
export const REASON_CODES = [
  'personal_history',
  'overall_history',
  'day_part',
  'lifecycle',
  'language',
  'trait_*',
  'segment_feature',
  'value_rate',
  'value_spend',
  'text_base',
  'text_term',
  'text_other',
] as const;

/** The code for a field's effect on the chance of a reply. */
export const fieldCode = (field: string): string =>
  field === 'lifecycle' || field === 'language' ? field : `trait_${field}`;

/** Largest effect first; equal ones by code, so that the order never depends on chance. */
export const byWeight = (reasons: readonly Reason[]): Reason[] =>
  [...reasons].sort(
    (a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.code < b.code ? -1 : 1),
  );
