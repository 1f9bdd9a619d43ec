/** Sums of gradient and hessian per bin, for any part of the rows. */
import type { BinnedTable } from './histogram.ts';

/** Where in a histogram the bins of each column group and the cells of each row stand. */
export interface HistogramLayout {
  /** Numbers in a histogram: gradient and hessian of every bin, group after group. */
  readonly size: number;
  /** Per group: where its first bin stands. */
  readonly offsets: Int32Array;
  /** Row-major, rows × groups: where each cell counts. */
  readonly places: Uint16Array | Uint32Array;
  readonly width: number;
}

export function layOut({ rows, groups }: BinnedTable): HistogramLayout {
  const width = groups.length;
  const offsets = new Int32Array(width);
  let size = 0;
  groups.forEach((group, g) => {
    offsets[g] = size;
    size += 2 * group.bins;
  });
  const places = size < 65_536 ? new Uint16Array(rows * width) : new Uint32Array(rows * width);
  groups.forEach(({ codes }, g) => {
    spread(codes, offsets[g]!, g, width, places);
  });
  return { size, offsets, places, width };
}

function spread(
  codes: Uint8Array,
  offset: number,
  group: number,
  width: number,
  places: Uint16Array | Uint32Array,
): void {
  for (let i = 0, k = group; i < codes.length; i++, k += width) places[k] = offset + 2 * codes[i]!;
}

/**
 * Overwrites `histogram` with the sums over `rows[from … to − 1]`.
 * @param groups numbers of the column groups to count; the others stay 0.
 * @returns the rows' own sums of gradient and hessian.
 */
export function fillHistogram(
  { places, width }: HistogramLayout,
  histogram: Float64Array,
  rows: Int32Array,
  from: number,
  to: number,
  gradients: Float64Array,
  hessians: Float64Array,
  groups: Int32Array,
): readonly [number, number] {
  histogram.fill(0);
  const all = groups.length === width;
  let gradient = 0;
  let hessian = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const g = gradients[row]!;
    const h = hessians[row]!;
    gradient += g;
    hessian += h;
    const start = row * width;
    if (all) {
      const end = start + width;
      for (let k = start; k < end; k++) {
        const at = places[k]!;
        histogram[at] = histogram[at]! + g;
        histogram[at + 1] = histogram[at + 1]! + h;
      }
    } else {
      for (let k = 0; k < groups.length; k++) {
        const at = places[start + groups[k]!]!;
        histogram[at] = histogram[at]! + g;
        histogram[at + 1] = histogram[at + 1]! + h;
      }
    }
  }
  return [gradient, hessian];
}
