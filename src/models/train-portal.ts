/** Fits everything for one portal from its facts up to a moment. */
import type { ReachRules } from '../core/channel.ts';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import { DEFAULT_CHURN_DAYS } from '../core/tenant.ts';
import type { Topic } from '../core/topic.ts';
import { tally, touches } from '../features/channel-history.ts';
import { dealsOf } from '../features/deal.ts';
import type { ContactFacts } from '../features/facts.ts';
import { factsAsOf } from '../features/facts-as-of.ts';
import { pastOf } from '../features/past.ts';
import { touchesForPersonal } from './channel.ts';
import { judgePolicy, type ShownBefore } from './channel-decisions.ts';
import { observables } from './channel-design.ts';
import { fitChannelModel } from './channel-fit.ts';
import { evaluateChannel } from './channel-report.ts';
import { fitChurn } from './churn.ts';
import { fitDealModel } from './deal-model.ts';
import { driftReference } from './drift.ts';
import { channelEffectiveness } from './effectiveness.ts';
import { kpis } from './kpis.ts';
import { fitOffers } from './next-offer.ts';
import { type Fitted, type PortalModels, sha } from './portal-models.ts';
import { ratedCases, satisfaction } from './satisfaction.ts';
import { fitSegments, type SegmentModel, scoreSegment } from './segmentation.ts';
import { fitTextModels, type TextModels } from './text-models.ts';
import { type FirstExposure, upliftReport } from './uplift.ts';
import { fitValue } from './value.ts';

export interface TrainingInput {
  readonly contacts: readonly ContactFacts[];
  readonly tickets: readonly Ticket[];
  readonly feedback: readonly FeedbackItem[];
  readonly rules: ReachRules;
  /** Who was on which side of the holdout since when; absent = nobody yet. */
  readonly exposures?: readonly FirstExposure[];
  /** Advice that was shown, oldest first; absent = none yet. */
  readonly advised?: readonly (ShownBefore & { readonly contactId: string })[];
  /** Nothing later than this is looked at. */
  readonly asOf: Date;
  readonly seed: number;
  /** Days without purchase or answer that count as lost; default {@link DEFAULT_CHURN_DAYS}. */
  readonly churnDays?: number;
  /** What messages may be about; absent = topics are not learnt. */
  readonly topics?: readonly Topic[];
  /** The groups of the last training, whose ids stay. */
  readonly segmentsBefore?: SegmentModel | null;
}

export type TrainingStep =
  | 'touches'
  | 'holdout'
  | 'channel'
  | 'policy'
  | 'segments'
  | 'value'
  | 'deals'
  | 'text';
/** `done` of `total` within a step. */
export type OnTraining = (step: TrainingStep, done: number, total: number) => void;

/**
 * Same input, same seed: the same models, to the byte. Leaves out contacts marked do-not-score.
 * @param texts what was fitted on the input's texts already.
 */
export function trainPortalModels(
  input: TrainingInput,
  onProgress?: OnTraining,
  texts?: TextModels | null,
): PortalModels {
  const { asOf, rules, seed } = input;
  const facts = input.contacts.flatMap((f) => {
    const known = f.contact.doNotScore ? null : factsAsOf(f, asOf);
    return known ?? [];
  });
  onProgress?.('touches', 0, facts.length);
  const shown = new Map<string, ShownBefore[]>();
  for (const advice of input.advised ?? [])
    shown.set(advice.contactId, [...(shown.get(advice.contactId) ?? []), advice]);
  const histories = facts.map((f) => ({
    facts: f,
    touches: touches(f, asOf, rules).filter((t) => t.settled),
    advised: shown.get(f.contact.id) ?? [],
  }));
  const judged = evaluateChannel(histories, seed, (r, n) => onProgress?.('holdout', r, n));
  const counted = histories.map((h) => ({
    observed: observables(h.facts.contact),
    tallies: tally(h.touches),
  }));
  const channel = fitChannelModel(counted, seed, judged?.early, (r, n) =>
    onProgress?.('channel', r, n),
  );
  onProgress?.('policy', 0, 1);
  const policy = judged
    ? judgePolicy(judged.early, histories, Date.parse(judged.report.cutAt), rules, seed)
    : null;
  onProgress?.('segments', 0, 1);
  const pasts = facts.map((f) => pastOf(f, asOf, rules));
  const segments = fitSegments(pasts, asOf, seed, input.segmentsBefore ?? null);
  const placed = segments ? pasts.map((past) => scoreSegment(segments, past)) : null;
  const inSegment = placed?.map(({ id }) => id) ?? [];
  const effectiveness = placed
    ? channelEffectiveness(
        placed.map((segment, i) => ({
          segment,
          touches: histories[i]?.touches ?? [],
        })),
      )
    : null;
  onProgress?.('value', 0, 1);
  const value = fitValue(pasts, asOf, seed);
  const churn = fitChurn(facts, asOf, rules, input.churnDays ?? DEFAULT_CHURN_DAYS, seed);
  onProgress?.('deals', 0, 1);
  const deals = fitDealModel(dealsOf(facts), asOf, seed);
  onProgress?.('text', 0, 1);
  const before = <R extends Ticket | FeedbackItem>(rows: readonly R[]): R[] =>
    rows.filter((r) => r.createdAt <= asOf);
  const text =
    texts === undefined
      ? fitTextModels(before(input.tickets), before(input.feedback), seed, input.topics)
      : texts;
  onProgress?.('text', 1, 1);
  const offers = fitOffers(facts, asOf);
  const drift = driftReference(facts, rules, asOf);
  const fitted: Fitted = {
    channel,
    segments,
    value,
    churn,
    deals,
    drift,
    text,
    offers: offers?.model ?? null,
  };
  return {
    version: `reach-2.seg-2.value-2.churn-1.deal-2.text-4+${sha(JSON.stringify(fitted)).slice(0, 8)}`,
    ...fitted,
    report: {
      contacts: facts.length,
      asOf: asOf.toISOString(),
      channel: judged?.report ?? null,
      policy,
      effectiveness,
      offers: offers?.report ?? null,
      uplift: upliftReport(facts, input.exposures ?? [], asOf, rules),
      satisfaction: satisfaction(facts.flatMap((f) => ratedCases(f, asOf))),
      kpis: kpis(
        histories.map(({ facts: f, touches: list }, i) => ({
          facts: f,
          touches: list,
          segment: inSegment[i] ?? null,
        })),
        asOf,
        rules,
      ),
      touches: channel?.touches ?? 0,
      touchesForPersonal: channel ? touchesForPersonal(channel) : null,
      segments: segments?.tried ?? [],
      outliers: segments?.outlierCount ?? 0,
      purchases: value?.contest ?? null,
      churn: churn?.report ?? null,
      type: text?.type?.report ?? null,
      sentiment: text?.sentiment?.report ?? null,
      urgency: text?.urgency?.report ?? null,
      topic: text?.topic?.report ?? null,
      deals: deals?.report ?? null,
    },
  };
}
