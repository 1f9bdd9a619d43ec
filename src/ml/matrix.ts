/** Dense row-major matrices of doubles, and the Cholesky algebra the models need. */
import { RapportError } from '../core/errors.ts';

export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, `rows × cols`. */
  readonly data: Float64Array;
}

/**
 * A matrix from equally long rows.
 * @param columns names of the columns, used in error messages; its length is the width.
 * @throws RapportError invalid_payload when a row has another width or a value is not finite.
 */
export function matrixFromRows(
  rows: readonly (readonly number[])[],
  columns: readonly string[],
): Matrix {
  const cols = columns.length;
  const data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      throw new RapportError(
        'invalid_payload',
        `row ${i + 1} has ${row.length} values where ${cols} columns are named`,
      );
    }
    row.forEach((value, j) => {
      if (!Number.isFinite(value)) {
        throw new RapportError(
          'invalid_payload',
          `column "${columns[j] ?? j}" holds ${value} in row ${i + 1}; a finite number is needed`,
        );
      }
      data[i * cols + j] = value;
    });
  });
  return { rows: rows.length, cols, data };
}

/**
 * Cholesky factor L (lower, row-major) of a symmetric positive definite n × n matrix, of which
 * only the lower triangle is read. The input stays as it is.
 * @throws RapportError invalid_payload when the matrix is not positive definite.
 */
export function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const ri = i * n;
    for (let j = 0; j <= i; j++) {
      const rj = j * n;
      let sum = a[ri + j]!;
      for (let k = 0; k < j; k++) sum -= l[ri + k]! * l[rj + k]!;
      if (i === j) {
        if (!(sum > 0)) {
          throw new RapportError('invalid_payload', `column ${i} makes the system singular`);
        }
        l[ri + i] = Math.sqrt(sum);
      } else l[ri + j] = sum / l[rj + j]!;
    }
  }
  return l;
}

/** x with L Lᵀ x = b, for the factor of {@link cholesky}. */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * x[k]!;
    x[i] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const xi = x[i]! / l[i * n + i]!;
    x[i] = xi;
    for (let k = 0; k < i; k++) x[k] = x[k]! - l[i * n + k]! * xi;
  }
  return x;
}

/** (L Lᵀ)⁻¹ as a full row-major n × n matrix. */
export function choleskyInverse(l: Float64Array, n: number): Float64Array {
  // Rows of M are the columns of L⁻¹, so that the inverse is M Mᵀ over contiguous memory.
  const m = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    const row = c * n;
    m[row + c] = 1 / l[c * n + c]!;
    for (let i = c + 1; i < n; i++) {
      let sum = 0;
      for (let k = c; k < i; k++) sum -= l[i * n + k]! * m[row + k]!;
      m[row + i] = sum / l[i * n + i]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += m[i * n + k]! * m[j * n + k]!;
      inverse[i * n + j] = sum;
      inverse[j * n + i] = sum;
    }
  }
  return inverse;
}
