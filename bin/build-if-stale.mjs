/** Builds a checkout whose sources changed since its last build; an installed package is left as it is. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What each part is built from. */
const SOURCES = {
  server: [
    'src',
    'webhooks',
    'scripts',
    'tests/bench',
    'tsconfig.json',
    'tsconfig.build.json',
    'package.json',
  ],
  web: ['extensions', 'scripts/build-web.mjs', 'package.json'],
};

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = 0;
  for (const name of readdirSync(path))
    if (name !== 'node_modules') latest = Math.max(latest, newest(join(path, name)));
  return latest;
}

function isStale(part) {
  const stamp = join(root, 'dist', `.built-${part}`);
  const builtAt = existsSync(stamp) ? Number(readFileSync(stamp, 'utf8')) : 0;
  return Math.max(...SOURCES[part].map((name) => newest(join(root, name)))) > builtAt;
}

const isCheckout = existsSync(join(root, 'scripts', 'build.mjs'));
const stale = isCheckout ? Object.keys(SOURCES).filter(isStale) : [];
if (stale.length > 0) {
  process.stderr.write('Building Rapport (once per change of its sources) …\n');
  const { build } = await import('../scripts/build.mjs');
  await build(stale);
}
