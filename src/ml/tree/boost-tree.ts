/** One gradient tree, grown leaf by leaf on histograms of gradients. */
import type { ForestBuilder } from './forest.ts';
import type { BinnedTable } from './histogram.ts';

export interface BoostTreeOptions {
  readonly maxLeaves: number;
  readonly minLeafRows: number;
  /** Added to the hessian of every leaf. */
  readonly l2: number;
  readonly learningRate: number;
  /** Per column: 1 rising, −1 falling, 0 free. */
  readonly monotone: Int8Array;
}

interface Split {
  readonly gain: number;
  readonly column: number;
  /** Last bin that goes left; of a bundled column, the code that goes right. */
  readonly bin: number;
  readonly missingLeft: boolean;
}

interface Leaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly histogram: Float64Array;
  /** Bounds of the answer that monotone splits above have set. */
  readonly low: number;
  readonly high: number;
  readonly split: Split | undefined;
}

/**
 * Grows trees best leaf first (Ke et al. 2017, "LightGBM", NeurIPS 30): sums of gradient and
 * hessian per bin, the larger child's by subtraction, rows kept partitioned in place. Rows in a
 * candidate leaf are estimated from its share of the hessian, as LightGBM does.
 */
export class BoostTreeGrower {
  readonly #table: BinnedTable;
  readonly #options: BoostTreeOptions;
  readonly #offsets: Int32Array;
  readonly #size: number;
  readonly #rows: Int32Array;
  readonly #spare: Int32Array;
  /** Row-major: where in a histogram each group of a row counts. */
  readonly #places: Uint16Array | Uint32Array;
  readonly #goesLeft = new Uint8Array(256);
  readonly #pool: Float64Array[] = [];
  readonly #constrained: boolean;
  #leaves: Leaf[] = [];

  constructor(table: BinnedTable, options: BoostTreeOptions) {
    this.#table = table;
    this.#options = options;
    this.#offsets = new Int32Array(table.groups.length);
    let size = 0;
    table.groups.forEach((group, g) => {
      this.#offsets[g] = size;
      size += 2 * group.bins;
    });
    this.#size = size;
    this.#rows = new Int32Array(table.rows);
    this.#spare = new Int32Array(table.rows);
    const width = table.groups.length;
    const cells = table.rows * width;
    this.#places = size < 65_536 ? new Uint16Array(cells) : new Uint32Array(cells);
    table.groups.forEach(({ codes }, g) => {
      spread(codes, this.#offsets[g]!, g, width, this.#places);
    });
    this.#constrained = options.monotone.some((m) => m !== 0);
  }

  /**
   * Adds one tree to `forest` and its answers to `scores`.
   * @param fitRows the rows to learn from.
   * @param groups numbers of the column groups this tree may use.
   */
  grow(
    gradients: Float64Array,
    hessians: Float64Array,
    fitRows: Int32Array,
    groups: Int32Array,
    forest: ForestBuilder,
    scores: Float64Array,
  ): void {
    this.#rows.set(fitRows);
    for (const leaf of this.#leaves) this.#pool.push(leaf.histogram);
    this.#leaves = [];
    forest.startTree();
    const histogram = this.#pool.pop() ?? new Float64Array(this.#size);
    const [g, h] = this.#fill(histogram, 0, fitRows.length, gradients, hessians, groups);
    const { NEGATIVE_INFINITY: low, POSITIVE_INFINITY: high } = Number;
    const node = forest.add();
    this.#place(node, 0, fitRows.length, g, h, histogram, low, high, groups);
    while (this.#leaves.length < this.#options.maxLeaves) {
      let best = -1;
      let bestGain = 0;
      for (let k = 0; k < this.#leaves.length; k++) {
        const gain = this.#leaves[k]!.split?.gain ?? 0;
        if (gain > bestGain) {
          best = k;
          bestGain = gain;
        }
      }
      if (best < 0) break;
      this.#divide(best, gradients, hessians, groups, forest);
    }
    this.#answer(forest, scores);
  }

  #place(
    node: number,
    from: number,
    to: number,
    gradient: number,
    hessian: number,
    histogram: Float64Array,
    low: number,
    high: number,
    groups: Int32Array,
  ): void {
    const bare = { node, from, to, gradient, hessian, histogram, low, high, split: undefined };
    this.#leaves.push({ ...bare, split: this.#best(bare, groups) });
  }

  #divide(
    k: number,
    gradients: Float64Array,
    hessians: Float64Array,
    groups: Int32Array,
    forest: ForestBuilder,
  ): void {
    const leaf = this.#leaves[k]!;
    const split = leaf.split!;
    const column = this.#table.columns[split.column]!;
    const middle = this.#partition(leaf, split);
    const bundled = this.#table.groups[column.group]!.bundle;
    const threshold = bundled
      ? column.cuts[0]!
      : (column.cuts[split.bin] ?? Number.POSITIVE_INFINITY);
    const left = forest.split(leaf.node, split.column, threshold, split.missingLeft);
    const right = left + 1;
    const smallIsLeft = middle - leaf.from <= leaf.to - middle;
    const from = smallIsLeft ? leaf.from : middle;
    const to = smallIsLeft ? middle : leaf.to;
    const small = this.#pool.pop() ?? new Float64Array(this.#size);
    const [g, h] = this.#fill(small, from, to, gradients, hessians, groups);
    const large = leaf.histogram;
    for (let b = 0; b < large.length; b++) large[b] = large[b]! - small[b]!;
    const lg = smallIsLeft ? g : leaf.gradient - g;
    const lh = smallIsLeft ? h : leaf.hessian - h;
    const rg = leaf.gradient - lg;
    const rh = leaf.hessian - lh;
    let leftHigh = leaf.high;
    let rightHigh = leaf.high;
    let leftLow = leaf.low;
    let rightLow = leaf.low;
    const direction = this.#options.monotone[split.column]!;
    if (direction !== 0) {
      const border = (this.#value(lg, lh, leaf) + this.#value(rg, rh, leaf)) / 2;
      if (direction > 0) leftHigh = rightLow = border;
      else leftLow = rightHigh = border;
    }
    this.#leaves.splice(k, 1);
    const leftHistogram = smallIsLeft ? small : large;
    const rightHistogram = smallIsLeft ? large : small;
    this.#place(left, leaf.from, middle, lg, lh, leftHistogram, leftLow, leftHigh, groups);
    this.#place(right, middle, leaf.to, rg, rh, rightHistogram, rightLow, rightHigh, groups);
  }

  /** Histogram of the rows in [from, to), and their sums of gradient and hessian. */
  #fill(
    histogram: Float64Array,
    from: number,
    to: number,
    gradients: Float64Array,
    hessians: Float64Array,
    groups: Int32Array,
  ): readonly [number, number] {
    histogram.fill(0);
    const rows = this.#rows;
    const places = this.#places;
    const width = this.#table.groups.length;
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

  /** Moves the rows of a leaf so that those going left come first; keeps their order. */
  #partition(leaf: Leaf, split: Split): number {
    const column = this.#table.columns[split.column]!;
    const { codes, missing, bundle } = this.#table.groups[column.group]!;
    const rows = this.#rows;
    const spare = this.#spare;
    const { bin, missingLeft } = split;
    const goesLeft = this.#goesLeft;
    for (let code = 0; code < 256; code++) {
      const yes = bundle ? code !== bin : code === missing ? missingLeft : code <= bin;
      goesLeft[code] = yes ? 1 : 0;
    }
    let left = leaf.from;
    let right = 0;
    // Without a branch: which way a row goes cannot be predicted.
    for (let i = leaf.from; i < leaf.to; i++) {
      const row = rows[i]!;
      const yes = goesLeft[codes[row]!]!;
      rows[left] = row;
      spare[right] = row;
      left += yes;
      right += 1 - yes;
    }
    rows.set(spare.subarray(0, right), left);
    return left;
  }

  /** The leaf's answer before the learning rate, within its bounds. */
  #value(g: number, h: number, bounds: { low: number; high: number }): number {
    const raw = -g / (h + this.#options.l2 + 1e-12);
    return Math.min(bounds.high, Math.max(bounds.low, raw));
  }

  #best(leaf: Leaf, groups: Int32Array): Split | undefined {
    const n = leaf.to - leaf.from;
    const { minLeafRows, l2, monotone } = this.#options;
    if (n < 2 * minLeafRows || leaf.hessian <= 0) return undefined;
    const { gradient: G, hessian: H, histogram } = leaf;
    const lambda = l2 + 1e-12;
    const constrained = this.#constrained;
    const minHessian = Math.max(1e-9, ((minLeafRows - 0.5) * H) / n);
    const maxLeft = H - minHessian;
    const nothing = constrained
      ? -this.#loss(G, H, this.#value(G, H, leaf))
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
        const a = this.#value(g, h, leaf);
        const b = this.#value(G - g, H - h, leaf);
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

  /**
   * Leaves get their Newton step; nodes above get the row-weighted mean of their children, so
   * that path attribution starts from the mean answer.
   */
  #answer(forest: ForestBuilder, scores: Float64Array): void {
    const weight = new Map<number, number>();
    for (const leaf of this.#leaves) {
      const value = this.#options.learningRate * this.#value(leaf.gradient, leaf.hessian, leaf);
      forest.set(leaf.node, 0, value);
      weight.set(leaf.node, leaf.to - leaf.from);
      for (let i = leaf.from; i < leaf.to; i++) {
        const row = this.#rows[i]!;
        scores[row] = scores[row]! + value;
      }
    }
    forest.averageUp(weight);
  }
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
