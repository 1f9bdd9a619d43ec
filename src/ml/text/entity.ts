/** What is found in a text: its kind, its place and one way of writing it. */

export type EntityKind =
  | 'person'
  | 'organisation'
  | 'place'
  | 'product'
  | 'order_number'
  | 'money'
  | 'date'
  | 'phone'
  | 'email';

export interface Entity {
  readonly kind: EntityKind;
  /** As written, full-width signs folded; `[start, end)` are UTF-16 places in the text given. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** One form for all ways of writing it: ISO date, `CUR amount`, digits of a phone, name in the catalogue. */
  readonly value?: string;
}
