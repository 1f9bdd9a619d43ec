/** A user's table as training and test rows: the answer column, and which columns are numbers. */
import { RapportError } from '../../core/errors.ts';
import type { RawColumn } from '../../ml/preprocess/encoder.ts';
import { holdOut, type RowOrder, rowOrder } from './row-order.ts';
import type { Table } from './table.ts';

export interface TabularOptions {
  readonly target: string;
  readonly positive?: string;
  readonly exclude?: string;
  readonly split?: string;
  /** Columns to read as categories although their cells are numbers. */
  readonly categorical?: string;
  /** A column whose equal cells must stay on one side of every split, such as a customer. */
  readonly group?: string;
  /** A column of dates or numbers: what is later is only ever predicted from what is earlier. */
  readonly time?: string;
  readonly seed: number;
}

export interface TabularData {
  readonly columns: readonly RawColumn[];
  readonly y: readonly string[];
  readonly classes: readonly string[];
  /** The class whose probability is ranked; the last one unless two classes say otherwise. */
  readonly positive: string;
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** By row of the table; what must not be parted, or the order in which things happened. */
  readonly order: RowOrder;
}

const MAX_CLASSES = 100;
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none']);
const YES = new Set(['yes', 'y', 'true', '1', 'ja', '是']);
const isMissing = (cell: string): boolean => MISSING.has(cell.trim().toLowerCase());
const refuse = (table: Table, message: string): RapportError =>
  new RapportError('config_invalid', `${table.file}: ${message}.`);

/** @throws RapportError config_invalid in one sentence for anything the table lacks. */
export function tabularData(table: Table, options: TabularOptions): TabularData {
  const raw = table.filled(options.target);
  const named = list(options.exclude);
  for (const name of [...named, ...list(options.categorical)]) table.text(name);
  const { positive, y } = answers(table, raw, options);
  const order = rowOrder(table, options);
  const { train, test, used } = partition(table, y, order, options);
  const classes = [...new Set(y)].sort();
  if (classes.length < 2) {
    throw refuse(table, `column "${options.target}" holds one class only, "${classes[0]}"`);
  }
  if (classes.length > MAX_CLASSES) {
    const message = `column "${options.target}" holds ${classes.length} different values; at most ${MAX_CLASSES} classes can be told apart`;
    throw refuse(table, message);
  }
  const trained = new Set(Array.from(train, (i) => y[i]));
  for (const c of classes) {
    if (!trained.has(c)) throw refuse(table, `class "${c}" has no training rows`);
  }
  const skipped = new Set([options.target, ...named, ...used, ...order.columns]);
  const asText = new Set(list(options.categorical));
  const columns = table.columns
    .filter((name) => !skipped.has(name))
    .map((name) => column(table, name, asText.has(name)));
  if (columns.length === 0) throw refuse(table, 'no column is left to predict from');
  const fallback = classes.find((c) => YES.has(c.toLowerCase()));
  const last = classes[classes.length - 1] ?? '';
  return {
    columns,
    y,
    classes,
    positive: positive ?? (classes.length === 2 ? (fallback ?? last) : last),
    train,
    test,
    order,
  };
}

const list = (names: string | undefined): string[] =>
  (names ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** With `--positive` and more than two classes, the question becomes that class or not. */
function answers(
  table: Table,
  raw: readonly string[],
  { target, positive }: TabularOptions,
): { readonly positive: string | undefined; readonly y: readonly string[] } {
  if (positive === undefined) return { positive, y: raw };
  const classes = [...new Set(raw)].sort();
  if (!classes.includes(positive)) {
    const known = classes.slice(0, 10).join(', ');
    throw refuse(table, `column "${target}" has no class "${positive}"; it has ${known}`);
  }
  if (classes.length <= 2) return { positive, y: raw };
  const rest = `not ${positive}`;
  return { positive, y: raw.map((cell) => (cell === positive ? positive : rest)) };
}

/** The stored split, or a fifth of the rows for the test as {@link holdOut} chooses it. */
function partition(
  table: Table,
  y: readonly string[],
  order: RowOrder,
  { split, seed }: TabularOptions,
): { readonly train: Int32Array; readonly test: Int32Array; readonly used: readonly string[] } {
  const rows = Int32Array.from({ length: table.rows }, (_, i) => i);
  if (split === undefined) {
    const numbers = new Map([...new Set(y)].sort().map((c, k) => [c, k]));
    const codes = Int32Array.from(y, (label) => numbers.get(label) ?? 0);
    return { ...holdOut(codes, order, seed), used: [] };
  }
  const sides = table.text(split);
  const odd = sides.findIndex((side) => side !== 'train' && side !== 'test');
  if (odd >= 0) {
    throw refuse(
      table,
      `column "${split}", row ${odd + 1} holds "${sides[odd]}", not train or test`,
    );
  }
  const train = rows.filter((i) => sides[i] === 'train');
  const test = rows.filter((i) => sides[i] === 'test');
  if (train.length === 0 || test.length === 0) {
    const side = train.length === 0 ? 'train' : 'test';
    throw refuse(table, `column "${split}" marks no row as ${side}`);
  }
  return { train, test, used: [split] };
}

/**
 * A column is of numbers when every known cell is one. A few cells that are none, each its own
 * word, are taken for typing errors and refused; repeated words make a category.
 */
function column(table: Table, name: string, asText: boolean): RawColumn {
  const cells = table.text(name);
  if (asText) return { name, labels: cells };
  const numbers = new Float64Array(cells.length);
  const words = new Map<string, number>();
  let strange = 0;
  let known = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? '';
    if (isMissing(cell)) {
      numbers[i] = Number.NaN;
      continue;
    }
    known++;
    numbers[i] = Number(cell);
    if (Number.isFinite(numbers[i])) continue;
    strange++;
    if (!words.has(cell)) words.set(cell, i);
  }
  if (known > 0 && strange === 0) return { name, numbers };
  const [first] = words;
  if (first !== undefined && strange === words.size && strange * 4 <= known) {
    throw refuse(
      table,
      `column "${name}", row ${first[1] + 1} holds "${first[0]}", which is not a number like the rest (--categorical ${name} reads the column as words)`,
    );
  }
  return { name, labels: cells };
}
