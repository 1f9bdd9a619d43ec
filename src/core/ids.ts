/** Branded identifiers, so that a portal's id cannot be passed where a record's is meant. */
declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** `<host>:<account>`, e.g. `hubspot:7777`. Leads every table. */
export type TenantId = Brand<string, 'TenantId'>;
/** A record's id in its CRM, kept as text: ids may exceed 2^53. */
export type RecordId = Brand<string, 'RecordId'>;

export const tenantId = (host: string, accountId: string): TenantId =>
  `${host}:${accountId}` as TenantId;
export const asTenantId = (value: string): TenantId => value as TenantId;
export const recordId = (value: string | number): RecordId => String(value) as RecordId;
