/** HubSpot's error envelope, as an exception and as the makers of every kind the sandbox answers. */
import { randomUUID } from 'node:crypto';

export interface ErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

interface Envelope {
  readonly category: string;
  readonly message: string;
  readonly subCategory?: string;
  readonly errors?: readonly ErrorDetail[];
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Thrown anywhere below a route; the API layer sends it. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, envelope: Envelope, headers: Readonly<Record<string, string>> = {}) {
    super(envelope.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = { status: 'error', correlationId: randomUUID(), ...envelope };
    this.headers = headers;
  }
}

export const unauthorized = (expired = false): ApiError =>
  new ApiError(401, {
    category: expired ? 'EXPIRED_AUTHENTICATION' : 'INVALID_AUTHENTICATION',
    message: expired
      ? 'The OAuth token used to make this call expired.'
      : 'Authentication credentials not found or not valid. This API supports OAuth 2.0 bearer tokens.',
  });

export const missingScopes = (scopes: readonly string[]): ApiError =>
  new ApiError(403, {
    category: 'MISSING_SCOPES',
    message: "This app hasn't been granted all required scopes to make this call.",
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: scopes },
      },
    ],
  });

export const readOnlyObject = (name: string): ApiError =>
  new ApiError(403, { category: 'FORBIDDEN', message: `${name} are read only in this API.` });

export const pathNotFound = (): ApiError =>
  new ApiError(404, {
    category: 'OBJECT_NOT_FOUND',
    message: 'There is no such path in this API.',
  });

export const objectNotFound = (what: string): ApiError =>
  new ApiError(404, { category: 'OBJECT_NOT_FOUND', message: `${what} was not found.` });

export const unknownObjectType = (name: string): ApiError =>
  new ApiError(400, {
    category: 'VALIDATION_ERROR',
    message: `Unable to infer object type from: ${name}`,
  });

export const invalid = (message: string, errors?: readonly ErrorDetail[]): ApiError =>
  new ApiError(400, {
    category: 'VALIDATION_ERROR',
    message,
    ...(errors === undefined ? {} : { errors }),
  });

export const conflict = (message: string, subCategory?: string): ApiError =>
  new ApiError(409, {
    category: subCategory === undefined ? 'CONFLICT' : 'OBJECT_ALREADY_EXISTS',
    message,
    ...(subCategory === undefined ? {} : { subCategory }),
  });

/** The answer to too many calls has a shape of its own. */
export class RateLimited extends ApiError {
  constructor(
    policyName: 'TEN_SECONDLY_ROLLING' | 'SECONDLY',
    headers: Readonly<Record<string, string>>,
  ) {
    super(429, { category: 'RATE_LIMITS', message: 'You have reached your limit.' }, headers);
    Object.assign(this, {
      body: {
        status: 'error',
        message: `You have reached your ${policyName.toLowerCase()} limit.`,
        errorType: 'RATE_LIMIT',
        correlationId: this.body['correlationId'],
        policyName,
      },
    });
  }
}

/** One entry of `errors` in a 207 answer. */
export function partialError(envelope: Envelope): Record<string, unknown> {
  return { status: 'error', links: {}, errors: [], context: {}, ...envelope };
}
