/** People's corrections laid over what the models said, and over the records the next model learns from. */
import {
  FEEDBACK_TYPES,
  type FeedbackItem,
  SENTIMENTS,
  type Ticket,
  URGENCIES,
} from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import type { CorrectedField, Correction } from '../core/service.ts';
import { cleanMessage } from '../ml/text/message/clean.ts';
import { scoreText } from './contact-score.ts';
import type { PortalModels } from './portal-models.ts';
import { joinText } from './text-labels.ts';

export type HumanLabels = Readonly<Partial<Record<CorrectedField, string>>>;

/** A correction in the CRM's own properties outranks one given elsewhere: it is seen there. */
export function humanLabels(
  ticket: Pick<Ticket, 'humanType' | 'humanTopic'> | null,
  corrections: readonly Correction[],
): HumanLabels {
  // What was noted of the CRM's own properties counts only while they still hold it.
  const here = corrections.filter((c) => c.source !== 'crm');
  const given = Object.fromEntries(here.map((c) => [c.field, c.label]));
  return {
    ...given,
    ...(ticket?.humanType[0] === undefined ? {} : { type: ticket.humanType[0] }),
    ...(ticket?.humanTopic ? { topic: ticket.humanTopic } : {}),
  };
}

/** What people set in the CRM's own properties and nobody has noted yet, against what the models say. */
export function crmCorrections(
  ticket: Ticket,
  said: TextScore,
  known: readonly Correction[],
  at: Date,
): Correction[] {
  const note = (field: CorrectedField, label: string | undefined, was: string | null) =>
    label === undefined || known.some((c) => c.field === field && c.label === label)
      ? []
      : [{ kind: 'ticket', id: ticket.id, field, label, was, source: 'crm', at } as const];
  return [
    ...note('type', ticket.humanType[0], said.type?.label ?? null),
    ...note('topic', ticket.humanTopic ?? undefined, null),
  ];
}

/** A corrected answer is certain and has no reasons of a model's. */
export function corrected<S extends TextScore>(score: S, labels: HumanLabels): S {
  const as = <L extends string>(known: readonly L[], label: string | undefined) => {
    const found = known.find((l) => l === label);
    return found === undefined ? undefined : { label: found, confidence: 1 };
  };
  const type = as(FEEDBACK_TYPES, labels.type);
  return {
    ...score,
    ...(type === undefined ? {} : { type, types: [type], reasons: [], status: 'ready' as const }),
    sentiment: as(SENTIMENTS, labels.sentiment) ?? score.sentiment,
    urgency: as(URGENCIES, labels.urgency) ?? score.urgency,
    topic: labels.topic ?? score.topic,
  };
}

/** Records as the next model reads them: each correction is the label people chose. */
export function withCorrections<R extends Ticket | FeedbackItem>(
  records: readonly R[],
  corrections: readonly Correction[],
): R[] {
  const byRecord = new Map<string, Correction[]>();
  for (const c of corrections) {
    const key = `${c.kind} ${c.id}`;
    byRecord.set(key, [...(byRecord.get(key) ?? []), c]);
  }
  return records.map((record) => {
    const own = byRecord.get(`${record.kind} ${record.id}`);
    if (own === undefined) return record;
    const labels = humanLabels(record.kind === 'ticket' ? record : null, own);
    const type = FEEDBACK_TYPES.find((t) => t === labels.type);
    return {
      ...record,
      ...(type === undefined ? {} : { humanType: [type] }),
      ...(labels.topic === undefined ? {} : { humanTopic: labels.topic }),
    };
  });
}

/** What people's corrections changed; of types, the field every message has. */
export interface CorrectionReport {
  readonly given: number;
  /** Where Rapport had said something else. */
  readonly changed: number;
  /** Of those, where the new model says by itself what the person said; it has learnt from them. */
  readonly learnt: number;
}

export function correctionReport(
  models: PortalModels,
  tickets: readonly Ticket[],
  feedback: readonly FeedbackItem[],
  corrections: readonly Correction[],
): CorrectionReport {
  const types = corrections.filter((c) => c.field === 'type');
  const changed = types.filter((c) => c.was !== c.label);
  const texts = new Map(
    [...tickets, ...feedback].map((r) => [
      `${r.kind} ${r.id}`,
      cleanMessage(r.kind === 'ticket' ? joinText(r.subject, r.text) : r.text).text,
    ]),
  );
  const learnt = changed.filter(({ kind, id, label }) => {
    const text = texts.get(`${kind} ${id}`);
    return text !== undefined && scoreText(models, { text }, []).type?.label === label;
  });
  return { given: types.length, changed: changed.length, learnt: learnt.length };
}
