/** Builds a checkout whose sources changed since its last build; an installed package is left as it is. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(root, 'dist', '.built');
const SOURCES = [
  'src',
  'webhooks',
  'scripts',
  'extensions',
  'manifest.json',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = 0;
  for (const name of readdirSync(path))
    if (name !== 'node_modules') latest = Math.max(latest, newest(join(path, name)));
  return latest;
}

const isCheckout = existsSync(join(root, 'scripts', 'build.mjs'));
const builtAt = existsSync(STAMP) ? Number(readFileSync(STAMP, 'utf8')) : 0;
if (isCheckout && Math.max(...SOURCES.map((name) => newest(join(root, name)))) > builtAt) {
  process.stderr.write('Building Rapport (once per change of its sources) …\n');
  const { build } = await import('../scripts/build.mjs');
  await build();
}
