/** Reads the parts of a request that many routes share: object type, ids, lists, page. */
import type { Call } from './api.ts';
import { invalid, objectNotFound, readOnlyObject, unknownObjectType } from './api-error.ts';
import type { Definitions } from './checked-values.ts';
import { parseId } from './object-store.ts';
import { findObjectType, type ObjectType } from './object-types.ts';

export const BATCH_LIMIT = 100;

/** The object type a path names, after the caller's right to it was checked. */
export function typeFor(call: Call, access: 'read' | 'write', param = 'objectType'): ObjectType {
  const type = typeNamed(call.param(param));
  const scopes = access === 'read' ? type.read : type.write;
  if (scopes.length === 0) throw readOnlyObject(type.name);
  call.need(scopes);
  return type;
}

/** The type whose definitions the caller may change. */
export function schemaFor(call: Call): ObjectType {
  const type = typeNamed(call.param('objectType'));
  if (type.schemaWrite.length === 0) throw readOnlyObject(`${type.name} properties`);
  call.need(type.schemaWrite);
  return type;
}

export function typeNamed(name: string): ObjectType {
  const type = findObjectType(name);
  if (type === undefined) throw unknownObjectType(name);
  return type;
}

/** A list given once with commas, several times, or both. */
export const listOf = (query: URLSearchParams, name: string): string[] => [
  ...new Set(
    query
      .getAll(name)
      .flatMap((part) => part.split(','))
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];

export function limitOf(query: URLSearchParams, fallback: number, most: number): number {
  const limit = Number(query.get('limit') ?? fallback);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw invalid(`limit must be a whole number between 1 and ${most}.`);
}

/** The id after which a page begins; 0 for the first. */
export function afterOf(query: URLSearchParams): number {
  const after = query.get('after') ?? '0';
  const id = parseId(after);
  if (id === undefined) throw invalid('after is not a paging cursor of this list.');
  return id;
}

export function idOf(call: Call, param: string): number {
  const id = parseId(call.param(param));
  if (id === undefined) throw objectNotFound(`A record with id ${call.param(param).slice(0, 40)}`);
  return id;
}

export const isTrue = (query: URLSearchParams, name: string): boolean => query.get(name) === 'true';

export function checkBatchSize(inputs: readonly unknown[], most = BATCH_LIMIT): void {
  if (inputs.length > most) {
    throw invalid(`Batch of ${inputs.length} is too large: at most ${most} inputs are allowed.`);
  }
  if (inputs.length === 0) throw invalid('inputs must not be empty.');
}

/** The frame of every batch answer. */
export function batchBody(
  startedAt: Date,
  completedAt: Date,
  results: readonly unknown[],
  errors: readonly Record<string, unknown>[] = [],
): Record<string, unknown> {
  return {
    status: 'COMPLETE',
    startedAt: startedAt.toISOString(),
    completedAt: completedAt.toISOString(),
    results,
    ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
  };
}

const EMAIL_CONTENT = ['hs_email_subject', 'hs_email_text', 'hs_email_html', 'hs_email_headers'];

/** What e-mails say is kept from apps without the scope for it. */
export function readable(call: Call, type: ObjectType, definitions: Definitions): Definitions {
  if (type.name !== 'emails' || call.may(['sales-email-read'])) return definitions;
  return new Map([...definitions].filter(([name]) => !EMAIL_CONTENT.includes(name)));
}
