/** Everything fitted for one portal, as plain data: train, score, write down, read back. */
import { createHash } from 'node:crypto';
import type { ReachRules } from '../core/channel.ts';
import { RapportError } from '../core/errors.ts';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type {
  ContactScore,
  ReachAdvice,
  ScorePoint,
  ScoreStatus,
  TextScore,
} from '../core/score.ts';
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
import { type ChannelModel, fitChannelModel } from './channel-fit.ts';
import { type ChannelReport, evaluateChannel } from './channel-report.ts';
import { type ChurnModel, fitChurn, scoreChurn } from './churn.ts';
import type { DealReport } from './deal-judge.ts';
import { type DealModel, fitDealModel } from './deal-model.ts';
import { type DriftReference, driftReference } from './drift.ts';
import { channelEffectiveness, type EffectivenessReport } from './effectiveness.ts';
import { type KpiReport, kpis } from './kpis.ts';
import { adviseOffer, fitOffers, type OffersModel, type OffersReport } from './next-offer.ts';
import type { PolicyReport } from './policy-value.ts';
import { adviseReach } from './reach.ts';
import { ratedCases, type SatisfactionReport, satisfaction } from './satisfaction.ts';
import { fitSegments, type SegmentModel, scoreSegment } from './segmentation.ts';
import { classifyText, fitTextModels, type TextModels } from './text.ts';
import type { TextClassifierModel } from './text-classifier.ts';
import { type FirstExposure, type UpliftReport, upliftReport } from './uplift.ts';
import { fitValue, scoreValue, type ValueModel } from './value.ts';

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

export interface ModelReport {
  readonly contacts: number;
  readonly asOf: string;
  /** Held-out figures; `null` where there was too little to judge. */
  readonly channel: ChannelReport | null;
  /** What following the advice would have got on those same later touches. */
  readonly policy: PolicyReport | null;
  readonly effectiveness: EffectivenessReport | null;
  /** People shown the advice against those held out; `null` before the first month is over. */
  readonly uplift: UpliftReport | null;
  /** Absent in models of former versions. */
  readonly satisfaction?: SatisfactionReport;
  readonly kpis?: KpiReport;
  /** Next-offer rules against popularity on later purchases. */
  readonly offers: OffersReport | null;
  readonly touches: number;
  readonly touchesForPersonal: number | null;
  readonly segments: SegmentModel['tried'];
  readonly outliers: number;
  readonly purchases: ValueModel['contest'];
  readonly churn: ChurnModel['report'];
  readonly type: TextClassifierModel['report'] | null;
  readonly sentiment: TextClassifierModel['report'] | null;
  readonly urgency: TextClassifierModel['report'] | null;
  /** Absent in models of former versions. */
  readonly topic?: TextClassifierModel['report'] | null;
  /** Corrections the models learnt from; absent in models of former versions. */
  readonly corrections?: {
    readonly given: number;
    readonly changed: number;
    readonly learnt: number;
  };
  readonly deals: DealReport | null;
}

interface Fitted {
  readonly channel: ChannelModel | null;
  readonly segments: SegmentModel | null;
  readonly value: ValueModel | null;
  readonly churn: ChurnModel | null;
  readonly deals: DealModel | null;
  /** What the inputs looked like at training. */
  readonly drift: DriftReference | null;
  readonly text: TextModels | null;
  readonly offers: OffersModel | null;
}

/** Plain data; `null` parts had too little data. */
export interface PortalModels extends Fitted {
  /** `reach-2.seg-2.value-2.churn-1.deal-2.text-4+<hash of the fitted parameters>`. */
  readonly version: string;
  readonly report: ModelReport;
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
  if (facts.contact.doNotScore) {
    return {
      status: 'excluded',
      segment: null,
      value: null,
      risk: null,
      reach: null,
      offer: null,
      heldOut: null,
      voice: null,
      modelVersion,
    };
  }
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

/** Type, sentiment and urgency of one ticket or survey answer. */
export function scoreText(
  models: PortalModels,
  input: { readonly text: string; readonly subject?: string },
  topics: readonly Topic[],
): TextScore {
  return classifyText(models.text, input, models.version, topics);
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Changes with every change of what training does with the same facts, or of how it is stored. */
export const RECIPE = 'portal-models/6';

/** One line of JSON with its own checksum. */
export function serializeModels(models: PortalModels): string {
  const body = JSON.stringify(models);
  return JSON.stringify({ format: RECIPE, sha256: sha(body), body });
}

/** @throws RapportError invalid_payload when the text is cut, changed or of another format. */
export function parseModels(text: string): PortalModels {
  let outer: unknown;
  try {
    outer = JSON.parse(text);
  } catch (cause) {
    throw new RapportError('invalid_payload', 'the stored models are not JSON', { cause });
  }
  if (typeof outer !== 'object' || outer === null || !('body' in outer) || !('sha256' in outer)) {
    throw new RapportError('invalid_payload', 'the stored models have no body');
  }
  const { body, sha256 } = outer;
  if (!('format' in outer) || outer.format !== RECIPE) {
    throw new RapportError('invalid_payload', `the stored models are not ${RECIPE}`);
  }
  if (typeof body !== 'string' || sha(body) !== sha256) {
    throw new RapportError('invalid_payload', 'the stored models fail their checksum');
  }
  return JSON.parse(body) as PortalModels;
}
