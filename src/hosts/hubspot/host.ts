/** The host port, fulfilled by HubSpot, or by anything that speaks its API at another origin. */
import type { Manifest } from '../../core/manifest.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Host } from '../../ports/host.ts';
import type { Meter } from '../../ports/meter.ts';
import { createJournal } from './journal.ts';
import { authorizeUrl, type HubSpotApp, introspect, readAccount, requestTokens } from './oauth.ts';
import { createSession } from './session.ts';

export function createHubSpotHost(
  app: HubSpotApp,
  manifest: Manifest,
  clock: Clock,
  meter: Meter,
): Host {
  return {
    authorizeUrl: (redirectUri, state) => authorizeUrl(app, redirectUri, state),
    exchangeCode: (code, redirectUri) =>
      requestTokens(
        app,
        { grant_type: 'authorization_code', code, redirect_uri: redirectUri },
        clock.now(),
      ),
    refresh: (refreshToken) =>
      requestTokens(app, { grant_type: 'refresh_token', refresh_token: refreshToken }, clock.now()),
    introspect: (accessToken) => introspect(app, accessToken),
    account: (accessToken) => readAccount(app, accessToken),
    recordUrl: app.recordUrl,
    journal: app.journal ? createJournal(app, manifest, clock, meter) : null,
    connect: (tenant, accessToken, pace) =>
      createSession({ apiOrigin: app.apiOrigin, manifest, tenant, accessToken, pace, meter }),
  };
}
