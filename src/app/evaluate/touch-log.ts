/** A user's touches and contacts, as the channel model receives them. */
import { DateTime, IANAZone } from 'luxon';
import { RapportError } from '../../core/errors.ts';
import { localDayPart } from '../../features/day-part.ts';
import type { Observed } from '../../models/channel-design.ts';
import type { ContactLog, LoggedTouch } from '../../models/channel-judge.ts';
import type { Table } from './table.ts';

export interface TouchLog {
  readonly ids: readonly string[];
  readonly contacts: readonly ContactLog<string>[];
  readonly touches: number;
  /** Feature columns, and which of them were read as numbers. */
  readonly fields: readonly string[];
  readonly numeric: readonly string[];
}

/** A column of numbers with no more different values than this is read as names. */
const FEW_VALUES = 10;
const ZONE_COLUMNS = ['time_zone', 'timezone', 'hs_timezone', 'tz'];
const YES = new Set(['1', 'true', 'yes', 't', 'y']);
const NO = new Set(['0', 'false', 'no', 'f', 'n']);

/**
 * Contacts in the order of `people`; those only touched follow, with nothing known of them.
 * @throws RapportError config_invalid naming file, column and row of what cannot be read.
 */
export function readTouchLog(touches: Table, people: Table): TouchLog {
  const known = people.text('contact_id').map((id) => id.trim());
  const place = new Map<string, number>();
  const ids: string[] = [];
  const add = (id: string): number => {
    const at = place.get(id) ?? ids.length;
    if (at === ids.length) ids.push(id);
    place.set(id, at);
    return at;
  };
  const rowOf = known.map(add);
  const zoneColumn = ZONE_COLUMNS.find((name) => people.columns.includes(name));
  const zones = new Map<number, string>();
  if (zoneColumn !== undefined)
    people.text(zoneColumn).forEach((zone, row) => {
      if (IANAZone.isValidZone(zone.trim())) zones.set(rowOf[row] ?? -1, zone.trim());
    });
  const list: LoggedTouch<string>[][] = [];
  const owner = touches.text('contact_id');
  const at = touches.text('touched_at');
  const channel = touches.text('channel');
  const rep = touches.columns.includes('rep_id') ? touches.text('rep_id') : null;
  const replied = touches.text('replied');
  const refuse = (column: string, row: number, cell: string, what: string): never => {
    throw new RapportError(
      'config_invalid',
      `${touches.file}: column "${column}", row ${row + 1} holds "${cell}", which is not ${what}.`,
    );
  };
  for (let row = 0; row < touches.rows; row++) {
    const id = owner[row]?.trim() ?? '';
    const name = channel[row]?.trim() ?? '';
    const outcome = replied[row]?.trim().toLowerCase() ?? '';
    if (id === '') refuse('contact_id', row, id, 'a contact');
    if (name === '') refuse('channel', row, name, 'a channel');
    if (!YES.has(outcome) && !NO.has(outcome)) refuse('replied', row, outcome, '0 or 1');
    const contact = add(id);
    const when = moment(at[row] ?? '') ?? refuse('touched_at', row, at[row] ?? '', 'a time');
    const zone = when.zoned ? zones.get(contact) : undefined;
    const own = list[contact] ?? [];
    list[contact] = own;
    own.push({
      channel: name,
      atMs: when.atMs,
      dayPart: localDayPart(new Date(zone === undefined ? when.wallMs : when.atMs), zone ?? 'UTC'),
      rep: rep?.[row]?.trim() ?? '',
      answered: YES.has(outcome),
    });
  }
  const columns = people.columns.filter((c) => c !== 'contact_id' && c !== zoneColumn);
  const { observed, numeric } = features(people, columns, rowOf, ids.length);
  return {
    ids,
    contacts: ids.map((_, i) => ({
      observed: observed[i] ?? {},
      touches: (list[i] ?? []).sort((a, b) => a.atMs - b.atMs),
    })),
    touches: touches.rows,
    fields: columns,
    numeric,
  };
}

/** A time without a zone is the contact's own clock; one with a zone without a contact's zone, too. */
function moment(text: string): { atMs: number; wallMs: number; zoned: boolean } | null {
  const cell = text.trim();
  if (/^\d{10}$|^\d{13}$/.test(cell)) {
    const atMs = Number(cell) * (cell.length === 10 ? 1000 : 1);
    return { atMs, wallMs: atMs, zoned: true };
  }
  const read = DateTime.fromISO(
    cell.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T').replace(/ (?=[+-]|Z$)/, ''),
    {
      setZone: true,
      zone: 'utc',
    },
  );
  if (!read.isValid) return null;
  const atMs = read.toMillis();
  return {
    atMs,
    wallMs: atMs + read.offset * 60_000,
    zoned: /(?:[+-]\d{2}:?\d{2}|Z)$/i.test(cell),
  };
}

/** Cells as numbers where the whole column is one and varies; the others as names. */
function features(
  people: Table,
  columns: readonly string[],
  rowOf: readonly number[],
  count: number,
): { observed: Observed[]; numeric: string[] } {
  const observed: Record<string, string | number>[] = Array.from({ length: count }, () => ({}));
  const numeric: string[] = [];
  for (const column of columns) {
    const cells = people.text(column).map((cell) => cell.trim());
    const filled = new Set(cells.filter((cell) => cell !== ''));
    const isNumber =
      filled.size > FEW_VALUES && [...filled].every((cell) => Number.isFinite(Number(cell)));
    if (isNumber) numeric.push(column);
    cells.forEach((cell, row) => {
      const facts = observed[rowOf[row] ?? -1];
      if (facts !== undefined && cell !== '') facts[column] = isNumber ? Number(cell) : cell;
    });
  }
  return { observed, numeric };
}
