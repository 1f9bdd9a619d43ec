/** A user's baskets: one per line, or one item per row of a table. */
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { RapportError } from '../../core/errors.ts';
import type { Baskets } from '../../ml/rules/itemsets.ts';
import { linesOf, openFile } from './open-file.ts';
import type { Table } from './table.ts';

export interface NamedBaskets extends Baskets {
  readonly names: readonly string[];
}

/** A first line that says what the column is; a basket file needs none. */
const HEADING = /^(items?|baskets?|transactions?|products?|itemsets?)$/i;

/**
 * One basket per line: comma-separated names in .csv, a JSON list of names in .jsonl; empty names
 * are skipped, and so is a first line that is only a heading such as `items`.
 * @throws RapportError config_invalid for a file that cannot be read that way.
 */
export async function readBasketFile(file: string): Promise<NamedBaskets> {
  const { kind, stream } = await openFile(file);
  const collected = collect();
  let line = 0;
  try {
    if (kind === 'csv') {
      const parser = pipeline(
        stream,
        parse({ bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true }),
        () => {},
      );
      for await (const cells of parser as AsyncIterable<string[]>) {
        line += 1;
        const heading = line === 1 && cells.length === 1 && HEADING.test(cells[0]?.trim() ?? '');
        if (!heading) collected.add(cells);
      }
    } else {
      for await (const text of linesOf(stream)) {
        line += 1;
        if (text.trim() === '') continue;
        const cells: unknown = JSON.parse(text);
        if (!Array.isArray(cells)) throw new Error('a line must be a JSON list of item names');
        collected.add(cells.map(String));
      }
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RapportError('config_invalid', `${file}, line ${line}: ${reason}.`, { cause });
  }
  return collected.baskets(file);
}

/** One row per item: rows with the same basket id belong together, in order of first appearance. */
export function basketsOf(table: Table, basket: string, item: string): NamedBaskets {
  const ids = table.text(basket);
  const items = table.text(item);
  const byId = new Map<string, string[]>();
  for (const [row, id] of ids.entries()) {
    const key = id.trim();
    if (key === '')
      throw new RapportError(
        'config_invalid',
        `${table.file}: column "${basket}", row ${row + 1} is empty; every item needs its basket.`,
      );
    const known = byId.get(key);
    if (known === undefined) byId.set(key, [items[row] ?? '']);
    else known.push(items[row] ?? '');
  }
  const collected = collect();
  for (const cells of byId.values()) collected.add(cells);
  return collected.baskets(table.file);
}

function collect() {
  const numbers = new Map<string, number>();
  const items: number[] = [];
  const offsets = [0];
  return {
    add(cells: readonly string[]): void {
      for (const cell of cells) {
        const name = cell.trim();
        if (name === '') continue;
        const number = numbers.get(name) ?? numbers.size;
        numbers.set(name, number);
        items.push(number);
      }
      offsets.push(items.length);
    },
    baskets(file: string): NamedBaskets {
      if (items.length === 0)
        throw new RapportError('config_invalid', `${file}: there is not one item in the file.`);
      return {
        names: [...numbers.keys()],
        itemCount: numbers.size,
        offsets: Int32Array.from(offsets),
        items: Int32Array.from(items),
      };
    },
  };
}
