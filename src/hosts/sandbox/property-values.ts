/** Whether a value may be written to a property, and the form in which it is kept. */

/** A property definition as far as the sandbox reads it; the API returns it whole. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly description: string;
  readonly options: readonly PropertyOption[];
  readonly hidden?: boolean;
  readonly displayOrder?: number;
  readonly formField?: boolean;
  readonly hasUniqueValue?: boolean;
  readonly hubspotDefined?: boolean;
  readonly externalOptions?: boolean;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly archived?: boolean;
  readonly archivedAt?: string;
  readonly modificationMetadata?: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyValue: boolean;
  };
}
export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly hidden: boolean;
  readonly displayOrder?: number;
  readonly description?: string;
}

export interface ValueProblem {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

export type CheckedValue =
  | { readonly ok: true; readonly value: string | null }
  | { readonly ok: false; readonly problem: ValueProblem };

export const MAX_TEXT = 65_536;
const EMAIL = /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** `""` clears a property; `null` is the cleared value. */
export function checkValue(
  name: string,
  definition: PropertyDefinition | undefined,
  raw: string,
): CheckedValue {
  const refuse = (code: string, message: string): CheckedValue => ({
    ok: false,
    problem: { name, code, message },
  });
  if (definition === undefined) {
    return refuse('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
  }
  if (definition.modificationMetadata?.readOnlyValue === true) {
    return refuse('READ_ONLY_VALUE', `"${name}" is a read only property; its value cannot be set.`);
  }
  if (raw === '') return { ok: true, value: null };
  if (raw.length > MAX_TEXT) {
    return refuse('INVALID_LENGTH', `"${name}" is longer than ${MAX_TEXT} characters.`);
  }
  const value = normalise(definition, raw);
  if (value === undefined) return refuse(...complaint(definition, raw));
  return { ok: true, value };
}

function complaint(definition: PropertyDefinition, raw: string): [code: string, message: string] {
  const shown = raw.slice(0, 100);
  switch (definition.type) {
    case 'number':
      return ['INVALID_DOUBLE', `${shown} was not a valid number.`];
    case 'date':
    case 'datetime':
      return ['INVALID_DATE', `${shown} was not a valid ${definition.type}.`];
    case 'string':
      return ['INVALID_EMAIL', `Email address ${shown} is invalid`];
    default:
      return [
        'INVALID_OPTION',
        `${shown} was not one of the allowed options: [${definition.options.map((o) => o.value).join(', ')}]`,
      ];
  }
}

function normalise(definition: PropertyDefinition, raw: string): string | undefined {
  switch (definition.type) {
    case 'number':
      return isNumber(raw) ? raw : undefined;
    case 'date':
      return toDay(raw);
    case 'datetime':
      return toInstant(raw)?.toISOString();
    case 'bool':
      return raw === 'true' || raw === 'false' ? raw : undefined;
    case 'enumeration':
      return toOption(definition, raw);
    default:
      return definition.name !== 'email' || EMAIL.test(raw) ? raw : undefined;
  }
}

/** Several options at once only where the field is a checkbox list; owners are not listed as options. */
function toOption(definition: PropertyDefinition, raw: string): string | undefined {
  if (definition.externalOptions === true) return raw;
  const chosen = definition.fieldType === 'checkbox' ? raw.split(';').filter(Boolean) : [raw];
  const known = new Set(definition.options.map((option) => option.value));
  return chosen.every((value) => known.has(value)) ? raw : undefined;
}

export const isNumber = (raw: string): boolean => /^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(raw);

export function toInstant(raw: string): Date | undefined {
  const ms = /^-?\d+$/.test(raw) ? Number(raw) : Date.parse(raw);
  const at = new Date(ms);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function toDay(raw: string): string | undefined {
  const at = toInstant(raw);
  if (at === undefined) return undefined;
  return ISO_DAY.test(raw) || at.getTime() % DAY_MS === 0
    ? at.toISOString().slice(0, 10)
    : undefined;
}

/** A checkbox list appends when the new value starts with `;`. */
export function appended(
  definition: PropertyDefinition,
  before: string | null,
  value: string,
): string {
  if (definition.fieldType !== 'checkbox' || !value.startsWith(';')) return value;
  const all = [...(before ?? '').split(';'), ...value.split(';')].filter(Boolean);
  return [...new Set(all)].join(';');
}
