/** Calls per account, shared by every worker of an installation. */

/**
 * Hosts count searches apart from other calls, and allow fewer. `bulk` calls, of the first read,
 * wait in a line of their own beside that of live `call`s. `background` calls take half of the
 * account's rate at most, so that live work never waits long for them.
 */
export type CallKind = 'call' | 'bulk' | 'search' | 'background';

export interface Limiter {
  /** Resolves when one more call to `account` is allowed; the waiting is fair (first come, first served). */
  acquire(account: string, kind?: CallKind): Promise<void>;
  /** Stops the whole account for `ms`, after the CRM itself said "too many". */
  pause(account: string, ms: number): Promise<void>;
  /** Keeps nothing of an account that is gone; who waits for it still gets their turn. */
  forget(account: string): Promise<void>;
}
