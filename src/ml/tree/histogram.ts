/** Columns as small whole numbers: quantile bins, and exclusive 0/1 columns bundled into one. */
import type { Frame } from '../frame.ts';

/** What a split on a column asks for, in terms of its group's codes. */
export interface BinnedColumn {
  readonly group: number;
  /** 0 for a column with a group of its own; else the code at which its higher value stands. */
  readonly level: number;
  /** A value at most `cuts[b]` falls into bin b or lower. Ascending; one cut for bundled columns. */
  readonly cuts: Float64Array;
}

export interface BinGroup {
  /** One code per row. */
  readonly codes: Uint8Array;
  /** Number of codes, the missing one included. */
  readonly bins: number;
  /** Code of missing values, −1 when there are none. */
  readonly missing: number;
  /** Numbers of the columns in this group; more than one, or one binary column, for a bundle. */
  readonly columns: readonly number[];
  readonly bundle: boolean;
}

export interface BinnedTable {
  readonly rows: number;
  readonly columns: readonly BinnedColumn[];
  readonly groups: readonly BinGroup[];
}

const SAMPLE = 200_000;

/**
 * Bins every column into at most `maxBins` (≤ 255) codes: one per distinct value where there are
 * few, else quantiles. NaN gets a code of its own. Neighbouring two-valued columns that are never
 * high together (what one-hot encoding makes) share one group, which loses nothing: exclusive
 * feature bundling of Ke et al. (2017), "LightGBM", NeurIPS 30, with no conflict allowed.
 */
export function binTable(x: Frame, maxBins = 255): BinnedTable {
  const columns: BinnedColumn[] = [];
  const groups: BinGroup[] = [];
  let open: { codes: Uint8Array; members: number[] } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const bins = open.members.length + 1;
    groups.push({ codes: open.codes, bins, missing: -1, columns: open.members, bundle: true });
    open = undefined;
  };
  const values = new Float64Array(x.rows);
  for (let j = 0; j < x.cols; j++) {
    copyColumn(x.data, j, x.cols, values);
    const two = twoValues(values);
    if (two !== undefined) {
      const [low, high] = two;
      if (open === undefined || open.members.length >= 250 || !joins(values, high, open.codes)) {
        close();
        open = { codes: new Uint8Array(x.rows), members: [] };
      }
      open.members.push(j);
      const level = open.members.length;
      mark(values, high, level, open.codes);
      columns.push({ group: groups.length, level, cuts: Float64Array.of((low + high) / 2) });
      continue;
    }
    close();
    const cuts = chooseCuts(values, maxBins);
    const codes = new Uint8Array(x.rows);
    const missing = cuts.length + 1;
    const anyMissing = assign(values, cuts, missing, codes);
    columns.push({ group: groups.length, level: 0, cuts });
    groups.push({
      codes,
      bins: missing + (anyMissing ? 1 : 0),
      missing: anyMissing ? missing : -1,
      columns: [j],
      bundle: false,
    });
  }
  close();
  return { rows: x.rows, columns, groups };
}

// Loops live in functions of their own, so that the engine compiles each after a few columns.
function copyColumn(data: Float64Array, j: number, cols: number, values: Float64Array): void {
  for (let i = 0, k = j; i < values.length; i++, k += cols) values[i] = data[k]!;
}

function mark(values: Float64Array, high: number, level: number, codes: Uint8Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! === high) codes[i] = level;
}

/** Fills `codes`; true when a value was missing. */
function assign(
  values: Float64Array,
  cuts: Float64Array,
  missing: number,
  codes: Uint8Array,
): boolean {
  let anyMissing = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      codes[i] = missing;
      anyMissing = true;
    } else codes[i] = binOf(cuts, value);
  }
  return anyMissing;
}

/** The first bin whose cut is at least `value`; the last bin lies above every cut. */
export function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Lower and higher value of a column that has exactly two and none missing. */
function twoValues(values: Float64Array): readonly [number, number] | undefined {
  const first = values[0];
  if (first === undefined || Number.isNaN(first)) return undefined;
  let second = first;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === first || value === second) continue;
    if (second !== first || Number.isNaN(value)) return undefined;
    second = value;
  }
  if (first === second) return undefined;
  return first < second ? [first, second] : [second, first];
}

function joins(values: Float64Array, high: number, codes: Uint8Array): boolean {
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! !== 0 && values[i]! === high) return false;
  }
  return true;
}

function chooseCuts(values: Float64Array, maxBins: number): Float64Array {
  const few = fewDistinct(values, maxBins - 1);
  if (few === undefined) return quantileCuts(values, maxBins);
  const cuts = new Float64Array(Math.max(0, few.length - 1));
  for (let b = 0; b < cuts.length; b++) cuts[b] = between(few[b]!, few[b + 1]!);
  return cuts;
}

/** The distinct values in ascending order, unless there are more than `limit`. */
function fewDistinct(values: Float64Array, limit: number): Float64Array | undefined {
  const found = new Float64Array(limit);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (found[middle]! < value) low = middle + 1;
      else high = middle;
    }
    if ((low < count && found[low] === value) || Number.isNaN(value)) continue;
    if (count === limit) return undefined;
    found.copyWithin(low + 1, low, count);
    found[low] = value;
    count++;
  }
  return found.subarray(0, count);
}

function quantileCuts(values: Float64Array, maxBins: number): Float64Array {
  const step = Math.max(1, Math.ceil(values.length / SAMPLE));
  const buffer = new Float64Array(Math.ceil(values.length / step));
  let size = 0;
  for (let i = 0; i < values.length; i += step) {
    const value = values[i]!;
    if (!Number.isNaN(value)) buffer[size++] = value;
  }
  const sample = buffer.subarray(0, size).sort();
  const cuts: number[] = [];
  for (let b = 1; b < maxBins - 1; b++) {
    const at = Math.floor((b * sample.length) / (maxBins - 1));
    const low = sample[at - 1]!;
    const cut = low === sample[at]! ? low : between(low, sample[at]!);
    if (cuts.length === 0 || cut > cuts[cuts.length - 1]!) cuts.push(cut);
  }
  // A cut at the largest value would leave the last bin empty.
  if (cuts[cuts.length - 1] === sample[sample.length - 1]) cuts.pop();
  return Float64Array.from(cuts);
}

/** A number with `low ≤ cut < high`, whatever the rounding. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}
