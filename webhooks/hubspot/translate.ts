/** HubSpot's events → InboundEvent: which of our records to look at again. Our own writes are passed over. */
import type { ChangeType, InboundEvent } from '../../src/core/event.ts';
import { parseExact } from '../../src/core/exact-json.ts';
import { recordId } from '../../src/core/ids.ts';
import type { RecordKind, RecordRef } from '../../src/core/record.ts';
import type { Translation } from '../../src/ports/translator.ts';
import { type SubscribedObjects, subscribedObjects } from '../generated/subscriptions.ts';
import { asEvents, JOURNAL } from './journal-entry.ts';
import { eventSchema, type HubSpotEvent } from './schema.ts';

const CHANGES: Readonly<Record<string, ChangeType>> = {
  creation: 'created',
  propertyChange: 'changed',
  deletion: 'deleted',
  restore: 'restored',
  merge: 'merged',
  privacyDeletion: 'privacy_deleted',
  associationChange: 'associated',
};
const FUTURE_MS = 60_000;
const EARLIEST_MS = Date.UTC(2000, 0, 1);

const objects: SubscribedObjects = subscribedObjects;
const kindByTypeId = new Map(
  Object.entries(objects).map(([kind, o]) => [o.typeId, kind as RecordKind]),
);
const kindByName = new Map(
  Object.entries(objects).map(([kind, o]) => [o.event, kind as RecordKind]),
);

/** A translator in the sense of `src/ports/translator.ts`. */
export function translate(body: string, receivedAt: Date): Translation {
  const events: InboundEvent[] = [];
  const malformed: { reason: string; body: string }[] = [];
  const ignored: Record<string, number> = {};
  for (const raw of (parseExact(body) as unknown[]).flatMap(asEvents)) {
    const parsed = eventSchema.safeParse(raw);
    if (!parsed.success) {
      malformed.push({
        reason: parsed.error.issues[0]?.message ?? 'malformed event',
        body: JSON.stringify(raw),
      });
      continue;
    }
    const outcome = toEvent(parsed.data, receivedAt.getTime());
    if (outcome === null) {
      const type = (parsed.data.subscriptionType ?? parsed.data.eventType ?? '')
        .replaceAll(/[^\w.]/g, '')
        .slice(0, 60);
      ignored[type] = (ignored[type] ?? 0) + 1;
    } else if (typeof outcome === 'string')
      malformed.push({ reason: outcome, body: JSON.stringify(raw) });
    else events.push(outcome);
  }
  return { events, malformed, ignored };
}

/** An event, `null` for one of no interest, or the reason why it cannot be read. */
function toEvent(event: HubSpotEvent, receivedMs: number): InboundEvent | null | string {
  const [subject, action] = splitType(event.subscriptionType ?? event.eventType ?? '');
  const change = Object.hasOwn(CHANGES, action) ? CHANGES[action] : undefined;
  if (change === undefined) return null;
  if (change === 'changed' && isOwnProperty(event.propertyName)) return null;
  const occurredAtMs = clamp(event.occurredAt, receivedMs);
  const bulk = event.changeSource === 'IMPORT' || event.changeSource === JOURNAL;
  if (change === 'associated') {
    const records = associated(event, subject);
    return records.length === 0 ? null : { change, records, occurredAtMs, bulk };
  }
  const kind =
    subject === 'object' ? kindByTypeId.get(event.objectTypeId ?? '') : kindByName.get(subject);
  if (kind === undefined) return null;
  const ids =
    change === 'merged'
      ? [event.newObjectId, event.primaryObjectId, event.objectId, ...(event.mergedObjectIds ?? [])]
      : [event.objectId];
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  if (known.length === 0) return 'no objectId';
  return {
    change,
    records: known.map((id): RecordRef => ({ kind, id: recordId(id) })),
    occurredAtMs,
    bulk,
  };
}

/** `contact.propertyChange` → [`contact`, `propertyChange`]. */
function splitType(type: string): [string, string] {
  const dot = type.lastIndexOf('.');
  return dot < 0 ? [type, ''] : [type.slice(0, dot), type.slice(dot + 1)];
}

/** Scores we wrote ourselves; what people set is read like any other property. */
const isOwnProperty = (name: string | undefined): boolean =>
  name?.startsWith('rapport_') === true &&
  name !== 'rapport_do_not_score' &&
  name !== 'rapport_human_type' &&
  name !== 'rapport_human_topic';

/** Both ends; types by id, or from a name such as CONTACT_TO_COMPANY. */
function associated(event: HubSpotEvent, subject: string): RecordRef[] {
  const [fromName, toName] = (event.associationType ?? '').toLowerCase().split('_to_');
  const end = (
    id: string | undefined,
    typeId: string | undefined,
    name: string | undefined,
  ): RecordRef[] => {
    const kind = kindByTypeId.get(typeId ?? '') ?? kindByName.get(name ?? '');
    return id === undefined || kind === undefined ? [] : [{ kind, id: recordId(id) }];
  };
  return [
    ...end(event.fromObjectId, event.fromObjectTypeId ?? event.objectTypeId, fromName || subject),
    ...end(event.toObjectId, event.toObjectTypeId, toName),
  ];
}

/** Absurd times (seconds, future, negative) become the time of receipt, so that they block nothing later. */
function clamp(occurredAt: number | undefined, receivedMs: number): number {
  if (occurredAt === undefined || !Number.isFinite(occurredAt)) return receivedMs;
  return occurredAt < EARLIEST_MS || occurredAt > receivedMs + FUTURE_MS ? receivedMs : occurredAt;
}
