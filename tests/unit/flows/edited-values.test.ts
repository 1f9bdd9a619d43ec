/** When a value in the CRM is the one we wrote, in the CRM's own spelling. */
import { expect, test } from 'vitest';
import { sameValue } from '../../../src/flows/edited-values.ts';

const number = { type: 'number', fieldType: 'number' } as const;
const datetime = { type: 'datetime', fieldType: 'date' } as const;
const multi = { type: 'enumeration', fieldType: 'checkbox' } as const;
const text = { type: 'string', fieldType: 'textarea' } as const;

test.each([
  [number, '0.50', '0.5', true],
  [number, '0.5', '0.51', false],
  [number, '', '0', false],
  [datetime, '2026-11-26T10:00:00.000Z', '2026-11-26T10:00:00Z', true],
  [datetime, '2026-11-26T10:00:00Z', '1795687200000', true],
  [datetime, '2026-11-26T10:00:00Z', '2026-11-26T10:00:01Z', false],
  [multi, 'problem;question', 'question;problem;', true],
  [multi, 'problem', 'praise', false],
  [text, 'Answered 4 of 5', 'Answered 4 of 5\n', true],
  [text, 'a', 'b', false],
])('%o: %j and %j', (property, a, b, same) => {
  expect(sameValue(property, a, b)).toBe(same);
});
