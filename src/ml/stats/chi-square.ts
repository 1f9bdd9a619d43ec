/** Are two categories related: Pearson's chi-square test of a contingency table. */
import { RapportError } from '../../core/errors.ts';
import { logChiSquareTail } from './distributions.ts';

export interface ChiSquareTest {
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
  readonly logP: number;
  /** Cramér's V, 0–1. */
  readonly effect: number;
  /** Smallest expected count; below 5 the p-value is rough (Cochran 1954). */
  readonly smallestExpected: number;
}

/**
 * Without continuity correction.
 * @param table counts, one array per row.
 * @throws RapportError invalid_payload for a negative count; not_enough_data when fewer than two
 *   rows or columns are there, or one is empty.
 */
export function chiSquareTest(table: readonly (readonly number[])[]): ChiSquareTest {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0));
  const width = table[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) =>
    table.reduce((sum, row) => sum + (row[j] ?? Number.NaN), 0),
  );
  if (table.some((row) => row.length !== width || row.some((n) => !(n >= 0)))) {
    throw new RapportError('invalid_payload', 'a rectangular table of counts is needed');
  }
  if (rows.length < 2 || width < 2 || rows.some((n) => n === 0) || columns.some((n) => n === 0)) {
    throw new RapportError('not_enough_data', 'two rows and two columns with counts are needed');
  }
  const total = rows.reduce((a, b) => a + b, 0);
  let chi2 = 0;
  let smallestExpected = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < width; j++) {
      const expected = (rows[i]! * columns[j]!) / total;
      chi2 += (table[i]![j]! - expected) ** 2 / expected;
      smallestExpected = Math.min(smallestExpected, expected);
    }
  }
  const df = (rows.length - 1) * (width - 1);
  const logP = logChiSquareTail(chi2, df);
  const effect = Math.sqrt(chi2 / (total * Math.min(rows.length - 1, width - 1)));
  return { chi2, df, p: Math.exp(logP), logP, effect, smallestExpected };
}

/** Counts of each pair of labels; rows and columns sorted. */
export function crosstab(
  a: readonly string[],
  b: readonly string[],
): { readonly rows: string[]; readonly columns: string[]; readonly counts: number[][] } {
  const rows = [...new Set(a)].sort();
  const columns = [...new Set(b)].sort();
  const rowOf = new Map(rows.map((label, i) => [label, i]));
  const columnOf = new Map(columns.map((label, j) => [label, j]));
  const counts = rows.map(() => columns.map(() => 0));
  a.forEach((label, k) => {
    const row = counts[rowOf.get(label) ?? 0]!;
    const j = columnOf.get(b[k] ?? '') ?? 0;
    row[j] = row[j]! + 1;
  });
  return { rows, columns, counts };
}
