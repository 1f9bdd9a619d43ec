/** The page on which an admin grants an app its rights, and the checks before it is shown. */
import type { AppRegistration, Identity } from './settings.ts';

export interface ConsentRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | null;
}

/** What is wrong with the request, in words for the admin, or the request in its parts. */
export function readConsent(
  query: URLSearchParams,
  identity: Identity,
  app: AppRegistration,
): ConsentRequest | string {
  const words = (name: string) => (query.get(name) ?? '').split(/\s+/).filter(Boolean);
  const redirectUri = query.get('redirect_uri') ?? '';
  const scopes = [...new Set([...words('scope'), ...words('optional_scope')])];
  if (query.get('client_id') !== identity.clientId) return 'There is no app with this client_id.';
  if (!allowedRedirect(redirectUri, app.redirectUrls))
    return 'The redirect_uri is not registered for this app.';
  if (words('scope').length === 0) return 'The scope parameter is missing.';
  const lacking = app.scopes.filter((scope) => !scopes.includes(scope));
  if (lacking.length > 0)
    return `The request lacks scopes that the app declares: ${lacking.join(', ')}.`;
  const unknown =
    app.scopes.length === 0 ? [] : scopes.filter((s) => s !== 'oauth' && !app.scopes.includes(s));
  if (unknown.length > 0) return `The app does not declare these scopes: ${unknown.join(', ')}.`;
  return { redirectUri, scopes: [...new Set(['oauth', ...scopes])], state: query.get('state') };
}

/** Registered addresses exactly; before any is registered, this machine's own. */
function allowedRedirect(redirectUri: string, registered: readonly string[]): boolean {
  if (registered.length > 0) return registered.includes(redirectUri);
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol.startsWith('http') && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** `query` comes back with the form, so that the answer is checked like the question. */
export function consentPage(
  request: ConsentRequest,
  query: URLSearchParams,
  portalId: number,
): string {
  const fields = [...query].map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const scopes = request.scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`);
  return page(
    'Connect an app',
    `<p>An app asks for access to sandbox account <b>${portalId}</b>:</p><ul>${scopes.join('')}</ul>
     <form method="post">${fields.join('')}
     <button name="decision" value="approve">Approve</button>
     <button name="decision" value="cancel">Cancel</button></form>`,
  );
}

export const refusalPage = (reason: string): string =>
  page('This app cannot be connected', `<p>${escapeHtml(reason)}</p>`);

/** No `form-action`: browsers would apply it to the redirect back to the app. */
export const CONSENT_SECURITY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1.25rem;margin-right:.5rem}</style>
<main><h1>${title}</h1>${content}</main></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
