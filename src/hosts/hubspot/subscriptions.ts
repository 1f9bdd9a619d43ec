/** The webhook subscriptions of a manifest, one entry per object and event, or per property of a change. */
import type { Manifest } from '../../core/manifest.ts';
import type { RecordKind } from '../../core/record.ts';
import { OBJECT_TYPES } from './object-types.ts';

export interface Subscription {
  readonly subscriptionType: string;
  readonly objectType: string;
  readonly propertyName?: string;
}

/** HubSpot lets nobody subscribe to these; their events only say that a message exists. */
export const UNSUBSCRIBABLE: ReadonlySet<string> = new Set([
  'hs_email_subject',
  'hs_email_html',
  'hs_communication_body',
]);

export function subscriptions(manifest: Manifest): Subscription[] {
  return Object.entries(manifest.objects).flatMap(([kind, { events, reads }]) => {
    const { event: objectType } = OBJECT_TYPES[kind as RecordKind];
    return events.flatMap((event): Subscription[] => {
      const base = { subscriptionType: `object.${event}`, objectType };
      if (event !== 'propertyChange') return [base];
      return reads
        .filter((property) => !UNSUBSCRIBABLE.has(property))
        .map((propertyName) => ({ ...base, propertyName }));
    });
  });
}
