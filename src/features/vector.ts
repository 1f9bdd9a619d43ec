/** A vector whose values have names, and the hash that proves two sides mean the same names. */
import { createHash } from 'node:crypto';
import { RapportError } from '../core/errors.ts';

export interface NamedVector {
  readonly names: readonly string[];
  readonly values: readonly number[];
}

/** Twelve hex digits that change with any name or its place. */
export function namesHash(names: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 12);
}

/**
 * Values in the order of their names.
 * @throws RapportError invalid_payload when a value is not finite; the message names it.
 */
export function namedVector(entries: Readonly<Record<string, number>>): NamedVector {
  const names = Object.keys(entries);
  const values = Object.values(entries);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RapportError('invalid_payload', `column "${names[bad]}" holds ${values[bad]}`);
  }
  return { names, values };
}
