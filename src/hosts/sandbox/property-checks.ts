/** Whether HubSpot would take a property definition. */
import { type ApiError, conflict, type ErrorDetail, invalid } from './api-error.ts';
import type { PropertyDefinition, PropertyOption } from './property-values.ts';

export interface DefinitionInput {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly description?: string;
  readonly options?: readonly PropertyOption[];
  readonly displayOrder?: number;
  readonly hasUniqueValue?: boolean;
  readonly hidden?: boolean;
  readonly formField?: boolean;
  readonly calculationFormula?: string;
}

/** Property type → the fields that can show it. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  string: ['text', 'textarea', 'file', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  date: ['date', 'calculation_equation'],
  datetime: ['date', 'calculation_equation'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  bool: ['booleancheckbox', 'calculation_equation'],
};
const NAME = /^[a-z][a-z0-9_]{0,99}$/;
const MAX_UNIQUE = 10;

export function definitionFrom(
  input: DefinitionInput,
  groups: ReadonlySet<string>,
  existing: ReadonlyMap<string, PropertyDefinition>,
  at: Date,
): PropertyDefinition {
  if (!NAME.test(input.name)) {
    throw invalid(
      `Property name "${input.name.slice(0, 120)}" must be lower case letters, digits and underscores.`,
    );
  }
  if (existing.has(input.name)) throw propertyExists(input.name);
  checkShape(input, groups);
  const unique = [...existing.values()].filter((one) => one.hasUniqueValue === true).length;
  if (input.hasUniqueValue === true && unique >= MAX_UNIQUE) {
    throw invalid(`An object may have ${MAX_UNIQUE} unique properties at most.`);
  }
  return {
    ...input,
    description: input.description ?? '',
    options: input.options ?? [],
    displayOrder: input.displayOrder ?? -1,
    hidden: input.hidden ?? false,
    formField: input.formField ?? false,
    hasUniqueValue: input.hasUniqueValue ?? false,
    hubspotDefined: false,
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
    archived: false,
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
  };
}

/** `options` replaces the whole list; everything that is left out stays. */
export function patchedDefinition(
  before: PropertyDefinition,
  patch: Partial<DefinitionInput>,
  groups: ReadonlySet<string>,
  at: Date,
): PropertyDefinition {
  if (before.modificationMetadata?.readOnlyDefinition === true)
    throw definitionIsReadOnly(before.name);
  const after = { ...before, ...patch, name: before.name, updatedAt: at.toISOString() };
  checkShape(after, groups);
  return after;
}

function checkShape(input: Omit<DefinitionInput, 'name'>, groups: ReadonlySet<string>): void {
  if (!groups.has(input.groupName)) {
    throw refused(`Property group "${input.groupName}" does not exist.`, 'GROUP_DOES_NOT_EXIST');
  }
  if (!FIELDS[input.type]?.includes(input.fieldType)) {
    throw refused(
      `fieldType ${input.fieldType} cannot show type ${input.type}.`,
      'INVALID_FIELD_TYPE',
    );
  }
  const options = input.options ?? [];
  if (input.type === 'enumeration' && options.length === 0) {
    throw refused('An enumeration needs options.', 'OPTIONS_REQUIRED');
  }
  for (const field of ['value', 'label'] as const) {
    const seen = new Set(options.map((option) => option[field].toLowerCase()));
    if (seen.size < options.length)
      throw refused(`Two options have the same ${field}.`, 'DUPLICATE_OPTION');
  }
}

export const propertyExists = (name: string): ApiError =>
  conflict(`A property named '${name}' already exists.`, 'Properties.PROPERTY_WITH_NAME_EXISTS');

export const definitionIsReadOnly = (name: string): ApiError =>
  refused(
    `Property "${name}" is defined by HubSpot and cannot be changed.`,
    'READ_ONLY_DEFINITION',
  );

function refused(message: string, code: string): ApiError {
  const detail: ErrorDetail = { message, code };
  return invalid(message, [detail]);
}
