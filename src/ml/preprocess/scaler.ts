/** Standardises columns to mean 0 and standard deviation 1. */
import { RapportError } from '../../core/errors.ts';
import { requireFinite } from '../finite.ts';
import type { Matrix } from '../matrix.ts';

/** Plain data. `sd` is the population deviation; 1 where a column is constant. */
export interface Scaler {
  readonly columns: readonly string[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** @throws RapportError not_enough_data without rows; invalid_payload when a value is not finite. */
export function fitScaler(m: Matrix, columns: readonly string[]): Scaler {
  if (m.rows === 0) throw new RapportError('not_enough_data', 'no rows to standardise');
  if (m.cols > 0) requireFinite(m, columns);
  const mean: number[] = [];
  const sd: number[] = [];
  for (let j = 0; j < m.cols; j++) {
    let sum = 0;
    for (let i = 0; i < m.rows; i++) sum += m.data[i * m.cols + j]!;
    const centre = sum / m.rows;
    let squares = 0;
    for (let i = 0; i < m.rows; i++) squares += (m.data[i * m.cols + j]! - centre) ** 2;
    const spread = Math.sqrt(squares / m.rows);
    mean.push(centre);
    sd.push(spread > 1e-12 * Math.max(1, Math.abs(centre)) ? spread : 1);
  }
  return { columns, mean, sd };
}

/** One row in standard deviations from the mean. */
export function scaleRow(scaler: Scaler, row: readonly number[]): number[] {
  if (row.length !== scaler.columns.length) {
    throw new RapportError(
      'invalid_payload',
      `${row.length} values where ${scaler.columns.length} columns were fitted`,
    );
  }
  return row.map((value, j) => {
    if (!Number.isFinite(value)) {
      throw new RapportError(
        'invalid_payload',
        `column "${scaler.columns[j] ?? j}" holds ${value}`,
      );
    }
    return (value - (scaler.mean[j] ?? 0)) / (scaler.sd[j] ?? 1);
  });
}
