/** Serving a customer who wrote: when an answer is due, how cases are ordered, what was corrected. */
import { z } from 'zod';
import { FEEDBACK_TYPES, type RecordRef, SENTIMENTS, URGENCIES } from './record.ts';
import { VALUE_BANDS } from './score.ts';

/** `none`: nothing is waited for. `done`: answered, or closed by a person. */
export const FOLLOW_UP_STATES = ['none', 'open', 'done', 'overdue'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

const share = z.number().min(0).max(1);
const weight = z.number().min(0).max(5);

/** What an admin may set about serving customers; every part of the priority's formula is here. */
export const serviceRulesSchema = z.strictObject({
  /**
   * The first row that fits says how many business hours an answer may take, or hours by day and
   * night where `calendar` is true; `null` = none is due.
   */
  due: z
    .array(
      z.strictObject({
        type: z.enum([...FEEDBACK_TYPES, 'any']),
        urgency: z.enum([...URGENCIES, 'any']),
        hours: z.number().positive().max(8_760).nullable(),
        calendar: z.boolean().optional(),
      }),
    )
    .max(50),
  priority: z.strictObject({
    /** Factors 0–1 per urgency and per value band; `unknown` where Rapport cannot say. */
    urgency: z.record(z.enum([...URGENCIES, 'unknown']), share),
    value: z.record(z.enum([...VALUE_BANDS, 'unknown']), share),
    /** Factor of a case whose waiting has just begun; it grows to 1 until the answer is due. */
    waitingStart: share,
    /** Exponents of the three factors; 0 leaves one out. */
    weights: z.strictObject({ urgency: weight, value: weight, waiting: weight }),
  }),
  replies: z.strictObject({
    /** Confidence from which a draft is offered. */
    gate: share,
    /** From here up to the gate the customer is asked which of the likely questions they mean. */
    askFrom: share,
  }),
  /** What Rapport does in the CRM by itself, in the dry run like every write. */
  tasks: z.strictObject({
    /** A task for each case whose answer is overdue. */
    overdue: z.boolean(),
  }),
});
export type ServiceRules = z.infer<typeof serviceRulesSchema>;

export const DEFAULT_SERVICE_RULES: ServiceRules = {
  due: [
    { type: 'praise', urgency: 'any', hours: 55 },
    { type: 'suggestion', urgency: 'none', hours: 55 },
    { type: 'any', urgency: 'now', hours: 1, calendar: true },
    { type: 'any', urgency: 'today', hours: 8 },
    { type: 'any', urgency: 'this_week', hours: 33 },
    { type: 'any', urgency: 'any', hours: 11 },
  ],
  priority: {
    urgency: { now: 1, today: 0.75, this_week: 0.5, none: 0.3, unknown: 0.5 },
    value: { top: 1, high: 0.85, mid: 0.7, low: 0.55, unknown: 0.7 },
    waitingStart: 0.4,
    weights: { urgency: 1, value: 1, waiting: 1 },
  },
  replies: { gate: 0.6, askFrom: 0.35 },
  tasks: { overdue: false },
};

export interface FollowUp {
  readonly state: FollowUpState;
  /** ISO times. `waitingSince` is the first message that nobody has answered. */
  readonly dueAt: string | null;
  readonly waitingSince: string | null;
  readonly answeredAt: string | null;
  /** What answered it, and the CRM user who did. */
  readonly answeredBy: { readonly ref: RecordRef; readonly repId: string | null } | null;
  /** The customer wrote again after an answer. */
  readonly cameBack: boolean;
  /** `case`: touches linked to the case; `contact`: the person's touches, because none is linked. */
  readonly evidence: 'case' | 'contact';
}

/** One factor of a priority: what was read, its value 0–1, and its exponent. */
export interface PriorityPart {
  readonly factor: 'urgency' | 'value' | 'waiting';
  readonly input: string;
  readonly value: number;
  readonly weight: number;
}

export interface Priority {
  /** 100 × the product of `value ^ weight`, 0–100; 0 when nobody waits. */
  readonly score: number;
  readonly parts: readonly PriorityPart[];
}

export interface SummaryLine {
  readonly ref: RecordRef;
  readonly text: string;
}

/** What Rapport keeps of a case beside its classification. Other cases are named by id only. */
export interface CaseScore {
  readonly followUp: FollowUp;
  readonly priority: Priority;
  readonly summary: readonly SummaryLine[];
  /** Past cases, most similar first; cosine 0–1. */
  readonly similar: readonly { readonly id: string; readonly similarity: number }[];
}

/** What a person may correct. */
export const CORRECTED_FIELDS = ['type', 'sentiment', 'urgency', 'topic'] as const;
export type CorrectedField = (typeof CORRECTED_FIELDS)[number];
const LABELS: Readonly<Record<Exclude<CorrectedField, 'topic'>, readonly string[]>> = {
  type: FEEDBACK_TYPES,
  sentiment: SENTIMENTS,
  urgency: URGENCIES,
};

/** Whether a field may hold a label; topics are the tenant's own words. */
export const isLabelOf = (field: CorrectedField, label: string): boolean =>
  field === 'topic' ? label.trim() !== '' && label.length <= 100 : LABELS[field].includes(label);

/** A person's word on a message, which outranks every model. */
export interface Correction {
  readonly kind: 'ticket' | 'feedback';
  readonly id: string;
  readonly field: CorrectedField;
  readonly label: string;
  /** What Rapport had said; `null` when it had not. */
  readonly was: string | null;
  readonly source: 'card' | 'crm' | 'labelling';
  readonly at: Date;
}
