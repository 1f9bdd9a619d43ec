/** Builds what the browser loads: each HubSpot card as one bundle, and the pages of the sandbox and the console. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cards = path.join(root, 'extensions/hubspot/src/app/cards');
// Whatever the caller's environment is: a development build of a card is half as large again.
process.env.NODE_ENV = 'production';
const quiet = { configFile: false, logLevel: 'warn', clearScreen: false };

/** The same settings as HubSpot's own builder, so that the sandbox runs what HubSpot would. */
export async function buildCard(entry) {
  const name = path.basename(entry, '.tsx');
  const outDir = path.join(root, 'dist/cards');
  await build({
    ...quiet,
    root: cards,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      minify: true,
      lib: {
        entry: path.join(cards, entry),
        formats: ['iife'],
        name,
        fileName: () => `${name}.js`,
      },
      rollupOptions: {
        external: ['react', 'react-dom', '@remote-ui/react'],
        output: { globals: { react: 'React', '@remote-ui/react': 'RemoteUI' }, extend: true },
      },
    },
  });
  return path.join(outDir, `${name}.js`);
}

async function buildPages() {
  await build({
    ...quiet,
    root: path.join(root, 'extensions/web'),
    plugins: [react()],
    build: {
      outDir: path.join(root, 'dist/web'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1000,
    },
  });
}

export async function buildWeb() {
  await rm(path.join(root, 'dist/cards'), { recursive: true, force: true });
  const entries = (await readdir(cards)).filter((file) => file.endsWith('.tsx'));
  await Promise.all([...entries.map(buildCard), buildPages()]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildWeb();
