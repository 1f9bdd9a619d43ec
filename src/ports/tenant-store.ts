/** Durable memory of the tenants: who they are, their secrets, installations under way, who decided what. */
import type { TenantId } from '../core/ids.ts';
import type { Notice, NoticeCode } from '../core/notice.ts';
import type { HostName, Tenant, TenantSettings, TenantState } from '../core/tenant.ts';

export interface TenantStore {
  /** Creates the tenant or re-activates it; settings of a known tenant are kept. */
  upsert(
    tenant: Omit<Tenant, 'settings' | 'lastEventAt' | 'lastError'> & { settings: TenantSettings },
    at: Date,
  ): Promise<void>;
  get(id: TenantId): Promise<Tenant | null>;
  find(host: HostName, accountId: string): Promise<Tenant | null>;
  /** Every tenant of this installation, oldest first. */
  all(): Promise<Tenant[]>;
  setState(id: TenantId, state: TenantState): Promise<void>;
  /** Replaces the given parts of the settings; the others stay. */
  changeSettings(id: TenantId, settings: Partial<TenantSettings>): Promise<void>;
  noteEvent(id: TenantId, at: Date): Promise<void>;
  noteError(id: TenantId, message: string, at: Date): Promise<void>;
  clearError(id: TenantId): Promise<void>;
  /** Notes the month for which everybody is scored; true when it was another before. */
  beginPeriod(id: TenantId, period: string): Promise<boolean>;
  /** Deletes every row of the account in every table, its own last. */
  erase(id: TenantId): Promise<void>;
}

export interface NoticeStore {
  /** A known notice takes the new details and keeps its `since`. */
  put(id: TenantId, code: NoticeCode, details: readonly string[], at: Date): Promise<void>;
  clear(id: TenantId, codes: readonly NoticeCode[]): Promise<void>;
  /** Oldest first. */
  all(id: TenantId): Promise<Notice[]>;
}

export interface SealedSecret {
  readonly sealed: string;
  readonly expiresAt: Date | null;
}

export interface SecretStore {
  put(id: TenantId, name: string, secret: SealedSecret): Promise<void>;
  get(id: TenantId, name: string): Promise<SealedSecret | null>;
  forget(id: TenantId): Promise<void>;
  /** Runs `fn` alone among all processes for this tenant; the lock ends with `fn`. */
  exclusive<T>(
    id: TenantId,
    fn: (secrets: Pick<SecretStore, 'get' | 'put'>) => Promise<T>,
  ): Promise<T>;
}

export interface InstallStore {
  /** Remembers an installation under way; only hashes are given. */
  begin(
    host: HostName,
    stateHash: string,
    browserHash: string,
    expiresAt: Date,
    writeAtOnce: boolean,
  ): Promise<void>;
  /** Answers once at most: the state existed, belongs to this browser and has not expired; else `null`. */
  consume(
    host: HostName,
    stateHash: string,
    browserHash: string,
    now: Date,
  ): Promise<{ writeAtOnce: boolean } | null>;
}

export interface AuditEntry {
  readonly at: Date;
  /** Who decided, as far as it is known: `command line` or `console`. */
  readonly actor: string;
  readonly action: string;
  readonly detail: unknown;
}

export interface AuditStore {
  add(id: TenantId, entry: AuditEntry): Promise<void>;
  /** Newest first. */
  latest(id: TenantId, limit: number): Promise<AuditEntry[]>;
}
