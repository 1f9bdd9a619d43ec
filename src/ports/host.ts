/** A CRM: connect an account, read its records, list changes, write properties back. */
import type { ActivityKind, NewActivity } from '../core/activity.ts';
import type { CrmRecord, RecordKind } from '../core/record.ts';
import type { Tenant } from '../core/tenant.ts';
import type { Journal } from './journal.ts';
import type { CallKind } from './limiter.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
  /** What the grant allows; `null` when the answer did not say. */
  readonly scopes: readonly string[] | null;
}

/** Whose grant a token is, and what it allows. */
export interface Grant {
  readonly accountId: string;
  /** `null` when the answer did not say. */
  readonly scopes: readonly string[] | null;
  /** Who consented: their address, else their user id; `null` when the answer did not say. */
  readonly user: string | null;
}

export interface Account {
  readonly accountId: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** One host and one app registration at it. Holds no account's secrets. */
export interface Host {
  /** Where the installer's browser is sent; `state` comes back unchanged. */
  authorizeUrl(redirectUri: string, state: string): string;
  /** Trades the single-use code for tokens. Throws `invalid_state` when the host refuses the code. */
  exchangeCode(code: string, redirectUri: string): Promise<Tokens>;
  /** Throws `needs_reconnect` when the grant is gone. */
  refresh(refreshToken: string): Promise<Tokens>;
  /** Throws `needs_reconnect` for a token that is not good any more. */
  introspect(accessToken: string): Promise<Grant>;
  /** What the account is called, and how it counts money and time. */
  account(accessToken: string): Promise<Account>;
  /** Where a person opens a record in the CRM. */
  recordUrl(accountId: string, kind: RecordKind, id: string): string;
  /**
   * A session of one tenant; `accessToken` is asked before each call, and once more with a token
   * that the host refused; `pace` waits for the account's turn.
   */
  connect(
    tenant: Tenant,
    accessToken: (refused?: string) => Promise<string>,
    pace: (kind: CallKind) => Promise<void>,
  ): HostSession;
  /** `null` where the host has none or it is switched off. */
  readonly journal: Journal | null;
}

export interface RecordPage {
  readonly records: readonly CrmRecord[];
  /** Where to go on; `null` at the end. */
  readonly after: string | null;
}

export interface PropertyUpdate {
  readonly id: string;
  /** `null` empties a property. */
  readonly values: Readonly<Record<string, string | null>>;
}

/** One value of an enumeration, and what people see of it. */
export interface PropertyOption {
  readonly value: string;
  readonly label: string;
}

export interface RefusedUpdate {
  readonly id: string;
  readonly reason: string;
}

export interface WriteAnswer {
  /** Each was judged by the host, with its own reason. */
  readonly refused: readonly RefusedUpdate[];
  /** Not tried, or not judged yet, because too many calls were refused: to be sent again. */
  readonly unsent: readonly string[];
  /** Properties the host takes no value for; they were left out, the others were written. */
  readonly unusable: readonly string[];
}

export interface EnsuredProperties {
  /** `kind.name` of each, here and below; an archived one that came back counts as created. */
  readonly created: readonly string[];
  readonly patched: readonly string[];
  /** Those the account has no room for; the core ones come first. */
  readonly noRoom: readonly string[];
  /** Those the host did not take, for a reason of its own. */
  readonly refused: readonly string[];
}

/** Every method may throw `host_rate_limited`, `host_unavailable`, `needs_reconnect` or `missing_scope`. */
export interface HostSession {
  /** Creates the missing properties of the manifest and mends the differing; safe to repeat. */
  ensureProperties(): Promise<EnsuredProperties>;
  /**
   * Adds the options that an enumeration of ours lacks and returns how many; those it has, and the
   * labels an admin gave them, stay; a property that is gone gets none. Safe to repeat.
   */
  ensureOptions(
    kind: RecordKind,
    property: string,
    options: readonly PropertyOption[],
  ): Promise<number>;
  /**
   * Gives an option the label `to` where its label is `from`, whatever the case; a label of an
   * admin's own stays. Answers whether it did.
   */
  relabelOption(
    kind: RecordKind,
    property: string,
    option: { readonly value: string; readonly from: string; readonly to: string },
  ): Promise<boolean>;
  /** All live records of a kind in id order, a page at a time, with their parents linked. */
  list(kind: RecordKind, after: string | null): Promise<RecordPage>;
  /** Ids alone of all live records of a kind in id order, a page at a time; background calls. */
  ids(
    kind: RecordKind,
    after: string | null,
  ): Promise<{ readonly ids: readonly string[]; readonly after: string | null }>;
  /** The present state of records, with their parents linked; ids the host no longer knows are `gone`. */
  read(kind: RecordKind, ids: readonly string[]): Promise<{ records: CrmRecord[]; gone: string[] }>;
  /** Ids and modification times of records changed at or after `since`, oldest first. May lag by seconds. */
  changedSince(
    kind: RecordKind,
    since: Date,
    after: string | null,
  ): Promise<{ changes: { id: string; updatedAt: Date }[]; after: string | null }>;
  count(kind: RecordKind): Promise<number>;
  /** Present values of properties by record id; unset ones are `''`, unknown records and properties are left out. */
  values(
    kind: RecordKind,
    ids: readonly string[],
    properties: readonly string[],
  ): Promise<Map<string, Record<string, string>>>;
  /**
   * Writes properties. One refused record or property never keeps the others back. Repeating is
   * harmless. Each call judges at least one record, until the host has refused so many calls in a
   * row that this session sends nothing more: then all are `unsent`.
   */
  write(kind: RecordKind, updates: readonly PropertyUpdate[]): Promise<WriteAnswer>;
  /** Takes our app out of the account; every token ends. */
  uninstall(): Promise<void>;
  /** Makes a task on the records it is about and returns the host's id. Repeating makes a second one. */
  createTask(task: NewActivity): Promise<string>;
  /** The same for a note. */
  createNote(note: NewActivity): Promise<string>;
  /** The id of one with the same title and time on the same record; `null` when there is none. */
  findActivity(activity: NewActivity): Promise<string | null>;
  /** Whether it stands as it was made: the same words, and nobody has done it. */
  hasActivity(id: string, activity: NewActivity): Promise<boolean>;
  /** Takes it away; one that is gone already is no error. */
  removeActivity(kind: ActivityKind, id: string): Promise<void>;
  /** Ends the waiting of a workflow's execution. Repeating is harmless. */
  completeAction(callbackId: string, outputFields: Readonly<Record<string, string>>): Promise<void>;
}
