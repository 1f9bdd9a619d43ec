/** A source that keeps sending what no CRM signed is refused for ever less: without its body, and without its connection. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../ports/clock.ts';
import type { Meter } from '../../ports/meter.ts';
import type { Refusals } from '../../ports/refusals.ts';

/** `webhooks/hubspot/verify.ts` brings one. */
export type MayBeSigned = (headers: IncomingHttpHeaders, nowMs: number) => boolean;

const SIGNED_PATHS = /^\/(webhooks|hubspot|actions)\//;

/**
 * Says whether the request was answered here. Only refusals count, and what may be signed is always
 * verified, so a CRM behind the same proxy as a flood is never limited by it.
 */
export function signedOnly(
  mayBeSigned: MayBeSigned,
  refusals: Refusals,
  { clock, meter }: { readonly clock: Clock; readonly meter: Meter },
) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    if (!SIGNED_PATHS.test(req.url ?? '')) return false;
    const source = req.socket.remoteAddress ?? 'unknown';
    const isLimited = await refusals.isUsedUp(source);
    if (isLimited && !mayBeSigned(req.headers, clock.now().getTime())) {
      meter.count('unsigned_requests', { outcome: 'limited' });
      // The body stays unread, so the connection is of no more use.
      res.writeHead(429, { connection: 'close', 'retry-after': '60' });
      res.end('{"ok":false}');
      return true;
    }
    if (isLimited) res.shouldKeepAlive = false;
    res.on('finish', () => {
      if (res.statusCode !== 401) return;
      meter.count('unsigned_requests', { outcome: 'refused' });
      void refusals.note(source);
    });
    return false;
  };
}
