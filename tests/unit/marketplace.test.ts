/** The marketplace documents say what manifest.json says: their tables, and the names and values of the recipes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fillTables } from '../../scripts/manifest-tables.ts';
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

test('the tables of scopes and shared data are filled from the manifest, and only there', () => {
  const changed = {
    ...manifest,
    scopes: { required: [{ name: 'a.b', reason: 'x | y' }], conditional: [], optional: [] },
  };
  const filled = fillTables(read('scopes.md'), changed);
  expect(filled).toContain('| Scope | Asked    | Why    |\n| ----- | -------- | ------ |\n');
  expect(filled).toContain('| `a.b` | required | x \\| y |\n');
  expect(filled).not.toContain('`tickets`');
  expect(filled).toContain('No sensitive or highly sensitive scope is asked for.');
  const names = ['scopes.md', 'shared-data.md'].flatMap((file) =>
    [...read(file).matchAll(/<!-- manifest: (\w+) -->/g)].map((m) => m[1]),
  );
  expect(names).toEqual(['scopes', 'reads', 'writes']);
  const odd = '<!-- manifest: odd -->\n\n<!-- /manifest -->';
  expect(() => fillTables(odd, manifest)).toThrow('odd');
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
