/** HubSpot's OAuth code flow; the official client still calls v1 here, which ends in February 2027. */
import { z } from 'zod';
import { RapportError } from '../../core/errors.ts';
import type { RecordKind } from '../../core/record.ts';
import type { Account, Grant, Tokens } from '../../ports/host.ts';
import { API_VERSION } from './api-version.ts';
import { hubspotError } from './errors.ts';

export interface HubSpotApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  /** Whether its webhooks journal is followed. */
  readonly journal: boolean;
  /** `https://app.hubspot.com/oauth/authorize`, or the sandbox's. */
  readonly authorizeUrl: string;
  /** `https://api.hubapi.com`, or the sandbox's. */
  readonly apiOrigin: string;
  /** Address of a record's page. */
  readonly recordUrl: (accountId: string, kind: RecordKind, id: string) => string;
}

const TIMEOUT_MS = 15_000;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  scopes: z.array(z.string()).optional(),
});

const introspection = z.object({
  active: z.boolean(),
  hub_id: z.number().optional(),
  user_id: z.number().optional(),
  user: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});

const accountAnswer = z.object({
  portalId: z.number(),
  timeZone: z.string().optional(),
  companyCurrency: z.string().optional(),
  uiDomain: z.string().optional(),
});

export function authorizeUrl(app: HubSpotApp, redirectUri: string, state: string): string {
  // HubSpot wants blanks in the scope as %20, which URLSearchParams would write as +.
  const query = Object.entries({
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: app.scopes.join(' '),
    optional_scope: app.optionalScopes.join(' '),
    state,
  })
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${app.authorizeUrl}?${query.join('&')}`;
}

/** `now` dates the expiry. */
export async function requestTokens(
  app: HubSpotApp,
  grant: Readonly<Record<string, string>>,
  now: Date,
): Promise<Tokens> {
  const body = await ask(app, 'token', grant);
  const tokens = tokenAnswer.safeParse(body);
  if (!tokens.success) throw hubspotError(502, 'an incomplete token answer');
  return {
    accessToken: tokens.data.access_token,
    refreshToken: tokens.data.refresh_token,
    expiresAt: new Date(now.getTime() + tokens.data.expires_in * 1000),
    scopes: tokens.data.scopes ?? null,
  };
}

const appTokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** A token of the app itself, of no account, for what is of all accounts; it cannot be refreshed. */
export async function requestAppToken(
  app: HubSpotApp,
  scopes: readonly string[],
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const grant = { grant_type: 'client_credentials', scope: scopes.join(' ') };
  const answer = appTokenAnswer.safeParse(await ask(app, 'token', grant));
  if (!answer.success) throw hubspotError(502, 'an incomplete token answer');
  const { access_token: token, expires_in } = answer.data;
  return { token, expiresAt: new Date(now.getTime() + expires_in * 1000) };
}

/** Throws `needs_reconnect` for a token that HubSpot no longer knows as active. */
export async function introspect(app: HubSpotApp, accessToken: string): Promise<Grant> {
  const grant = { token: accessToken, token_type_hint: 'access_token' };
  const found = introspection.safeParse(await ask(app, 'token/introspect', grant));
  if (!found.success) throw hubspotError(502, 'an incomplete introspection');
  const { active, hub_id, user_id, user, scopes } = found.data;
  if (!active || hub_id === undefined) throw hubspotError(401, '');
  return {
    accountId: String(hub_id),
    scopes: scopes ?? null,
    user: user?.toLowerCase() ?? user_id?.toString() ?? null,
  };
}

/** Parameters belong in the body: a query is written to logs. */
async function ask(
  app: HubSpotApp,
  path: 'token' | 'token/introspect',
  form: Readonly<Record<string, string>>,
): Promise<unknown> {
  const { clientId: client_id, clientSecret: client_secret } = app;
  const response = await send(`${app.apiOrigin}/oauth/${API_VERSION}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id, client_secret, ...form }),
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw grantError(response.status, body);
  return body;
}

function grantError(status: number, body: unknown): RapportError {
  const { error, status: code } = (body ?? {}) as { error?: string; status?: string };
  const reasons = [error, code];
  if (reasons.includes('BAD_AUTH_CODE'))
    return new RapportError(
      'invalid_state',
      'HubSpot did not accept the code; start the installation again.',
    );
  if (reasons.some((r) => r === 'BAD_REFRESH_TOKEN' || r === 'invalid_grant' || r === 'BAD_HUB'))
    return new RapportError(
      'needs_reconnect',
      'The grant was revoked; an admin must connect Rapport again.',
    );
  if (
    reasons.some(
      (r) => r === 'BAD_CLIENT_ID' || r === 'BAD_CLIENT_SECRET' || r === 'BAD_REDIRECT_URI',
    )
  )
    return new RapportError(
      'config_invalid',
      `HubSpot refused this app: ${reasons.filter(Boolean).join(', ')}. Check the client id, secret and redirect URL.`,
    );
  return hubspotError(status, String(error ?? ''));
}

export async function readAccount(app: HubSpotApp, accessToken: string): Promise<Account> {
  const response = await send(`${app.apiOrigin}/account-info/${API_VERSION}/details`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!response.ok) throw hubspotError(response.status, 'account details');
  const account = accountAnswer.safeParse(await response.json().catch(() => null));
  if (!account.success) throw hubspotError(502, 'incomplete account details');
  const { portalId, timeZone, companyCurrency, uiDomain } = account.data;
  return {
    accountId: String(portalId),
    name: uiDomain ?? String(portalId),
    currency: companyCurrency ?? 'USD',
    timeZone: timeZone ?? 'UTC',
  };
}

/** Throws `host_unavailable` when no answer comes. */
export async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw hubspotError(0, '', {}, cause);
  }
}
