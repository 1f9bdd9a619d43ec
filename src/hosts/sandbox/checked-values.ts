/** Refuses a write whose values HubSpot would refuse, and puts the rest in the form that is kept. */
import { ApiError, type ErrorDetail } from './api-error.ts';
import type { ObjectType } from './object-types.ts';
import { checkValue, type PropertyDefinition, type ValueProblem } from './property-values.ts';

export type Definitions = ReadonlyMap<string, PropertyDefinition>;

/** The whole batch is refused for one bad value, as HubSpot does. `null` clears. */
export function checkedValues(
  definitions: Definitions,
  inputs: readonly Readonly<Record<string, string>>[],
): Record<string, string | null>[] {
  const problems: ValueProblem[] = [];
  const checked = inputs.map((input) => {
    const kept: Record<string, string | null> = {};
    for (const [name, raw] of Object.entries(input)) {
      const result = checkValue(name, definitions.get(name), raw);
      if (result.ok) kept[name] = result.value;
      else problems.push(result.problem);
    }
    return kept;
  });
  if (problems.length > 0) throw propertyErrors(problems);
  return checked;
}

export function checkedCreation(
  type: ObjectType,
  definitions: Definitions,
  inputs: readonly Readonly<Record<string, string>>[],
): Record<string, string>[] {
  const values = checkedValues(definitions, inputs).map(withoutNulls);
  for (const value of values) {
    const lacking = type.required.filter((anyOf) => !anyOf.some((name) => name in value));
    if (lacking.length > 0) throw missingRequired(lacking.map((anyOf) => anyOf.join(' or ')));
  }
  return values;
}

const withoutNulls = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  );

function missingRequired(names: readonly string[]): ApiError {
  return new ApiError(400, {
    category: 'VALIDATION_ERROR',
    message: `Error creating the record. Some required properties were not set: ${names.join(', ')}.`,
    errors: names.map((name) => ({
      message: `Required property ${name} is missing`,
      code: 'MISSING_REQUIRED_PROPERTY',
      context: { properties: [name] },
    })),
  });
}

function propertyErrors(problems: readonly ValueProblem[]): ApiError {
  const listed = problems.map(({ name, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
  }));
  return new ApiError(400, {
    category: 'VALIDATION_ERROR',
    message: `Property values were not valid: ${JSON.stringify(listed)}`,
    errors: problems.map(
      ({ name, code, message }): ErrorDetail => ({
        message,
        code,
        context: { propertyName: [name] },
      }),
    ),
  });
}
