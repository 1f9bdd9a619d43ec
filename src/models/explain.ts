/** Every reason code a score may carry; the words for them belong to the cards. */
import type { Reason } from '../core/score.ts';

/**
 * `channel`: effects on the log-odds of a reply. `trait_<field>` stands for each CRM field.
 * `segment_…`: squared standard deviations, how much farther the runner-up is. `value_…`: money.
 * `churn_…`: log-odds of falling silent. `text_…`: log-odds of the label against the runner-up.
 * `deal_…`: log-odds of winning. `company_…`: points of health.
 */
export const REASON_CODES = [
  'personal_history',
  'overall_history',
  'personal_day_part',
  'day_part',
  'lifecycle',
  'language',
  'trait_*',
  'segment_feature',
  'value_rate',
  'value_spend',
  'value_silence',
  'value_new',
  'churn_feature',
  'text_base',
  'text_term',
  'text_other',
  'deal_amount',
  'deal_amount_known',
  'deal_amount_unknown',
  'deal_age',
  'deal_silence',
  'deal_touches_30d',
  'deal_answers_30d',
  'deal_meetings',
  'deal_people',
  'deal_bought_before',
  'deal_lost_before',
  'deal_open_cases',
  'company_engaged',
  'company_answers',
  'company_open_cases',
  'company_sentiment',
  'company_purchase',
] as const;

/** The code for a field's effect on the chance of a reply. */
export const fieldCode = (field: string): string =>
  field === 'lifecycle' || field === 'language' ? field : `trait_${field}`;

/** Largest effect first; equal ones by code, so that the order never depends on chance. */
export const byWeight = (reasons: readonly Reason[]): Reason[] =>
  [...reasons].sort(
    (a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.code < b.code ? -1 : 1),
  );

/** Below this effect a reason says nothing. */
const NOTABLE = 0.05;
export const SHOWN = 3;

/**
 * The reasons a person is shown come first: the three that weigh most, a notable count ("4 of 5")
 * among them wherever there is one, those that raise before those that lower. The rest follows by
 * weight.
 */
export function inOrderOfShowing(reasons: readonly Reason[]): Reason[] {
  const isCounted = ({ effect, params }: Reason): boolean =>
    Number(params['tried'] ?? 0) > 0 && Math.abs(effect) >= NOTABLE;
  const sorted = byWeight(reasons);
  const shown = sorted.slice(0, SHOWN);
  const counted = sorted.find(isCounted);
  if (counted !== undefined && !shown.some(isCounted)) shown.splice(-1, 1, counted);
  return [
    ...shown.filter((r) => r.effect >= 0),
    ...shown.filter((r) => r.effect < 0),
    ...sorted.filter((r) => !shown.includes(r)),
  ];
}
