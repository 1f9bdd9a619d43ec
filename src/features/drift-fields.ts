/** The inputs of the models as plain columns, so that their distributions can be watched. */
import type { ReachRules } from '../core/channel.ts';
import { localDayPart, zoneOf } from './day-part.ts';
import { type ContactFacts, DAY_MS } from './facts.ts';
import { pastOf } from './past.ts';
import { featureNamed } from './registry.ts';

/** A value of one field: a number, a category, or missing. */
export type FieldValue = number | string | null;
export interface Column {
  readonly field: string;
  readonly values: readonly FieldValue[];
}

/**
 * Days since something move by themselves, with the day of the week and with every quiet day. None
 * of these asks for the outcomes of touches, which would cost more than all the rest.
 */
const WATCHED = ['purchases', 'spent', 'signs_year', 'sent_year', 'cases_year'];

/** What every contact is at `asOf`: features, and the observable fields of the record. */
export function peopleColumns(
  contacts: readonly ContactFacts[],
  rules: Pick<ReachRules, 'defaultTimeZone'>,
  asOf: Date,
): Column[] {
  const pasts = contacts.map((facts) => pastOf(facts, asOf, rules, []));
  const traits = [...new Set(contacts.flatMap((f) => Object.keys(f.contact.traits)))].sort();
  const people = contacts.map((f) => f.contact);
  return [
    ...WATCHED.map((field) => ({
      field,
      values: pasts.map((past) => logarithm(featureNamed(field).of(past))),
    })),
    { field: 'lifecycle', values: people.map((p) => p.lifecycle) },
    { field: 'language', values: people.map((p) => p.language) },
    { field: 'time_zone', values: people.map((p) => p.timeZone) },
    ...traits.map((field) => ({ field, values: people.map((p) => p.traits[field] ?? null) })),
  ];
}

const logarithm = (value: number | null): number | null =>
  value === null ? null : Math.log1p(value);

/** One row of a stream of records, at its own moment. */
export interface StreamRow {
  readonly at: number;
  readonly value: FieldValue;
}

/** What came in during the `days` days before `asOf`: touches, deals and cases, by field. */
export function streams(
  contacts: readonly ContactFacts[],
  rules: Pick<ReachRules, 'defaultTimeZone'>,
  asOf: Date,
  days: number,
): ReadonlyMap<string, readonly StreamRow[]> {
  const rows = new Map<string, StreamRow[]>();
  const to = asOf.getTime();
  const from = to - days * DAY_MS;
  const recent = (at: Date): boolean => at.getTime() > from && at.getTime() <= to;
  const add = (field: string, at: Date, value: FieldValue): void => {
    const row = { at: at.getTime(), value };
    if (!recent(at)) return;
    const known = rows.get(field);
    if (known === undefined) rows.set(field, [row]);
    else known.push(row);
  };
  for (const { contact, interactions, deals, tickets } of contacts) {
    const zone = zoneOf(contact.timeZone, rules.defaultTimeZone);
    for (const i of interactions) {
      if (!recent(i.at)) continue;
      add('touch_direction', i.at, i.direction);
      if (i.direction !== 'outbound') continue;
      add('touch_channel', i.at, i.channel);
      add('touch_day_part', i.at, localDayPart(i.at, zone));
      if (i.answered !== null) add('touch_answered', i.at, String(i.answered));
    }
    for (const deal of deals) add('deal_amount', deal.createdAt, deal.amount);
    for (const ticket of tickets) {
      add('ticket_category', ticket.createdAt, ticket.category);
      add('ticket_priority', ticket.createdAt, ticket.priority);
    }
  }
  return rows;
}

/** Rows of the `days` days before `asOf`. */
export const within = (rows: readonly StreamRow[], asOf: Date, days: number): FieldValue[] => {
  const to = asOf.getTime();
  const from = to - days * DAY_MS;
  return rows.filter((r) => r.at > from && r.at <= to).map((r) => r.value);
};
