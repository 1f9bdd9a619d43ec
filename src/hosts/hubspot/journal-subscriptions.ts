/** The subscriptions of the webhooks journal: of each account what the manifest names, and once that the app was taken out. */
import { z } from 'zod';
import type { Manifest } from '../../core/manifest.ts';
import type { RecordKind } from '../../core/record.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { UNSUBSCRIBABLE } from './subscriptions.ts';

/** Event type of an account that takes the app out. */
export const APP_UNINSTALLED = '4-1916193';

export const journalSubscription = z.object({
  subscriptionType: z.string(),
  portalId: z.number().nullish(),
  objectTypeId: z.string().nullish(),
  eventTypeId: z.string().nullish(),
  actions: z.array(z.string()).nullish(),
  properties: z.array(z.string()).nullish(),
  associatedObjectTypeIds: z.array(z.string()).nullish(),
});
export type JournalSubscription = z.infer<typeof journalSubscription>;

/** It is of the app, not of an account. */
export const UNINSTALL_SUBSCRIPTION: JournalSubscription = {
  subscriptionType: 'APP_LIFECYCLE_EVENT',
  eventTypeId: APP_UNINSTALLED,
  properties: [],
};

const ACTIONS: Readonly<Record<string, string>> = {
  creation: 'CREATE',
  propertyChange: 'UPDATE',
  deletion: 'DELETE',
  merge: 'MERGE',
  restore: 'RESTORE',
};

export function journalSubscriptions(manifest: Manifest, portalId: number): JournalSubscription[] {
  const kinds = Object.entries(manifest.objects);
  const typeId = (kind: string) => OBJECT_TYPES[kind as RecordKind].typeId;
  return [
    ...kinds.flatMap(([kind, { events, reads }]): JournalSubscription[] => [
      {
        subscriptionType: 'OBJECT',
        portalId,
        objectTypeId: typeId(kind),
        actions: events.flatMap((event) => ACTIONS[event] ?? []),
        properties: reads.filter((property) => !UNSUBSCRIBABLE.has(property)),
      },
      {
        subscriptionType: 'ASSOCIATION',
        portalId,
        objectTypeId: typeId(kind),
        associatedObjectTypeIds: kinds
          .map(([other]) => typeId(other))
          .filter((t) => t !== typeId(kind)),
        actions: ['ASSOCIATION_ADDED', 'ASSOCIATION_REMOVED'],
      },
    ]),
    {
      subscriptionType: 'GDPR_PRIVACY_DELETION',
      portalId,
      objectTypeId: OBJECT_TYPES.contact.typeId,
      actions: ['GDPR_DELETE'],
    },
  ];
}

/** Whether `held` tells everything that `wanted` asks for. */
export function covers(held: JournalSubscription, wanted: JournalSubscription): boolean {
  const all = (have: readonly string[] | null | undefined, need: typeof have) =>
    (need ?? []).every((item) => have?.includes(item) === true);
  return (
    held.subscriptionType === wanted.subscriptionType &&
    (held.portalId ?? null) === (wanted.portalId ?? null) &&
    (held.objectTypeId ?? null) === (wanted.objectTypeId ?? null) &&
    // Not every published form of the answer names the event type.
    (held.eventTypeId ?? wanted.eventTypeId ?? null) === (wanted.eventTypeId ?? null) &&
    all(held.actions, wanted.actions) &&
    all(held.properties, wanted.properties) &&
    all(held.associatedObjectTypeIds, wanted.associatedObjectTypeIds)
  );
}
