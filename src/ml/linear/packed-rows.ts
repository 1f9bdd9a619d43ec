/** A dense table without its zeros and with an intercept: products for linear models. */
import type { Frame } from '../frame.ts';

/** The last of the `cols` columns is the intercept: a one in every row. */
export interface PackedRows {
  readonly count: number;
  readonly cols: number;
  /** `out = X w`. */
  times(w: Float64Array, out: Float64Array): void;
  /** `Xᵀ r`. */
  transposedTimes(r: Float64Array): Float64Array;
  /** Lower triangle of `Xᵀ diag(weights) X`, row-major `cols × cols`. */
  gram(weights: Float64Array): Float64Array;
  /** Every `stride`-th row. */
  every(stride: number): PackedRows;
}

export function packRows(x: Frame): PackedRows {
  const { data } = x;
  let nonZero = x.rows;
  for (let k = 0; k < data.length; k++) if (data[k]! !== 0) nonZero++;
  const starts = new Int32Array(x.rows + 1);
  const index = new Int32Array(nonZero);
  const value = new Float64Array(nonZero);
  let at = 0;
  for (let i = 0, k = 0; i < x.rows; i++) {
    for (let j = 0; j < x.cols; j++, k++) {
      const v = data[k]!;
      if (v === 0) continue;
      index[at] = j;
      value[at++] = v;
    }
    index[at] = x.cols;
    value[at++] = 1;
    starts[i + 1] = at;
  }
  return packed(starts, index, value, x.cols + 1);
}

function packed(
  starts: Int32Array,
  index: Int32Array,
  value: Float64Array,
  cols: number,
): PackedRows {
  const times = (w: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      const to = starts[i + 1]!;
      for (let k = starts[i]!; k < to; k++) sum += value[k]! * w[index[k]!]!;
      out[i] = sum;
    }
  };
  const transposedTimes = (r: Float64Array): Float64Array => {
    const out = new Float64Array(cols);
    for (let i = 0; i < r.length; i++) {
      const ri = r[i]!;
      if (ri === 0) continue;
      const to = starts[i + 1]!;
      for (let k = starts[i]!; k < to; k++) {
        const j = index[k]!;
        out[j] = out[j]! + ri * value[k]!;
      }
    }
    return out;
  };
  const gram = (weights: Float64Array): Float64Array =>
    weightedGram(starts, index, value, weights, cols);
  const every = (stride: number): PackedRows => {
    const kept = new Int32Array(Math.ceil((starts.length - 1) / stride) + 1);
    for (let r = 0; r < kept.length - 1; r++) {
      kept[r + 1] = kept[r]! + starts[r * stride + 1]! - starts[r * stride]!;
    }
    const size = kept[kept.length - 1]!;
    const keptIndex = new Int32Array(size);
    const keptValue = new Float64Array(size);
    for (let r = 0; r < kept.length - 1; r++) {
      const from = starts[r * stride]!;
      const to = starts[r * stride + 1]!;
      keptIndex.set(index.subarray(from, to), kept[r]);
      keptValue.set(value.subarray(from, to), kept[r]);
    }
    return packed(kept, keptIndex, keptValue, cols);
  };
  return { count: starts.length - 1, cols, times, transposedTimes, gram, every };
}

function weightedGram(
  starts: Int32Array,
  index: Int32Array,
  value: Float64Array,
  weights: Float64Array,
  cols: number,
): Float64Array {
  const out = new Float64Array(cols * cols);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    const from = starts[i]!;
    const to = starts[i + 1]!;
    for (let a = from; a < to; a++) {
      const row = index[a]! * cols;
      const scaled = weight * value[a]!;
      for (let b = from; b <= a; b++) {
        const cell = row + index[b]!;
        out[cell] = out[cell]! + scaled * value[b]!;
      }
    }
  }
  return out;
}
