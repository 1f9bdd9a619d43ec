/** Connects an account: consent, tokens, whose they are, and the start of the first read. */
import { createHash, randomBytes } from 'node:crypto';
import { RapportError } from '../core/errors.ts';
import { type TenantId, tenantId } from '../core/ids.ts';
import { DEFAULT_SETTINGS, type HostName, type Tenant } from '../core/tenant.ts';
import type { Store } from '../ports/store.ts';
import { type FlowContext, forTenant, hostOf } from './context.ts';
import { noteScopes, storeTokens } from './tokens.ts';

const STATE_MINUTES = 10;

const hash = (value: string): string => createHash('sha256').update(value).digest('hex');

/**
 * Begins an installation. The browser is sent to `url` and keeps `browserToken` in a cookie; the
 * state is good once, for this browser, for ten minutes. With `writeAtOnce` the first scores are
 * written without waiting for an admin's approval of the dry run.
 */
export async function startInstall(
  ctx: FlowContext,
  host: HostName,
  redirectUri: string,
  writeAtOnce = false,
): Promise<{ url: string; browserToken: string }> {
  const state = randomBytes(24).toString('base64url');
  const browserToken = randomBytes(24).toString('base64url');
  const expiresAt = new Date(ctx.clock.now().getTime() + STATE_MINUTES * 60_000);
  await ctx.store.installs.begin(host, hash(state), hash(browserToken), expiresAt, writeAtOnce);
  return { url: hostOf(ctx, host).authorizeUrl(redirectUri, state), browserToken };
}

export interface InstallAnswer {
  readonly host: HostName;
  readonly code: string;
  readonly state: string;
  readonly browserToken: string;
  readonly redirectUri: string;
}

/**
 * Finishes an installation and starts the backfill, or the whole again for an account that was
 * connected before: its settings, scores and journal are kept. Throws `invalid_state` for a state that is not
 * this browser's.
 */
export async function finishInstall(ctx: FlowContext, answer: InstallAnswer): Promise<Tenant> {
  const { host: name, code, state, browserToken, redirectUri } = answer;
  const begun = await ctx.store.installs.consume(
    name,
    hash(state),
    hash(browserToken),
    ctx.clock.now(),
  );
  if (begun === null)
    throw new RapportError(
      'invalid_state',
      'This installation link is used up, expired or from another browser; start again.',
    );
  const host = hostOf(ctx, name);
  const tokens = await host.exchangeCode(code, redirectUri);
  const grant = await host.introspect(tokens.accessToken);
  const account = await host.account(tokens.accessToken);
  if (grant.accountId !== account.accountId)
    throw new RapportError('invalid_state', 'The token is of another account; start again.');
  const id = tenantId(name, account.accountId);
  const former = await ctx.store.tenants.get(id);
  const now = ctx.clock.now();
  const settings = former?.settings ?? {
    ...DEFAULT_SETTINGS,
    // A sandbox has no property limit to spare.
    properties: { optional: name === 'sandbox' },
    reach: { ...DEFAULT_SETTINGS.reach, defaultTimeZone: account.timeZone },
  };
  const { accountId, currency, timeZone } = account;
  await ctx.store.transaction(async (tx) => {
    await storeTokens(ctx, tx.secrets, id, tokens);
    await tx.tenants.upsert(
      {
        id,
        host: name,
        accountId,
        name: account.name,
        state: 'installing',
        currency,
        timeZone,
        settings,
      },
      now,
    );
    if (begun.writeAtOnce) await tx.tenants.changeSettings(id, { writes: { mode: 'write' } });
    await letChange(tx, id, grant.user);
    await tx.cursors.reset(id);
    await tx.notices.clear(id, ['reconnect', 'uninstalled']);
    const scopes = grant.scopes ?? tokens.scopes;
    if (scopes !== null) await noteScopes({ ...ctx, store: tx }, id, scopes);
  });
  await ctx.queue.add('backfill', { tenantId: id }, { dedupe: `backfill:${id}` });
  return (await forTenant(ctx, id)).tenant;
}

/** Whoever may install may change the settings; those who could before still can. */
async function letChange(tx: Store, id: TenantId, user: string | null): Promise<void> {
  const editors = (await tx.tenants.get(id))?.settings.access.editors ?? [];
  if (user === null || editors.includes(user)) return;
  await tx.tenants.changeSettings(id, { access: { editors: [...editors, user] } });
}
