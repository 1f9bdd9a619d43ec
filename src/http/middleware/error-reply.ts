/** Every error leaves as `{ error: { code, message, requestId } }`; what is not ours stays generic. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { RapportError } from '../../core/errors.ts';
import type { Log } from '../../ports/log.ts';

export const notFound: RequestHandler = () => {
  throw new RapportError('not_found', 'There is nothing here.');
};

export const errorReply =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    const requestId = String(res.locals['requestId'] ?? '');
    const known = error instanceof RapportError ? error : fromBodyParser(error);
    if (known.code === 'internal')
      log.error('request failed', {
        event: requestId,
        code: error instanceof Error ? error.message : String(error),
        stack: error instanceof Error ? error.stack : undefined,
      });
    if (res.headersSent) return void res.end();
    res
      .status(known.status === 200 ? 500 : known.status)
      .set('cache-control', 'no-store')
      .json({ error: { code: known.code, message: known.message, requestId } });
  };

/** Express and its body parser mark what the caller did wrong with a 4xx status. */
function fromBodyParser(error: unknown): RapportError {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 413) return new RapportError('payload_too_large', 'The request is too large.');
  if (status >= 400 && status < 500)
    return new RapportError('invalid_payload', 'The request could not be read.');
  return new RapportError('internal', 'Something went wrong on our side; try again.');
}
