/** How often each source address was refused of late. */
export interface Refusals {
  /** One more request of this address was refused. */
  note(source: string): Promise<void>;
  /** Whether this address has used up its refusals of the last minute. */
  isUsedUp(source: string): Promise<boolean>;
}
