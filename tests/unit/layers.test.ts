/** The table of layers: imports only point left, adapters do not know each other, and there are no cycles. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** Room → the rooms it may import besides itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/ml': ['src/core'],
  'src/features': ['src/core', 'src/ml'],
  'src/models': ['src/core', 'src/ml', 'src/features'],
  'src/ports': ['src/core', 'src/ml', 'src/features', 'src/models'],
  'src/flows': ['src/core', 'src/ml', 'src/features', 'src/models', 'src/ports'],
  'src/hosts/hubspot': ['src/core', 'src/ports'],
  'src/hosts/sandbox': ['src/core', 'src/ports'],
  'src/store': ['src/core', 'src/ports'],
  'src/queue': ['src/core', 'src/ports'],
  'src/platform': ['src/core', 'src/ports'],
  'src/http': ['src/core', 'src/ports', 'src/flows'],
  webhooks: ['src/core', 'src/ports', 'src/flows'],
  'src/app': ['src', 'webhooks'],
};

/** Single imports the table does not allow, each with its reason. */
const EXCEPTIONS: readonly { from: string; to: string; because: string }[] = [];

/**
 * Rooms that may use only these packages; rooms not named bring their own client library. Of
 * `node:crypto` the middle uses hashes, which are pure.
 */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'src/core': ['zod', 'luxon'],
  'src/features': ['luxon', 'node:crypto'],
  'src/models': ['node:crypto'],
  'src/ports': [],
  'src/flows': ['zod', 'luxon', 'node:crypto'],
  'src/http': ['express', 'node:crypto', 'node:http', 'node:path'],
  webhooks: ['zod', 'node:crypto', 'node:http'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = ['src', 'webhooks'].flatMap((dir) =>
  readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(dir, name)),
);
const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const imports: readonly Import[] = files.flatMap((from) =>
  ts.preProcessFile(texts.get(from) ?? '', true, true).importedFiles.map(({ fileName }) => ({
    from,
    to: fileName.startsWith('.')
      ? relative(ROOT, resolve(ROOT, dirname(from), fileName))
      : fileName,
  })),
);
const inside = (path: string, room: string) => path === room || path.startsWith(`${room}/`);
const roomOf = (path: string) => Object.keys(ROOMS).find((room) => inside(path, room));
const local = imports.filter(({ to }) => inside(to, 'src') || inside(to, 'webhooks'));
const packageOf = (name: string) =>
  name.startsWith('node:')
    ? name
    : name
        .split('/')
        .slice(0, name[0] === '@' ? 2 : 1)
        .join('/');
const excepted = ({ from, to }: Import) =>
  EXCEPTIONS.some((e) => inside(from, e.from) && inside(to, e.to));

test('every file is in a room', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('imports only point left', () => {
  const wrong = local.filter((i) => {
    const room = roomOf(i.from) ?? '';
    return ![room, ...(ROOMS[room] ?? [])].some((known) => inside(i.to, known)) && !excepted(i);
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('every exception is needed', () => {
  const idle = EXCEPTIONS.filter(
    (e) => !local.some(({ from, to }) => inside(from, e.from) && inside(to, e.to)),
  );
  expect(idle).toEqual([]);
});

test('the middle knows no outside library', () => {
  const wrong = imports.filter(({ from, to }) => {
    const allowed = PACKAGES[roomOf(from) ?? ''];
    const outside = !inside(to, 'src') && !inside(to, 'webhooks');
    return outside && allowed !== undefined && !allowed.includes(packageOf(to));
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('no import leads outside the server', () => {
  const wrong = imports.filter(({ to }) => /^(\.\.|extensions|tests|scripts|dist)(\/|$)/.test(to));
  expect(wrong).toEqual([]);
});

test('there are no cycles', () => {
  const next = new Map<string, string[]>();
  for (const { from, to } of local) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) return void cycles.push([...path.slice(at), file].join(' → '));
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

/** Words that only some places may use, each with its reason. */
describe.each<[string, RegExp, readonly string[]]>([
  // main.ts hands the environment to config.ts; nothing else sees it.
  ['the environment', /\bprocess\.env\b/, ['src/app/config.ts', 'src/app/main.ts']],
  // The command line talks to people; everything else logs.
  ['the console', /\bconsole\s*\./, ['src/app']],
  // Time is an argument to the pure middle.
  [
    'the time of day',
    /\bDate\.now\(|\bnew Date\(\)|\bDateTime\.(now|utc|local)\(\)/,
    ['src/platform', 'src/queue', 'src/app', 'src/hosts/sandbox'],
  ],
  // So is randomness.
  ['unseeded randomness', /\bMath\.random\(/, []],
])('%s', (_name, pattern, allowed) => {
  test('is used only where it may be', () => {
    const users = files
      .filter((file) => !allowed.some((place) => inside(file, place)))
      .filter((file) => pattern.test(withoutComments(texts.get(file) ?? '')));
    expect(users).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
