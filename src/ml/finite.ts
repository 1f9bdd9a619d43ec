/** Refuses tables an estimator cannot work on. */
import { RapportError } from '../core/errors.ts';
import type { Matrix } from './matrix.ts';

/**
 * @param columns names for messages; numbers are used where they are missing.
 * @throws RapportError not_enough_data without rows; invalid_payload when the data do not fill the
 *   shape or a value is not finite (the message names the column and the row, counted from 1).
 */
export function requireFinite(x: Matrix, columns: readonly string[] = []): void {
  requireShape(x);
  const { cols, data } = x;
  // A value that is not finite times zero is NaN, so one sum finds out whether to look closer.
  let check = 0;
  for (let i = 0; i < data.length; i++) check += data[i]! * 0;
  if (check === 0) return;
  const at = data.findIndex((value) => !Number.isFinite(value));
  throw new RapportError(
    'invalid_payload',
    `column "${columns[at % cols] ?? at % cols}" holds ${data[at]} in row ${Math.floor(at / cols) + 1}; a finite number is needed`,
  );
}

/** The shape part of {@link requireFinite}. */
export function requireShape({ rows, cols, data }: Matrix): void {
  if (rows === 0 || cols === 0) throw new RapportError('not_enough_data', 'the table has no rows');
  if (data.length !== rows * cols) {
    throw new RapportError(
      'invalid_payload',
      `${data.length} values do not fill ${rows} rows of ${cols} columns`,
    );
  }
}

/** @throws RapportError invalid_payload when `x` has another width than the fitted table. */
export function requireWidth({ cols }: Matrix, fitted: number): void {
  if (cols !== fitted) {
    throw new RapportError('invalid_payload', `${cols} columns where ${fitted} were fitted`);
  }
}
