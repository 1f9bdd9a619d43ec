/**
 * Feature hashing (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"): terms
 * go to a fixed number of columns without a vocabulary, so nothing has to be fitted or stored.
 */
import { RapportError } from '../../core/errors.ts';
import { type Csr, csrFromRows } from '../sparse.ts';

export interface HashingOptions {
  /** Number of columns, a power of two; default 2^18. */
  readonly columns?: number;
  /** Gives each term a sign of its own, so that collisions cancel on average; default true. */
  readonly signed?: boolean;
  /** Scales each row to length 1; default true. */
  readonly normalise?: boolean;
}

/**
 * One row per document of terms. The same term lands in the same column in every call and process.
 * @throws RapportError invalid_payload when `columns` is not a power of two.
 */
export function hashTerms(
  documents: readonly (readonly string[])[],
  options: HashingOptions = {},
): Csr {
  const { columns = 2 ** 18, signed = true, normalise = true } = options;
  if (!Number.isInteger(Math.log2(columns))) {
    throw new RapportError('invalid_payload', `columns must be a power of two, not ${columns}`);
  }
  const rows = documents.map((terms) => {
    const counts = new Map<number, number>();
    for (const term of terms) {
      const hash = fnv1a(term);
      const column = hash & (columns - 1);
      const sign = signed && hash >>> 31 === 1 ? -1 : 1;
      counts.set(column, (counts.get(column) ?? 0) + sign);
    }
    const entries = [...counts].filter(([, n]) => n !== 0).sort(([a], [b]) => a - b);
    const squares = entries.reduce((sum, [, n]) => sum + n * n, 0);
    const length = normalise ? Math.sqrt(squares) || 1 : 1;
    return {
      indices: entries.map(([column]) => column),
      values: entries.map(([, n]) => n / length),
    };
  });
  return csrFromRows(rows, new Array<string>(columns));
}

/** FNV-1a over UTF-16 units, with a final mix so that the low bits depend on every unit. */
function fnv1a(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
