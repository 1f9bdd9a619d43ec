/** Lets only the operator in: the machine itself, or whoever brings the admin token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { RapportError } from '../../core/errors.ts';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Behind a proxy every caller seems local, so the machine itself counts only while the installation
 * is reached under a loopback name. Strangers are told "nothing here", so that the console does not
 * announce itself.
 */
export const adminOnly =
  (adminToken: string | undefined, publicUrl: string): RequestHandler =>
  (req, _res, next) => {
    if ((isLoopbackName(new URL(publicUrl).host) && isLocal(req)) || bearsToken(req, adminToken))
      return next();
    throw new RapportError('not_found', 'There is nothing here.');
  };

const isLoopbackName = (host: string): boolean => LOOPBACK_NAMES.has(host.replace(/:\d+$/, ''));

/** The name is checked too: a foreign page whose name was rebound to 127.0.0.1 is not the operator. */
function isLocal(req: Request): boolean {
  return (
    LOOPBACK_ADDRESSES.has(req.socket.remoteAddress ?? '') &&
    isLoopbackName(req.headers.host ?? '') &&
    req.headers['x-forwarded-for'] === undefined &&
    (isReading(req) || !isSentByForeignPage(req))
  );
}

/** A link to the console may stand anywhere, and a foreign page cannot read what it leads to. */
const isReading = (req: Request): boolean => req.method === 'GET' || req.method === 'HEAD';

/** Any page the operator opens can have their browser send forms here; browsers say whose they are. */
function isSentByForeignPage(req: Request): boolean {
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return origin !== undefined && origin !== `http://${req.headers.host}`;
}

function bearsToken(req: Request, adminToken: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
  if (adminToken === undefined || given === undefined) return false;
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(adminToken));
}
