/** What the sandbox remembers about itself: who it is, which app is known, how it misbehaves. */
import { randomBytes } from 'node:crypto';
import type { Sql, SqlClient } from '../../ports/sql.ts';
import { plainJson } from './plain-text.ts';

/** Made once, at first start. Throwaway secrets of a demo, never a real portal's. */
export interface Identity {
  readonly portalId: number;
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Bearer token with every right, like a private app's. */
  readonly token: string;
  /** The person who uses the sandbox's pages and approves installs. */
  readonly userId: number;
  readonly userEmail: string;
}

export interface Subscription {
  readonly subscriptionType: string;
  /** Absent for `contact.privacyDeletion`. */
  readonly objectType?: string;
  readonly propertyName?: string;
}

/** What a project upload would have told HubSpot about the app. */
export interface AppRegistration {
  readonly targetUrl: string | null;
  readonly redirectUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly subscriptions: readonly Subscription[];
}

export interface Knobs {
  readonly latencyMs: number;
  /** Shares of calls, 0–1, answered by an error instead. */
  readonly rate429: number;
  readonly rate5xx: number;
  readonly rate423: number;
  /** As HubSpot answers while it moves an account to another place. */
  readonly rate477: number;
  /** Share of calls whose answer gets lost or comes in pieces, half of them after the change was made. */
  readonly rateBroken: number;
  /** Share of records that a validation rule of the account refuses to have updated. */
  readonly rateRefused: number;
  /** Custom properties an object may have. */
  readonly propertyLimit: number;
  /** Shares of deliveries sent twice, shuffled and held back; share of events lost for ever. */
  readonly webhookDuplicate: number;
  readonly webhookReorder: number;
  readonly webhookDrop: number;
  readonly webhookDelayMs: number;
  /** How long the webhooks journal is kept: HubSpot's three days. */
  readonly journalKeepMinutes: number;
  /** Changes younger than this are missing from searches. */
  readonly searchLagMs: number;
  /** The limiter's time runs this much faster. */
  readonly clockSpeed: number;
}

export const DEFAULT_KNOBS: Knobs = {
  latencyMs: 0,
  rate429: 0,
  rate5xx: 0,
  rate423: 0,
  rate477: 0,
  rateBroken: 0,
  rateRefused: 0,
  propertyLimit: 1_000,
  webhookDuplicate: 0,
  webhookReorder: 0,
  webhookDrop: 0,
  webhookDelayMs: 0,
  journalKeepMinutes: 4_320,
  searchLagMs: 0,
  clockSpeed: 1,
};

const NO_APP: AppRegistration = {
  targetUrl: null,
  redirectUrls: [],
  scopes: [],
  subscriptions: [],
};

export async function readSetting<T>(sql: SqlClient, name: string): Promise<T | undefined> {
  const rows = await sql.query<{ value: T }>('select value from sandbox.settings where name = $1', [
    name,
  ]);
  return rows[0]?.value;
}

export async function writeSetting(sql: SqlClient, name: string, value: unknown): Promise<void> {
  await sql.query(
    `insert into sandbox.settings (name, value) values ($1, $2::jsonb)
     on conflict (name) do update set value = excluded.value`,
    [name, plainJson(value)],
  );
}

export const readApp = async (sql: SqlClient): Promise<AppRegistration> =>
  (await readSetting<AppRegistration>(sql, 'app')) ?? NO_APP;

/** Reads the identity, making it first where there is none. */
export async function ensureIdentity(sql: Sql): Promise<Identity> {
  const made: Identity = {
    portalId: 7_700_001,
    appId: 770_042,
    clientId: `sandbox-${randomBytes(8).toString('hex')}`,
    clientSecret: randomBytes(24).toString('hex'),
    token: `sandbox-pat-${randomBytes(24).toString('base64url')}`,
    userId: 9,
    userEmail: 'admin@sandbox.invalid',
  };
  await sql.query(
    `insert into sandbox.settings (name, value) values ('identity', $1::jsonb) on conflict do nothing`,
    [plainJson(made)],
  );
  const kept = (await readSetting<Identity>(sql, 'identity')) ?? made;
  await sql.query(
    `insert into sandbox.tokens (token, kind, scopes) values ($1, 'private', '[]') on conflict do nothing`,
    [kept.token],
  );
  return kept;
}
