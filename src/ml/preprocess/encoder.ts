/** A table of numbers and categories as one matrix of numbers: what estimators for tables read. */
import type { Frame } from '../frame.ts';
import { createRandom } from '../random.ts';
import { fitImputer, type Imputer, impute } from './impute.ts';
import { fitScaler, type Scaler } from './scaler.ts';
import { encodeTarget, fitTargetEncoding, type TargetEncoding } from './target-encoding.ts';

/** Missing numbers are NaN; an empty label is a level like any other. */
export type RawColumn =
  | { readonly name: string; readonly numbers: Float64Array }
  | { readonly name: string; readonly labels: readonly string[] };

interface CategoryPart {
  readonly name: string;
  /** One 0/1 column per level; a level never seen is 0 in all of them. */
  readonly levels?: readonly string[];
  /** One column per outcome instead, for categories of many levels. */
  readonly target?: readonly TargetEncoding[];
}

/** Plain data. Numbers first, then categories, both in the order of the table. */
export interface TableEncoder {
  readonly numbers: readonly string[];
  /** Absent when missing numbers are kept as NaN. */
  readonly imputer?: Imputer;
  readonly scaler?: Scaler;
  readonly categories: readonly CategoryPart[];
}

export interface EncoderOptions {
  /** Up to this many levels become 0/1 columns; default 40. */
  readonly maxLevels?: number;
  /** Keep NaN for estimators that understand it, and leave the numbers unscaled. Default false. */
  readonly keepMissing?: boolean;
  readonly seed?: number;
}

/**
 * Learns from the given rows only. `train` is the encoded training table, in which target means
 * are out of fold.
 * @param outcomes 0/1 per class to encode by (one array for two classes), by row of the table.
 */
export function fitEncoder(
  columns: readonly RawColumn[],
  rows: Int32Array,
  outcomes: readonly ArrayLike<number>[],
  options: EncoderOptions = {},
): { readonly encoder: TableEncoder; readonly train: Frame } {
  const { maxLevels = 40, keepMissing = false, seed = 1 } = options;
  const raw = numberFrame(columns, rows);
  const imputer = keepMissing ? undefined : fitImputer(raw);
  const filled = imputer ? impute(imputer, raw) : raw;
  const scaler = keepMissing || raw.cols === 0 ? undefined : fitScaler(filled, filled.columns);
  const own = new Map<string, Float64Array[]>();
  const categories = columns.flatMap((column): CategoryPart[] => {
    if (!('labels' in column)) return [];
    const { name } = column;
    const labels = Array.from(rows, (i) => column.labels[i]!);
    const levels = [...new Set(labels)].sort();
    if (levels.length <= maxLevels) return [{ name, levels }];
    const fitted = outcomes.map((outcome) =>
      fitTargetEncoding(
        labels,
        Float64Array.from(rows, (i) => outcome[i]!),
        createRandom(seed),
      ),
    );
    own.set(
      name,
      fitted.map((f) => f.own),
    );
    return [{ name, target: fitted.map((f) => f.encoding) }];
  });
  const encoder: TableEncoder = {
    numbers: raw.columns,
    ...(imputer && { imputer }),
    ...(scaler && { scaler }),
    categories,
  };
  return { encoder, train: assemble(encoder, columns, rows, own) };
}

/** Any rows of a table with the same columns. */
export function encodeTable(
  encoder: TableEncoder,
  columns: readonly RawColumn[],
  rows: Int32Array,
): Frame {
  return assemble(encoder, columns, rows, new Map());
}

function assemble(
  encoder: TableEncoder,
  columns: readonly RawColumn[],
  rows: Int32Array,
  own: ReadonlyMap<string, readonly Float64Array[]>,
): Frame {
  const raw = numberFrame(columns, rows);
  const numbers = encoder.imputer ? impute(encoder.imputer, raw) : raw;
  const names = [
    ...numbers.columns,
    ...encoder.categories.flatMap(({ name, levels, target }) =>
      levels
        ? levels.map((level) => `${name}=${level}`)
        : (target ?? []).map((_, k) => (k === 0 ? `${name} (mean)` : `${name} (mean ${k + 1})`)),
    ),
  ];
  const cols = names.length;
  const data = new Float64Array(rows.length * cols);
  const { scaler } = encoder;
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < numbers.cols; j++) {
      const value = numbers.data[i * numbers.cols + j]!;
      data[i * cols + j] = scaler ? (value - scaler.mean[j]!) / scaler.sd[j]! : value;
    }
  }
  let at = numbers.cols;
  for (const { name, levels, target } of encoder.categories) {
    const column = columns.find((c) => c.name === name);
    const labels = column !== undefined && 'labels' in column ? column.labels : [];
    if (levels) {
      const place = new Map(levels.map((level, k) => [level, at + k]));
      for (let i = 0; i < rows.length; i++) {
        const to = place.get(labels[rows[i]!] ?? '');
        if (to !== undefined) data[i * cols + to] = 1;
      }
      at += levels.length;
      continue;
    }
    for (const [k, encoding] of (target ?? []).entries()) {
      const known = own.get(name)?.[k];
      for (let i = 0; i < rows.length; i++) {
        data[i * cols + at] = known?.[i] ?? encodeTarget(encoding, labels[rows[i]!] ?? '');
      }
      at++;
    }
  }
  return { rows: rows.length, cols, data, columns: names };
}

function numberFrame(columns: readonly RawColumn[], rows: Int32Array): Frame {
  const numeric = columns.flatMap((c) => ('numbers' in c ? [c] : []));
  const cols = numeric.length;
  const data = new Float64Array(rows.length * cols);
  numeric.forEach(({ numbers }, j) => {
    for (let i = 0; i < rows.length; i++) data[i * cols + j] = numbers[rows[i]!]!;
  });
  return { rows: rows.length, cols, data, columns: numeric.map((c) => c.name) };
}
