// Generated from manifest.json by `npm run manifest`; do not edit.
import type { RecordKind } from '../../src/core/record.ts';

export interface SubscribedObject {
  /** Name in subscription types, and the id in `object.*` events. */
  readonly event: string;
  readonly typeId: string;
}
export type SubscribedObjects = Readonly<Record<RecordKind, SubscribedObject>>;

export const subscribedObjects: SubscribedObjects = {
  contact: { event: 'contact', typeId: '0-1' },
  company: { event: 'company', typeId: '0-2' },
  deal: { event: 'deal', typeId: '0-3' },
  line_item: { event: 'line_item', typeId: '0-8' },
  ticket: { event: 'ticket', typeId: '0-5' },
  feedback: { event: 'feedback_submission', typeId: '0-19' },
  call: { event: 'call', typeId: '0-48' },
  email: { event: 'email', typeId: '0-49' },
  meeting: { event: 'meeting', typeId: '0-47' },
  note: { event: 'note', typeId: '0-46' },
  communication: { event: 'communication', typeId: '0-18' },
};
