/** A CRM's own record of what changed in all accounts of one app, read by offset. */

/** Entries that were published together. */
export interface JournalBatch {
  /** Where reading goes on after this. */
  readonly offset: string;
  /** Account → its entries, as a JSON array that the host's translator reads. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Entries without an account, each with its reason and its own JSON. */
  readonly malformed: readonly { reason: string; body: string }[];
  /** Accounts that took the app out. */
  readonly left: readonly string[];
}

/** Every method may throw `host_rate_limited`, `host_unavailable` or `config_invalid`. */
export interface Journal {
  /** What follows `offset`, or the earliest that is kept; `lost` when the offset is not kept any more. */
  read(offset: string | null): Promise<JournalBatch | 'nothing new' | 'lost'>;
  /**
   * Subscribes `accounts` to what the manifest names, and unsubscribes `former` ones; safe to
   * repeat. Returns the subscriptions that the host refused.
   */
  watch(accounts: readonly string[], former: readonly string[]): Promise<readonly string[]>;
  /** Ends all subscriptions of an account. */
  leave(account: string): Promise<void>;
}
