/** Least squares by Householder QR, in column-major memory. */
import { RapportError } from '../../core/errors.ts';

export interface LeastSquares {
  readonly beta: Float64Array;
  /** Upper triangular factor, row-major `p × p`. */
  readonly r: Float64Array;
  readonly residualSquares: number;
}

/**
 * min ‖y − A b‖ (Golub, Van Loan 2013, algorithm 5.3.2). Overwrites `a` and `y`.
 * @param a column-major `n × p`, n ≥ p.
 * @param names of the columns, for the error message.
 * @throws RapportError invalid_payload naming a column that the ones before it determine.
 */
export function leastSquares(
  a: Float64Array,
  n: number,
  p: number,
  y: Float64Array,
  names: readonly string[],
): LeastSquares {
  const r = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const column = a.subarray(j * n, (j + 1) * n);
    const own = norm(column, j, n);
    const full = Math.hypot(own, norm(r.subarray(j * p, j * p + j), 0, j));
    if (!(own > 1e-10 * full)) {
      throw new RapportError(
        'invalid_payload',
        `column "${names[j] ?? j}" is a linear combination of the other columns; leave one out`,
      );
    }
    const pivot = column[j]! > 0 ? -own : own;
    column[j] = column[j]! - pivot;
    const scale = -1 / (pivot * column[j]!);
    for (let c = j + 1; c < p; c++) reflect(column, a.subarray(c * n, (c + 1) * n), j, n, scale);
    reflect(column, y, j, n, scale);
    // Row j of R is final in the later columns; it is kept by column here, turned round below.
    r[j * p + j] = pivot;
    for (let c = j + 1; c < p; c++) r[c * p + j] = a[c * n + j]!;
  }
  const upper = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = i; j < p; j++) upper[i * p + j] = r[j * p + i]!;
  const beta = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    let sum = y[i]!;
    for (let j = i + 1; j < p; j++) sum -= upper[i * p + j]! * beta[j]!;
    beta[i] = sum / upper[i * p + i]!;
  }
  return { beta, r: upper, residualSquares: norm(y, p, n) ** 2 };
}

/** Inverse of an upper triangular row-major `p × p` matrix. */
export function invertUpper(r: Float64Array, p: number): Float64Array {
  const inverse = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    inverse[j * p + j] = 1 / r[j * p + j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += r[i * p + k]! * inverse[k * p + j]!;
      inverse[i * p + j] = -sum / r[i * p + i]!;
    }
  }
  return inverse;
}

function norm(v: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += v[i]! * v[i]!;
  return Math.sqrt(sum);
}

function reflect(
  v: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  scale: number,
): void {
  let dot = 0;
  for (let i = from; i < to; i++) dot += v[i]! * target[i]!;
  const factor = scale * dot;
  for (let i = from; i < to; i++) target[i] = target[i]! - factor * v[i]!;
}
