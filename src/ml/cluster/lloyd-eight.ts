/** The loops of `lloyd-kernel.ts` for eight columns held in registers: about twice as fast. */
import { CHUNK_ROWS, gap, halfNorms, type LloydData, NO_LABEL, relabel } from './lloyd-rows.ts';

/** Finds every row's nearest centre and notes how clear it was. */
export function trackEight(data: LloydData, chunk: number): void {
  const { x, k, centres: w, labels, slack, drift } = data;
  const half = halfNorms(data);
  const { origin } = data;
  const o0 = origin[0]!;
  const o1 = origin[1]!;
  const o2 = origin[2]!;
  const o3 = origin[3]!;
  const o4 = origin[4]!;
  const o5 = origin[5]!;
  const o6 = origin[6]!;
  const o7 = origin[7]!;
  const last = Math.min(data.n, (chunk + 1) * CHUNK_ROWS);
  const widest = drift[k]!;
  let moved = 0;
  for (let i = chunk * CHUNK_ROWS; i < last; i++) {
    const was = labels[i]!;
    if (was !== NO_LABEL && slack[i]! > drift[was]! + widest) continue;
    const r = i * 8;
    const x0 = x[r]! - o0;
    const x1 = x[r + 1]! - o1;
    const x2 = x[r + 2]! - o2;
    const x3 = x[r + 3]! - o3;
    const x4 = x[r + 4]! - o4;
    const x5 = x[r + 5]! - o5;
    const x6 = x[r + 6]! - o6;
    const x7 = x[r + 7]! - o7;
    let nearest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    let own = 0;
    for (let c = 0, p = 0; c < k; c++, p += 8) {
      const value =
        half[c]! -
        (x0 * w[p]! + x1 * w[p + 1]! + (x2 * w[p + 2]! + x3 * w[p + 3]!)) -
        (x4 * w[p + 4]! + x5 * w[p + 5]! + (x6 * w[p + 6]! + x7 * w[p + 7]!));
      if (value < nearest) {
        second = nearest;
        nearest = value;
        own = c;
      } else if (value < second) second = value;
    }
    const square = x0 * x0 + x1 * x1 + x2 * x2 + x3 * x3 + (x4 * x4 + x5 * x5 + x6 * x6 + x7 * x7);
    slack[i] = gap(nearest, second, square, drift[own]! + widest);
    if (was === own) continue;
    moved++;
    relabel(data, chunk, i, own);
  }
  data.moved[chunk] = moved;
}

/**
 * {@link trackEight} without the second nearest centre, for centres on the move. It begins with the
 * centre the row had, so that the branch is seldom taken and well foreseen.
 */
export function assignEight(data: LloydData, chunk: number): void {
  const { x, k, centres: w, labels, sums, counts } = data;
  const half = halfNorms(data);
  const { origin } = data;
  const o0 = origin[0]!;
  const o1 = origin[1]!;
  const o2 = origin[2]!;
  const o3 = origin[3]!;
  const o4 = origin[4]!;
  const o5 = origin[5]!;
  const o6 = origin[6]!;
  const o7 = origin[7]!;
  const last = Math.min(data.n, (chunk + 1) * CHUNK_ROWS);
  let moved = 0;
  for (let i = chunk * CHUNK_ROWS; i < last; i++) {
    const was = labels[i]!;
    const r = i * 8;
    const x0 = x[r]! - o0;
    const x1 = x[r + 1]! - o1;
    const x2 = x[r + 2]! - o2;
    const x3 = x[r + 3]! - o3;
    const x4 = x[r + 4]! - o4;
    const x5 = x[r + 5]! - o5;
    const x6 = x[r + 6]! - o6;
    const x7 = x[r + 7]! - o7;
    let own = was === NO_LABEL ? 0 : was;
    const q = own * 8;
    let nearest =
      half[own]! -
      (x0 * w[q]! + x1 * w[q + 1]! + (x2 * w[q + 2]! + x3 * w[q + 3]!)) -
      (x4 * w[q + 4]! + x5 * w[q + 5]! + (x6 * w[q + 6]! + x7 * w[q + 7]!));
    for (let c = 0, p = 0; c < k; c++, p += 8) {
      const value =
        half[c]! -
        (x0 * w[p]! + x1 * w[p + 1]! + (x2 * w[p + 2]! + x3 * w[p + 3]!)) -
        (x4 * w[p + 4]! + x5 * w[p + 5]! + (x6 * w[p + 6]! + x7 * w[p + 7]!));
      if (value < nearest) {
        nearest = value;
        own = c;
      }
    }
    if (was === own) continue;
    moved++;
    if (was !== NO_LABEL) {
      relabel(data, chunk, i, own);
      continue;
    }
    labels[i] = own;
    const z = (chunk * k + own) * 8;
    counts[chunk * k + own] = counts[chunk * k + own]! + 1;
    sums[z] = sums[z]! + x0;
    sums[z + 1] = sums[z + 1]! + x1;
    sums[z + 2] = sums[z + 2]! + x2;
    sums[z + 3] = sums[z + 3]! + x3;
    sums[z + 4] = sums[z + 4]! + x4;
    sums[z + 5] = sums[z + 5]! + x5;
    sums[z + 6] = sums[z + 6]! + x6;
    sums[z + 7] = sums[z + 7]! + x7;
  }
  data.moved[chunk] = moved;
}
