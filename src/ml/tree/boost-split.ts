/** The best split of one leaf of a gradient tree, read off its histogram. */
import type { BinnedTable } from './histogram.ts';

export interface SplitOptions {
  readonly minLeafRows: number;
  /** Added to the hessian of every leaf. */
  readonly l2: number;
  /** Per column: 1 rising, −1 falling, 0 free. */
  readonly monotone: Int8Array;
}

export interface Split {
  readonly gain: number;
  readonly column: number;
  /** Last bin that goes left; of a bundled column, the code that goes right. */
  readonly bin: number;
  readonly missingLeft: boolean;
}

/** What a leaf may answer; monotone splits above it set the ends. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Rows `from … to − 1` of the grower's order, and their sums. */
export interface SplitLeaf extends Bounds {
  readonly from: number;
  readonly to: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly histogram: Float64Array;
}

/** The Newton step of a leaf before the learning rate, within its bounds. */
export function leafAnswer(g: number, h: number, { low, high }: Bounds, l2: number): number {
  return Math.min(high, Math.max(low, -g / (h + l2 + 1e-12)));
}

/** Finds splits of the leaves of one table. */
export class SplitFinder {
  readonly #table: BinnedTable;
  readonly #offsets: Int32Array;
  readonly #options: SplitOptions;
  readonly #constrained: boolean;

  /** @param offsets where each group's bins stand in the histogram. */
  constructor(table: BinnedTable, offsets: Int32Array, options: SplitOptions) {
    this.#table = table;
    this.#offsets = offsets;
    this.#options = options;
    this.#constrained = options.monotone.some((m) => m !== 0);
  }

  /**
   * The split with the largest gain, if any has one. Rows on a side are estimated from its share of
   * the hessian, as LightGBM does.
   * @param groups numbers of the column groups that may be used.
   */
  best(leaf: SplitLeaf, groups: Int32Array): Split | undefined {
    const n = leaf.to - leaf.from;
    const { minLeafRows, l2, monotone } = this.#options;
    if (n < 2 * minLeafRows || leaf.hessian <= 0) return undefined;
    const { gradient: G, hessian: H, histogram } = leaf;
    const lambda = l2 + 1e-12;
    const constrained = this.#constrained;
    const minHessian = Math.max(1e-9, ((minLeafRows - 0.5) * H) / n);
    const maxLeft = H - minHessian;
    const nothing = constrained
      ? -this.#loss(G, H, leafAnswer(G, H, leaf, l2))
      : (G * G) / (H + lambda);
    // Gains that are rounding noise of a pure leaf are no gains.
    let bestGain = nothing + 1e-10 * (1 + Math.abs(nothing));
    let best: Split | undefined;
    const consider = (
      g: number,
      h: number,
      column: number,
      bin: number,
      missingLeft: boolean,
    ): void => {
      if (h < minHessian || h > maxLeft) return;
      let gain: number;
      if (constrained) {
        const a = leafAnswer(g, h, leaf, l2);
        const b = leafAnswer(G - g, H - h, leaf, l2);
        if (monotone[column]! * (b - a) < 0) return;
        gain = -this.#loss(g, h, a) - this.#loss(G - g, H - h, b);
      } else {
        const r = G - g;
        gain = (g * g) / (h + lambda) + (r * r) / (H - h + lambda);
      }
      if (gain > bestGain) {
        bestGain = gain;
        best = { gain: gain - nothing, column, bin, missingLeft };
      }
    };
    for (let k = 0; k < groups.length; k++) {
      const number = groups[k]!;
      const group = this.#table.groups[number]!;
      const offset = this.#offsets[number]!;
      if (group.bundle) {
        for (let m = 0; m < group.columns.length; m++) {
          const at = offset + 2 * (m + 1);
          const h = histogram[at + 1]!;
          if (h < minHessian || h > maxLeft) continue;
          consider(G - histogram[at]!, H - h, group.columns[m]!, m + 1, false);
        }
        continue;
      }
      const column = group.columns[0]!;
      const known = group.missing >= 0 ? group.bins - 1 : group.bins;
      const mg = group.missing >= 0 ? histogram[offset + 2 * known]! : 0;
      const mh = group.missing >= 0 ? histogram[offset + 2 * known + 1]! : 0;
      let g = 0;
      let h = 0;
      const last = mh > 0 ? known : known - 1;
      for (let b = 0; b < last; b++) {
        const at = offset + 2 * b;
        const added = histogram[at + 1]!;
        if (added === 0) continue;
        g += histogram[at]!;
        h += added;
        // Without missing values here, they follow the heavier side.
        if (h >= minHessian && h <= maxLeft) consider(g, h, column, b, mh === 0 && h > H - h);
        if (mh > 0 && b < known - 1) consider(g + mg, h + mh, column, b, true);
      }
    }
    return best;
  }

  #loss(g: number, h: number, value: number): number {
    return 2 * g * value + (h + this.#options.l2) * value * value;
  }
}
