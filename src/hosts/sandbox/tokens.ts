/** Bearer tokens, OAuth codes and refresh tokens of the sandbox. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Sql } from '../../ports/sql.ts';
import { unauthorized } from './api-error.ts';
import { plainJson } from './plain-text.ts';

export const ACCESS_TOKEN_SECONDS = 1_800;
const CODE_SECONDS = 300;

export interface Caller {
  readonly kind: 'private' | 'access';
  readonly scopes: ReadonlySet<string>;
}

export interface TokenRow {
  readonly kind: 'private' | 'access' | 'refresh';
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

export interface Tokens {
  /** Who calls; throws the 401 envelope when nobody known does. */
  caller(authorization: string | undefined): Promise<Caller>;
  find(token: string): Promise<TokenRow | undefined>;
  issueCode(redirectUri: string, scopes: readonly string[]): Promise<string>;
  /** Spends a code; `undefined` when it was never issued, is spent or too old. */
  spendCode(code: string): Promise<{ redirectUri: string; scopes: readonly string[] } | undefined>;
  issueRefresh(scopes: readonly string[]): Promise<string>;
  issueAccess(scopes: readonly string[]): Promise<string>;
  revokeRefresh(token: string): Promise<void>;
  /** The app leaves the account: every grant ends. */
  uninstall(): Promise<void>;
  installed(): Promise<boolean>;
}

export function createTokens(sql: Sql, clock: Clock): Tokens {
  const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1_000);
  const fresh = (prefix: string) => `${prefix}-${randomBytes(32).toString('base64url')}`;

  async function find(token: string): Promise<TokenRow | undefined> {
    const rows = await sql.query<TokenRow>(
      `select kind, scopes, expires_at as "expiresAt" from sandbox.tokens where token = $1`,
      [token],
    );
    return rows[0];
  }

  async function issue(
    kind: 'access' | 'refresh',
    scopes: readonly string[],
    expiresAt: Date | null,
  ) {
    const token = fresh(kind === 'access' ? 'sandbox-access' : 'sandbox-refresh');
    await sql.query(
      'insert into sandbox.tokens (token, kind, scopes, expires_at) values ($1, $2, $3::jsonb, $4)',
      [token, kind, plainJson(scopes), expiresAt],
    );
    return token;
  }

  return {
    find,
    async caller(authorization) {
      const token = /^Bearer (\S{1,512})$/i.exec(authorization ?? '')?.[1];
      const row = token === undefined ? undefined : await find(token);
      if (row === undefined || row.kind === 'refresh') throw unauthorized();
      if (row.expiresAt !== null && row.expiresAt <= clock.now()) throw unauthorized(true);
      return { kind: row.kind, scopes: new Set(row.scopes) };
    },
    async issueCode(redirectUri, scopes) {
      const code = fresh('sandbox-code');
      await sql.query(
        'insert into sandbox.oauth_codes (code, redirect_uri, scopes, expires_at) values ($1, $2, $3::jsonb, $4)',
        [code, redirectUri, plainJson(scopes), later(CODE_SECONDS)],
      );
      return code;
    },
    async spendCode(code) {
      const rows = await sql.query<{ redirect_uri: string; scopes: string[]; expires_at: Date }>(
        'delete from sandbox.oauth_codes where code = $1 returning redirect_uri, scopes, expires_at',
        [code],
      );
      const row = rows[0];
      if (row === undefined || row.expires_at <= clock.now()) return undefined;
      return { redirectUri: row.redirect_uri, scopes: row.scopes };
    },
    issueRefresh: (scopes) => issue('refresh', scopes, null),
    async issueAccess(scopes) {
      await sql.query(`delete from sandbox.tokens where kind = 'access' and expires_at < $1`, [
        later(-ACCESS_TOKEN_SECONDS),
      ]);
      return issue('access', scopes, later(ACCESS_TOKEN_SECONDS));
    },
    async revokeRefresh(token) {
      await sql.query(`delete from sandbox.tokens where token = $1 and kind = 'refresh'`, [token]);
    },
    async uninstall() {
      await sql.query(`delete from sandbox.tokens where kind <> 'private'`);
    },
    async installed() {
      const rows = await sql.query(`select 1 from sandbox.tokens where kind = 'refresh' limit 1`);
      return rows.length > 0;
    },
  };
}
