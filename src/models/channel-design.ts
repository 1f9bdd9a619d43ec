/** The columns of the channel model: which observable facts count, and where each one's weights stand. */
import { type Channel, DAY_PARTS, type DayPart } from '../core/channel.ts';
import type { Contact } from '../core/record.ts';

/** What is known of a contact besides its touches: a name or a number per field. */
export type Observed = Readonly<Record<string, string | number>>;

/** A field's slots: its number, if it has a `scale`, then one per level; `''` is "not known". */
export interface Field {
  readonly name: string;
  readonly levels: readonly string[];
  readonly scale?: { readonly mean: number; readonly sd: number };
}

/** Plain data. Columns in order: channels; per slot its own and one per channel; day parts likewise. */
export interface Design<C extends string = Channel> {
  readonly channels: readonly C[];
  readonly fields: readonly Field[];
}

/** Where a contact stands in a field; `null` where the field says nothing of it. */
export type Cell = {
  /** Running number over all fields' slots. */
  readonly slot: number;
  readonly level: number;
  readonly value: number;
  readonly known: boolean;
} | null;

/** Levels known of fewer contacts than this share (or 10) say too little to get a weight. */
const MIN_SHARE = 0.005;
const MIN_CONTACTS = 10;
/** Keeps the dense system small: about 60 × 7 columns and a few more. */
const MAX_SLOTS = 60;
/** Standard deviations beyond which a number counts as no further away. */
const FARTHEST = 4;

/** Fields people set after an answer came: they would tell the outcome instead of foreseeing it. */
const AFTER_THE_FACT: ReadonlySet<string> = new Set(['lead_status']);

/** The facts of a contact a model may use. */
export function observables(contact: Contact): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [field, value] of Object.entries(contact.traits)) {
    if (!AFTER_THE_FACT.has(field)) facts[field] = value;
  }
  if (contact.lifecycle !== null) facts['lifecycle'] = contact.lifecycle;
  if (contact.language !== null) facts['language'] = contact.language;
  return facts;
}

/** Fields with at least two frequent levels or a number that varies; the most frequent are kept. */
export function planDesign<C extends string>(
  contacts: readonly Observed[],
  channels: readonly C[],
): Design<C> {
  const least = Math.max(MIN_CONTACTS, MIN_SHARE * contacts.length);
  const names = [...new Set(contacts.flatMap((c) => Object.keys(c)))].sort();
  const counted = names.map((name) => ({ name, ...countLevels(contacts, name) }));
  const frequent = counted
    .flatMap(({ name, levels }) => [...levels].map(([level, n]) => ({ name, level, n })))
    .filter(({ n }) => n >= least)
    .sort((a, b) => b.n - a.n || (`${a.name}=${a.level}` < `${b.name}=${b.level}` ? -1 : 1))
    .slice(0, MAX_SLOTS);
  const fields = counted.slice(0, MAX_SLOTS).flatMap(({ name, scale }): Field[] => {
    const levels = frequent
      .filter((f) => f.name === name)
      .map((f) => f.level)
      .sort();
    if (scale !== undefined) return [{ name, levels, scale }];
    return levels.length >= 2 ? [{ name, levels }] : [];
  });
  return { channels, fields };
}

function countLevels(contacts: readonly Observed[], name: string) {
  const levels = new Map<string, number>();
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const contact of contacts) {
    const value = contact[name] ?? '';
    if (typeof value === 'number') {
      n++;
      sum += value;
      squares += value * value;
    } else levels.set(value, (levels.get(value) ?? 0) + 1);
  }
  const mean = sum / Math.max(1, n);
  const sd = Math.sqrt(Math.max(0, squares / Math.max(1, n) - mean * mean));
  return n >= MIN_CONTACTS && sd > 1e-9 * Math.abs(mean)
    ? { levels, scale: { mean, sd } }
    : { levels };
}

const slotsOf = ({ levels, scale }: Field): number => levels.length + (scale === undefined ? 0 : 1);
export const slotCount = ({ fields }: Design<string>): number =>
  fields.reduce((n, field) => n + slotsOf(field), 0);
export const columnCount = (design: Design<string>): number =>
  design.channels.length + (slotCount(design) + DAY_PARTS.length) * (1 + design.channels.length);

/** Penalty block per column: −1 for channels, two per field and two for day parts. */
export function columnBlocks(design: Design<string>): Int32Array {
  const width = design.channels.length;
  const blocks = new Int32Array(columnCount(design)).fill(-1);
  let at = width;
  const groups = [...design.fields.map(slotsOf), DAY_PARTS.length];
  groups.forEach((slots, g) => {
    for (let s = 0; s < slots; s++) {
      blocks[at++] = 2 * g;
      for (let c = 0; c < width; c++) blocks[at++] = 2 * g + 1;
    }
  });
  return blocks;
}

/** Per field of the design, where the contact stands in it. */
export function contactCells(design: Design<string>, observed: Observed): Cell[] {
  let offset = 0;
  return design.fields.map((field) => {
    const first = offset;
    offset += slotsOf(field);
    const value = observed[field.name] ?? '';
    if (typeof value === 'number') {
      if (field.scale === undefined || !Number.isFinite(value)) return null;
      const z = (value - field.scale.mean) / field.scale.sd;
      const held = Math.min(FARTHEST, Math.max(-FARTHEST, z));
      return { slot: first, level: -1, value: held, known: true };
    }
    const level = field.levels.indexOf(value);
    if (level < 0) return null;
    const shift = field.scale === undefined ? 0 : 1;
    return { slot: first + shift + level, level, value: 1, known: value !== '' };
  });
}

/** The two columns of a slot: its own, and with the channel. */
export function slotColumns(
  design: Design<string>,
  slot: number,
  channel: number,
): [number, number] {
  const width = design.channels.length;
  const own = width + slot * (1 + width);
  return [own, own + 1 + channel];
}

export const dayPartColumns = (
  design: Design<string>,
  part: DayPart,
  channel: number,
): [number, number] => slotColumns(design, slotCount(design) + DAY_PARTS.indexOf(part), channel);

/** Columns and values of one row, columns ascending. */
export interface Columns {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

export function rowColumns(
  design: Design<string>,
  cells: readonly Cell[],
  channel: number,
  part: DayPart,
): Columns {
  const indices = [channel];
  const values = [1];
  for (const cell of cells) {
    if (cell === null) continue;
    indices.push(...slotColumns(design, cell.slot, channel));
    values.push(cell.value, cell.value);
  }
  indices.push(...dayPartColumns(design, part, channel));
  values.push(1, 1);
  return { indices, values };
}
