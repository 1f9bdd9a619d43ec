/** A checksum of a set of ids that does not depend on their order and can be built page by page. */
import { createHash } from 'node:crypto';

const MODULUS = 1n << 64n;

/** Sixteen hex digits: the sum modulo 2⁶⁴ of the first eight bytes of each id's SHA-256, added to `soFar`. */
export function addToChecksum(soFar: string, ids: readonly string[]): string {
  let sum = BigInt(`0x${soFar}`);
  for (const id of ids) sum += createHash('sha256').update(id).digest().readBigUInt64BE(0);
  return (sum % MODULUS).toString(16).padStart(16, '0');
}

export const EMPTY_CHECKSUM = '0'.repeat(16);
