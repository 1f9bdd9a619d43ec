/** HubSpot's refusals in the words of our taxonomy; branches on status and category, never on message. */
import { RapportError } from '../../core/errors.ts';

const LOCKED = 423;
const MIGRATING = 477;
const TEN_SECONDS_MS = 10_000;

/** `status` 0 means that no answer came. `detail` may quote the host, never a record's values. */
export function hubspotError(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
  cause?: unknown,
): RapportError {
  const options = { cause };
  if (status === 401)
    return new RapportError(
      'needs_reconnect',
      'HubSpot no longer accepts the token; an admin must connect Rapport again.',
      options,
    );
  if (status === 403)
    return new RapportError(
      'missing_scope',
      `HubSpot refused for a missing scope or account feature: ${detail}. Connect Rapport again to grant it.`,
      options,
    );
  if (status === 404)
    return new RapportError('record_gone', `HubSpot does not know it: ${detail}.`, options);
  if (status === 409)
    return new RapportError('already_exists', `HubSpot has it already: ${detail}.`, options);
  if (status === 429)
    return new RapportError('host_rate_limited', 'HubSpot asked to slow down.', {
      cause,
      retryAfterMs:
        retryAfterMs(headers) ??
        (detail.includes('SECONDLY') && !detail.includes('TEN') ? 1_000 : TEN_SECONDS_MS),
    });
  if (status === LOCKED)
    return new RapportError('host_rate_limited', 'HubSpot has locked the record for a moment.', {
      cause,
      retryAfterMs: 2_000,
    });
  if (status === MIGRATING)
    return new RapportError('host_rate_limited', 'HubSpot is moving this account.', {
      cause,
      retryAfterMs: retryAfterMs(headers) ?? 60_000,
    });
  if (status >= 400 && status < 500)
    return new RapportError(
      'host_rejected',
      `HubSpot refused the request (${status}): ${detail}.`,
      options,
    );
  return new RapportError(
    'host_unavailable',
    status === 0 ? 'HubSpot did not answer.' : `HubSpot answered ${status}.`,
    options,
  );
}

function retryAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

interface ApiExceptionLike {
  readonly code: number;
  readonly body?: { category?: string; policyName?: string; message?: string } | string;
  readonly headers?: Record<string, string>;
}

/** Turns whatever the official client threw into a `RapportError`. */
export function fromClientError(error: unknown): RapportError {
  if (error instanceof RapportError) return error;
  const { code, body, headers } = (error ?? {}) as Partial<ApiExceptionLike>;
  if (typeof code !== 'number') return hubspotError(0, '', {}, error);
  const parsed = typeof body === 'object' ? body : undefined;
  const detail =
    parsed?.policyName ??
    [parsed?.category, parsed?.message?.slice(0, 200)].filter(Boolean).join(': ');
  return hubspotError(code, detail, headers, error);
}
