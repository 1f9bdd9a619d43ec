/** Connects an account: consent, tokens, properties, and the start of the first read. */
import { createHash, randomBytes } from 'node:crypto';
import { RapportError } from '../core/errors.ts';
import { tenantId } from '../core/ids.ts';
import { DEFAULT_SETTINGS, type HostName, type Tenant } from '../core/tenant.ts';
import { type FlowContext, forTenant, hostOf } from './context.ts';
import { storeTokens } from './tokens.ts';

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

/** Finishes an installation and starts the backfill. Throws `invalid_state` for a state that is not this browser's. */
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
  const account = await host.account(tokens.accessToken);
  const id = tenantId(name, account.accountId);
  const former = await ctx.store.tenants.get(id);
  await storeTokens(ctx, ctx.store.secrets, id, tokens);
  await ctx.store.tenants.upsert(
    {
      id,
      host: name,
      accountId: account.accountId,
      name: account.name,
      state: 'installing',
      currency: account.currency,
      timeZone: account.timeZone,
      settings: former?.settings ?? {
        ...DEFAULT_SETTINGS,
        // A sandbox has no property limit to spare.
        properties: { optional: name === 'sandbox' },
        reach: { ...DEFAULT_SETTINGS.reach, defaultTimeZone: account.timeZone },
      },
    },
    ctx.clock.now(),
  );
  if (begun.writeAtOnce) await ctx.store.tenants.changeSettings(id, { writes: { mode: 'write' } });
  const tenant = await forTenant(ctx, id);
  const properties = await tenant.session.ensureProperties();
  tenant.log.info('account connected', { event: 'install', ...properties });
  await ctx.store.cursors.reset(id);
  await ctx.store.tenants.setState(id, 'backfilling');
  await ctx.queue.add('backfill', { tenantId: id }, { dedupe: `backfill:${id}` });
  return { ...tenant.tenant, state: 'backfilling' };
}
