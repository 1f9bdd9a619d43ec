/** Builds the server (tsc), the card bundles and the browser pages (vite) into dist/. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from './build-web.mjs';

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

/** Stamps the build with its start, so that a source saved meanwhile counts as newer. */
export async function build() {
  const startedAt = Date.now();
  await Promise.all([compile(), buildWeb()]);
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, 'dist', '.built'), String(startedAt));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
