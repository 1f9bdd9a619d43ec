/** OAuth: consent, codes, tokens, introspection, revocation. */
import { timingSafeEqual } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import type { Clock } from '../../ports/clock.ts';
import type { Sql } from '../../ports/sql.ts';
import { type ApiRoute, send } from './api.ts';
import { CONSENT_SECURITY, consentPage, readConsent, refusalPage } from './consent.ts';
import type { Journal } from './journal.ts';
import type { SchemaCheck } from './schema-check.ts';
import { type Identity, readApp } from './settings.ts';
import { ACCESS_TOKEN_SECONDS, type Tokens } from './tokens.ts';

export interface OauthParts {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly identity: Identity;
  readonly schemas: SchemaCheck;
}

/** `GET` and `POST /oauth/authorize`, for browsers. A form without a decision counts as approved. */
export function consentRouter({ sql, tokens, identity }: OauthParts): Router {
  const router = Router();
  router.get('/oauth/authorize', async (req, res) => {
    const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
    const request = readConsent(query, identity, await readApp(sql));
    const refused = typeof request === 'string';
    sendPage(
      res,
      refused ? 400 : 200,
      refused ? refusalPage(request) : consentPage(request, query, identity.portalId),
    );
  });
  router.post('/oauth/authorize', formBody(), async (req, res) => {
    if (req.headers['sec-fetch-site'] === 'cross-site') {
      return sendPage(res, 403, refusalPage('The form was sent from another site.'));
    }
    const form = new URLSearchParams(String(req.body ?? ''));
    const request = readConsent(form, identity, await readApp(sql));
    if (typeof request === 'string') return sendPage(res, 400, refusalPage(request));
    const target = new URL(request.redirectUri);
    if (form.get('decision') === 'cancel') {
      target.searchParams.set('error', 'access_denied');
      target.searchParams.set('error_description', 'The admin refused.');
    } else {
      target.searchParams.set('code', await tokens.issueCode(request.redirectUri, request.scopes));
    }
    if (request.state !== null) target.searchParams.set('state', request.state);
    res.redirect(302, target.href);
  });
  return router;
}

/** The token endpoints, which know the app by its secret instead of a bearer token. */
export function tokenRouter(parts: OauthParts): Router {
  const router = Router();
  for (const version of ['v3', '2026-03', '2026-09']) {
    const endpoint = (
      path: string,
      answer: (parts: OauthParts, form: URLSearchParams) => Promise<Answer>,
    ) =>
      router.post(`/oauth/${version}/${path}`, formBody(), async (req, res) => {
        const { status, schema, body } = await answered(parts, req, answer);
        const problems = schema === undefined ? [] : parts.schemas.problems(schema, body);
        if (problems.length > 0)
          throw new Error(`token reply is no ${schema}: ${JSON.stringify(problems)}`);
        res.setHeader('Cache-Control', 'no-store');
        send(res, status, body);
      });
    endpoint('token', grant);
    endpoint('token/introspect', introspect);
    endpoint('token/revoke', revoke);
  }
  return router;
}

/** The app leaves the account by its own wish; with the private token the account takes it out. */
export function uninstallRoutes(
  tokens: Tokens,
  journal: Pick<Journal, 'recordUninstall'>,
): readonly ApiRoute[] {
  return ['2026-03', '2026-09'].map((version) => ({
    method: 'delete',
    path: `/appinstalls/${version}/external-install`,
    replies: {},
    async handle() {
      await tokens.uninstall();
      await journal.recordUninstall();
      return { status: 204 };
    },
  }));
}

/** What an app may do without any account's consent. */
const APP_SCOPE = /^developer\.webhooks_journal\./;

const formBody = () => express.text({ type: 'application/x-www-form-urlencoded', limit: '100kb' });

interface Answer {
  readonly status: number;
  readonly schema?: string;
  readonly body?: unknown;
}

async function answered(
  parts: OauthParts,
  req: Request,
  answer: (parts: OauthParts, form: URLSearchParams) => Promise<Answer>,
): Promise<Answer> {
  if (typeof req.body !== 'string') {
    return refusal('invalid_request', 'BAD_REQUEST', 'Parameters belong into a form-encoded body.');
  }
  const form = new URLSearchParams(req.body);
  if (form.get('client_id') !== parts.identity.clientId) {
    return refusal('invalid_client', 'BAD_CLIENT_ID', 'missing or unknown client id');
  }
  if (!same(form.get('client_secret') ?? '', parts.identity.clientSecret)) {
    return refusal('invalid_client', 'BAD_CLIENT_SECRET', 'missing or invalid client secret');
  }
  return answer(parts, form);
}

async function grant({ tokens, identity }: OauthParts, form: URLSearchParams): Promise<Answer> {
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const code = await tokens.spendCode(form.get('code') ?? '');
      if (code === undefined)
        return refusal('invalid_grant', 'BAD_AUTH_CODE', 'missing or unknown auth code');
      if (code.redirectUri !== form.get('redirect_uri')) {
        return refusal('invalid_grant', 'BAD_REDIRECT_URI', 'missing or invalid redirect URI');
      }
      return issued(tokens, identity, code.scopes, await tokens.issueRefresh(code.scopes));
    }
    case 'refresh_token': {
      const refreshToken = form.get('refresh_token') ?? '';
      const row = await tokens.find(refreshToken);
      if (row?.kind !== 'refresh') {
        return refusal('invalid_grant', 'BAD_REFRESH_TOKEN', 'missing or invalid refresh token');
      }
      return issued(tokens, identity, row.scopes, refreshToken);
    }
    case 'client_credentials': {
      const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
      if (!scopes.every((scope) => APP_SCOPE.test(scope)) || scopes.length === 0)
        return refusal('invalid_scope', 'BAD_SCOPE', 'not a scope of the app itself');
      return {
        status: 200,
        schema: 'own.AppToken',
        body: {
          access_token: await tokens.issueAccess(scopes),
          expires_in: ACCESS_TOKEN_SECONDS,
          token_type: 'bearer',
        },
      };
    }
    default:
      return refusal('unsupported_grant_type', 'BAD_GRANT_TYPE', 'grant_type is not supported');
  }
}

async function issued(
  tokens: Tokens,
  identity: Identity,
  scopes: readonly string[],
  refreshToken: string,
): Promise<Answer> {
  return {
    status: 200,
    schema: 'own.Token',
    body: {
      access_token: await tokens.issueAccess(scopes),
      refresh_token: refreshToken,
      expires_in: ACCESS_TOKEN_SECONDS,
      token_type: 'bearer',
      token_use: 'access_token',
      hub_id: identity.portalId,
      user_id: identity.userId,
      scopes,
    },
  };
}

async function introspect(
  { tokens, identity, clock }: OauthParts,
  form: URLSearchParams,
): Promise<Answer> {
  const row = await tokens.find(form.get('token') ?? '');
  const secondsLeft =
    row === undefined || row.expiresAt === null
      ? ACCESS_TOKEN_SECONDS
      : Math.floor((row.expiresAt.getTime() - clock.now().getTime()) / 1_000);
  if (row === undefined || row.kind === 'private' || secondsLeft <= 0) {
    return { status: 200, schema: 'own.TokenInfo', body: { active: false } };
  }
  return {
    status: 200,
    schema: 'own.TokenInfo',
    body: {
      active: true,
      token_use: `${row.kind}_token`,
      token_type: 'bearer',
      hub_id: identity.portalId,
      user_id: identity.userId,
      user: identity.userEmail,
      app_id: identity.appId,
      client_id: identity.clientId,
      hub_domain: 'sandbox.invalid',
      scopes: row.scopes,
      expires_in: secondsLeft,
      is_private_distribution: false,
    },
  };
}

/** Access tokens that were issued already live out their time. */
async function revoke({ tokens }: OauthParts, form: URLSearchParams): Promise<Answer> {
  await tokens.revokeRefresh(form.get('token') ?? '');
  return { status: 204 };
}

const refusal = (error: string, status: string, description: string): Answer => ({
  status: 400,
  schema: 'own.OAuthError',
  body: { error, error_description: description, status, message: description },
});

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sendPage(res: Response, status: number, html: string): void {
  res.status(status).set('Content-Security-Policy', CONSENT_SECURITY).type('html').send(html);
}
