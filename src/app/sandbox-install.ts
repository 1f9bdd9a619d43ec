/** Installs Rapport into the sandbox as an admin with a browser would: app registered, consent given, code brought back. */
import { RapportError } from '../core/errors.ts';
import type { Manifest } from '../core/manifest.ts';
import { subscriptions } from '../hosts/hubspot/subscriptions.ts';
import type { SandboxInfo } from '../hosts/sandbox/sandbox.ts';

/** What a project upload tells HubSpot about the app. */
export async function registerApp(
  manifest: Manifest,
  sandbox: SandboxInfo,
  publicUrl: string,
): Promise<void> {
  await expectOk(
    await fetch(`${sandbox.api}/sandbox/app`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        targetUrl: `${publicUrl}${manifest.webhooks.path}`,
        redirectUrls: [`${publicUrl}/oauth/sandbox/callback`],
        scopes: [...manifest.scopes.required, ...manifest.scopes.optional].map((s) => s.name),
        subscriptions: [
          ...subscriptions(manifest),
          { subscriptionType: 'contact.privacyDeletion' },
        ],
      }),
    }),
    'register the app',
  );
}

/** Returns when the account is connected; its backfill has begun. The demo writes at once. */
export async function installIntoSandbox(publicUrl: string): Promise<void> {
  const start = await fetch(`${publicUrl}/oauth/sandbox/start?writes=at_once`, {
    redirect: 'manual',
  });
  const cookie = (start.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const consent = new URL(location(start), publicUrl);
  const approved = await fetch(consent.origin + consent.pathname, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: consent.searchParams,
  });
  const callback = await fetch(location(approved), { headers: { cookie } });
  await expectOk(callback, 'finish the installation');
}

function location(response: Response): string {
  const target = response.headers.get('location');
  if (target === null)
    throw new RapportError(
      'internal',
      `The sandbox answered ${response.status} instead of a redirect.`,
    );
  return target;
}

async function expectOk(response: Response, step: string): Promise<void> {
  if (!response.ok)
    throw new RapportError(
      'internal',
      `Could not ${step}: ${response.status} ${(await response.text()).slice(0, 300)}`,
    );
}
