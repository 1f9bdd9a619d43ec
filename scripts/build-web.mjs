/** Builds what the browser loads: each entry of the HubSpot project as one bundle, and the pages of the sandbox and the console. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const app = path.join(root, 'extensions/hubspot/src/app');
/** The folders of the project with React code; every `.tsx` directly in one is an entry. */
const FOLDERS = ['cards', 'settings', 'pages'];
// Whatever the caller's environment is: a development build of a bundle is half as large again.
process.env.NODE_ENV = 'production';
const quiet = { configFile: false, logLevel: 'warn', clearScreen: false };

/** The same settings as HubSpot's own builder, so that the sandbox runs what HubSpot would. */
export async function buildBundle(file, outDir) {
  const name = path.basename(file, '.tsx');
  await build({
    ...quiet,
    root: path.dirname(file),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      minify: true,
      lib: {
        entry: file,
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

async function entries(folder) {
  const dir = path.join(app, folder);
  if (!existsSync(dir)) return [];
  return (await readdir(dir))
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => path.join(dir, file));
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
  const outDir = path.join(root, 'dist/cards');
  await rm(outDir, { recursive: true, force: true });
  const files = (await Promise.all(FOLDERS.map(entries))).flat();
  await Promise.all([...files.map((file) => buildBundle(file, outDir)), buildPages()]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildWeb();
