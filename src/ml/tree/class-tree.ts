/** Grows one classification tree (CART) on binned columns; decision tree and random forest share it. */
import type { Random } from '../random.ts';
import type { ForestBuilder } from './forest.ts';
import type { BinGroup, BinnedTable } from './histogram.ts';

/** `gini` as in CART; `information` is the gain in entropy, the criterion of ID3 (Quinlan 1986). */
export type Criterion = 'gini' | 'information';

export interface ClassTreeOptions {
  readonly criterion: Criterion;
  readonly maxDepth: number;
  readonly minLeafRows: number;
  /** Column groups drawn per split; all when it is at least their number. */
  readonly groupsPerSplit: number;
}

interface Found {
  score: number;
  column: number;
  /** Last bin that goes left; of a bundled column, the code that goes right. */
  bin: number;
}

/** Breiman, Friedman, Olshen, Stone (1984). Scratch memory is kept between trees. */
export class ClassTreeGrower {
  readonly #table: BinnedTable;
  readonly #codes: Int32Array;
  readonly #classes: number;
  readonly #options: ClassTreeOptions;
  readonly #rows: Int32Array;
  readonly #spare: Int32Array;
  readonly #nodeClass: Int32Array;
  readonly #nodeWeight: Int32Array;
  readonly #histogram: Int32Array;
  readonly #left: Float64Array;
  readonly #total: Float64Array;
  readonly #order: Int32Array;
  readonly #goesLeft = new Uint8Array(256);
  /** x log x for whole x; empty with gini. */
  readonly #entropy: Float64Array;

  /** @param codes class number of every row. */
  constructor(
    table: BinnedTable,
    codes: Int32Array,
    classes: number,
    totalWeight: number,
    options: ClassTreeOptions,
  ) {
    this.#table = table;
    this.#codes = codes;
    this.#classes = classes;
    this.#options = options;
    this.#rows = new Int32Array(table.rows);
    this.#spare = new Int32Array(table.rows);
    this.#nodeClass = new Int32Array(table.rows);
    this.#nodeWeight = new Int32Array(table.rows);
    this.#histogram = new Int32Array(256 * classes);
    this.#left = new Float64Array(classes);
    this.#total = new Float64Array(classes);
    this.#order = Int32Array.from(table.groups, (_, g) => g);
    this.#entropy = new Float64Array(options.criterion === 'gini' ? 0 : totalWeight + 1);
    for (let n = 2; n < this.#entropy.length; n++) this.#entropy[n] = n * Math.log(n);
  }

  /**
   * Adds one tree; a node's values are the class shares of its rows.
   * @param weights how often each row counts; rows of weight 0 are left out.
   */
  grow(weights: Int32Array, random: Random, forest: ForestBuilder): void {
    let size = 0;
    for (let i = 0; i < weights.length; i++) if (weights[i]! > 0) this.#rows[size++] = i;
    for (let g = 0; g < this.#order.length; g++) this.#order[g] = g;
    forest.startTree();
    const open = [{ node: forest.add(), from: 0, to: size, depth: 0 }];
    const total = this.#total;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, from, to, depth } = next;
      const weight = this.#gather(from, to, weights);
      let top = 0;
      for (let k = 0; k < total.length; k++) {
        forest.set(node, k, total[k]! / weight);
        top = Math.max(top, total[k]!);
      }
      const { maxDepth, minLeafRows } = this.#options;
      if (depth >= maxDepth || weight < 2 * minLeafRows || top === weight) continue;
      const found = this.#search(from, to, weight, random);
      if (found === undefined) continue;
      const middle = this.#partition(from, to, found);
      const column = this.#table.columns[found.column]!;
      const threshold = column.cuts[column.level > 0 ? 0 : found.bin]!;
      const left = forest.split(node, found.column, threshold, false);
      const right = left + 1;
      open.push({ node: right, from: middle, to, depth: depth + 1 });
      open.push({ node: left, from, to: middle, depth: depth + 1 });
    }
  }

  /** Class and weight of the node's rows side by side; their sums by class. Returns the weight. */
  #gather(from: number, to: number, weights: Int32Array): number {
    const rows = this.#rows;
    const total = this.#total.fill(0);
    let sum = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      const k = this.#codes[row]!;
      const w = weights[row]!;
      this.#nodeClass[i] = k;
      this.#nodeWeight[i] = w;
      total[k] = total[k]! + w;
      sum += w;
    }
    return sum;
  }

  #search(from: number, to: number, weight: number, random: Random): Found | undefined {
    const order = this.#order;
    const best: Found = { score: this.#purity(this.#total, weight), column: -1, bin: -1 };
    best.score += 1e-9 * (1 + Math.abs(best.score));
    const drawn = this.#options.groupsPerSplit;
    const drawing = drawn < order.length;
    for (let k = 0; k < order.length && (k < drawn || best.column < 0); k++) {
      if (drawing) {
        const other = k + random.int(order.length - k);
        const held = order[k]!;
        order[k] = order[other]!;
        order[other] = held;
      }
      const group = this.#table.groups[order[k]!]!;
      const [low, high] = this.#count(from, to, group);
      if (low < high) {
        if (group.bundle) this.#scanLevels(group, weight, low, high, best);
        else this.#scanBins(group.columns[0]!, weight, low, high, best);
      }
      this.#histogram.fill(0, low * this.#classes, (high + 1) * this.#classes);
    }
    return best.column < 0 ? undefined : best;
  }

  /** Weights by code and class; returns the lowest and highest code that occur. */
  #count(from: number, to: number, { codes }: BinGroup): readonly [number, number] {
    const rows = this.#rows;
    const nodeClass = this.#nodeClass;
    const nodeWeight = this.#nodeWeight;
    const histogram = this.#histogram;
    const width = this.#classes;
    let low = 255;
    let high = 0;
    for (let i = from; i < to; i++) {
      const code = codes[rows[i]!]!;
      const at = code * width + nodeClass[i]!;
      histogram[at] = histogram[at]! + nodeWeight[i]!;
      if (code < low) low = code;
      if (code > high) high = code;
    }
    return [low, high];
  }

  /** Σ f(count): its weighted purity grows as a node becomes purer, for either criterion. */
  #purity(counts: Float64Array, weight: number): number {
    let sum = 0;
    if (this.#entropy.length === 0) {
      for (let k = 0; k < counts.length; k++) sum += counts[k]! * counts[k]!;
      return sum / weight;
    }
    for (let k = 0; k < counts.length; k++) sum += this.#entropy[counts[k]!]!;
    return sum - this.#entropy[weight]!;
  }

  /** Purity of a split into `#left` and the rest. */
  #splitPurity(leftWeight: number, weight: number): number {
    const left = this.#left;
    const total = this.#total;
    const rightWeight = weight - leftWeight;
    let a = 0;
    let b = 0;
    if (this.#entropy.length === 0) {
      for (let k = 0; k < left.length; k++) {
        const l = left[k]!;
        const r = total[k]! - l;
        a += l * l;
        b += r * r;
      }
      return a / leftWeight + b / rightWeight;
    }
    const f = this.#entropy;
    for (let k = 0; k < left.length; k++) {
      a += f[left[k]!]!;
      b += f[total[k]! - left[k]!]!;
    }
    return a - f[leftWeight]! + b - f[rightWeight]!;
  }

  #scanBins(column: number, weight: number, low: number, high: number, best: Found): void {
    const { minLeafRows } = this.#options;
    const width = this.#classes;
    const histogram = this.#histogram;
    const left = this.#left.fill(0);
    let leftWeight = 0;
    for (let b = low; b < high; b++) {
      let added = 0;
      for (let k = 0; k < width; k++) {
        const count = histogram[b * width + k]!;
        left[k] = left[k]! + count;
        added += count;
      }
      if (added === 0) continue;
      leftWeight += added;
      if (leftWeight < minLeafRows) continue;
      if (weight - leftWeight < minLeafRows) break;
      const score = this.#splitPurity(leftWeight, weight);
      if (score > best.score) {
        best.score = score;
        best.column = column;
        best.bin = b;
      }
    }
  }

  #scanLevels(group: BinGroup, weight: number, low: number, high: number, best: Found): void {
    const { minLeafRows } = this.#options;
    const width = this.#classes;
    const left = this.#left;
    for (let level = Math.max(1, low); level <= high; level++) {
      let levelWeight = 0;
      for (let k = 0; k < width; k++) {
        left[k] = this.#histogram[level * width + k]!;
        levelWeight += left[k]!;
      }
      if (levelWeight < minLeafRows || weight - levelWeight < minLeafRows) continue;
      const score = this.#splitPurity(levelWeight, weight);
      if (score > best.score) {
        best.score = score;
        best.column = group.columns[level - 1]!;
        best.bin = level;
      }
    }
  }

  #partition(from: number, to: number, { column, bin }: Found): number {
    const { group, level } = this.#table.columns[column]!;
    const { codes } = this.#table.groups[group]!;
    const goesLeft = this.#goesLeft;
    for (let code = 0; code < 256; code++) {
      goesLeft[code] = (level > 0 ? code !== level : code <= bin) ? 1 : 0;
    }
    const rows = this.#rows;
    const spare = this.#spare;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      const yes = goesLeft[codes[row]!]!;
      rows[left] = row;
      spare[right] = row;
      left += yes;
      right += 1 - yes;
    }
    for (let i = 0; i < right; i++) rows[left + i] = spare[i]!;
    return left;
  }
}
