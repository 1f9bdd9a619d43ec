/** Builds the server (tsc) and the card bundles and browser pages (vite) into dist/, whichever is named. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function compile() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('The compiler found errors; see above.')),
    );
  });
}

const PARTS = {
  server: compile,
  web: async () => (await import('./build-web.mjs')).buildWeb(),
};

/** Stamps each part with the start of its build, so that a source saved meanwhile counts as newer. */
export async function build(parts = Object.keys(PARTS)) {
  const startedAt = Date.now();
  await mkdir(join(root, 'dist'), { recursive: true });
  await Promise.all(
    parts.map(async (part) => {
      await PARTS[part]();
      await writeFile(join(root, 'dist', `.built-${part}`), String(startedAt));
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
