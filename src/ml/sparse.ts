/** Compressed sparse rows: what one-hot tables and TF-IDF texts are made of. */
import { RapportError } from '../core/errors.ts';
import type { Matrix } from './matrix.ts';

export interface Csr {
  readonly rows: number;
  readonly cols: number;
  /** Row i occupies `[indptr[i], indptr[i + 1])` of `indices` and `values`. */
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/**
 * Rows of (column, value) pairs as one matrix of `columns.length` columns.
 * @throws RapportError invalid_payload on a value that is not finite or a column out of range.
 */
export function csrFromRows(rows: readonly SparseRow[], columns: readonly string[]): Csr {
  const cols = columns.length;
  const indptr = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    indptr[i + 1] = (indptr[i] ?? 0) + row.indices.length;
  });
  const total = indptr[rows.length] ?? 0;
  const indices = new Int32Array(total);
  const values = new Float64Array(total);
  let at = 0;
  rows.forEach((row, i) => {
    if (row.indices.length !== row.values.length) {
      throw new RapportError(
        'invalid_payload',
        `row ${i + 1}: as many values as columns are needed`,
      );
    }
    row.indices.forEach((column, k) => {
      const value = row.values[k] ?? Number.NaN;
      if (!(column >= 0 && column < cols)) {
        throw new RapportError('invalid_payload', `row ${i + 1} names column ${column} of ${cols}`);
      }
      if (!Number.isFinite(value)) {
        throw new RapportError(
          'invalid_payload',
          `column "${columns[column] ?? column}" holds ${value} in row ${i + 1}; a finite number is needed`,
        );
      }
      indices[at] = column;
      values[at++] = value;
    });
  });
  return { rows: rows.length, cols, indptr, indices, values };
}

/** The same table, zeros left out. */
export function csrFromDense(m: Matrix, columns: readonly string[]): Csr {
  const rows: SparseRow[] = [];
  for (let i = 0; i < m.rows; i++) {
    const indices: number[] = [];
    const values: number[] = [];
    for (let j = 0; j < m.cols; j++) {
      const value = m.data[i * m.cols + j]!;
      if (value !== 0) {
        indices.push(j);
        values.push(value);
      }
    }
    rows.push({ indices, values });
  }
  return csrFromRows(rows, columns);
}

/** The chosen rows, in the order given. */
export function csrSelect(x: Csr, chosen: readonly number[]): Csr {
  const indptr = new Int32Array(chosen.length + 1);
  for (let r = 0; r < chosen.length; r++) {
    const i = chosen[r]!;
    indptr[r + 1] = indptr[r]! + x.indptr[i + 1]! - x.indptr[i]!;
  }
  const indices = new Int32Array(indptr[chosen.length]!);
  const values = new Float64Array(indices.length);
  for (let r = 0; r < chosen.length; r++) {
    const from = x.indptr[chosen[r]!]!;
    const to = x.indptr[chosen[r]! + 1]!;
    indices.set(x.indices.subarray(from, to), indptr[r]!);
    values.set(x.values.subarray(from, to), indptr[r]!);
  }
  return { rows: chosen.length, cols: x.cols, indptr, indices, values };
}

/** Row i times a weight vector. */
export function csrDot(x: Csr, i: number, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
    sum += x.values[k]! * weights[x.indices[k]!]!;
  }
  return sum;
}

/** The columns from `first` until before `end`, in their places; the width becomes `end`. */
export function csrColumns(x: Csr, first: number, end: number): Csr {
  const kept = (j: number): boolean => j >= first && j < end;
  let size = 0;
  for (const j of x.indices) if (kept(j)) size++;
  const indptr = new Int32Array(x.rows + 1);
  const indices = new Int32Array(size);
  const values = new Float64Array(size);
  let at = 0;
  for (let i = 0; i < x.rows; i++) {
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
      const j = x.indices[k]!;
      if (!kept(j)) continue;
      indices[at] = j;
      values[at++] = x.values[k]!;
    }
    indptr[i + 1] = at;
  }
  return { rows: x.rows, cols: end, indptr, indices, values };
}

/** The rows of `a`, then those of `b`, of as many columns. */
export function csrConcat(a: Csr, b: Csr): Csr {
  const indptr = new Int32Array(a.rows + b.rows + 1);
  indptr.set(a.indptr);
  const end = a.indptr[a.rows]!;
  for (let i = 0; i < b.rows; i++) indptr[a.rows + i + 1] = end + b.indptr[i + 1]!;
  const indices = new Int32Array(a.indices.length + b.indices.length);
  const values = new Float64Array(indices.length);
  indices.set(a.indices);
  indices.set(b.indices, a.indices.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { rows: a.rows + b.rows, cols: a.cols, indptr, indices, values };
}

/**
 * Σ v · weights[j] over the entries `[from, to)` of a matrix. With {@link addEntries} a function of its
 * own, so that the engine compiles it early and keeps it while the solver around it still changes.
 */
export function dotEntries(
  indices: Int32Array,
  values: Float64Array,
  from: number,
  to: number,
  weights: Float64Array,
): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += weights[indices[k]!]! * values[k]!;
  return sum;
}

/** weights[j] += step · v over the entries `[from, to)`. */
export function addEntries(
  indices: Int32Array,
  values: Float64Array,
  from: number,
  to: number,
  step: number,
  weights: Float64Array,
): void {
  for (let k = from; k < to; k++) {
    const j = indices[k]!;
    weights[j] = weights[j]! + step * values[k]!;
  }
}
