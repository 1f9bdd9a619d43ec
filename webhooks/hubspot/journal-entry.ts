/** An entry of HubSpot's webhooks journal → the same event as a webhook tells it. */

/** Source of what an entry names none for: it waits behind what people did, which a webhook tells first. */
export const JOURNAL = 'JOURNAL';

const ACTIONS: Readonly<Record<string, string>> = {
  CREATE: 'creation',
  UPDATE: 'propertyChange',
  DELETE: 'deletion',
  MERGE: 'merge',
  RESTORE: 'restore',
  ASSOCIATION_ADDED: 'associationChange',
  ASSOCIATION_REMOVED: 'associationChange',
  GDPR_DELETE: 'privacyDeletion',
};

/** One event per changed property; what is no entry of the journal comes back as it is. */
export function asEvents(raw: unknown): unknown[] {
  if (!isObject(raw) || typeof raw['action'] !== 'string') return [raw];
  if ('subscriptionType' in raw || 'eventType' in raw) return [raw];
  const { action, propertyChanges } = raw;
  const event = {
    changeSource: JOURNAL,
    ...raw,
    subscriptionType: `object.${ACTIONS[action] ?? action}`,
    occurredAt: milliseconds(raw['occurredAt']),
    // The names of the two ends are not certain; both known forms are taken.
    fromObjectId: raw['fromObjectId'] ?? raw['objectId'],
    fromObjectTypeId: raw['fromObjectTypeId'] ?? raw['objectTypeId'],
    toObjectId: raw['toObjectId'] ?? raw['associatedObjectId'],
    toObjectTypeId: raw['toObjectTypeId'] ?? raw['associatedObjectTypeId'],
  };
  if (!isObject(propertyChanges)) return [event];
  const names = Object.keys(propertyChanges);
  return names.length === 0 ? [event] : names.map((propertyName) => ({ ...event, propertyName }));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The journal writes ISO 8601, a webhook milliseconds. */
const milliseconds = (at: unknown): unknown =>
  typeof at === 'string' && !/^\d+$/.test(at) ? Date.parse(at) : at;
