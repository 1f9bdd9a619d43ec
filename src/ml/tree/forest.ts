/** Fitted trees as flat arrays: how they answer, explain themselves and are written down. */
import type { Json } from '../estimator.ts';
import type { Frame } from '../frame.ts';

/** All trees of a model in one set of arrays; node numbers are global. */
export interface Forest {
  /** Node number at which each tree starts. */
  readonly roots: Int32Array;
  /** Column a node asks about; −1 at a leaf. */
  readonly column: Int32Array;
  /** A value at most this goes left. */
  readonly threshold: Float64Array;
  /** 1 when a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** Number of the left child; the right child is the next one. */
  readonly left: Int32Array;
  /** `nodes × width`: what the node would answer if it were a leaf. */
  readonly value: Float64Array;
  readonly width: number;
}

/** Collects nodes while trees grow. */
export class ForestBuilder {
  readonly #roots: number[] = [];
  readonly #column: number[] = [];
  readonly #threshold: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #left: number[] = [];
  readonly #value: number[] = [];
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  get nodes(): number {
    return this.#column.length;
  }

  /** The next added node is the root of a new tree. */
  startTree(): void {
    this.#roots.push(this.#column.length);
  }

  /** Gives a leaf two children and returns the number of the left one; the right one is next. */
  split(node: number, column: number, threshold: number, missingLeft: boolean): number {
    this.#column[node] = column;
    this.#threshold[node] = threshold;
    this.#missingLeft[node] = missingLeft ? 1 : 0;
    const left = this.add();
    this.#left[node] = left;
    this.add();
    return left;
  }

  /** Adds a leaf; returns its number. */
  add(): number {
    this.#column.push(-1);
    this.#threshold.push(0);
    this.#missingLeft.push(0);
    this.#left.push(-1);
    for (let k = 0; k < this.#width; k++) this.#value.push(0);
    return this.#column.length - 1;
  }

  set(node: number, k: number, value: number): void {
    this.#value[node * this.#width + k] = value;
  }

  get(node: number, k: number): number {
    return this.#value[node * this.#width + k]!;
  }

  /** The leaf that row `row` reaches from node `root`, while trees still grow. */
  leafOf(root: number, x: Frame, row: number): number {
    let node = root;
    for (let j = this.#column[node]!; j >= 0; j = this.#column[node]!) {
      const value = x.data[row * x.cols + j]!;
      const toLeft = Number.isNaN(value)
        ? this.#missingLeft[node] === 1
        : value <= this.#threshold[node]!;
      node = this.#left[node]! + (toLeft ? 0 : 1);
    }
    return node;
  }

  /**
   * Gives every inner node of the newest tree the mean of its children, weighted by rows.
   * @param weight rows of every leaf by node number; filled in for the nodes above.
   */
  averageUp(weight: Map<number, number>): void {
    const root = this.#roots[this.#roots.length - 1] ?? 0;
    // Children are added after their parent, so that going down visits them first.
    for (let node = this.#column.length - 1; node >= root; node--) {
      const left = this.#left[node]!;
      if (left < 0) continue;
      const right = left + 1;
      const a = weight.get(left) ?? 0;
      const b = weight.get(right) ?? 0;
      weight.set(node, a + b);
      for (let k = 0; k < this.#width; k++) {
        this.set(node, k, (a * this.get(left, k) + b * this.get(right, k)) / (a + b));
      }
    }
  }

  /** The first `trees` trees; all of them when left out. */
  build(trees = this.#roots.length): Forest {
    const end = this.#roots[trees] ?? this.#column.length;
    return {
      roots: Int32Array.from(this.#roots.slice(0, trees)),
      column: Int32Array.from(this.#column.slice(0, end)),
      threshold: Float64Array.from(this.#threshold.slice(0, end)),
      missingLeft: Uint8Array.from(this.#missingLeft.slice(0, end)),
      left: Int32Array.from(this.#left.slice(0, end)),
      value: Float64Array.from(this.#value.slice(0, end * this.#width)),
      width: this.#width,
    };
  }
}

/** Rows answered together, few enough to stay in the cache while trees pass by. */
const BLOCK = 128;

/**
 * Adds every tree's answer to `out` (row-major `x.rows × width`). Trees with one value take turns
 * over the `width` entries; trees with `width` values add to all.
 */
export function addAnswers(forest: Forest, x: Frame, out: Float64Array, width: number): void {
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(x.rows, from + BLOCK);
    for (let t = 0; t < forest.roots.length; t++) {
      if (forest.width === 1) addTree(forest, t, x, from, to, out, width, t % width);
      else addTree(forest, t, x, from, to, out, width, 0);
    }
  }
}

function addTree(
  forest: Forest,
  t: number,
  x: Frame,
  from: number,
  to: number,
  out: Float64Array,
  width: number,
  first: number,
): void {
  const { column, threshold, left, missingLeft, value } = forest;
  const values = forest.width;
  const { data, cols } = x;
  const root = forest.roots[t]!;
  for (let i = from; i < to; i++) {
    const row = i * cols;
    let node = root;
    for (let j = column[node]!; j >= 0; j = column[node]!) {
      const cell = data[row + j]!;
      const next = left[node]!;
      if (!Number.isNaN(cell)) node = next + (cell > threshold[node]! ? 1 : 0);
      else node = next + 1 - missingLeft[node]!;
    }
    const at = i * width + first;
    for (let k = 0; k < values; k++) out[at + k] = out[at + k]! + value[node * values + k]!;
  }
}

/**
 * Path attribution (Saabas 2014): each split hands the change of node value to its column. Adds
 * to `effects` (one per column) for entry `k` of the values; returns the root's value.
 */
export function addPathEffects(
  forest: Forest,
  root: number,
  x: Frame,
  row: number,
  k: number,
  scale: number,
  effects: Float64Array,
): number {
  const { value, width, column } = forest;
  let node = root;
  for (let j = column[node]!; j >= 0; j = column[node]!) {
    const next = stepFrom(forest, node, x.data[row * x.cols + j]!);
    effects[j] = effects[j]! + scale * (value[next * width + k]! - value[node * width + k]!);
    node = next;
  }
  return scale * value[root * width + k]!;
}

function stepFrom(forest: Forest, node: number, value: number): number {
  const goesLeft = Number.isNaN(value)
    ? forest.missingLeft[node] === 1
    : value <= forest.threshold[node]!;
  return forest.left[node]! + (goesLeft ? 0 : 1);
}

/** Sum order of an explanation: base first, then the columns that moved it. */
export function explained(
  base: number,
  effects: Float64Array,
  columns: readonly string[],
): { score: number; base: number; contributions: { column: string; effect: number }[] } {
  let score = base;
  const contributions: { column: string; effect: number }[] = [];
  for (let j = 0; j < effects.length; j++) {
    const effect = effects[j]!;
    if (effect === 0) continue;
    score += effect;
    contributions.push({ column: columns[j] ?? String(j), effect });
  }
  return { score, base, contributions };
}

export interface ForestJson {
  readonly [key: string]: Json;
  readonly roots: readonly number[];
  readonly column: readonly number[];
  /** `null` stands for +∞ (only missing values go right), which JSON cannot hold. */
  readonly threshold: readonly (number | null)[];
  readonly missingLeft: readonly number[];
  readonly left: readonly number[];
  readonly value: readonly number[];
  readonly width: number;
}

export function forestToJSON(forest: Forest): ForestJson {
  return {
    roots: Array.from(forest.roots),
    column: Array.from(forest.column),
    threshold: Array.from(forest.threshold, (t) => (Number.isFinite(t) ? t : null)),
    missingLeft: Array.from(forest.missingLeft),
    left: Array.from(forest.left),
    value: Array.from(forest.value),
    width: forest.width,
  };
}

export function forestFromJSON(json: ForestJson): Forest {
  return {
    roots: Int32Array.from(json.roots),
    column: Int32Array.from(json.column),
    threshold: Float64Array.from(json.threshold, (t) => t ?? Number.POSITIVE_INFINITY),
    missingLeft: Uint8Array.from(json.missingLeft),
    left: Int32Array.from(json.left),
    value: Float64Array.from(json.value),
    width: json.width,
  };
}
