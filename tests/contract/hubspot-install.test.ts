/** From the consent to the first score, and out again: Rapport against the sandbox over real HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessToken } from '../../src/flows/tokens.ts';
import { createVault, generateKey } from '../../src/platform/vault.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

const CONTACTS = 12;
const STATUS = 'rapport_status';

let app: Installation;
const paths: string[] = [];
beforeAll(async () => {
  app = await startInstallation({
    contacts: CONTACTS,
    onCall: (req, _res, next) => {
      paths.push(`${req.method} ${req.path}`);
      next();
    },
  });
});
afterAll(() => app?.close());

const calls = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = paths.length;
  await work();
  return paths.slice(before).filter((path) => path.includes('/hubspot/'));
};
const count = (list: readonly string[], part: string) =>
  list.filter((path) => path.includes(part)).length;
const notices = async () => (await app.ctx.store.notices.all(app.id)).map((n) => n.code);
const heldStatus = async (): Promise<number> => {
  const { body } = await app.crm('GET', `/crm/v3/objects/contacts?limit=100&properties=${STATUS}`);
  const results = body.results as { properties: Record<string, string | null> }[];
  return results.filter((r) => r.properties[STATUS] !== null).length;
};
const expireAccessTokens = () =>
  app.sandbox.sql.query(`update sandbox.tokens set expires_at = $1 where kind = 'access'`, [
    new Date(app.clock.now().getTime() - 60_000),
  ]);
/** As a customer does who removes the app: no event tells it. */
const revoke = () => app.sandbox.sql.query(`delete from sandbox.tokens where kind <> 'private'`);
const start = (query = '') =>
  fetch(`${app.origin}/oauth/sandbox/start${query}`, { redirect: 'manual' });
const cookieOf = (response: Response) => (response.headers.getSetCookie()[0] ?? '').split(';')[0];
const consent = async (started: Response): Promise<URL> => {
  const asked = new URL(started.headers.get('location') ?? '');
  const approved = await fetch(asked.origin + asked.pathname, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: asked.searchParams,
  });
  return new URL(approved.headers.get('location') ?? '');
};
const comeBack = (to: URL, cookie: string | undefined) =>
  fetch(to, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });

describe('F62 the state', () => {
  test('asks for every required scope, blanks as %20, and says where to come back', async () => {
    const location = (await start()).headers.get('location') ?? '';
    const { searchParams } = new URL(location);
    const { required, optional } = app.ctx.manifest.scopes;
    expect(searchParams.get('scope')?.split(' ')).toEqual(required.map((s) => s.name));
    expect(searchParams.get('optional_scope')?.split(' ')).toEqual(optional.map((s) => s.name));
    expect(location).not.toContain('+');
    expect(searchParams.get('redirect_uri')).toBe(`${app.origin}/oauth/sandbox/callback`);
    expect(searchParams.get('state')?.length).toBeGreaterThanOrEqual(32);
  });

  test('is refused in another browser, without a cookie, changed, or after ten minutes', async () => {
    const mine = await start();
    const back = await consent(mine);
    const other = cookieOf(await start());
    const changed = new URL(back);
    changed.searchParams.set('state', `${back.searchParams.get('state')}x`);
    for (const [to, cookie] of [
      [back, undefined],
      [back, other],
      [changed, cookieOf(mine)],
    ] as const) {
      const answer = await comeBack(to, cookie);
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { error: { code: 'invalid_state' } },
      ]);
    }
    // Whoever tried it in another browser has spent it.
    expect((await comeBack(back, cookieOf(mine))).status).toBe(400);
    const late = await start();
    const lateBack = await consent(late);
    app.clock.advance(10 * 60_000 + 1);
    expect((await comeBack(lateBack, cookieOf(late))).status).toBe(400);
    expect(await app.ctx.store.tenants.get(app.id)).toBeNull();
  });
});

describe('connecting', () => {
  test('code, introspection, account, and only then a tenant; the code and the state are good once', async () => {
    const started = await start('?writes=at_once');
    const back = await consent(started);
    const made = await calls(async () => {
      const answer = await comeBack(back, cookieOf(started));
      expect(await answer.json()).toEqual({ connected: app.id, state: 'installing' });
    });
    expect(made).toEqual([
      'POST /hubspot/oauth/2026-03/token',
      'POST /hubspot/oauth/2026-03/token/introspect',
      'GET /hubspot/account-info/2026-03/details',
    ]);
    expect((await comeBack(back, cookieOf(started))).status).toBe(400);
    expect((await app.tenant()).settings.access.editors).toEqual(['admin@sandbox.invalid']);
  });

  test('every contact has a score in the CRM, and no version-1 endpoint was called', async () => {
    const refused = await app.settle();
    expect(refused).toEqual([]);
    expect((await app.tenant()).state).toBe('ready');
    expect(await heldStatus()).toBe(CONTACTS);
    expect(paths.filter((path) => /\/v1\//.test(path))).toEqual([]);
    expect(await notices()).toEqual([]);
  });
});

describe('properties', () => {
  const properties = '/crm/v3/properties/contacts';
  const definition = async (name: string) => (await app.crm('GET', `${properties}/${name}`)).body;
  const reinstall = async () => {
    await app.install();
    return app.settle();
  };
  const optionsOf = async (name: string) =>
    ((await definition(name)).options as { value: string; label: string }[]).map(
      (o) => `${o.value}=${o.label}`,
    );

  test('what differs is mended, and what the admin added or renamed stays', async () => {
    const before = await definition('rapport_churn_band');
    const [first, ...others] = before.options;
    const options = [
      { ...first, label: 'Very high' },
      ...others.slice(1),
      { value: 'custom', label: 'Ours', hidden: false, displayOrder: 9 },
    ];
    await app.crm('PATCH', `${properties}/rapport_churn_band`, { options, label: 'Risk' });
    expect(await reinstall()).toEqual([]);
    expect((await definition('rapport_churn_band')).label).toBe('Risk');
    expect((await optionsOf('rapport_churn_band')).sort()).toEqual(
      [
        `${first.value}=Very high`,
        'custom=Ours',
        ...others.map((o: { value: string; label: string }) => `${o.value}=${o.label}`),
      ].sort(),
    );
  });

  test('an archived name comes back, is mended, and gets its values again', async () => {
    await app.crm('PATCH', `${properties}/${STATUS}`, {
      options: [{ value: 'old', label: 'Old', hidden: false, displayOrder: 0 }],
    });
    await app.crm('DELETE', `${properties}/${STATUS}`);
    // HubSpot forgets an archived property and its values after 90 days.
    await app.sandbox.sql.query(
      `update sandbox.objects set properties = properties - '${STATUS}' where object_type = 'contacts'`,
    );
    expect(await reinstall()).toEqual([]);
    expect(await optionsOf(STATUS)).toContain('ready=Ready');
    expect(await heldStatus()).toBe(CONTACTS);
  });

  test('a name that appears between reading and creating is mended, and costs no other its place', async () => {
    await app.crm('DELETE', `${properties}/rapport_model`);
    await app.crm('DELETE', `${properties}/rapport_segment`);
    // The list is asked from a portal where the archived names are not yet back.
    const session = app.ctx.hosts.sandbox?.connect(
      await app.tenant(),
      () => accessToken(app.ctx, app.ctx.hosts.sandbox as never, app.id),
      async () => {
        const last = paths.at(-1);
        if (last === 'GET /hubspot/crm/v3/properties/contacts')
          await app.crm('POST', properties, {
            name: 'rapport_model',
            label: 'Mine',
            type: 'string',
            fieldType: 'textarea',
            groupName: 'rapport',
          });
      },
    );
    const ensured = await session?.ensureProperties();
    expect(ensured?.refused).toEqual([]);
    expect(await definition('rapport_model')).toMatchObject({ fieldType: 'text' });
    expect(await definition('rapport_segment')).toMatchObject({ type: 'enumeration' });
  });

  test('F50 a property that is gone costs only its own values, and the admin is told', async () => {
    await app.crm('DELETE', `${properties}/${STATUS}`);
    const { body } = await app.crm('GET', '/crm/v3/objects/contacts?limit=3');
    const ids = (body.results as { id: string }[]).map((r) => r.id);
    for (const id of ids)
      await app.crm('PATCH', `/crm/v3/objects/contacts/${id}`, {
        properties: { rapport_do_not_score: 'true' },
      });
    expect(await app.settle()).toEqual([]);
    const [notice] = await app.ctx.store.notices.all(app.id);
    expect(notice).toMatchObject({
      code: 'properties_refused',
      details: [`contact.${STATUS}`],
    });
    const journal = await app.ctx.store.writes.journal(app.id, 'contact', ids[0] ?? '');
    expect(journal.at(-1)).toMatchObject({ state: 'sent' });
    expect((await app.crm('GET', `${properties}/${STATUS}`)).status).toBe(404);
    expect(await reinstall()).toEqual([]);
    expect(await notices()).toEqual([]);
  });

  test('an account without room gets what is declared first, and the admin is told of the rest', async () => {
    const own = (await app.crm('GET', properties)).body.results.filter(
      (p: { hubspotDefined?: boolean }) => p.hubspotDefined !== true,
    );
    await app.crm('DELETE', `${properties}/rapport_holdout`);
    await app.crm('DELETE', `${properties}/rapport_segment`);
    await app.knobs({ propertyLimit: own.length - 1 });
    expect(await reinstall()).toEqual([]);
    expect(await app.ctx.store.notices.all(app.id)).toMatchObject([
      { code: 'property_limit', details: ['contact.rapport_holdout'] },
    ]);
    expect((await definition('rapport_segment')).name).toBe('rapport_segment');
    await app.knobs();
    expect(await reinstall()).toEqual([]);
    expect(await notices()).toEqual([]);
  });
});

describe('tokens', () => {
  test('F53 a token that ends early is renewed once by twenty callers, and none of them fails', async () => {
    await expireAccessTokens();
    const host = app.ctx.hosts.sandbox as never;
    const tenant = await app.tenant();
    const made = await calls(() =>
      Promise.all(
        Array.from({ length: 20 }, () =>
          app.ctx.hosts.sandbox
            ?.connect(
              tenant,
              (refused) => accessToken(app.ctx, host, app.id, refused),
              async () => {},
            )
            .count('contact'),
        ),
      ),
    );
    expect(count(made, '/oauth/2026-03/token')).toBe(1);
  });

  test('is renewed before it expires, not after a refusal', async () => {
    app.clock.advance(26 * 60_000);
    const made = await calls(() => app.job('reconcile'));
    expect(made[0]).toBe('POST /hubspot/oauth/2026-03/token');
    expect(count(made, '/oauth/')).toBe(1);
    app.ctx.queue.jobs.length = 0;
  });

  test('F63 tokens sealed under the former key are read, and the next are sealed under the new one', async () => {
    const [former, present] = [generateKey(), generateKey()];
    const at = (keys: readonly string[]) => ({ ...app.ctx, vault: createVault(keys) });
    const host = app.ctx.hosts.sandbox;
    if (host === undefined) throw new Error('no host');
    // Sealed anew under a key that is then rotated.
    const { vault } = app.ctx;
    for (const name of ['access_token', 'refresh_token']) {
      const held = await app.ctx.store.secrets.get(app.id, name);
      const plain = vault.open(held?.sealed ?? '', `${app.id}/${name}`);
      const sealed = createVault([former]).seal(plain, `${app.id}/${name}`);
      await app.ctx.store.secrets.put(app.id, name, { sealed, expiresAt: held?.expiresAt ?? null });
    }
    const token = await accessToken(at([present, former]), host, app.id);
    expect(await accessToken(at([present, former]), host, app.id, token)).not.toBe(token);
    await accessToken(at([present]), host, app.id);
    // Back to the key of the other tests.
    for (const name of ['access_token', 'refresh_token']) {
      const held = await app.ctx.store.secrets.get(app.id, name);
      const plain = createVault([present]).open(held?.sealed ?? '', `${app.id}/${name}`);
      const sealed = vault.seal(plain, `${app.id}/${name}`);
      await app.ctx.store.secrets.put(app.id, name, { sealed, expiresAt: held?.expiresAt ?? null });
    }
  });
});

describe('scopes', () => {
  const narrow = (name: string) =>
    app.sandbox.sql.query(
      `update sandbox.tokens set scopes = (select jsonb_agg(s) from jsonb_array_elements(scopes) s where s <> to_jsonb($1::text)) where kind <> 'private'`,
      [name],
    );

  test('F55 an older grant goes on without what it lacks, the admin is told, and a new consent adds it', async () => {
    await narrow('crm.objects.deals.read');
    app.clock.advance(26 * 60_000);
    await app.job('reconcile');
    expect(await app.settle()).toEqual([]);
    expect(await app.ctx.store.notices.all(app.id)).toMatchObject([
      { code: 'scopes', details: ['crm.objects.deals.read'] },
    ]);
    expect((await app.tenant()).state).toBe('ready');
    await app.install();
    await app.settle();
    expect(await notices()).toEqual([]);
  });
});

describe('F54 F55 a grant that is gone', () => {
  test('parks the account: no further call, the admin is told, and what waits is kept', async () => {
    const [contact] = (await app.crm('GET', '/crm/v3/objects/contacts?limit=1')).body.results;
    await app.crm('PATCH', `/crm/v3/objects/contacts/${contact.id}`, {
      properties: { phone: '+15550199' },
    });
    await revoke();
    const before = await app.ctx.store.records.count(app.id, 'contact');
    const made = await calls(() => app.settle());
    expect(made.length).toBeLessThanOrEqual(3);
    expect((await app.tenant()).state).toBe('parked');
    expect(await notices()).toEqual(['reconnect']);
    const later = await calls(async () => {
      for (const job of ['drain', 'reconcile', 'certify', 'watch', 'backfill']) await app.job(job);
      await fetch(`${app.origin}/api/status`);
    });
    expect(later).toEqual([]);
    expect(await app.ctx.store.records.count(app.id, 'contact')).toBe(before);
    expect((await app.ctx.store.marks.count(app.id)).sync).toBeGreaterThan(0);
    const status = (await (await fetch(`${app.origin}/api/status`)).json()) as {
      tenants: object[];
    };
    expect(status.tenants[0]).toMatchObject({
      state: 'parked',
      contacts: { crm: null },
      notices: [{ code: 'reconnect' }],
    });
  });

  test('comes back by a new consent with its settings, and catches up with what was missed', async () => {
    const service = (await app.tenant()).settings.service;
    await app.ctx.store.tenants.changeSettings(app.id, { churn: { days: 45 } });
    const page = (await app.crm('GET', '/crm/v3/objects/contacts?limit=2')).body.results;
    await app.crm('DELETE', `/crm/v3/objects/contacts/${page[1].id}`);
    await app.install();
    expect(await app.settle()).toEqual([]);
    await app.job('certify');
    expect(await app.settle()).toEqual([]);
    expect(await notices()).toEqual([]);
    const tenant = await app.tenant();
    expect(tenant).toMatchObject({ state: 'ready', lastError: null });
    expect(tenant.settings).toMatchObject({ churn: { days: 45 }, service });
    const stored = await app.ctx.store.records.get(app.id, 'contact', [page[0].id, page[1].id]);
    expect(stored.map((c) => [c.id as string, (c as { phone?: string }).phone])).toEqual([
      [page[0].id, '+15550199'],
    ]);
  });
});

describe('uninstalling', () => {
  const ask = (body: object) =>
    fetch(`${app.origin}/api/uninstall`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('tells the CRM, forgets the tokens, and keeps the data for the account’s return', async () => {
    const made = await calls(async () => expect((await ask({})).status).toBe(200));
    expect(made).toEqual(['DELETE /hubspot/appinstalls/2026-03/external-install']);
    expect(await app.ctx.store.secrets.get(app.id, 'refresh_token')).toBeNull();
    expect((await app.tenant()).state).toBe('parked');
    expect(await notices()).toEqual(['uninstalled']);
    expect(await app.ctx.store.records.count(app.id, 'contact')).toBeGreaterThan(0);
    const [audited] = await app.ctx.store.audit.latest(app.id, 1);
    expect(audited).toMatchObject({ action: 'uninstall', actor: 'console' });
    expect(await (await ask({})).json()).toMatchObject({ crm: 'gone' });
    await app.install();
    expect(await app.settle()).toEqual([]);
    expect((await app.tenant()).state).toBe('ready');
  });

  test('erases at once what is asked to be erased, in every table', async () => {
    expect(await (await ask({ erase: true })).json()).toMatchObject({ erased: true });
    await app.settle();
    expect(await tablesWithRows()).toEqual([]);
  });

  test('F55 an account that was lost is erased after thirty days, and not before', async () => {
    await app.install();
    await app.settle();
    await revoke();
    await app.job('reconcile').catch(() => {});
    const days = (n: number) => app.clock.advance(n * 24 * 3600_000);
    days(29);
    await app.job('sweep');
    expect(await tablesWithRows()).toContain('records');
    days(2);
    await app.job('sweep');
    expect(await tablesWithRows()).toEqual([]);
  });

  async function tablesWithRows(): Promise<string[]> {
    const { sql } = app.database;
    const tables = await sql.query<{ name: string }>(
      `select table_name as name from information_schema.columns
        where table_schema = 'rapport' and column_name = 'tenant_id' order by 1`,
    );
    expect(tables.length).toBeGreaterThan(15);
    const full: string[] = [];
    for (const { name } of tables) {
      const rows = await sql.query(`select 1 from rapport.${name} where tenant_id = $1 limit 1`, [
        app.id,
      ]);
      if (rows.length > 0) full.push(name);
    }
    return full;
  }
});
