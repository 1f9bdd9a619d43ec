/** docs/errors.md and the error codes say the same, in both directions. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/core/errors.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/errors.md'), 'utf8');

test('the table of docs/errors.md is the table of the code', () => {
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (\d+) +\| (\w+) +\| (.+?) +\|$/gm)];
  const documented = rows.map(([, code, status, retry, actor]) => [
    code,
    { status: Number(status), retry, actor },
  ]);
  expect(Object.fromEntries(documented)).toEqual(ERROR_CODES);
  expect(documented).toHaveLength(Object.keys(ERROR_CODES).length);
});

test('each code, and nothing else, has its advice', () => {
  const advised = [...text.matchAll(/^- \*\*`(\w+)`\*\* — /gm)].map((m) => m[1]);
  expect(advised).toEqual(Object.keys(ERROR_CODES));
});
