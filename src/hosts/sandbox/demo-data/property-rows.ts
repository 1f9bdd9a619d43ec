/** Property definitions in HubSpot's shape from short rows, and the rows that many object types share. */
import { REPS } from './reps.ts';
import type { PropertyDefinition } from './types.ts';

type Type = PropertyDefinition['type'];
/** A bool's options are given by its type; an option is its value, or `value=Label`. */
export type Row = readonly [name: string, label: string, type: Type, options?: readonly string[]];

const FIELD_TYPE: Readonly<Record<Type, PropertyDefinition['fieldType']>> = {
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  number: 'number',
  phone_number: 'phonenumber',
  string: 'text',
};
const LONG_TEXT = /_(body|text|content)$|^content$/;

function option(text: string, displayOrder: number) {
  const [value, label] = text.split('=', 2) as [string, string | undefined];
  const words = value.replaceAll('_', ' ').toLowerCase();
  return {
    label: label ?? words.charAt(0).toUpperCase() + words.slice(1),
    value,
    hidden: false as const,
    displayOrder,
  };
}

/** Definitions in one group, in the order of the rows. */
export function define(
  groupName: string,
  rows: readonly Row[],
  hubspotDefined = true,
): PropertyDefinition[] {
  return rows.map(([name, label, type, values]) => {
    const options = type === 'bool' ? ['true=Yes', 'false=No'] : values;
    return {
      name,
      label,
      type,
      fieldType: LONG_TEXT.test(name) ? 'textarea' : FIELD_TYPE[type],
      groupName,
      ...(options === undefined ? {} : { options: options.map(option) }),
      hubspotDefined,
    };
  });
}

export const OWNER: Row = [
  'hubspot_owner_id',
  'Owner',
  'enumeration',
  REPS.map((rep) => `${rep.id}=${rep.firstName} ${rep.lastName}`),
];
export const ID: Row = ['hs_object_id', 'Record ID', 'number'];
export const CREATED: Row = ['createdate', 'Create date', 'datetime'];
export const HS_CREATED: Row = ['hs_createdate', 'Object create date/time', 'datetime'];
export const MODIFIED: Row = ['hs_lastmodifieddate', 'Last modified date', 'datetime'];
