/** A person's order: put a task or a note with this advice on the record. */
import type { ActivityRequest, NewActivity } from '../core/activity.ts';
import { RapportError } from '../core/errors.ts';
import type { CrmRecord, RecordRef } from '../core/record.ts';
import { sendsFresh } from '../core/tenant.ts';
import type { TenantContext } from './context.ts';
import { activityKey, planActivity } from './plan-activity.ts';

/** `planned`: waits for the admin; `ordered`: is on its way; `done`: it is there already. */
export interface OrderedActivity {
  readonly state: 'planned' | 'ordered' | 'done';
}

type Ctx = Pick<TenantContext, 'store' | 'tenant' | 'clock' | 'queue' | 'meter'>;

/**
 * The same again, by a double click or a host's retry, orders nothing new. In a dry run it is planned
 * like every write. Throws `record_gone` for a record that is not this account's.
 */
export async function createActivity(
  ctx: Ctx,
  about: RecordRef,
  request: ActivityRequest,
): Promise<OrderedActivity> {
  const { store, tenant, clock, queue, meter } = ctx;
  const [record] = await store.records.get<CrmRecord>(tenant.id, about.kind, [about.id]);
  if (record === undefined)
    throw new RapportError('record_gone', `This account has no ${about.kind} ${about.id}.`);
  const now = clock.now();
  const activity = toActivity(record, request, now);
  const key = activityKey(activity);
  const [scored] = await store.scores.get(tenant.id, about.kind, [about.id]);
  const fresh = await store.transaction(async (tx) => {
    const runId = await tx.runs.start(tenant.id, activity.kind, now);
    const modelVersion = scored?.modelVersion ?? '';
    const planned = await planActivity(tx, tenant.id, runId, activity, { key, modelVersion, now });
    await tx.runs.progress(tenant.id, runId, { planned: Number(planned) }, now);
    return planned;
  });
  meter.count('activities', { kind: activity.kind, outcome: fresh ? 'ordered' : 'repeated' });
  const known = await store.activities.get(tenant.id, activity.kind, key);
  if (!fresh && known?.crmId !== null) return { state: 'done' };
  if (!sendsFresh(tenant)) return { state: 'planned' };
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  return { state: 'ordered' };
}

/** It also stands on the person of a case. */
function toActivity(record: CrmRecord, request: ActivityRequest, now: Date): NewActivity {
  const { kind, subject, body, dueAt, type } = request;
  const person =
    record.kind === 'ticket' ? record.links.filter((l) => l.kind === 'contact').slice(0, 1) : [];
  return {
    kind,
    subject,
    body,
    type,
    about: [{ kind: record.kind, id: record.id }, ...person],
    at: kind === 'note' || dueAt === null ? now : new Date(dueAt),
    ownerId: record.kind === 'ticket' ? (record.repId ?? null) : null,
  };
}
