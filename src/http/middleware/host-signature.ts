/** Refuses requests that no CRM signed; hands the verified host, account and user on. */
import { type RequestHandler, raw } from 'express';
import { RapportError } from '../../core/errors.ts';
import type { HostName } from '../../core/tenant.ts';
import type { Clock } from '../../ports/clock.ts';

/** What a host's verifier is asked; `webhooks/hubspot/verify.ts` brings one. */
export type VerifyRequest = (
  request: {
    method: string;
    pathAndQuery: string;
    headers: import('node:http').IncomingHttpHeaders;
    body: Uint8Array;
  },
  nowMs: number,
) => HostName | null;

export interface Caller {
  readonly host: HostName;
  readonly accountId: string;
  /** The person behind the request, as the host signed them. */
  readonly userId: string | null;
  readonly userEmail: string | null;
}

/** Reads the raw body itself, because the signature covers its bytes. Trusts only signed values. */
export const hostSignature = (verify: VerifyRequest, clock: Clock): RequestHandler[] => [
  raw({ type: () => true, limit: '1mb' }),
  (req, res, next) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const host = verify(
      { method: req.method, pathAndQuery: req.originalUrl, headers: req.headers, body },
      clock.now().getTime(),
    );
    const accountId = req.query['portalId'];
    if (host === null || typeof accountId !== 'string')
      throw new RapportError(
        'invalid_signature',
        'The request is not signed by a CRM that is connected here.',
      );
    // A doubled parameter is an array, and names nobody.
    const one = (name: string): string | null => {
      const value = req.query[name];
      return typeof value === 'string' && value !== '' ? value : null;
    };
    res.locals['caller'] = {
      host,
      accountId,
      userId: one('userId'),
      userEmail: one('userEmail'),
    } satisfies Caller;
    next();
  },
];
