/** One gradient tree, grown leaf by leaf on histograms of gradients. */
import {
  leafAnswer,
  type Split,
  SplitFinder,
  type SplitLeaf,
  type SplitOptions,
} from './boost-split.ts';
import type { ForestBuilder } from './forest.ts';
import { fillHistogram, type HistogramLayout, layOut } from './gradient-histogram.ts';
import type { BinnedTable } from './histogram.ts';

export interface BoostTreeOptions extends SplitOptions {
  readonly maxLeaves: number;
  readonly learningRate: number;
}

interface Leaf extends SplitLeaf {
  readonly node: number;
  readonly split: Split | undefined;
}

/**
 * Grows trees best leaf first (Ke et al. 2017, "LightGBM", NeurIPS 30): sums of gradient and
 * hessian per bin, the larger child's by subtraction, rows kept partitioned in place.
 */
export class BoostTreeGrower {
  readonly #table: BinnedTable;
  readonly #options: BoostTreeOptions;
  readonly #layout: HistogramLayout;
  readonly #finder: SplitFinder;
  readonly #rows: Int32Array;
  readonly #spare: Int32Array;
  readonly #goesLeft = new Uint8Array(256);
  readonly #pool: Float64Array[] = [];
  #leaves: Leaf[] = [];

  constructor(table: BinnedTable, options: BoostTreeOptions) {
    this.#table = table;
    this.#options = options;
    this.#layout = layOut(table);
    this.#finder = new SplitFinder(table, this.#layout.offsets, options);
    this.#rows = new Int32Array(table.rows);
    this.#spare = new Int32Array(table.rows);
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
    const histogram = this.#pool.pop() ?? new Float64Array(this.#layout.size);
    const [g, h] = fillHistogram(
      this.#layout,
      histogram,
      this.#rows,
      0,
      fitRows.length,
      gradients,
      hessians,
      groups,
    );
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
    this.#leaves.push({ ...bare, split: this.#finder.best(bare, groups) });
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
    const small = this.#pool.pop() ?? new Float64Array(this.#layout.size);
    const [g, h] = fillHistogram(
      this.#layout,
      small,
      this.#rows,
      from,
      to,
      gradients,
      hessians,
      groups,
    );
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
    const { l2, monotone } = this.#options;
    const direction = monotone[split.column]!;
    if (direction !== 0) {
      const border = (leafAnswer(lg, lh, leaf, l2) + leafAnswer(rg, rh, leaf, l2)) / 2;
      if (direction > 0) leftHigh = rightLow = border;
      else leftLow = rightHigh = border;
    }
    this.#leaves.splice(k, 1);
    const leftHistogram = smallIsLeft ? small : large;
    const rightHistogram = smallIsLeft ? large : small;
    this.#place(left, leaf.from, middle, lg, lh, leftHistogram, leftLow, leftHigh, groups);
    this.#place(right, middle, leaf.to, rg, rh, rightHistogram, rightLow, rightHigh, groups);
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

  /**
   * Leaves get their Newton step; nodes above get the row-weighted mean of their children, so
   * that path attribution starts from the mean answer.
   */
  #answer(forest: ForestBuilder, scores: Float64Array): void {
    const { l2, learningRate } = this.#options;
    const weight = new Map<number, number>();
    for (const leaf of this.#leaves) {
      const value = learningRate * leafAnswer(leaf.gradient, leaf.hessian, leaf, l2);
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
