/** Which rows of a user's table may stand on different sides of a split: any, by group, or by time. */
import { DateTime } from 'luxon';
import { RapportError } from '../../core/errors.ts';
import { createRandom } from '../../ml/random.ts';
import {
  type Split,
  splitByTime,
  stratifiedGroupFolds,
  timeOrderedSplits,
} from '../../ml/split.ts';
import type { Table } from './table.ts';

export interface RowOrder {
  /** What it is, for the report. */
  readonly says: string;
  /** Columns that were read for it; they are no features. */
  readonly columns: readonly string[];
  /** Group number per row. */
  readonly groups?: Int32Array;
  /** When each row happened, in any unit. */
  readonly times?: Float64Array;
}

/** One part to learn from, one to be tested on, as places in the list that was split. */
export type Fold = Pick<Split, 'train' | 'test'>;

/** @throws RapportError config_invalid for both options at once, or a cell that is no time. */
export function rowOrder(
  table: Table,
  { group, time }: { readonly group?: string; readonly time?: string },
): RowOrder {
  if (group !== undefined && time !== undefined)
    throw new RapportError('config_invalid', 'give --group or --time, not both.');
  if (group !== undefined) {
    const cells = table.text(group);
    const numbers = new Map([...new Set(cells)].map((cell, k) => [cell, k]));
    const groups = Int32Array.from(cells, (cell) => numbers.get(cell) ?? 0);
    return { says: `stratified, rows of one ${group} kept together`, columns: [group], groups };
  }
  if (time === undefined) return { says: 'stratified', columns: [] };
  const times = Float64Array.from(table.text(time), (cell, row) => {
    const at = cell.trim() === '' ? Number.NaN : Number(cell);
    const ms = Number.isFinite(at) ? at : DateTime.fromISO(cell.trim(), { zone: 'utc' }).toMillis();
    if (Number.isFinite(ms)) return ms;
    const message = `column "${time}", row ${row + 1} holds "${cell}", which is neither a number nor a date like 2026-11-23`;
    throw new RapportError('config_invalid', `${table.file}: ${message}.`);
  });
  return { says: `time-ordered by ${time}: later rows from earlier ones`, columns: [time], times };
}

/** A fifth of the rows for the test: each class its share, whole groups, or the latest rows. */
export function holdOut(
  codes: Int32Array,
  { groups, times }: RowOrder,
  seed: number,
): { readonly train: Int32Array; readonly test: Int32Array } {
  if (times !== undefined) {
    const { train, test } = splitByTime(Array.from(times), 0.2);
    return { train: Int32Array.from(train), test: Int32Array.from(test) };
  }
  const fold = stratifiedGroupFolds(codes, 5, createRandom(seed), groups);
  const rows = Int32Array.from(codes, (_, i) => i);
  return { train: rows.filter((i) => fold[i] !== 0), test: rows.filter((i) => fold[i] === 0) };
}

/**
 * Folds over the chosen rows; folds with an empty part are left out.
 * @param codes class number per chosen row.
 * @param rows row of the table per chosen row.
 */
export function foldsOf(
  codes: Int32Array,
  rows: Int32Array,
  { groups, times }: RowOrder,
  folds: number,
  seed: number,
): Fold[] {
  const parts =
    times === undefined
      ? stratified(codes, folds, seed, groups && rows.map((i) => groups[i] ?? 0))
      : timeOrderedSplits(
          Array.from(rows, (i) => times[i] ?? 0),
          folds,
        );
  return parts.filter(({ train, test }) => train.length > 0 && test.length > 0);
}

function stratified(
  codes: Int32Array,
  folds: number,
  seed: number,
  groups: Int32Array | undefined,
): Fold[] {
  const fold = stratifiedGroupFolds(codes, folds, createRandom(seed), groups);
  const places = Array.from(codes, (_, k) => k);
  return Array.from({ length: folds }, (_, f) => ({
    train: places.filter((k) => fold[k] !== f),
    test: places.filter((k) => fold[k] === f),
  }));
}
