/** The way of records through JSON: dates as text in the database, `Date` outside. */
import type { CrmRecord } from '../core/record.ts';

const DATE_FIELDS = new Set(['createdAt', 'updatedAt', 'closedAt', 'at']);

/** How `JSON.stringify` writes what PostgreSQL refuses: NUL and lone surrogates. */
const REFUSED = /\\u(?:0000|d[89ab])/;

/** JSON that PostgreSQL takes: no NUL, no lone surrogate. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return REFUSED.test(json)
    ? JSON.stringify(value, (_key, part: unknown) =>
        typeof part === 'string' ? toText(part) : part,
      )
    : json;
}

/** Text that PostgreSQL takes. */
export const toText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '');

export function fromRecordJson(data: unknown): CrmRecord {
  const record: Record<string, unknown> = { ...(data as Record<string, unknown>) };
  for (const field of DATE_FIELDS) {
    const value = record[field];
    if (typeof value === 'string') record[field] = new Date(value);
  }
  return record as unknown as CrmRecord;
}
