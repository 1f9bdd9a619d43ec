/** HubSpot's v3 signature over the raw bytes: constant time, a window of five minutes both ways, several secrets. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const WINDOW_MS = 5 * 60_000;

/** The only escapes HubSpot decodes in the URI before signing. */
const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};
const DECODABLE = new RegExp(Object.keys(DECODED).join('|'), 'gi');

export interface SignedRequest {
  readonly method: string;
  /** Path and query as received; the origin comes from configuration, never from the request. */
  readonly pathAndQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/**
 * Says which of `secrets` (name → secret) signed the request, or `null` for none. Missing, doubled
 * or malformed headers and stale or future timestamps are simply not signed.
 */
export function verifySignature(
  request: SignedRequest,
  publicOrigin: string,
  secrets: readonly (readonly [name: string, secret: string])[],
  nowMs: number,
): string | null {
  const signature = single(request.headers['x-hubspot-signature-v3']);
  const timestamp = single(request.headers['x-hubspot-request-timestamp']);
  if (signature === null || timestamp === null || !isFresh(timestamp, nowMs)) return null;
  const given = Buffer.from(signature, 'base64');
  let matched: string | null = null;
  for (const [name, secret] of secrets) {
    const expected = signatureV3(
      secret,
      request.method,
      publicOrigin + request.pathAndQuery,
      request.body,
      timestamp,
    );
    if (given.length === expected.length && timingSafeEqual(given, expected)) matched ??= name;
  }
  return matched;
}

/**
 * Says which of `secrets` signed a workflow action: v2, the hex SHA-256 of secret, method, URI and
 * body. It carries no time, so a replay is made harmless by the callback id in the body.
 */
export function verifyActionSignature(
  request: SignedRequest,
  publicOrigin: string,
  secrets: readonly (readonly [name: string, secret: string])[],
): string | null {
  const { method, pathAndQuery } = request;
  return verifyHash(request, 'v2', secrets, `${method}${publicOrigin}${pathAndQuery}`);
}

/**
 * Says which of `secrets` signed a delivery to a legacy app: v1, the hex SHA-256 of secret and body.
 * It covers neither address nor time: good for events, which only say "look again" and are the same
 * when they come twice, and for nothing else. A request that has a v3 signature is judged by that.
 */
export function verifyLegacyDelivery(
  request: SignedRequest,
  secrets: readonly (readonly [name: string, secret: string])[],
): string | null {
  if (request.headers['x-hubspot-signature-v3'] !== undefined || request.body.length === 0)
    return null;
  return verifyHash(request, 'v1', secrets, '');
}

function verifyHash(
  { headers, body }: SignedRequest,
  version: 'v1' | 'v2',
  secrets: readonly (readonly [name: string, secret: string])[],
  before: string,
): string | null {
  const signature = single(headers['x-hubspot-signature']);
  if (single(headers['x-hubspot-signature-version']) !== version || signature === null) return null;
  const given = Buffer.from(signature, 'hex');
  let matched: string | null = null;
  for (const [name, secret] of secrets) {
    const expected = createHash('sha256')
      .update(secret + before)
      .update(body)
      .digest();
    if (given.length === expected.length && timingSafeEqual(given, expected)) matched ??= name;
  }
  return matched;
}

/**
 * Whether these headers could belong to a signed request of any version: the body is not needed to
 * say no. Never `false` for what a verifier above would take.
 */
export function mayBeSigned(headers: IncomingHttpHeaders, nowMs: number): boolean {
  const signature = single(headers['x-hubspot-signature-v3']);
  const timestamp = single(headers['x-hubspot-request-timestamp']);
  if (signature !== null && timestamp !== null)
    return isFresh(timestamp, nowMs) && isDigest(signature, 'base64');
  const hash = single(headers['x-hubspot-signature']);
  return hash !== null && isDigest(hash, 'hex');
}

const isDigest = (text: string, encoding: 'base64' | 'hex'): boolean =>
  Buffer.from(text, encoding).length === 32;

const isFresh = (timestamp: string, nowMs: number): boolean =>
  /^\d{13}$/.test(timestamp) && Math.abs(nowMs - Number(timestamp)) <= WINDOW_MS;

/** HMAC-SHA256 over method, decoded URI, body and timestamp. */
export function signatureV3(
  secret: string,
  method: string,
  uri: string,
  body: Uint8Array,
  timestamp: string,
): Buffer {
  const decoded = uri.replace(DECODABLE, (code) => DECODED[code.toUpperCase()] ?? code);
  return createHmac('sha256', secret)
    .update(method + decoded)
    .update(body)
    .update(timestamp)
    .digest();
}

/** Node joins doubled headers with a comma, which no base64 or number contains. */
const single = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && header !== '' && !header.includes(',') ? header : null;
