/** F71 What is installed with Rapport: locked to its bytes, nothing run at install time, licences that allow it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
}
const ROOT = resolve(import.meta.dirname, '../..');
const read = (name: string) => JSON.parse(readFileSync(resolve(ROOT, name), 'utf8'));
const own = read('package.json') as Record<'dependencies' | 'devDependencies', object>;
const packages = Object.entries(read('package-lock.json').packages as Record<string, Locked>)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ path: path.replace(/^node_modules\//, ''), ...locked }));

/** With the reason why they may run something when they are installed. */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  esbuild: 'of the build only, and works without',
  'msgpackr-extract': 'optional, a speed-up of BullMQ’s own codec; works without',
};
const LICENCES = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];
/** MIT by their own readme, though their package.json does not say so. */
const UNDECLARED = ['sylvester'];

test('F71 every package is locked to its bytes', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter((p) => !/^sha512-/.test(p.integrity ?? '')).map((p) => p.path)).toEqual(
    [],
  );
});

test('F71 a package comes from the registry of whoever installs, not from an address of its own', () => {
  expect(packages.filter((p) => p.resolved !== undefined).map((p) => p.path)).toEqual([]);
});

test('F71 no package but the known runs anything when it is installed', () => {
  const scripts = packages.filter((p) => p.hasInstallScript).map((p) => p.path);
  expect(scripts.sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
});

test('F71 what users install allows it', () => {
  const others = packages.filter((p) => !p.dev && !LICENCES.includes(p.license ?? ''));
  expect(others.map((p) => p.path)).toEqual(UNDECLARED);
});

test('F71 our own dependencies are pinned to one version each', () => {
  const ranges = Object.entries({ ...own.dependencies, ...own.devDependencies });
  expect(ranges.filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(String(range)))).toEqual([]);
});
