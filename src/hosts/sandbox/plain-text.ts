/** Text as PostgreSQL can keep it: no NUL, no lone surrogates. */

export const plainText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** For whole JSON documents about to become `jsonb`. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'string' ? plainText(item) : item,
  );
