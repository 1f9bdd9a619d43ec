/** A person's "wrong: it is a suggestion" becomes a label at once, and the case is scored anew. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { recordId } from '../core/ids.ts';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import { CORRECTED_FIELDS, type Correction, isLabelOf } from '../core/service.ts';
import type { TenantContext } from './context.ts';

export const correctionSchema = z.strictObject({
  kind: z.enum(['ticket', 'feedback']),
  id: z.string().regex(/^\d{1,30}$/),
  field: z.enum(CORRECTED_FIELDS),
  label: z.string().min(1).max(100),
});
export type GivenCorrection = z.infer<typeof correctionSchema>;

/**
 * Throws `invalid_payload` for a label the field does not know, `record_gone` for a message that is
 * not this account's. Giving the same again changes nothing.
 */
export async function giveCorrection(
  ctx: Pick<TenantContext, 'store' | 'tenant' | 'clock' | 'queue' | 'meter'>,
  given: GivenCorrection,
  source: Correction['source'],
): Promise<Correction> {
  const { store, tenant, clock, queue, meter } = ctx;
  const { kind, id, field, label } = given;
  if (!isLabelOf(field, label))
    throw new RapportError('invalid_payload', `${field} has no label "${label.slice(0, 40)}".`);
  const [record] = await store.records.get<Ticket | FeedbackItem>(tenant.id, kind, [id]);
  if (record === undefined)
    throw new RapportError('record_gone', `This account has no ${kind} ${id}.`);
  const [scored] = await store.scores.get(tenant.id, kind, [id]);
  const at = clock.now();
  const was = saidOf(scored?.data as TextScore | undefined, field);
  const correction: Correction = { kind, id, field, label, was, source, at };
  await store.transaction(async (tx) => {
    await tx.corrections.put(tenant.id, correction);
    const mark = { kind, id: recordId(id), change: 'corrected', eventAt: at };
    await tx.marks.raise(tenant.id, 'score', [mark], at);
  });
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  meter.count('corrections', { field, source });
  return correction;
}

/** What a score says of one field; topics are read where a score has them. */
function saidOf(score: TextScore | undefined, field: Correction['field']): string | null {
  if (score === undefined) return null;
  const answers: Readonly<Record<string, unknown>> = { ...score };
  const answer = answers[field] as { readonly label?: unknown } | null | undefined;
  return typeof answer?.label === 'string' ? answer.label : null;
}
