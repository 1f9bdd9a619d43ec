/** Everything fitted for one portal, as plain data, with its report; written down and read back. */
import { createHash } from 'node:crypto';
import { RapportError } from '../core/errors.ts';
import type { ChannelModel } from './channel-fit.ts';
import type { ChannelReport } from './channel-report.ts';
import type { ChurnModel } from './churn.ts';
import type { DealReport } from './deal-judge.ts';
import type { DealModel } from './deal-model.ts';
import type { DriftReference } from './drift.ts';
import type { EffectivenessReport } from './effectiveness.ts';
import type { KpiReport } from './kpis.ts';
import type { OffersModel, OffersReport } from './next-offer.ts';
import type { PolicyReport } from './policy-value.ts';
import type { SatisfactionReport } from './satisfaction.ts';
import type { SegmentModel } from './segmentation.ts';
import type { TextClassifierModel } from './text-classifier.ts';
import type { TextModels } from './text-models.ts';
import type { UpliftReport } from './uplift.ts';
import type { ValueModel } from './value.ts';

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

export interface Fitted {
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

/** Hexadecimal SHA-256. */
export const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Changes with every change of what training does with the same facts, or of how it is stored. */
export const RECIPE = 'portal-models/7';

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
