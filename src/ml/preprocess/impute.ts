/** Fills missing numbers with the median and says where it did. */
import type { Frame } from '../frame.ts';

/** Plain data: per column its median, and whether rows of the training data missed it. */
export interface Imputer {
  readonly columns: readonly string[];
  readonly fill: readonly number[];
  readonly indicator: readonly boolean[];
}

/** Missing values are NaN. A column without any known value is filled with 0. */
export function fitImputer(x: Frame): Imputer {
  const fill: number[] = [];
  const indicator: boolean[] = [];
  for (let j = 0; j < x.cols; j++) {
    const known: number[] = [];
    for (let i = 0; i < x.rows; i++) {
      const value = x.data[i * x.cols + j]!;
      if (!Number.isNaN(value)) known.push(value);
    }
    const sorted = Float64Array.from(known).sort();
    const middle = sorted.length >> 1;
    const low = sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? 0;
    fill.push((low + (sorted[middle] ?? 0)) / 2);
    indicator.push(known.length < x.rows);
  }
  return { columns: [...x.columns], fill, indicator };
}

/** The table without gaps, followed by one 0/1 column `<name> missing` per column that had some. */
export function impute(imputer: Imputer, x: Frame): Frame {
  const flagged = imputer.columns.flatMap((_, j) => (imputer.indicator[j] ? [j] : []));
  const columns = [...x.columns, ...flagged.map((j) => `${imputer.columns[j]} missing`)];
  const cols = columns.length;
  const data = new Float64Array(x.rows * cols);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < x.cols; j++) {
      const value = x.data[i * x.cols + j]!;
      data[i * cols + j] = Number.isNaN(value) ? imputer.fill[j]! : value;
    }
    flagged.forEach((j, f) => {
      data[i * cols + x.cols + f] = Number.isNaN(x.data[i * x.cols + j]!) ? 1 : 0;
    });
  }
  return { rows: x.rows, cols, data, columns };
}
