/** Bundles a TypeScript entry for a process of its own, so that such tests need no build beforehand. */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Packages and our own files are found from where the bundle lies, so it lies two folders deep in
 * the checkout, as its sources do; `remove` takes it away.
 */
export async function bundle(entry: string): Promise<{ file: string; remove(): Promise<void> }> {
  const outDir = join(ROOT, 'test-results', `${entry.replace(/\.ts$/, '')}-${process.pid}`);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, entry),
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
  });
  return {
    file: join(outDir, 'entry.mjs'),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
