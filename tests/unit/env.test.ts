/** .env.example and the configuration schema name the same variables with the same defaults. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { environmentSchema, readConfig } from '../../src/app/config.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../.env.example'), 'utf8');
const example = Object.fromEntries(
  [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']),
);

test('every variable is in both', () => {
  expect(Object.keys(example).sort()).toEqual(Object.keys(environmentSchema.shape).sort());
});

test('every default is the one the example shows', () => {
  const defaults: Record<string, unknown> = environmentSchema.parse({});
  const shown = Object.entries(example).map(([name]) => [name, String(defaults[name] ?? '')]);
  expect(Object.fromEntries(shown)).toEqual(example);
});

test('the example as it stands is a configuration: the default one', () => {
  expect(readConfig(example)).toEqual(readConfig({}));
});

test('every variable, or the group it stands in, is explained', () => {
  for (const name of Object.keys(example))
    expect(text).toMatch(new RegExp(`^# .+\\n(?:[A-Z_]+=.*\\n)*${name}=`, 'm'));
});
