/** Refuses whoever asks faster than people do, so that nobody's haste is paid by others, or reads a portal by its ids. */
import type { RequestHandler } from 'express';
import { RapportError } from '../../core/errors.ts';
import type { Allowance } from '../../ports/allowance.ts';
import type { Caller } from './host-signature.ts';

/** After `hostSignature`: only what is signed has an account to count for. */
export const withinAllowance =
  (allowance: Allowance): RequestHandler =>
  async (_req, res, next) => {
    const { host, accountId, userId, userEmail } = res.locals['caller'] as Caller;
    const waitMs = await allowance.take(`${host}:${accountId}`, userId ?? userEmail);
    if (waitMs === null) return next();
    res.set('retry-after', String(Math.ceil(waitMs / 1000)));
    throw new RapportError('too_many_requests', 'Too many requests within a minute; wait.');
  };
