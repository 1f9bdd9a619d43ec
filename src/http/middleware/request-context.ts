/** Gives each request an id, a log line, a timing and the headers every answer carries. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../../ports/log.ts';
import type { Meter } from '../../ports/meter.ts';

export const requestContext =
  (log: Log, meter: Meter): RequestHandler =>
  (_req, res, next) => {
    const started = performance.now();
    res.locals['requestId'] = randomUUID();
    res.set({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-request-id': String(res.locals['requestId']),
    });
    res.on('finish', () => {
      const route = String(res.locals['route'] ?? 'other');
      const seconds = (performance.now() - started) / 1000;
      meter.observe('request_seconds', seconds, { route, status: String(res.statusCode) });
      log.debug('request', {
        event: String(res.locals['requestId']),
        route,
        status: res.statusCode,
        ms: Math.round(seconds * 1000),
      });
    });
    next();
  };
