/** Consent, codes, tokens and scopes of the sandbox. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SandboxServer, startSandbox } from '../support/sandbox-server.ts';

const REDIRECT = 'http://127.0.0.1:9/callback';
const SCOPES = ['oauth', 'crm.objects.contacts.read'];

let server: SandboxServer;
beforeAll(async () => {
  server = await startSandbox(5);
  await server.call('PUT', '/sandbox/app', {
    targetUrl: null,
    redirectUrls: [REDIRECT],
    scopes: SCOPES,
    subscriptions: [],
  });
});
afterAll(() => server.close());

const query = (change: Record<string, string> = {}) =>
  new URLSearchParams({
    client_id: server.info.clientId,
    redirect_uri: REDIRECT,
    scope: SCOPES.join(' '),
    state: 's1&<2>',
    ...change,
  });

async function approve(change: Record<string, string> = {}) {
  const response = await fetch(`${server.origin}/sandbox/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: query(change),
  });
  return { status: response.status, location: response.headers.get('location') };
}

async function token(form: Record<string, string>, path = 'token') {
  const response = await fetch(`${server.info.api}/oauth/2026-03/${path}`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: server.info.clientId,
      client_secret: server.info.clientSecret,
      ...form,
    }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

async function install(): Promise<{ access_token: string; refresh_token: string }> {
  const { location } = await approve();
  const code = new URL(location ?? '').searchParams.get('code') ?? '';
  return (await token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT })).body;
}

describe('consent', () => {
  test('F60 the page shows the scopes and escapes what it was given', async () => {
    const response = await fetch(`${server.origin}/sandbox/oauth/authorize?${query()}`);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain('crm.objects.contacts.read');
    expect(html).toContain('s1&amp;&lt;2&gt;');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test.each<[string, Record<string, string>]>([
    ['an unknown client', { client_id: 'other' }],
    ['an address that is not registered', { redirect_uri: 'https://evil.test/' }],
    ['no scope', { scope: '' }],
    ['too few scopes', { scope: 'oauth' }],
    ['undeclared scopes', { scope: `${SCOPES.join(' ')} crm.export` }],
  ])('refuses %s', async (_what, change) => {
    expect(await approve(change)).toEqual({ status: 400, location: null });
  });

  test('a refusal goes back with the state', async () => {
    const { location } = await approve({ decision: 'cancel' });
    const back = new URL(location ?? '').searchParams;
    expect([back.get('error'), back.get('state'), back.get('code')]).toEqual([
      'access_denied',
      's1&<2>',
      null,
    ]);
  });
});

describe('tokens', () => {
  test('a code works once, with its own redirect address, and the secret', async () => {
    const { location } = await approve();
    const code = new URL(location ?? '').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    expect(await token({ ...form, client_secret: 'x' })).toMatchObject({
      status: 400,
      body: { status: 'BAD_CLIENT_SECRET' },
    });
    const answer = await token(form);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        expires_in: 1800,
        token_type: 'bearer',
        hub_id: server.info.portalId,
        scopes: SCOPES,
      },
    });
    expect(await token(form)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', status: 'BAD_AUTH_CODE' },
    });
  });

  test('a token may do what its scopes allow, and no more', async () => {
    const { access_token } = await install();
    const call = (method: string, path: string, body?: unknown) =>
      server.call(method, path, body, access_token);
    expect((await call('GET', '/crm/v3/objects/contacts')).status).toBe(200);
    const refused = await call('GET', '/crm/v3/objects/deals');
    expect(refused).toMatchObject({
      status: 403,
      body: {
        category: 'MISSING_SCOPES',
        errors: [{ context: { requiredGranularScopes: ['crm.objects.deals.read'] } }],
      },
    });
    expect((await call('PUT', '/sandbox/knobs', { latencyMs: 5 })).status).toBe(403);
  });

  test('what e-mails say needs a scope of its own', async () => {
    const { access_token } = await install();
    const read = async (token?: string) => {
      const path = '/crm/v3/objects/emails?limit=1&properties=hs_email_text,hs_email_direction';
      return Object.keys(
        (await server.call('GET', path, undefined, token)).body.results[0].properties,
      );
    };
    expect(await read()).toContain('hs_email_text');
    expect(await read(access_token)).not.toContain('hs_email_text');
    expect(await read(access_token)).toContain('hs_email_direction');
  });

  test('refresh, introspection, revocation', async () => {
    const { access_token, refresh_token } = await install();
    const refreshed = await token({ grant_type: 'refresh_token', refresh_token });
    expect(refreshed.body).toMatchObject({ refresh_token });
    expect(refreshed.body.access_token).not.toBe(access_token);
    expect((await token({ token: access_token }, 'token/introspect')).body).toMatchObject({
      active: true,
      scopes: SCOPES,
    });
    expect((await token({ token: refresh_token }, 'token/revoke')).status).toBe(204);
    expect(await token({ grant_type: 'refresh_token', refresh_token })).toMatchObject({
      status: 400,
      body: { status: 'BAD_REFRESH_TOKEN' },
    });
    expect(
      (await server.call('GET', '/crm/v3/objects/contacts', undefined, access_token)).status,
    ).toBe(200);
  });

  test('parameters in the query are not read', async () => {
    const url = `${server.info.api}/oauth/2026-03/token?${query({ grant_type: 'refresh_token' })}`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(400);
  });

  test('an uninstall ends every token', async () => {
    const { access_token } = await install();
    const gone = await server.call(
      'DELETE',
      '/appinstalls/2026-03/external-install',
      undefined,
      access_token,
    );
    expect(gone.status).toBe(204);
    expect(
      (await server.call('GET', '/crm/v3/objects/contacts', undefined, access_token)).status,
    ).toBe(401);
  });
});
