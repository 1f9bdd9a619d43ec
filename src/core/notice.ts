/** What an account's admin has to know or do: named by its cause, gone when it is mended. */

/**
 * `reconnect`: the grant is gone. `uninstalled`: Rapport left the account by an admin's wish.
 * `scopes`: these required scopes are not granted. `property_limit`: the account has no room for
 * these properties. `properties_refused`: the CRM takes no values for these properties.
 */
export const NOTICE_CODES = [
  'reconnect',
  'uninstalled',
  'scopes',
  'property_limit',
  'properties_refused',
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];

export interface Notice {
  readonly code: NoticeCode;
  /** The scopes or properties concerned; `kind.name` for a property. */
  readonly details: readonly string[];
  readonly since: Date;
}

/** An account that was left alone this long is erased. */
export const RETENTION_DAYS = 30;
