/** Access tokens: sealed in the store, refreshed before they expire, once per tenant even with many workers. */
import { RapportError } from '../core/errors.ts';
import type { TenantId } from '../core/ids.ts';
import type { Manifest } from '../core/manifest.ts';
import type { Clock } from '../ports/clock.ts';
import type { Host, Tokens } from '../ports/host.ts';
import type { Store } from '../ports/store.ts';
import type { SecretStore } from '../ports/tenant-store.ts';
import type { Vault } from '../ports/vault.ts';

const REFRESH_AHEAD_MS = 5 * 60_000;
const ACCESS = 'access_token';
const REFRESH = 'refresh_token';

interface TokenPorts {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly manifest: Manifest;
}

const context = (id: TenantId, name: string): string => `${id}/${name}`;

/**
 * A token good for the next minutes, and not the one the host has just `refused`. Throws
 * `needs_reconnect` when the grant is gone.
 */
export async function accessToken(
  ports: TokenPorts,
  host: Host,
  id: TenantId,
  refused?: string,
): Promise<string> {
  const held = await freshToken(ports, ports.store.secrets, id);
  if (held !== null && held !== refused) return held;
  return ports.store.secrets.exclusive(id, async (secrets) => {
    // Another worker may have refreshed while this one waited for its turn.
    const renewed = await freshToken(ports, secrets, id);
    if (renewed !== null && renewed !== refused) return renewed;
    const refresh = await secrets.get(id, REFRESH);
    if (refresh === null)
      throw new RapportError(
        'needs_reconnect',
        'No token is held for this account; connect it again.',
      );
    const tokens = await host.refresh(ports.vault.open(refresh.sealed, context(id, REFRESH)));
    await storeTokens(ports, secrets, id, tokens);
    if (tokens.scopes !== null) await noteScopes(ports, id, tokens.scopes);
    return tokens.accessToken;
  });
}

/** The admin is told which required scopes an older grant lacks; a new consent adds them. */
export async function noteScopes(
  { store, manifest, clock }: Pick<TokenPorts, 'store' | 'manifest' | 'clock'>,
  id: TenantId,
  granted: readonly string[],
): Promise<void> {
  const missing = manifest.scopes.required
    .map((scope) => scope.name)
    .filter((name) => !granted.includes(name));
  if (missing.length > 0) await store.notices.put(id, 'scopes', missing, clock.now());
  else await store.notices.clear(id, ['scopes']);
}

async function freshToken(
  { vault, clock }: TokenPorts,
  secrets: Pick<SecretStore, 'get'>,
  id: TenantId,
): Promise<string | null> {
  const held = await secrets.get(id, ACCESS);
  if (held === null || held.expiresAt === null) return null;
  if (held.expiresAt.getTime() - clock.now().getTime() < REFRESH_AHEAD_MS) return null;
  return vault.open(held.sealed, context(id, ACCESS));
}

/** The refresh token is stored first: it is the one that cannot be had again. */
export async function storeTokens(
  { vault }: Pick<TokenPorts, 'vault'>,
  secrets: Pick<SecretStore, 'put'>,
  id: TenantId,
  tokens: Tokens,
): Promise<void> {
  const seal = (name: string, token: string) => vault.seal(token, context(id, name));
  await secrets.put(id, REFRESH, { sealed: seal(REFRESH, tokens.refreshToken), expiresAt: null });
  await secrets.put(id, ACCESS, {
    sealed: seal(ACCESS, tokens.accessToken),
    expiresAt: tokens.expiresAt,
  });
}
