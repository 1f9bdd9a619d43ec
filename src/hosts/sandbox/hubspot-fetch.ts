/** What HubSpot's proxy does for a card's `hubspot.fetch`: check the address, add who asks, sign, call. */
import type { Clock } from '../../ports/clock.ts';
import { invalid } from './api-error.ts';
import type { FetchReply, FetchRequest } from './page-api.ts';
import type { Identity } from './settings.ts';
import { signedHeaders } from './signature.ts';

/** The origin the card's source names; here it stands for the server's own address. */
export const CARD_ORIGIN = 'https://rapport.invalid';
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1_000_000;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export interface FetchParts {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly publicUrl: () => string;
}

export async function hubspotFetch(parts: FetchParts, request: FetchRequest): Promise<FetchReply> {
  const { identity, clock } = parts;
  if (!URL.canParse(request.url) || new URL(request.url).origin !== CARD_ORIGIN) {
    throw invalid('The address is not among the permitted URLs of this card.');
  }
  const method = (request.method ?? 'GET').toUpperCase();
  if (!METHODS.includes(method))
    throw invalid(`The method ${method.slice(0, 20)} is not possible.`);
  const uri = signedUri(parts.publicUrl(), new URL(request.url), identity);
  const hasBody = method !== 'GET' && request.body !== undefined && request.body !== null;
  const body = hasBody ? JSON.stringify(request.body) : '';
  if (Buffer.byteLength(body) > MAX_BYTES) throw invalid('The body is larger than 1 MB.');
  const timestampMs = clock.now().getTime();
  try {
    const response = await fetch(uri, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...signedHeaders(identity.clientSecret, { method, uri, body, timestampMs }),
      },
      ...(hasBody ? { body } : {}),
    });
    const text = await response.text();
    if (Buffer.byteLength(text) > MAX_BYTES) return unreachable('The answer is larger than 1 MB.');
    const contentType = response.headers.get('content-type') ?? 'text/plain';
    return { status: response.status, headers: { 'content-type': contentType }, body: text };
  } catch (error) {
    return unreachable(error instanceof Error ? error.name : 'unreachable');
  }
}

/** Built by hand, because the signature covers the query exactly as it is sent. */
function signedUri(publicUrl: string, asked: URL, identity: Identity): string {
  const added = Object.entries({
    userId: identity.userId,
    portalId: identity.portalId,
    userEmail: identity.userEmail,
    appId: identity.appId,
  }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  // What only the proxy may say cannot be said by the card.
  const own = asked.search
    .slice(1)
    .split('&')
    .filter(
      (pair) => pair !== '' && !/^(userId|portalId|userEmail|appId)(=|$)/i.test(decoded(pair)),
    );
  return `${publicUrl}${asked.pathname}?${[...own, ...added].join('&')}`;
}

function decoded(pair: string): string {
  try {
    return decodeURIComponent(pair);
  } catch {
    return pair;
  }
}

const unreachable = (message: string): FetchReply => ({
  status: 502,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});
