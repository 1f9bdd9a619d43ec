/** Whom a refusal of HubSpot is about: the records and properties it names, where it names any. */
import { RapportError } from '../../core/errors.ts';
import type { RefusedUpdate } from '../../ports/host.ts';

type Context = Readonly<Record<string, readonly string[]>>;

/** As in a 207, and in the envelope of a 400; every field may be absent. */
export interface NamedError {
  readonly category?: string;
  readonly code?: string;
  readonly message?: string;
  readonly context?: Context;
}

const RECORDS = new Set(['id', 'ids', 'objectId', 'objectIds', 'objectWriteTraceId']);
const PROPERTIES = new Set(['name', 'names', 'propertyName', 'propertyNames', 'properties']);

/** The records among `ids` that the errors name, each with the reason of the first error that does. */
export function namedRecords(
  errors: readonly NamedError[],
  ids: readonly string[],
): readonly RefusedUpdate[] {
  return ids.flatMap((id) => {
    const error = errors.find((e) => namedIn(e, RECORDS).includes(id));
    return error === undefined ? [] : [{ id, reason: reasonOf(error) }];
  });
}

/** Properties whose values were refused. One that is missing is no fault of those who carry it. */
export const namedProperties = (errors: readonly NamedError[]): ReadonlySet<string> =>
  new Set(
    errors
      .filter((e) => !(e.code ?? '').startsWith('MISSING'))
      .flatMap((e) => namedIn(e, PROPERTIES)),
  );

/** The errors of a refused call, as the client threw it; none where the body is no envelope. */
export function errorsOf(refusal: RapportError): readonly NamedError[] {
  const { body } = (refusal.cause ?? {}) as { body?: unknown };
  if (typeof body !== 'object' || body === null) return [];
  const { errors, ...whole } = body as NamedError & { errors?: unknown };
  return [...(Array.isArray(errors) ? (errors as NamedError[]) : []), whole];
}

const namedIn = (error: NamedError, keys: ReadonlySet<string>): readonly string[] =>
  Object.entries(error.context ?? {}).flatMap(([key, values]) => (keys.has(key) ? values : []));

const reasonOf = ({ category, code, message }: NamedError): string =>
  [code ?? category, message].filter(Boolean).join(': ');

/** A refusal of what was sent, not of who sent it or when: `null` for every other error. */
export const refusalOf = (error: unknown): RapportError | null =>
  error instanceof RapportError && (error.code === 'host_rejected' || error.code === 'record_gone')
    ? error
    : null;
