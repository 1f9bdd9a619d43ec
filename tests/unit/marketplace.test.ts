/** The marketplace documents say what manifest.json says: scopes, shared data, and the names and values of the recipes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WrittenKind } from '../../src/core/manifest.ts';
import { manifest } from '../support/flow-context.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/marketplace');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
/** The cells of every table row of a text, headings and rules left out. */
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| *-/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
const named = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? '');

test('every scope stands in the table with its reason, and nothing else does', () => {
  const listed = rows(read('scopes.md')).slice(1);
  const declared = (['required', 'conditional', 'optional'] as const).flatMap((asked) =>
    manifest.scopes[asked].map((s) => [`\`${s.name}\``, asked, s.reason]),
  );
  expect(listed).toEqual(declared);
});

describe('shared data', () => {
  const [, from = '', to = ''] = read('shared-data.md').split(/^## /m);

  test('every property that is read', () => {
    const listed = rows(from)
      .slice(1)
      .map(([object = '', properties = '']) => [named(object)[0], named(properties)]);
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(Object.entries(manifest.objects).map(([kind, o]) => [kind, o.reads])),
    );
  });

  test('every property that is written, core, optional or people’s own', () => {
    const listed = rows(to)
      .slice(1)
      .map(([, name = '', says, set]) => [named(name)[0], says, set]);
    const declared = Object.values(manifest.properties)
      .flat()
      .map((p) => [
        p.name,
        p.description,
        p.writes === 'never' ? 'set by people' : p.optIn === true ? 'optional' : 'core',
      ]);
    expect(listed).toEqual(declared);
  });
});

describe('recipes', () => {
  const text = read('recipes.md');
  const recipes = text.split(/^## /m).slice(1);
  const criteria = rows(text).filter(([object]) => object !== 'Object');

  test('are the seven, each with criteria', () => {
    expect(recipes.map((r) => r.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.', '5.', '6.', '7.']);
    for (const recipe of recipes) expect(rows(recipe).length).toBeGreaterThan(1);
  });

  test.each(criteria)(
    '%s %s %s %s',
    (object = '', cell = '', operator = '', value = '', set = '') => {
      const [name = ''] = named(cell);
      if (!name.startsWith('rapport_')) {
        expect(manifest.objects[object as WrittenKind].reads).toContain(name);
        return;
      }
      const property = manifest.properties[object as WrittenKind].find((p) => p.name === name);
      expect(property, `${object} ${name}`).toBeDefined();
      expect(set).toBe(property?.optIn === true ? 'optional' : 'core');
      const options = Object.keys(property?.options ?? {});
      for (const option of named(value)) expect(options).toContain(option);
      if (property?.type === 'number') expect(Number.isFinite(Number(value))).toBe(true);
      if (property?.type === 'enumeration')
        expect(['is any of', 'is none of', 'includes any of', 'is known']).toContain(operator);
      // HubSpot asks for "includes" where a property may hold several values.
      if (operator === 'includes any of') expect(property?.fieldType).toBe('checkbox');
    },
  );

  test('every other name in the text exists too', () => {
    const known = new Set(
      Object.values(manifest.properties)
        .flat()
        .map((p) => p.name),
    );
    const mentioned = [...text.matchAll(/`(rapport_\w+)`/g)].map((m) => m[1] ?? '');
    expect(mentioned.filter((name) => !known.has(name))).toEqual([]);
  });
});

test('every link of the pack leads to a file, and every file is in the index', () => {
  const files = readdirSync(FOLDER);
  const broken = files.flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
      .map((m) => m[1] ?? '')
      .filter((to) => !to.startsWith('http') && !existsSync(join(dirname(join(FOLDER, file)), to)))
      .map((to) => `${file} → ${to}`),
  );
  expect(broken).toEqual([]);
  const index = read('README.md');
  for (const file of files) if (file !== 'README.md') expect(index).toContain(`(${file})`);
});
