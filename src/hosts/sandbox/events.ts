/** What changed in the sandbox, as the webhook events an app has subscribed to. */
import { associationType } from './association-types.ts';
import { findObjectType, type ObjectType } from './object-types.ts';
import type { AppRegistration, Identity, Subscription } from './settings.ts';

/** Who made a change: a person on the pages, the installed app, or somebody with the private token. */
export interface Actor {
  readonly changeSource: 'CRM_UI' | 'INTEGRATION' | 'API';
  readonly sourceId: string;
}

export type Change =
  | {
      readonly kind: 'creation' | 'deletion' | 'restore' | 'privacyDeletion';
      readonly type: ObjectType;
      readonly id: number;
    }
  | {
      readonly kind: 'propertyChange';
      readonly type: ObjectType;
      readonly id: number;
      readonly name: string;
      readonly value: string | null;
    }
  | {
      readonly kind: 'merge';
      readonly type: ObjectType;
      readonly primaryId: number;
      readonly mergedIds: readonly number[];
      readonly newId: number;
      readonly moved: number;
    }
  | {
      readonly kind: 'associationChange';
      readonly from: ObjectType;
      readonly fromId: number;
      readonly to: ObjectType;
      readonly toId: number;
      readonly typeId: number;
      readonly removed: boolean;
    };

export type WebhookEvent = Readonly<Record<string, unknown>>;

export interface EventSource {
  readonly identity: Identity;
  readonly app: AppRegistration;
  readonly at: Date;
  /** 0–1; ids need not be unique, and receivers must not count on it. */
  readonly random: () => number;
}

const FIRST_SUBSCRIPTION_ID = 1_001;

/** One event per matching subscription. */
export function eventsOf(
  changes: readonly Change[],
  actor: Actor,
  source: EventSource,
): WebhookEvent[] {
  const listening = new Map<string, [number, Subscription][]>();
  source.app.subscriptions.forEach((subscription, index) => {
    const key = subscribedTo(subscription);
    listening.set(key, [...(listening.get(key) ?? []), [index, subscription]]);
  });
  return changes.flatMap((change) =>
    (listening.get(keyOf(change)) ?? []).map(([index, subscription]) =>
      event(change, index, subscription, actor, source),
    ),
  );
}

const PRIVACY_DELETION = 'contact.privacyDeletion';

/** Changes and the subscriptions to them have the same key. */
function keyOf(change: Change): string {
  if (change.kind === 'privacyDeletion') return PRIVACY_DELETION;
  const type = change.kind === 'associationChange' ? change.from : change.type;
  const key = `object.${change.kind} ${type.name}`;
  return change.kind === 'propertyChange' ? `${key} ${change.name}` : key;
}

function subscribedTo({ subscriptionType, objectType, propertyName }: Subscription): string {
  if (subscriptionType === PRIVACY_DELETION) return PRIVACY_DELETION;
  const type = objectType === undefined ? undefined : findObjectType(objectType);
  const key = `${subscriptionType} ${type?.name ?? ''}`;
  return subscriptionType === 'object.propertyChange' ? `${key} ${propertyName}` : key;
}

function event(
  change: Change,
  index: number,
  subscription: Subscription,
  actor: Actor,
  { identity, at, random }: EventSource,
): WebhookEvent {
  return {
    eventId: Math.floor(random() * 2 ** 31),
    subscriptionId: FIRST_SUBSCRIPTION_ID + index,
    portalId: identity.portalId,
    appId: identity.appId,
    occurredAt: at.getTime(),
    subscriptionType: subscription.subscriptionType,
    attemptNumber: 0,
    changeSource: actor.changeSource,
    sourceId: actor.sourceId,
    ...details(change),
  };
}

function details(change: Change): Record<string, unknown> {
  switch (change.kind) {
    case 'creation':
      return { objectId: change.id, objectTypeId: change.type.typeId, changeFlag: 'CREATED' };
    case 'deletion':
      return { objectId: change.id, objectTypeId: change.type.typeId, changeFlag: 'DELETED' };
    case 'restore':
      return { objectId: change.id, objectTypeId: change.type.typeId, changeFlag: 'RESTORED' };
    case 'privacyDeletion':
      return { objectId: change.id };
    case 'propertyChange':
      return {
        objectId: change.id,
        objectTypeId: change.type.typeId,
        propertyName: change.name,
        propertyValue: change.value ?? '',
        isSensitive: false,
      };
    case 'merge':
      return {
        objectId: change.newId,
        objectTypeId: change.type.typeId,
        primaryObjectId: change.primaryId,
        mergedObjectIds: change.mergedIds,
        newObjectId: change.newId,
        numberOfPropertiesMoved: change.moved,
      };
    case 'associationChange':
      return {
        fromObjectId: change.fromId,
        fromObjectTypeId: change.from.typeId,
        toObjectId: change.toId,
        toObjectTypeId: change.to.typeId,
        associationType: `${change.from.singular}_TO_${change.to.singular}`.toUpperCase(),
        associationTypeId: change.typeId,
        associationCategory: 'HUBSPOT_DEFINED',
        associationRemoved: change.removed,
        isPrimaryAssociation: associationType(change.typeId)?.label === 'Primary',
      };
  }
}
