/** Tasks and notes on their way to the CRM: planned once per key, in the journal of all writes. */
import { createHash } from 'node:crypto';
import { ADVICE_SIGNATURE, type NewActivity } from '../core/activity.ts';
import { recordId, type TenantId } from '../core/ids.ts';
import { RECORD_KINDS, type RecordKind } from '../core/record.ts';
import type { Store } from '../ports/store.ts';
import type { PlannedWrite, PropertyChange } from '../ports/write-store.ts';

type Planned = Omit<PlannedWrite, 'writeId'>;

/**
 * What the same advice is known by: the record, the words of the title and the hour it is for. A
 * later score's other reasons make no second task of it.
 */
export function activityKey({ kind, about, subject, at }: NewActivity): string {
  const hour = at.toISOString().slice(0, 13);
  const first = about[0];
  const named = [kind, first?.kind, first?.id, subject, hour].join('\n');
  return `${kind}-${createHash('sha256').update(named).digest('hex').slice(0, 32)}`;
}

/** Whether it is new. `tx` should be a transaction: the key and the journal stand or fall together. */
export async function planActivity(
  tx: Store,
  tenant: TenantId,
  runId: number,
  activity: NewActivity,
  { key, modelVersion, now }: { key: string; modelVersion: string; now: Date },
): Promise<boolean> {
  const { kind, about } = activity;
  if (!(await tx.activities.remember(tenant, { kind, key, about }, now))) return false;
  await tx.writes.plan(tenant, runId, [toWrite(activity, key, modelVersion)], now);
  return true;
}

export function toWrite(activity: NewActivity, key: string, modelVersion: string): Planned {
  const { kind, about, subject, body, at, type, ownerId } = activity;
  const signed = body.endsWith(ADVICE_SIGNATURE) ? body : `${body}\n${ADVICE_SIGNATURE}`.trim();
  const values = {
    about: about.map((ref) => `${ref.kind} ${ref.id}`).join(', '),
    subject,
    body: signed,
    at: at.toISOString(),
    type,
    ...(ownerId === null ? {} : { owner: ownerId }),
  };
  const changes = Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, PropertyChange] => [
      name,
      { old: null, new: value },
    ]),
  );
  return { kind, id: key, changes, modelVersion, eventAt: null };
}

/** The same backwards: what was made is to be taken away. */
export const toRemoval = ({ kind, id, changes, modelVersion }: Planned): Planned => ({
  kind,
  id,
  modelVersion,
  eventAt: null,
  changes: Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, { old: change.new, new: null }]),
  ),
});

export const isRemoval = ({ changes }: Pick<PlannedWrite, 'changes'>): boolean =>
  Object.values(changes).every((change) => change.new === null);

/** What a journal row stands for, whichever way it goes. */
export function fromWrite({ kind, changes }: Pick<PlannedWrite, 'kind' | 'changes'>): NewActivity {
  const value = (name: string) => changes[name]?.new ?? changes[name]?.old ?? '';
  const type = value('type');
  return {
    kind: kind === 'task' ? 'task' : 'note',
    about: value('about')
      .split(', ')
      .flatMap((ref) => {
        const [of = '', id = ''] = ref.split(' ');
        return isKind(of) ? [{ kind: of, id: recordId(id) }] : [];
      }),
    subject: value('subject'),
    body: value('body'),
    at: new Date(value('at')),
    type: type === 'call' || type === 'email' ? type : 'todo',
    ownerId: value('owner') || null,
  };
}

const isKind = (name: string): name is RecordKind =>
  (RECORD_KINDS as readonly string[]).includes(name);
