/** HubSpot's v3 request signature, from the sender's side. */
import { createHash, createHmac } from 'node:crypto';

/** The only escapes that are decoded before signing; every other one stays as it was sent. */
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

export interface SignedRequest {
  readonly method: string;
  /** Full URL with query, exactly as it is called. */
  readonly uri: string;
  /** Empty when there is none. */
  readonly body: string;
  readonly timestampMs: number;
}

export function signatureV3(secret: string, request: SignedRequest): string {
  const uri = request.uri.replace(/%[0-9a-f]{2}/gi, (code) => DECODED[code.toUpperCase()] ?? code);
  return createHmac('sha256', secret)
    .update(`${request.method}${uri}${request.body}${request.timestampMs}`, 'utf8')
    .digest('base64');
}

export function signedHeaders(secret: string, request: SignedRequest): Record<string, string> {
  return {
    'x-hubspot-signature-v3': signatureV3(secret, request),
    'x-hubspot-request-timestamp': String(request.timestampMs),
  };
}

/** What HubSpot puts on a workflow action: v2, which carries no time. */
export const actionHeaders = (
  secret: string,
  { method, uri, body }: Omit<SignedRequest, 'timestampMs'>,
): Record<string, string> => ({
  'x-hubspot-signature-version': 'v2',
  'x-hubspot-signature': createHash('sha256')
    .update(`${secret}${method}${uri}${body}`)
    .digest('hex'),
});
