/** Durable memory of tasks and notes we put on records, and of advice that people set aside. */
import type { ActivityKind, NotNow, NotNowReason } from '../core/activity.ts';
import type { TenantId } from '../core/ids.ts';
import type { RecordRef } from '../core/record.ts';

export interface KnownActivity {
  /** The CRM's own id; `null` until it is made. */
  readonly crmId: string | null;
  readonly removed: boolean;
}

export interface ActivityStore {
  /** Whether this key is new, or was taken back; another known one is left as it is. */
  remember(
    id: TenantId,
    activity: {
      readonly kind: ActivityKind;
      readonly key: string;
      readonly about: readonly RecordRef[];
    },
    at: Date,
  ): Promise<boolean>;
  get(id: TenantId, kind: ActivityKind, key: string): Promise<KnownActivity | null>;
  /** The CRM has made it, under this id. */
  made(id: TenantId, kind: ActivityKind, key: string, crmId: string): Promise<void>;
  /** It was taken back, or the CRM refused it: it may be asked for again. */
  removed(id: TenantId, kind: ActivityKind, key: string, at: Date): Promise<void>;
}

export interface NotNowStore {
  add(id: TenantId, said: NotNow): Promise<void>;
  /** The latest since then; `null` without one. */
  latest(id: TenantId, contactId: string, since: Date): Promise<NotNow | null>;
  /** How often each reason was given. */
  counts(id: TenantId): Promise<Readonly<Partial<Record<NotNowReason, number>>>>;
}
