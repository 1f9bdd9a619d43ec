/** What may be written to a property, and how it is kept. */
import { describe, expect, test } from 'vitest';
import {
  appended,
  checkValue,
  type PropertyDefinition,
} from '../../../../src/hosts/sandbox/property-values.ts';

const definition = (type: string, more: Partial<PropertyDefinition> = {}): PropertyDefinition => ({
  name: 'p',
  label: 'P',
  type,
  fieldType: 'text',
  groupName: 'g',
  description: '',
  options: [],
  ...more,
});
const options = ['a', 'b'].map((value) => ({ value, label: value, hidden: false }));

describe('checkValue', () => {
  test.each([
    ['string', 'zoë 😀', 'zoë 😀'],
    ['number', '-12.5', '-12.5'],
    ['number', '1e3', '1e3'],
    ['bool', 'true', 'true'],
    ['datetime', '1764000000000', '2025-11-24T16:00:00.000Z'],
    ['datetime', '2025-11-24T17:00:00+01:00', '2025-11-24T16:00:00.000Z'],
    ['date', '2025-11-24', '2025-11-24'],
    ['date', '1763942400000', '2025-11-24'],
    ['string', '', null],
  ])('%s takes %s', (type, raw, kept) => {
    expect(checkValue('p', definition(type), raw)).toEqual({ ok: true, value: kept });
  });

  test.each([
    ['number', 'twelve', 'INVALID_DOUBLE'],
    ['number', '0x10', 'INVALID_DOUBLE'],
    ['number', 'Infinity', 'INVALID_DOUBLE'],
    ['bool', 'yes', 'INVALID_OPTION'],
    ['datetime', 'soon', 'INVALID_DATE'],
    ['date', '1764000000000', 'INVALID_DATE'],
    ['string', 'x'.repeat(65_537), 'INVALID_LENGTH'],
  ])('%s refuses %s', (type, raw, code) => {
    expect(checkValue('p', definition(type), raw)).toMatchObject({ ok: false, problem: { code } });
  });

  test('an enumeration takes its options only, several only as a checkbox list', () => {
    const select = definition('enumeration', { fieldType: 'select', options });
    const checkbox = definition('enumeration', { fieldType: 'checkbox', options });
    expect(checkValue('p', select, 'a').ok).toBe(true);
    expect(checkValue('p', select, 'c').ok).toBe(false);
    expect(checkValue('p', select, 'a;b').ok).toBe(false);
    expect(checkValue('p', checkbox, 'a;b').ok).toBe(true);
    expect(checkValue('p', checkbox, 'a;c').ok).toBe(false);
  });

  test('unknown and read-only properties are told apart', () => {
    const readOnly = definition('string', {
      modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue: true },
    });
    const code = (given: PropertyDefinition | undefined) => {
      const checked = checkValue('p', given, 'x');
      return checked.ok ? null : checked.problem.code;
    };
    expect(code(undefined)).toBe('PROPERTY_DOESNT_EXIST');
    expect(code(readOnly)).toBe('READ_ONLY_VALUE');
  });

  test('an address must look like one', () => {
    const email = definition('string', { name: 'email' });
    expect(checkValue('email', email, 'zoe@example.test').ok).toBe(true);
    expect(checkValue('email', email, 'zoe at example')).toMatchObject({
      problem: { code: 'INVALID_EMAIL' },
    });
  });
});

test('a leading semicolon appends to a checkbox list', () => {
  const checkbox = definition('enumeration', { fieldType: 'checkbox', options });
  expect(appended(checkbox, 'a', ';b')).toBe('a;b');
  expect(appended(checkbox, 'a', 'b')).toBe('b');
  expect(appended(checkbox, null, ';a;b')).toBe('a;b');
});
