/** The error taxonomy: each class is named for what happens next. `docs/errors.md` lists every code. */

export type Retry = 'never' | 'later' | 'after';

export interface ErrorDetails {
  readonly cause?: unknown;
  /** Milliseconds to wait; only with `retry: 'after'`. */
  readonly retryAfterMs?: number;
}

/** Base of everything Rapport throws on purpose. `code` is stable; `message` says what to do. */
export class RapportError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly retry: Retry;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'RapportError';
    this.code = code;
    this.status = ERROR_CODES[code].status;
    this.retry = ERROR_CODES[code].retry;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** Every code: HTTP status, whether the queue tries again, and who acts. Mirrored in docs/errors.md. */
export const ERROR_CODES = {
  invalid_signature: { status: 401, retry: 'never', actor: 'nobody; counted' },
  invalid_payload: { status: 400, retry: 'never', actor: 'the caller' },
  payload_too_large: { status: 413, retry: 'never', actor: 'the caller' },
  too_many_requests: { status: 429, retry: 'never', actor: 'the caller' },
  not_found: { status: 404, retry: 'never', actor: 'the caller' },
  unknown_tenant: { status: 404, retry: 'never', actor: 'nobody; counted' },
  record_gone: { status: 404, retry: 'never', actor: 'nobody' },
  already_exists: { status: 409, retry: 'never', actor: 'nobody; it is read again' },
  invalid_state: { status: 400, retry: 'never', actor: 'the installer starts again' },
  needs_reconnect: { status: 401, retry: 'never', actor: "the customer's admin" },
  missing_scope: { status: 403, retry: 'never', actor: "the customer's admin" },
  no_access: { status: 403, retry: 'never', actor: "the customer's admin" },
  host_rate_limited: { status: 429, retry: 'after', actor: 'the limiter' },
  host_unavailable: { status: 503, retry: 'later', actor: 'time' },
  host_rejected: { status: 422, retry: 'never', actor: 'us: mapping or manifest' },
  stale_write: { status: 409, retry: 'later', actor: 'the flow re-reads' },
  store_unavailable: { status: 503, retry: 'later', actor: 'time, then the operator' },
  not_enough_data: { status: 200, retry: 'never', actor: 'the baseline answers' },
  config_invalid: { status: 500, retry: 'never', actor: 'the operator' },
  internal: { status: 500, retry: 'later', actor: 'us' },
} as const satisfies Record<string, { status: number; retry: Retry; actor: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
