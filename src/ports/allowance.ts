/** How much each account, and each person in it, may still ask of what their CRM shows. */
export interface Allowance {
  /**
   * Takes one request; without a person only the account's. Returns milliseconds to wait when the person or the account has used theirs
   * up, else `null`. Deliveries and workflow actions take nothing.
   */
  take(account: string, person: string | null): Promise<number | null>;
}
