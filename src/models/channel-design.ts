/** The columns of the channel model: which observable facts count, and where each one's weights stand. */
import { type Channel, DAY_PARTS, type DayPart } from '../core/channel.ts';
import type { Contact } from '../core/record.ts';

/** Plain data. Columns in order: channels; per level its own and one per channel; day parts likewise. */
export interface Design {
  readonly channels: readonly Channel[];
  readonly fields: readonly { readonly name: string; readonly levels: readonly string[] }[];
}

/** Levels known of fewer contacts than this share (or 10) say too little to get a weight. */
const MIN_SHARE = 0.005;
const MIN_CONTACTS = 10;
/** Keeps the dense system small: about 40 × 7 columns and a few more. */
const MAX_LEVELS = 40;

/** Fields people set after an answer came: they would tell the outcome instead of foreseeing it. */
const AFTER_THE_FACT: ReadonlySet<string> = new Set(['lead_status']);

/** The categorical facts of a contact a model may use. */
export function observables(contact: Contact): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [field, value] of Object.entries(contact.traits)) {
    if (!AFTER_THE_FACT.has(field)) facts[field] = value;
  }
  if (contact.lifecycle !== null) facts['lifecycle'] = contact.lifecycle;
  if (contact.language !== null) facts['language'] = contact.language;
  return facts;
}

/** Fields with at least two frequent levels; the most frequent levels overall are kept. */
export function planDesign(contacts: readonly Contact[], channels: readonly Channel[]): Design {
  const counts = new Map<string, Map<string, number>>();
  for (const contact of contacts) {
    for (const [field, value] of Object.entries(observables(contact))) {
      if (value === '') continue;
      const levels = counts.get(field) ?? new Map<string, number>();
      levels.set(value, (levels.get(value) ?? 0) + 1);
      counts.set(field, levels);
    }
  }
  const least = Math.max(MIN_CONTACTS, MIN_SHARE * contacts.length);
  const frequent = [...counts]
    .flatMap(([field, levels]) => [...levels].map(([level, n]) => ({ field, level, n })))
    .filter(({ n }) => n >= least)
    .sort((a, b) => b.n - a.n || (`${a.field}=${a.level}` < `${b.field}=${b.level}` ? -1 : 1))
    .slice(0, MAX_LEVELS);
  const names = [...new Set(frequent.map((f) => f.field))].sort();
  const fields = names
    .map((name) => ({
      name,
      levels: frequent
        .filter((f) => f.field === name)
        .map((f) => f.level)
        .sort(),
    }))
    .filter(({ levels }) => levels.length >= 2);
  return { channels, fields };
}

export const levelCount = ({ fields }: Design): number =>
  fields.reduce((n, { levels }) => n + levels.length, 0);
export const columnCount = (design: Design): number =>
  design.channels.length + (levelCount(design) + DAY_PARTS.length) * (1 + design.channels.length);

/** Penalty block per column: −1 for channels, two per field and two for day parts. */
export function columnBlocks(design: Design): Int32Array {
  const width = design.channels.length;
  const blocks = new Int32Array(columnCount(design)).fill(-1);
  let at = width;
  const groups = [...design.fields.map((f) => f.levels.length), DAY_PARTS.length];
  groups.forEach((levels, g) => {
    for (let l = 0; l < levels; l++) {
      blocks[at++] = 2 * g;
      for (let c = 0; c < width; c++) blocks[at++] = 2 * g + 1;
    }
  });
  return blocks;
}

/** The contact's level per field as a running number over all levels, −1 where unknown. */
export function contactLevels(design: Design, contact: Contact): number[] {
  const facts = observables(contact);
  let offset = 0;
  return design.fields.map(({ name, levels }) => {
    const level = levels.indexOf(facts[name] ?? '');
    const running = level < 0 ? -1 : offset + level;
    offset += levels.length;
    return running;
  });
}

/** The two columns of a level (its own, and with the channel); all have the value 1. */
export function levelColumns(design: Design, level: number, channel: number): [number, number] {
  const width = design.channels.length;
  const own = width + level * (1 + width);
  return [own, own + 1 + channel];
}

export const dayPartColumns = (design: Design, part: DayPart, channel: number): [number, number] =>
  levelColumns(design, levelCount(design) + DAY_PARTS.indexOf(part), channel);

/** Every column of one cell, ascending. */
export function cellColumns(
  design: Design,
  levels: readonly number[],
  channel: number,
  part: DayPart,
): number[] {
  return [
    channel,
    ...levels.flatMap((level) => (level < 0 ? [] : levelColumns(design, level, channel))),
    ...dayPartColumns(design, part, channel),
  ];
}
