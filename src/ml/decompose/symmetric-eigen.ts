/** Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi rotations. */
import { RapportError } from '../../core/errors.ts';

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** n × n, row i belongs to `values[i]`, of length 1. */
  readonly vectors: Float64Array;
}

const SWEEPS = 60;

/**
 * Cyclic Jacobi (Golub, Van Loan 2013, "Matrix Computations", 8.5): O(n³) per sweep and a handful
 * of sweeps, accurate to the last digits; for up to a few hundred columns.
 * @param symmetric n × n, left as it is.
 * @throws RapportError internal when the rotations do not converge (not seen on finite input).
 */
export function symmetricEigen(symmetric: Float64Array, n: number): Eigen {
  const a = Float64Array.from(symmetric);
  const v = new Float64Array(n * n);
  let size = 0;
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let i = 0; i < n * n; i++) size += a[i]! ** 2;
  for (let sweep = 0; ; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q]! ** 2;
    if (off <= 1e-32 * size) break;
    if (sweep === SWEEPS) throw new RapportError('internal', 'Jacobi rotations did not converge');
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i);
  order.sort((i, j) => a[j * n + j]! - a[i * n + i]! || i - j);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(v.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

/** Makes a[p][q] zero; the rows of `v` follow. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cos = 1 / Math.sqrt(t * t + 1);
  const sin = t * cos;
  for (let i = 0; i < n; i++) {
    const ip = a[i * n + p]!;
    const iq = a[i * n + q]!;
    a[i * n + p] = cos * ip - sin * iq;
    a[i * n + q] = sin * ip + cos * iq;
  }
  for (let i = 0; i < n; i++) {
    const pi = a[p * n + i]!;
    const qi = a[q * n + i]!;
    a[p * n + i] = cos * pi - sin * qi;
    a[q * n + i] = sin * pi + cos * qi;
    const vp = v[p * n + i]!;
    const vq = v[q * n + i]!;
    v[p * n + i] = cos * vp - sin * vq;
    v[q * n + i] = sin * vp + cos * vq;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}
