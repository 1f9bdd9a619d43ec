/** Reads a user's exported file (.csv or .jsonl, either also .gz) as named columns. */
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { RapportError } from '../../core/errors.ts';
import { linesOf, openFile } from './open-file.ts';

export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** The column's cells as text, `''` where empty. Throws `config_invalid` when there is no such column. */
  text(column: string): string[];
  /** The same; throws `config_invalid` naming column and row of a blank cell. */
  filled(column: string): string[];
  /** The column's cells as numbers. Throws `config_invalid` naming column and row of a cell that is none. */
  numbers(column: string): Float64Array;
}

/** Throws `config_invalid`, in one sentence, for a file that is missing, empty or of another kind. */
export async function readTable(file: string): Promise<Table> {
  const { kind, stream } = await openFile(file);
  const cells = new Map<string, string[]>();
  let rows = 0;
  const add = (record: Readonly<Record<string, unknown>>): void => {
    for (const [column, value] of Object.entries(record)) {
      const known = cells.get(column) ?? new Array<string>(rows).fill('');
      cells.set(column, known);
      known[rows] = value === null || value === undefined ? '' : String(value);
    }
    rows += 1;
    for (const known of cells.values()) if (known.length < rows) known.push('');
  };
  try {
    if (kind === 'csv') {
      const parser = pipeline(
        stream,
        parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: false }),
        () => {},
      );
      for await (const record of parser) add(record as Record<string, string>);
    } else {
      for await (const line of linesOf(stream)) if (line.trim() !== '') add(objectOf(line));
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RapportError('config_invalid', `${file}, row ${rows + 1}: ${reason}.`, { cause });
  }
  if (rows === 0) throw new RapportError('config_invalid', `${file}: the file has no rows.`);
  return table(file, cells, rows);
}

function objectOf(line: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a line must be a JSON object of columns and cells');
  return value as Readonly<Record<string, unknown>>;
}

function table(file: string, cells: ReadonlyMap<string, string[]>, rows: number): Table {
  const columns = [...cells.keys()];
  const text = (column: string): string[] => {
    const found = cells.get(column);
    if (found === undefined)
      throw new RapportError(
        'config_invalid',
        `${file}: there is no column "${column}"; it has ${columns.join(', ')}.`,
      );
    return found;
  };
  return {
    file,
    columns,
    rows,
    text,
    filled: (column) => {
      const found = text(column);
      const empty = found.findIndex((cell) => cell.trim() === '');
      if (empty < 0) return found;
      throw new RapportError(
        'config_invalid',
        `${file}: column "${column}", row ${empty + 1} is empty.`,
      );
    },
    numbers: (column) =>
      Float64Array.from(text(column), (cell, row) => {
        const value = cell.trim() === '' ? Number.NaN : Number(cell);
        if (!Number.isFinite(value))
          throw new RapportError(
            'config_invalid',
            `${file}: column "${column}", row ${row + 1} holds "${cell}", which is not a number.`,
          );
        return value;
      }),
  };
}
